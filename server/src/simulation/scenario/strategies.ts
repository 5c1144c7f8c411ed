import { numberAt, objectAt, textAt, textMapAt } from "../../base/json.ts";
import type { JsonObject } from "../../base/json.ts";
import type { Action, Scenario, Traffic } from "../scenario.ts";

/** What every strategy starts from. Objects are API objects after defaulting. */
export interface StrategyInput {
  /** The workload as it runs, and as it shall be. */
  readonly before: JsonObject;
  readonly after: JsonObject;
  /** Services, autoscalers, budgets and earlier ReplicaSets around it. */
  readonly others: readonly JsonObject[];
  readonly traffic?: Omit<Traffic, "service" | "canary">;
  /** The rest of the scenario: cluster, pods, seed. */
  readonly base?: Omit<Scenario, "version" | "objects" | "actions" | "traffic">;
}

/** Applies the changed object, and lets its controller roll it out as its own strategy says. */
export function scenarioForRollout(input: StrategyInput): Scenario {
  const actions: readonly Action[] = [{ atMs: 0, apply: input.after }];
  return scenarioOf(input, [input.before, ...input.others], actions, idOf(input.before));
}

/** The same as a rolling update, whatever strategy is written; percentages as in `rollingUpdate`. */
export function scenarioForRolling(input: StrategyInput, rollingUpdate: JsonObject): Scenario {
  return scenarioForRollout(withStrategy(input, { type: "RollingUpdate", rollingUpdate }));
}

/** The same with all old pods gone before the first new one comes. */
export function scenarioForRecreate(input: StrategyInput): Scenario {
  return scenarioForRollout(withStrategy(input, { type: "Recreate" }));
}

export interface CanaryOptions {
  /** How many pods of the new version are tried first. */
  readonly canaryReplicas: number;
  /** When the trial is over and the whole workload follows; the canary then goes. */
  readonly promoteAtMs: number;
}

/** A second Deployment with the new version behind the same Service: its share of requests is its share of pods. */
export function scenarioForCanaryByReplicas(input: StrategyInput, options: CanaryOptions): Scenario {
  const canary = variantOf(input.after, "canary", { track: "canary" }, options.canaryReplicas);
  const actions = canaryActions(input, canary, options);
  return scenarioOf(input, [input.before, ...input.others], actions, idOf(input.before));
}

/** A second Deployment behind a Service of its own, which an Ingress gives a share of the requests. */
export function scenarioForCanaryByWeight(
  input: StrategyInput,
  options: CanaryOptions & { readonly weight: number },
): Scenario {
  const track = { track: "canary" };
  const canary = variantOf(input.after, "canary", track, options.canaryReplicas);
  const service = serviceOf(input);
  const canaryService =
    service === undefined ? undefined : withSelector(renamed(service, "canary"), { ...selectorOf(service), ...track });
  const stable = service === undefined ? [] : [withSelector(service, { ...selectorOf(service), track: "stable" })];
  const before = withPodLabels(input.before, { track: "stable" });
  const after = withPodLabels(input.after, { track: "stable" });
  const others = input.others.filter((object) => object !== service);
  const objects = [before, ...others, ...stable, ...(canaryService === undefined ? [] : [canaryService])];
  const actions = canaryActions({ ...input, after }, canary, options);
  const scenario = scenarioOf(input, objects, actions, idOf(before));
  if (scenario.traffic === undefined || canaryService === undefined) return scenario;
  const split = { service: qualifiedName(canaryService), weight: options.weight };
  return { ...scenario, traffic: { ...scenario.traffic, canary: split } };
}

export interface BlueGreenOptions {
  /** When the Service's selector is switched. */
  readonly switchAtMs: number;
  /** When the old pods are taken away: until then the way back is a switch. */
  readonly removeAtMs: number;
}

