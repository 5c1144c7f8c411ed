/**
 * A runner replays the recordings of one component through the engine's public entry points.
 * It counts cases under one or more line names (`yaml`, `rollout/deployment`, `functions/quantity`, `apiserver-messages` …), in the order in which it reports them.
 */
export interface ConformanceRunner {
  /** The folder below the root of recordings (`yaml`, `rollout` …). */
  readonly folder: string;
  run(context: RunContext): Promise<void> | void;
}

export interface RunContext {
  /** The root of the recordings, e.g. `../shared/conformance`. */
  readonly root: string;
  /** Where the manifests of other people lie (`../shared/corpus/dev`), `undefined` when absent. */
  readonly corpus: string | undefined;
  /** The file of rows restated from upstream tests (`../shared/reference/testcases.json`), `undefined` when absent. */
  readonly testcases: string | undefined;
  /** Lines of a `.jsonl` (or `.jsonl.gz`) file below the root, parsed; `undefined` when there is no such file. Integers beyond 2^53 are bigint. */
  lines(path: string): readonly unknown[] | undefined;
  /** A file below the root as text (`.gz` is unpacked); `undefined` when absent. */
  text(path: string): string | undefined;
  /** Reports one case of the line `component`; `agreed: false` says where and what differs. */
  report(component: string, result: CaseResult): void;
}

export interface CaseResult {
  readonly id: string;
  readonly agreed: boolean;
  readonly step?: number | string;
  readonly wanted?: unknown;
  readonly found?: unknown;
}
