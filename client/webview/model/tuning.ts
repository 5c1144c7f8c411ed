import type { KnobValues, ScenarioResult, WorkloadField } from "../../../server/src/protocol/webview.ts";
import type { Action, PodTiming, Scenario } from "../../../server/src/simulation/scenario.ts";
import type { Rollouts } from "../engine/rollouts.ts";
import { type Images, imagesOfChange, withImages } from "./images.ts";
import { type ApiObject, at, idOf, listAt, numberAt, omit, plainText, textAt, withValue } from "./json.ts";

/** How the change is brought in: as the manifest says, or by a strategy that needs more than one object. */
export type Strategy = "manifest" | "canary" | "blue-green" | "ingress-canary";

/** What the person changed of the scenario that the files give. */
export interface Tuning {
  /** Fields of the manifest. */
  readonly values: Readonly<Partial<Record<WorkloadField, string | number>>>;
  /** Images that were typed, by container: what the update changes to. */
  readonly images: Images;
  readonly strategy: Strategy;
  readonly canaryReplicas: number;
  /** Of 100 requests. */
  readonly canaryWeight: number;
  /** When the canary is promoted, or the Service switched. */
  readonly decideAtMs: number;
  readonly timings: Readonly<Partial<PodTiming>>;
  /** Which pod of the new revision never gets ready: the n-th, all, or none. */
  readonly failing: "none" | "all" | number;
  /** Without a readiness probe a pod counts as ready as soon as its containers run. */
  readonly readiness: boolean;
  readonly requestsPerSecond?: number;
  readonly clients?: number;
  readonly keepAlive?: boolean;
  readonly serviceTimeMs?: number;
  /** Demand on an autoscaled workload: from the beginning, and a minute later. */
  readonly load?: { readonly from: number; readonly to: number };
  readonly actions: readonly Action[];
}

export const asWritten: Tuning = {
  values: {},
  images: {},
  strategy: "manifest",
  canaryReplicas: 1,
  canaryWeight: 10,
  decideAtMs: 60_000,
  timings: {},
  failing: "none",
  readiness: true,
  actions: [],
};

/** Where a kind of workload has its fields. */
const paths: Readonly<Record<string, Partial<Record<WorkloadField, readonly string[]>>>> = {
  Deployment: {
    replicas: ["spec", "replicas"],
    strategy: ["spec", "strategy", "type"],
    maxSurge: ["spec", "strategy", "rollingUpdate", "maxSurge"],
    maxUnavailable: ["spec", "strategy", "rollingUpdate", "maxUnavailable"],
    minReadySeconds: ["spec", "minReadySeconds"],
    progressDeadlineSeconds: ["spec", "progressDeadlineSeconds"],
  },
  StatefulSet: {
    replicas: ["spec", "replicas"],
    strategy: ["spec", "updateStrategy", "type"],
    partition: ["spec", "updateStrategy", "rollingUpdate", "partition"],
    maxUnavailable: ["spec", "updateStrategy", "rollingUpdate", "maxUnavailable"],
    minReadySeconds: ["spec", "minReadySeconds"],
    podManagementPolicy: ["spec", "podManagementPolicy"],
  },
  DaemonSet: {
    strategy: ["spec", "updateStrategy", "type"],
    maxSurge: ["spec", "updateStrategy", "rollingUpdate", "maxSurge"],
    maxUnavailable: ["spec", "updateStrategy", "rollingUpdate", "maxUnavailable"],
    minReadySeconds: ["spec", "minReadySeconds"],
  },
};

/** The fields that the workload's kind has. */
export function fieldsOf(workload: ApiObject | undefined): readonly WorkloadField[] {
  return Object.keys(paths[kindOf(workload)] ?? {}) as WorkloadField[];
}

export function kindOf(workload: ApiObject | undefined): string {
  return textAt(workload, "kind") ?? "";
}

/** The workload that the rollout is about, as it shall be; `undefined` where the scenario has none. */
export function workloadOf(result: ScenarioResult): ApiObject | undefined {
  const { scenario, object } = result;
  const applied = (scenario.actions ?? []).flatMap((action) => ("apply" in action ? [action.apply] : []));
  const id = scenario.focus ?? object;
  return (
    applied.find((each) => idOf(each) === id) ?? scenario.objects.find((each) => idOf(each) === id && isWorkload(each))
  );
}