/** Both versions run in full; the Service's selector decides which one is asked. */
export function scenarioForBlueGreen(input: StrategyInput, options: BlueGreenOptions): Scenario {
  const blue = variantOf(input.before, "blue", { slot: "blue" });
  const green = variantOf(input.after, "green", { slot: "green" });
  const service = serviceOf(input);
  const others = input.others.map((object) =>
    object === service ? withSelector(object, { ...selectorOf(object), slot: "blue" }) : object,
  );
  const actions: readonly Action[] = [
    { atMs: 0, apply: green },
    ...(service === undefined ? [] : [switchTo("green", service, options.switchAtMs)]),
    { atMs: options.removeAtMs, scale: idOf(blue), replicas: 0 },
  ];
  return scenarioOf(input, [blue, ...others], actions, idOf(green));
}

function switchTo(slot: string, service: JsonObject, atMs: number): Action {
  return { atMs, setSelector: `Service/${qualifiedName(service)}`, selector: { ...selectorOf(service), slot } };
}

function canaryActions(input: StrategyInput, canary: JsonObject, options: CanaryOptions): readonly Action[] {
  const { promoteAtMs } = options;
  return [
    { atMs: 0, apply: canary },
    { atMs: promoteAtMs, apply: input.after },
    { atMs: promoteAtMs, scale: idOf(canary), replicas: 0 },
  ];
}

function scenarioOf(
  input: StrategyInput,
  objects: readonly JsonObject[],
  actions: readonly Action[],
  focus: string,
): Scenario {
  const service = serviceOf(input);
  const traffic =
    input.traffic === undefined || service === undefined
      ? {}
      : { traffic: { ...input.traffic, service: qualifiedName(service) } };
  return { focus, ...input.base, version: 1, objects, actions, ...traffic };
}

/** The first Service whose selector fits the workload's pods. */
function serviceOf({ before, others }: StrategyInput): JsonObject | undefined {
  const labels = textMapAt(before, "spec", "template", "metadata", "labels");
  return others.find((object) => {
    const selector = Object.entries(selectorOf(object));
    const selects = selector.length > 0 && selector.every(([key, value]) => labels[key] === value);
    return textAt(object, "kind") === "Service" && selects;
  });
}

function selectorOf(service: JsonObject): Readonly<Record<string, string>> {
  return textMapAt(service, "spec", "selector");
}

function withSelector(service: JsonObject, selector: Readonly<Record<string, string>>): JsonObject {
  return { ...service, spec: { ...objectAt(service, "spec"), selector } };
}

/** The workload under another name, with labels of its own in selector and pods. */
function variantOf(
  workload: JsonObject,
  suffix: string,
  labels: Readonly<Record<string, string>>,
  replicas = numberAt(workload, "spec", "replicas") ?? 1,
): JsonObject {
  const own = withPodLabels(renamed(workload, suffix), labels);
  const matchLabels = { ...textMapAt(workload, "spec", "selector", "matchLabels"), ...labels };
  const selector = { ...objectAt(workload, "spec", "selector"), matchLabels };
  return { ...own, spec: { ...objectAt(own, "spec"), replicas, selector } };
}

function withPodLabels(workload: JsonObject, labels: Readonly<Record<string, string>>): JsonObject {
  const template = objectAt(workload, "spec", "template") ?? {};
  const metadata = {
    ...objectAt(template, "metadata"),
    labels: { ...textMapAt(template, "metadata", "labels"), ...labels },
  };
  return { ...workload, spec: { ...objectAt(workload, "spec"), template: { ...template, metadata } } };
}

function withStrategy(input: StrategyInput, strategy: JsonObject): StrategyInput {
  const changed = (object: JsonObject): JsonObject => ({ ...object, spec: { ...objectAt(object, "spec"), strategy } });
  return { ...input, before: changed(input.before), after: changed(input.after) };
}

function renamed(object: JsonObject, suffix: string): JsonObject {
  const name = `${textAt(object, "metadata", "name") ?? ""}-${suffix}`;
  return { ...object, metadata: { ...objectAt(object, "metadata"), name } };
}

function qualifiedName(object: JsonObject): string {
  return `${textAt(object, "metadata", "namespace") ?? "default"}/${textAt(object, "metadata", "name") ?? ""}`;
}

function idOf(object: JsonObject): string {
  return `${textAt(object, "kind") ?? ""}/${textAt(object, "metadata", "name") ?? ""}`;
}
