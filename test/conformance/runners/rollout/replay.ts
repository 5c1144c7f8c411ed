import { isDeepStrictEqual } from "node:util";
import { arrayAt, isObject, numberAt, objectAt, textAt } from "../../../../server/src/base/json.ts";
import type { JsonObject, JsonValue } from "../../../../server/src/base/json.ts";
import { ManualRun } from "../../../../server/src/simulation/engine/manual-run.ts";
import type { ManualAction, ManualStep } from "../../../../server/src/simulation/engine/manual-run.ts";
import type { Pod } from "../../../../server/src/simulation/engine/pods.ts";
import type { RunContext } from "../../runner.ts";

/** What a recorded step shows, in the recording's own form. */
export type Observe = (run: ManualRun, step: ManualStep, templates: Map<string, string>) => JsonObject;

export interface Replay {
  /** The objects of `create`. */
  readonly create: (spec: JsonObject) => readonly JsonObject[];
  readonly patch: (objects: readonly JsonObject[], patch: JsonObject) => readonly JsonObject[];
  readonly nodes?: (spec: JsonObject) => number;
  /** `templates`: the template's name of each revision seen so far, kept through the case. */
  readonly observe: Observe;
  /** Both sides in one form, where the order of a step's moves means nothing. */
  readonly normalise?: (seen: JsonObject, create: JsonObject) => JsonObject;
}

export function replayCases(context: RunContext, name: string, replay: Replay): void {
  for (const recorded of context.lines(`rollout/${name}.jsonl`) ?? []) {
    if (isRecorded(recorded)) replayCase(context, `rollout/${name}`, recorded, replay);
  }
}

function replayCase(context: RunContext, component: string, recorded: JsonObject, replay: Replay): void {
  const id = textAt(recorded, "id") ?? "";
  const steps = arrayAt(recorded, "steps").filter(isObject);
  const create = objectAt(steps[0], "do", "create") ?? {};
  const terminations = textAt(recorded, "terminations") === "stepwise" ? "stepwise" : "instant";
  const nodes = Array.from({ length: replay.nodes?.(create) ?? 1 }, (_, index) => ({ name: `node-${index + 1}` }));
  const run = new ManualRun([], { terminations, nodes });
  const templates = new Map<string, string>();
  let objects: readonly JsonObject[] = [];
  for (const [index, recordedStep] of steps.entries()) {
    const action = objectAt(recordedStep, "do") ?? {};
    const patch = objectAt(action, "patch");
    if (objectAt(action, "create") !== undefined) objects = replay.create(create);
    else if (patch !== undefined) objects = replay.patch(objects, patch);
    const step = act(run, action, objects);
    const wanted = replay.normalise?.(comparable(recordedStep), create) ?? comparable(recordedStep);
    const seen = pick(replay.observe(run, step, templates), wanted);
    const found = replay.normalise?.(seen, create) ?? seen;
    if (!isDeepStrictEqual(found, wanted)) {
      context.report(component, { id, agreed: false, step: index, wanted, found });
      return;
    }
  }
  context.report(component, { id, agreed: true });
}

function act(run: ManualRun, action: JsonObject, objects: readonly JsonObject[]): ManualStep {
  if ("create" in action || "patch" in action) return applyAll(run, objects);
  const manual = manualAction(action);
  return manual === undefined ? { events: [], pods: [] } : run.act(manual);
}

function applyAll(run: ManualRun, objects: readonly JsonObject[]): ManualStep {
  const steps = objects.map((object) => run.act({ apply: object }));
  return { events: steps.flatMap(({ events }) => events), pods: steps.flatMap(({ pods }) => pods) };
}

function manualAction(action: JsonObject): ManualAction | undefined {
  const seconds = numberAt(action, "wait");
  if (seconds !== undefined) return { wait: seconds * 1000 };
  if (action["finishTerminations"] === true) return { finishTerminations: true };
  const ready = objectAt(action, "ready");
  if (ready !== undefined) return { ready: choiceOf(ready) };
  const unready = objectAt(action, "unready");
  if (unready !== undefined) return { unready: choiceOf(unready) };
  const kill = objectAt(action, "kill");
  if (kill !== undefined) return { kill: choiceOf(kill) };
  const evict = objectAt(action, "evict");
  if (evict !== undefined) return { evict: { ready: evict["ready"] === true } };
  return undefined;
}

function choiceOf(choice: JsonObject): { image?: string; ordinal?: number; count?: number } {
  const template = textAt(choice, "template");
  const ordinal = numberAt(choice, "ordinal");
  const count = numberAt(choice, "count");
  return {
    ...(template === undefined ? {} : { image: imageOf(template) }),
    ...(ordinal === undefined ? {} : { ordinal }),
    ...(count === undefined ? {} : { count }),
  };
}

/** The recorded fields that count: not the action, not what varies from run to run. */
function comparable(step: JsonObject): JsonObject {
  const left = new Set<JsonValue>(["do", "varies", ...arrayAt(step, "varies")]);
  return Object.fromEntries(Object.entries(step).filter(([key]) => !left.has(key)));
}

/** The parts of `found` that `wanted` has, one level into maps. */
function pick(found: JsonObject, wanted: JsonObject): JsonObject {
  const entries = Object.entries(wanted).map(([key, value]): [string, JsonValue] => {
    const own = found[key] ?? null;
    if (!isObject(value) || !isObject(own) || key !== "status") return [key, own];
    return [key, Object.fromEntries(Object.keys(value).map((field) => [field, own[field] ?? null]))];
  });
  return Object.fromEntries(entries);
}

function isRecorded(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && "steps" in value;
}

/** The templates of the recordings differ in their image alone. */
export function templateNamed(name: string): JsonObject {
  return {
    metadata: { labels: { app: "web" } },
    spec: { containers: [{ name: "web", image: imageOf(name) }] },
  };
}

export function templateName(pod: Pick<Pod, "template"> | { readonly template: JsonObject }): string {
  return (textAt(arrayAt(pod.template, "spec", "containers")[0], "image") ?? "").replace("registry.example/web:", "");
}

function imageOf(template: string): string {
  return `registry.example/web:${template}`;
}

/** A workload's spec from the recorded fields. */
export function specFrom(fields: JsonObject): JsonObject {
  const template = textAt(fields, "template");
  const rest = Object.entries(fields).filter(([, value]) => value !== null);
  return {
    selector: { matchLabels: { app: "web" } },
    ...Object.fromEntries(rest),
    ...(template === undefined ? {} : { template: templateNamed(template) }),
  };
}

/** One workload called `web`, and how a patch changes its spec. */
export function workload(kind: string, defaults: JsonObject): Pick<Replay, "create" | "patch"> {
  const object = (spec: JsonObject): JsonObject => ({
    apiVersion: "apps/v1",
    kind,
    metadata: { name: "web", namespace: "default" },
    spec,
  });
  return {
    create: (fields) => [object(specFrom({ ...defaults, ...fields }))],
    patch: ([present], patch) => {
      const merged = { ...objectAt(present, "spec"), ...patch };
      return [object(specFrom(merged))];
    },
  };
}