export function isWorkload(object: ApiObject): boolean {
  return kindOf(object) in paths;
}

/** The value of a field: what the person chose, else what the manifest (after defaulting) says. */
export function valueOf(
  workload: ApiObject | undefined,
  tuning: Tuning,
  field: WorkloadField,
): string | number | undefined {
  const chosen = tuning.values[field];
  if (chosen !== undefined) return chosen;
  const written = at(workload, ...(paths[kindOf(workload)]?.[field] ?? ["missing"]));
  return typeof written === "string" || typeof written === "number" ? written : undefined;
}

/** The scenario with everything that the person changed. */
export function tuned(engine: Rollouts, result: ScenarioResult, tuning: Tuning): Scenario {
  const { scenario } = result;
  const after = workloadOf(result);
  if (after === undefined) return scenario;
  const id = idOf(after);
  const images = imagesOfChange(result, tuning.images);
  const change = (object: ApiObject, own: Images): ApiObject =>
    idOf(object) === id ? withImages(withValues(object, tuning), own) : object;
  const base: Scenario = {
    ...scenario,
    focus: id,
    objects: scenario.objects.map((object) => change(object, images.before)),
    actions: (scenario.actions ?? []).map((action) =>
      "apply" in action ? { ...action, apply: change(action.apply, images.after) } : action,
    ),
    pods: podsOf(scenario, tuning),
    ...trafficOf(scenario, tuning),
    ...loadOf(scenario, tuning, id),
    ...rejectionOf(scenario, withValues(after, tuning)),
  };
  const shaped = byStrategy(engine, base, id, change(after, images.after), tuning);
  const own = tuning.actions.map((action) => aimedAt(shaped.focus ?? id, action));
  const actions = [...(shaped.actions ?? []), ...own].sort((a, b) => a.atMs - b.atMs);
  return { ...shaped, actions };
}

/** What was done to the workload, done to the one that stands for it: of blue and green, the green one. */
function aimedAt(workload: string, action: Action): Action {
  if ("pause" in action) return { ...action, pause: workload };
  if ("resume" in action) return { ...action, resume: workload };
  if ("undo" in action) return { ...action, undo: workload };
  return "scale" in action ? { ...action, scale: workload } : action;
}

/** The values that differ from the manifest's: what "Write to manifest" writes. */
export function changedValues(workload: ApiObject | undefined, tuning: Tuning): KnobValues {
  const entries = Object.entries(tuning.values).filter(
    ([field, value]) => value !== valueOf(workload, asWritten, field as WorkloadField),
  );
  return Object.fromEntries(entries);
}

function withValues(workload: ApiObject, tuning: Tuning): ApiObject {
  let result = workload;
  for (const [field, value] of Object.entries(tuning.values)) {
    const path = paths[kindOf(workload)]?.[field as WorkloadField];
    if (path !== undefined) result = withValue(result, path, value);
  }
  return result;
}

function podsOf(scenario: Scenario, tuning: Tuning): NonNullable<Scenario["pods"]> {
  const timing = { ...scenario.pods?.default, ...tuning.timings };
  const readyAfterMs = timing.readyAfterMs ?? 0;
  const early = tuning.readiness ? {} : { readyAfterMs: 0, listensAfterMs: readyAfterMs };
  const failing = { revision: "new", ready: "never" } as const;
  const rules = [
    ...(scenario.pods?.rules ?? []),
    ...(tuning.failing === "all" ? [failing] : []),
    ...(typeof tuning.failing === "number" ? [{ ...failing, ordinal: tuning.failing }] : []),
  ];
  return { default: { ...timing, ...early }, rules };
}

function trafficOf(scenario: Scenario, tuning: Tuning): Pick<Scenario, "traffic"> {
  const { traffic } = scenario;
  if (traffic === undefined) return {};
  const { requestsPerSecond = traffic.requestsPerSecond, clients = traffic.clients } = tuning;
  const keepAlive = tuning.keepAlive ?? traffic.keepAlive ?? false;
  const serviceTimeMs = tuning.serviceTimeMs ?? traffic.serviceTimeMs ?? 20;
  return { traffic: { ...traffic, requestsPerSecond, clients, keepAlive, serviceTimeMs } };
}

