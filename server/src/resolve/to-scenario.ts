import { arrayAt, isArray, isObject, objectAt, textAt } from "../base/json.ts";
import type { JsonObject, JsonValue } from "../base/json.ts";
import type { Environment, Resource } from "../index/types.ts";
import { withDefaults } from "../kubernetes/defaults/with-defaults.ts";
import { assumedTiming } from "../simulation/engine/kubelet.ts";
import type { SimulatedNode } from "../simulation/nodes.ts";
import type { PodTiming, Scenario } from "../simulation/scenario.ts";
import { scenarioForRollout } from "../simulation/scenario/strategies.ts";
import { frontsOf } from "./fronts.ts";
import { selectedBy } from "./selected-by.ts";
import { resolveService } from "./service.ts";
import { withNamespace } from "./slices.ts";

/** Facts about the cluster that no manifest tells. */
export interface ClusterFacts {
  readonly kubernetesVersion: string;
  readonly nodes: readonly SimulatedNode[];
  readonly proxyMode: "iptables" | "nftables" | "ipvs";
}

/** How the state before a change was chosen. */
export type BeforeSource = "chosen" | "committed" | "same-object";

/** A rollout, made from the objects of an environment. */
export interface RolloutScenario {
  readonly scenario: Scenario;
  readonly workload: Resource;
  readonly before: BeforeSource;
  readonly oldImage: string;
  readonly newImage: string;
  /** The objects of the scenario beside the workload. */
  readonly others: readonly Resource[];
  readonly timing: PodTiming;
}

/** The state before the change, and the images to try. */
export interface RolloutChange {
  /** The workload as the person chose it, or as it is committed; used only where its pod template differs. */
  readonly before?: { readonly object: JsonObject; readonly how: "chosen" | "committed" };
  /** The workload as it shall be, where it is another text than the environment's. */
  readonly after?: JsonObject;
  /** New images by container name. */
  readonly images?: Readonly<Record<string, string>>;
}

/** Kinds whose rollouts are simulated. */
const rolledOut: ReadonlySet<string> = new Set(["apps/Deployment", "apps/StatefulSet", "apps/DaemonSet"]);

/** Whether there is a rollout to show of an object. */
export function canRollOut({ group, kind }: Pick<Resource, "group" | "kind">): boolean {
  return rolledOut.has(`${group}/${kind}`);
}

/** A rollout of a workload with everything that selects, scales or protects its pods; `undefined` for kinds without rollouts. */
export function rolloutScenario(
  environment: Environment,
  workload: Resource,
  change: RolloutChange,
  facts: ClusterFacts,
): RolloutScenario | undefined {
  if (!canRollOut(workload)) return undefined;
  const after = withImages(
    change.after === undefined ? defaulted(workload) : stored(change.after, workload),
    change.images ?? {},
  );
  const { before, how } = stateBefore(after, workload, change);
  const { services, autoscalers, disruptionBudgets } = selectedBy(environment, workload);
  const others = [...services, ...autoscalers, ...disruptionBudgets];
  const wanted = how === "same-object" && change.images === undefined ? withTag(after, "next") : after;
  const traffic =
    services.length === 0
      ? {}
      : { traffic: { requestsPerSecond: 50, clients: 20, keepAlive: false, serviceTimeMs: 20 } };
  const scenario = scenarioForRollout({
    before,
    after: wanted,
    others: others.map(defaulted),
    base: { cluster: clusterOf(facts) },
    ...traffic,
  });
  return {
    scenario,
    workload,
    before: how,
    oldImage: imageOf(before),
    newImage: imageOf(wanted),
    others,
    timing: assumedTiming(objectAt(after, "spec", "template") ?? {}),
  };
}

/** A Service with the workloads whose pods it reaches, as they stand; with the Ingresses and routes before it, and all that shares their requests. */
export function balanceScenario(
  environment: Environment,
  service: Resource,
  facts: ClusterFacts,
): { readonly scenario: Scenario; readonly others: readonly Resource[] } {
  const fronts = frontsOf(environment, [service]);
  const behind = [service, ...fronts.services].flatMap((each) => {
    const { workloads, manual } = resolveService(environment, each, facts.nodes);
    return [...workloads.map(({ resource }) => resource), ...manual];
  });
  const others = [...new Set([...behind, ...fronts.services, ...fronts.objects])];
  return {
    scenario: {
      version: 1,
      cluster: clusterOf(facts),
      objects: [defaulted(service), ...others.map(defaulted)],
      traffic: { service: `${service.namespace ?? ""}/${service.name}`, requestsPerSecond: 50, clients: 20 },
    },
    others,
  };
}

/** The object as the API server stores it: with its namespace and its defaults. */
export function defaulted(resource: Resource): JsonObject {
  return withDefaults(withNamespace(resource));
}

/** Another text of the workload, in the same namespace. */
function stored(object: JsonObject, { namespace }: Resource): JsonObject {
  return withDefaults({ ...object, metadata: { ...objectAt(object, "metadata"), namespace: namespace ?? "" } });
}

function clusterOf({ kubernetesVersion, nodes, proxyMode }: ClusterFacts): NonNullable<Scenario["cluster"]> {
  return {
    kubernetesVersion,
    nodes: nodes.map(({ name, zone, labels }) => ({
      name,
      ...(zone === undefined ? {} : { zone }),
      ...(labels === undefined ? {} : { labels }),
    })),
    proxy: { mode: proxyMode },
  };
}

/** Old is what the person chose, or what is committed, if its template differs; otherwise the object itself with its image tag shown as `current`. */
function stateBefore(
  after: JsonObject,
  workload: Resource,
  { before, images }: RolloutChange,
): { readonly before: JsonObject; readonly how: BeforeSource } {
  if (before !== undefined) {
    const object = withDefaults({
      ...before.object,
      metadata: { ...objectAt(before.object, "metadata"), namespace: workload.namespace ?? "" },
    });
    if (JSON.stringify(objectAt(object, "spec", "template")) !== JSON.stringify(objectAt(after, "spec", "template")))
      return { before: object, how: before.how };
  }
  return { before: images === undefined ? withTag(after, "current") : defaulted(workload), how: "same-object" };
}

/** The workload with another tag in the image of its first container, so that its template is another one. */
function withTag(workload: JsonObject, tag: string): JsonObject {
  const [first] = arrayAt(workload, "spec", "template", "spec", "containers");
  const name = textAt(first, "name") ?? "";
  const image = textAt(first, "image") ?? "image";
  return withImages(workload, { [name]: `${image.replace(/@.*$/, "").replace(/:[^/:]*$/, "")}:${tag}` });
}

function withImages(workload: JsonObject, images: Readonly<Record<string, string>>): JsonObject {
  const spec = objectAt(workload, "spec") ?? {};
  const template = objectAt(spec, "template") ?? {};
  const podSpec = objectAt(template, "spec") ?? {};
  const containers = arrayAt(podSpec, "containers").map((container) => withImage(container, images));
  return {
    ...workload,
    spec: {
      ...spec,
      template: { ...template, spec: { ...podSpec, ...(isArray(podSpec["containers"]) ? { containers } : {}) } },
    },
  };
}

function withImage(container: JsonValue, images: Readonly<Record<string, string>>): JsonValue {
  const name = textAt(container, "name");
  if (!isObject(container) || name === undefined || !Object.hasOwn(images, name)) return container;
  return { ...container, image: images[name]! };
}

/** The image of a workload's first container. */
export function imageOf(workload: JsonObject): string {
  return textAt(arrayAt(workload, "spec", "template", "spec", "containers")[0], "image") ?? "";
}
