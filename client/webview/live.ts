import { type ReadonlySignal, computed, effect, signal } from "@preact/signals";
import type { Summary } from "../../server/src/simulation/timeline.ts";
import type { Balance } from "./model/balancing.ts";
import { type Requests, requestsOf, summaryOf } from "./model/requests.ts";
import { type Run, runOf } from "./model/run.ts";
import { tuned, workloadOf } from "./model/tuning.ts";
import { balance } from "./model/ways.ts";
import type { Engine } from "./engine/engine.ts";
import { initial, type State } from "./store.ts";

/** What is computed from the state, each as late as it may be. */
export interface Live {
  /** The rollout; of the settings before while a slow one is computed. */
  readonly run: ReadonlySignal<Run | undefined>;
  /** Whether {@link run} is of other settings than those that are shown. */
  readonly busy: ReadonlySignal<boolean>;
  /** Comes after the rollout's first paint: requests cost more than all the rest. */
  readonly requests: ReadonlySignal<Requests | undefined>;
  /** Of the alternative that was looked at last. */
  readonly previous: ReadonlySignal<Summary | undefined>;
  readonly other: ReadonlySignal<Run | undefined>;
  readonly otherRequests: ReadonlySignal<Requests | undefined>;
  readonly balance: ReadonlySignal<Balance | undefined>;
}

/** Computations that take longer are put off until the knob rests. */
const slowMs = 30;
const restMs = 120;

/** The requests of larger rollouts are followed only where they are looked at. */
const followedPods = 2000;

/** Wires the computations to the state. */
export function createLive(state: ReadonlySignal<State>, engine: Engine): Live {
  const result = computed(() => state.value.result);
  const tuning = computed(() => state.value.tuning);
  const earlier = computed(() => state.value.previous);
  const otherTuning = computed(() => state.value.other);
  const tab = computed(() => state.value.tab);
  const busy = signal(false);
  const scenarioOf = (of: State["tuning"] | undefined) => {
    const found = result.value;
    return found === undefined || of === undefined || workloadOf(found) === undefined
      ? undefined
      : tuned(engine, found, of);
  };
  const scenario = computed(() => scenarioOf(tuning.value));
  const run = whenAffordable(scenario, (each) => runOf(engine, each), busy);
  // One pod after the other takes thousands of steps where there are thousands of pods: only for who asks for it.
  const isWanted = computed(
    () => tab.value === "compare" && (isSmall(run.value) || otherTuning.value !== initial.other),
  );
  const other = computed(() => (isWanted.value ? scenarioOf(otherTuning.value) : undefined));
  const otherRun = whenAffordable(other, (each) => runOf(engine, each), signal(false));
  const asked = (each: Run): Requests | undefined => requestsOf(engine, each.scenario, each.endMs);
  return {
    run,
    busy,
    requests: afterwards(
      computed(() => (isSmall(run.value) || tab.value === "traffic" ? run.value : undefined)),
      asked,
    ),
    previous: afterwards(
      computed(() => scenarioOf(earlier.value)),
      (each) => summaryOf(engine, each),
    ),
    other: otherRun,
    otherRequests: afterwards(
      computed(() => (isSmall(otherRun.value) ? otherRun.value : undefined)),
      asked,
    ),
    balance: computed(() => {
      const found = result.value;
      return found === undefined || tab.value !== "balancing"
        ? undefined
        : balance(engine, found, state.value.balancing);
    }),
  };
}

function isSmall(run: Run | undefined): boolean {
  return run === undefined || run.peak <= followedPods;
}

/** At once as long as that is quick; otherwise when the input has rested for a moment. */
function whenAffordable<Input, Output>(
  input: ReadonlySignal<Input | undefined>,
  compute: (input: Input) => Output,
  busy: { value: boolean },
): ReadonlySignal<Output | undefined> {
  const output = signal<Output | undefined>(undefined);
  let costMs = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  effect(() => {
    const given = input.value;
    clearTimeout(timer);
    const run = (): void => {
      const started = performance.now();
      output.value = given === undefined ? undefined : compute(given);
      costMs = performance.now() - started;
      busy.value = false;
    };
    if (given === undefined || costMs < slowMs) return run();
    busy.value = true;
    timer = setTimeout(run, restMs);
  });
  return output;
}

/** After the page has been painted and the input has rested. */
function afterwards<Input, Output>(
  input: ReadonlySignal<Input | undefined>,
  compute: (input: Input) => Output | undefined,
): ReadonlySignal<Output | undefined> {
  const output = signal<Output | undefined>(undefined);
  let timer: ReturnType<typeof setTimeout> | undefined;
  effect(() => {
    const given = input.value;
    clearTimeout(timer);
    if (given === undefined) output.value = undefined;
    else timer = setTimeout(() => (output.value = compute(given)), restMs);
  });
  return output;
}