const loadChangesAtMs = 60_000;

function loadOf(scenario: Scenario, tuning: Tuning, workload: string): Pick<Scenario, "load"> {
  const load = tuning.load ?? (scenario.load === undefined ? suggestedLoad(scenario, workload) : undefined);
  if (load === undefined) return {};
  const entry = { workload, metric: "cpu" };
  return {
    load: [
      { ...entry, atMs: 0, milli: load.from },
      { ...entry, atMs: loadChangesAtMs, milli: load.to },
    ],
  };
}

/** The autoscaler of the focused workload. */
export function autoscalerOf(scenario: Scenario, workload: string): ApiObject | undefined {
  return scenario.objects.find((object) => {
    const target = `${textAt(object, "spec", "scaleTargetRef", "kind") ?? ""}/${textAt(object, "spec", "scaleTargetRef", "name") ?? ""}`;
    return textAt(object, "kind") === "HorizontalPodAutoscaler" && target === workload;
  });
}

/** A demand that keeps the replicas as they are, then three times as much. */
export function suggestedLoad(scenario: Scenario, workload: string): Tuning["load"] {
  if (autoscalerOf(scenario, workload) === undefined) return undefined;
  const object = scenario.objects.find((each) => idOf(each) === workload);
  const from = 100 * Math.max(1, numberAt(object, "spec", "replicas") ?? 1);
  return { from, to: 3 * from };
}

/** kube-apiserver, pkg/apis/apps/validation, ValidateRollingUpdateDeployment, v1.36: one of the two must leave room. */
function rejectionOf(scenario: Scenario, workload: ApiObject): Pick<Scenario, "rejected"> {
  const messages = [...(scenario.rejected ?? [])];
  const written = messages.some((message) => message.includes("may not be 0 when"));
  const type = textAt(workload, "spec", "strategy", "type") ?? "RollingUpdate";
  const rolling = at(workload, "spec", "strategy", "rollingUpdate");
  if (kindOf(workload) === "Deployment" && type === "RollingUpdate" && !written) {
    if (isZero(at(rolling, "maxSurge")) && isZero(at(rolling, "maxUnavailable"))) {
      const field = "spec.strategy.rollingUpdate.maxUnavailable";
      messages.push(
        `${field}: Invalid value: ${plainText(at(rolling, "maxUnavailable"))}: may not be 0 when \`maxSurge\` is 0`,
      );
    }
  }
  return messages.length === 0 ? {} : { rejected: messages };
}

function isZero(value: unknown): boolean {
  return value === 0 || (typeof value === "string" && /^0+%$/.test(value));
}

/** The same change by another strategy, from the same objects. */
function byStrategy(engine: Rollouts, scenario: Scenario, id: string, after: ApiObject, tuning: Tuning): Scenario {
  const before = scenario.objects.find((object) => idOf(object) === id) ?? after;
  if (tuning.strategy === "manifest" || kindOf(after) !== "Deployment") return scenario;
  const { objects, traffic } = scenario;
  const base = omit(scenario, "version", "objects", "actions", "traffic");
  const input = {
    before,
    after,
    others: objects.filter((object) => idOf(object) !== id),
    base,
    ...(traffic === undefined ? {} : { traffic }),
  };
  const { canaryReplicas, canaryWeight: weight, decideAtMs } = tuning;
  switch (tuning.strategy) {
    case "canary":
      return engine.scenarioForCanaryByReplicas(input, { canaryReplicas, promoteAtMs: decideAtMs });
    case "ingress-canary":
      return engine.scenarioForCanaryByWeight(input, { canaryReplicas, promoteAtMs: decideAtMs, weight });
    case "blue-green": {
      const options = { switchAtMs: decideAtMs, removeAtMs: decideAtMs + 30_000 };
      return { ...engine.scenarioForBlueGreen(input, options), focus: `${id}-green` };
    }
  }
}

/** The image of the first container; empty where there is none. */
export function imageOf(workload: ApiObject | undefined): string {
  const [container] = listAt(workload, "spec", "template", "spec", "containers");
  return typeof container === "object" && container !== null && !Array.isArray(container)
    ? (textAt(container, "image") ?? "")
    : "";
}
