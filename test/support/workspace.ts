import type { FileContext } from "../../server/src/features/context.ts";
import { FindingsMemo, checkFile } from "../../server/src/features/diagnostics/file.ts";
import { withKustomizeFixes } from "../../server/src/features/diagnostics/fixes/kustomize.ts";
import { unusedFileFindings } from "../../server/src/features/diagnostics/kustomize.ts";
import type { CheckOptions } from "../../server/src/features/diagnostics/rule.ts";
import type { Finding } from "../../server/src/features/finding.ts";
import { Environments } from "../../server/src/index/environments.ts";
import { Index } from "../../server/src/index/index.ts";
import { kustomizationsOf } from "../../server/src/index/kustomizations.ts";
import type { KustomizeEngine } from "../../server/src/index/kustomizations.ts";
import { folderOf, isKustomizationFile, roleOf } from "../../server/src/index/place.ts";
import type { FileId } from "../../server/src/index/types.ts";
import { closure, readKustomization } from "../../server/src/kustomize/closure.ts";
import { render } from "../../server/src/kustomize/render.ts";
import type { KustomizationSummary, KustomizeFiles } from "../../server/src/kustomize/types.ts";
import { readFile } from "../../server/src/model/read.ts";
import type { ReadFile } from "../../server/src/model/read.ts";
import { defaultSettings } from "../../server/src/protocol/settings.ts";
import type { Settings } from "../../server/src/protocol/settings.ts";
import { parseFixture } from "./fixture.ts";
import type { Fixture } from "./fixture.ts";

/** The clock of every test: a Saturday, 2026-11-21T16:00:00Z. */
export const testNow = 1_795_276_800_000;

/** A workspace in memory, read the way the server reads one, in which every file is open. */
export class TestWorkspace {
  readonly fixture: Fixture;
  readonly #reads: ReadonlyMap<FileId, ReadFile>;
  readonly #environments: Environments;
  readonly #settings: Settings;

  /** @param source a marked workspace, see `fixture.ts` */
  constructor(source: string, settings: Partial<Settings> = {}) {
    this.fixture = parseFixture(source);
    this.#settings = { ...defaultSettings, ...settings };
    this.#reads = new Map(
      [...this.fixture.files.values()].map(({ path, text }) => [path, readFile(text, undefined, roleOf(path))]),
    );
    const { index } = Index.empty.apply([...this.#reads].map(([file, { facts }]) => ({ file, facts })));
    const folders = this.files.filter(isKustomizationFile).map((file) => folderOf(file).slice(1, -1));
    this.#environments = new Environments(index, {
      tops: ["/"],
      kustomizations: kustomizationsOf({ engine: this.#engine(), index, folders }),
    });
  }

  get files(): readonly FileId[] {
    return [...this.#reads.keys()];
  }

  get environments(): Environments {
    return this.#environments;
  }

  context(file: FileId): FileContext {
    const read = this.#reads.get(file);
    if (read === undefined) throw new Error(`The fixture has no file ${file}`);
    return { file, read, environments: this.#environments.of(file), settings: this.#settings, now: testNow };
  }

  readOf(file: FileId): ReadFile | undefined {
    return this.#reads.get(file);
  }

  #engine(): KustomizeEngine {
    const sources: KustomizeFiles = {
      text: (path) => this.fixture.files.get(`/${path}`)?.text,
      isFolder: (path) => path === "" || this.files.some((file) => file.startsWith(`/${path}/`)),
    };
    const summary = (folder: string): KustomizationSummary | undefined => readKustomization(folder, sources);
    return {
      summary,
      closure: (folder) => closure(folder, summary),
      render: (folder, written) => render(folder, sources, { tolerant: true, written }),
      idOf: (path) => `/${path}`,
      pathOf: (file) => file.slice(1),
    };
  }

  findings(file: FileId, options: Partial<CheckOptions> = {}): readonly Finding[] {
    const all = { kubernetesVersion: "1.36", yamlSyntax: true, ...options };
    const context = this.context(file);
    const findings = [
      ...checkFile(context, new FindingsMemo(), all, this.#environments.isPartial(file)),
      ...unusedFileFindings(this.#environments.index, file, context.environments),
    ];
    return withKustomizeFixes(findings, context, this.#environments.index);
  }
}
