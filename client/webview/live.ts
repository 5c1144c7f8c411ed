import { batch, type ReadonlySignal, computed, effect, signal } from "@preact/signals";
import type { Scenario } from "../../server/src/simulation/scenario.ts";
import type { Summary } from "../../server/src/simulation/timeline.ts";
import type { Balance } from "./model/balancing.ts";
import { startRun } from "./engine/remote-run.ts";
import type { Workers } from "./engine/workers.ts";
import type { Requests } from "./model/requests.ts";
import { podsIn, type Run, runOf } from "./model/run.ts";
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
  /** The figures of a scenario, computed beside the page; the answer stops it. */
  readonly summarize: (scenario: Scenario, done: (summary: Summary) => void) => () => void;
}

/** Of a drag of a knob only where it rests is computed beside the page. */
const restMs = 120;

/** Rollouts of more pods are simulated beside the page; of these no single pods are shown. */
const pagePods = 100;

/** The requests of larger rollouts are followed only where they are looked at. */
const followedPods = 2000;

/** Wires the computations to the state. */
export function createLive(state: ReadonlySignal<State>, engine: Engine, workers: Workers): Live {
  const result = computed(() => state.value.result);
  const tuning = computed(() => state.value.tuning);
  const earlier = computed(() => state.value.previous);
  const otherTuning = computed(() => state.value.other);
  const tab = computed(() => state.value.tab);
  const scenarioOf = (of: State["tuning"] | undefined) => {
    const found = result.value;
    return found === undefined || of === undefined || workloadOf(found) === undefined
      ? undefined
      : tuned(engine, found, of);
  };
  const scenario = computed(() => scenarioOf(tuning.value));
  const { run, busy } = runsOf(scenario, engine, workers);
  // One pod after the other takes thousands of steps where there are thousands of pods: only for who asks for it.
  const isWanted = computed(
    () => tab.value === "compare" && (isSmall(run.value) || otherTuning.value !== initial.other),
  );
  const other = computed(() => (isWanted.value ? scenarioOf(otherTuning.value) : undefined));
  const { run: otherRun } = runsOf(other, engine, workers);
  const requests = (of: Run, done: (requests: Requests | undefined) => void): Stop =>
    workers.start({ kind: "requests", scenario: of.scenario, endMs: of.endMs }, (answer) => {
      if (answer.kind === "requests") done(answer.requests);
    }).stop;
  const summary = (of: Scenario, done: (summary: Summary) => void): Stop =>
    workers.start({ kind: "summary", scenario: of }, (answer) => {
      if (answer.kind === "summary") done(answer.summary);
    }).stop;
  return {
    run,
    busy,
    requests: afterwards(
      computed(() => (isSmall(run.value) || tab.value === "traffic" ? run.value : undefined)),
      requests,
    ),
    previous: afterwards(
      computed(() => scenarioOf(earlier.value)),
      summary,
    ),
    other: otherRun,
    otherRequests: afterwards(
      computed(() => (isSmall(otherRun.value) ? otherRun.value : undefined)),
      requests,
    ),
    balance: computed(() => {
      const found = result.value;
      return found === undefined || tab.value !== "balancing"
        ? undefined
        : balance(engine, found, state.value.balancing);
    }),
    summarize: summary,
  };
}

/** Whether requests are followed without being asked for. */
export function isFollowed(run: Run): boolean {
  return run.peak <= followedPods;
}

function isSmall(run: Run | undefined): boolean {
  return run === undefined || isFollowed(run);
}

type Stop = () => void;

/** Small rollouts at once, in the page; large ones beside it, once the knob rests. What a knob has overtaken is stopped. */
function runsOf(
  input: ReadonlySignal<Scenario | undefined>,
  engine: Engine,
  workers: Workers,
): { readonly run: ReadonlySignal<Run | undefined>; readonly busy: ReadonlySignal<boolean> } {
  const run = signal<Run | undefined>(undefined);
  const busy = signal(false);
  let stop: Stop | undefined;
  const show = (next: Run | undefined): void => {
    run.peek()?.dispose?.();
    stop = undefined;
    batch(() => {
      run.value = next;
      busy.value = false;
    });
  };
  effect(() => {
    const given = input.value;
    stop?.();
    if (given === undefined || podsIn(given) <= pagePods) {
      return show(given === undefined ? undefined : runOf(engine, given));
    }
    busy.value = true;
    stop = rested(run.peek() === undefined ? 0 : restMs, () => startRun(workers, given, show));
  });
  return { run, busy };
}

/** After the page has been painted and the input has rested. */
function afterwards<Input, Output>(
  input: ReadonlySignal<Input | undefined>,
  start: (input: Input, done: (output: Output) => void) => Stop,
): ReadonlySignal<Output | undefined> {
  const output = signal<Output | undefined>(undefined);
  let stop: Stop | undefined;
  effect(() => {
    const given = input.value;
    stop?.();
    stop = undefined;
    if (given === undefined) output.value = undefined;
    else {
      stop = rested(restMs, () =>
        start(given, (found) => {
          stop?.();
          output.value = found;
        }),
      );
    }
  });
  return output;
}

/** Starts something after a while; the answer stops it, whether it has begun or not. */
function rested(ms: number, start: () => Stop): Stop {
  let stop: Stop | undefined;
  const timer = setTimeout(() => (stop = start()), ms);
  return () => {
    clearTimeout(timer);
    stop?.();
  };
}
