import type { JsonObject, JsonValue } from "../base/json.ts";
import { at, numberAt, objectAt, textAt, textMapAt } from "../base/json.ts";
import { groupOf, podTemplatePath } from "../kubernetes/pod-template.ts";
import { nodePlaceholderAddress, placeholderAddress } from "./address.ts";
import type { SimulatedNode } from "./nodes.ts";

/** A pod that a workload makes, assumed to run and to be ready. */
export interface SimulatedPod {
  readonly name: string;
  readonly workload: { readonly kind: string; readonly namespace: string; readonly name: string };
  /** Counted from 1 for invented names, the real ordinal for a StatefulSet. */
  readonly ordinal: number;
  /** The pod as the API server would show it; its addresses are placeholders. */
  readonly object: JsonObject;
}

/** Where pods stand, how they are told apart, and how many are wanted. */
export interface PodOptions {
  readonly nodes: readonly SimulatedNode[];
  /** Tells the pods of two templates apart inside a rollout: `web-<old>-<1>`, `web-<new>-<1>`. */
  readonly role?: "old" | "new";
  /** At most so many pods are made; `podCount` tells how many there are. */
  readonly limit?: number;
}

/** The pods of a workload: with real names where the control plane does not invent them, else `<name>-<1>` …. Anything that makes no pods gives none. */
export function podsOf(workload: JsonObject, options: PodOptions): readonly SimulatedPod[] {
  return [...generatePods(workload, options)];
}

/** The pods of `podsOf`, made one by one: a workload of a million replicas costs only what is taken. */
export function* generatePods(workload: JsonObject, options: PodOptions): Generator<SimulatedPod> {
  const template = podTemplateOf(workload);
  if (template === undefined) return;
  const count = Math.min(podCount(workload, options.nodes), options.limit ?? Number.POSITIVE_INFINITY);
  const labels = { ...textMapAt(template, "metadata", "labels"), ...sharedLabels(workload) };
  for (let index = 0; index < count; index++) yield makePod(workload, template, labels, index, options);
}

/** How many pods the workload runs at a time once it is settled; a DaemonSet has one per node. */
export function podCount(workload: JsonObject, nodes: readonly SimulatedNode[]): number {
  if (podTemplateOf(workload) === undefined) return 0;
  const spec = objectAt(workload, "spec");
  switch (textAt(workload, "kind")) {
    case "Pod":
      return 1;
    case "DaemonSet":
      return nodes.length;
    case "Job":
      return jobPods(spec);
    case "CronJob":
      return jobPods(objectAt(spec, "jobTemplate", "spec"));
    default:
      return count(at(spec, "replicas"), 1);
  }
}

/** The pod template (`metadata` and `spec`) of a workload, for a Pod the Pod itself; `undefined` for everything that makes no pods. */
export function podTemplateOf(workload: JsonObject): JsonObject | undefined {
  const path = podTemplatePath(groupOf(textAt(workload, "apiVersion") ?? ""), textAt(workload, "kind") ?? "");
  return path === undefined ? undefined : objectAt(workload, ...path);
}

/** kube-controller-manager, pkg/controller/job/job_controller.go, v1.36: never more pods than parallelism, nor than completions that are still missing. */
function jobPods(spec: JsonObject | undefined): number {
  if (at(spec, "suspend") === true) return 0;
  const parallelism = count(at(spec, "parallelism"), 1);
  return Math.min(parallelism, count(at(spec, "completions"), parallelism));
}

function count(value: JsonValue | undefined, fallback: number): number {
  return typeof value === "number" && Number.isFinite(value) ? Math.max(0, Math.trunc(value)) : fallback;
}

/** Labels that the controllers add to every pod of the workload; hashes and UIDs that only the cluster knows are placeholders. */
function sharedLabels(workload: JsonObject): Readonly<Record<string, string>> {
  const name = textAt(workload, "metadata", "name") ?? "";
  switch (textAt(workload, "kind")) {
    case "Deployment":
      return { "pod-template-hash": "<hash>" };
    case "Rollout":
      return { "rollouts-pod-template-hash": "<hash>" };
    case "StatefulSet":
      return { "controller-revision-hash": "<hash>" };
    case "DaemonSet":
      return { "controller-revision-hash": "<hash>", "pod-template-generation": "1" };
    case "Job":
      return jobLabels(name);
    case "CronJob":
      return jobLabels(`${name}-<time>`);
    default:
      return {};
  }
}

function jobLabels(job: string): Readonly<Record<string, string>> {
  return {
    "batch.kubernetes.io/job-name": job,
    "job-name": job,
    "batch.kubernetes.io/controller-uid": "<uid>",
    "controller-uid": "<uid>",
  };
}

function makePod(
  workload: JsonObject,
  template: JsonObject,
  labels: Readonly<Record<string, string>>,
  index: number,
  options: PodOptions,
): SimulatedPod {
  const kind = textAt(workload, "kind") ?? "";
  const owner = {
    kind,
    namespace: textAt(workload, "metadata", "namespace") ?? "default",
    name: textAt(workload, "metadata", "name") ?? "",
  };
  const identity = identityOf(workload, owner.name, index, options.role);
  const spec = objectAt(template, "spec") ?? {};
  const node = nodeOf(kind, spec, index, options.nodes);
  const object: JsonObject = {
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      ...withoutOwnFields(template),
      name: identity.name,
      namespace: owner.namespace,
      labels: { ...labels, ...identity.labels },
    },
    spec: { ...spec, ...identity.spec, ...(node === undefined ? {} : { nodeName: node }) },
    status: readyStatus(podAddresses(spec, owner.namespace, identity.name, node)),
  };
  return { name: identity.name, workload: owner, ordinal: identity.ordinal, object };
}

/** What one pod of the workload has for itself. */
interface Identity {
  readonly name: string;
  readonly ordinal: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly spec: JsonObject;
}

function identityOf(workload: JsonObject, name: string, index: number, role: "old" | "new" | undefined): Identity {
  const kind = textAt(workload, "kind");
  if (kind === "Pod") return { name, ordinal: 0, labels: {}, spec: {} };
  if (kind === "StatefulSet") return statefulIdentity(workload, name, index);
  const invented = role === undefined ? `${name}-<${index + 1}>` : `${name}-<${role}>-<${index + 1}>`;
  const job = kind === "Job" ? objectAt(workload, "spec") : objectAt(workload, "spec", "jobTemplate", "spec");
  if (textAt(job, "completionMode") !== "Indexed") return { name: invented, ordinal: index + 1, labels: {}, spec: {} };
  const jobName = kind === "Job" ? name : `${name}-<time>`;
  return {
    name: invented,
    ordinal: index + 1,
    labels: { "batch.kubernetes.io/job-completion-index": String(index) },
    spec: { hostname: `${jobName}-${index}` },
  };
}

/** kube-controller-manager, pkg/controller/statefulset/stateful_set_utils.go, initIdentity and updateIdentity, v1.36. */
function statefulIdentity(workload: JsonObject, name: string, index: number): Identity {
  const ordinal = Math.max(0, numberAt(workload, "spec", "ordinals", "start") ?? 0) + index;
  const pod = `${name}-${ordinal}`;
  return {
    name: pod,
    ordinal,
    labels: { "statefulset.kubernetes.io/pod-name": pod, "apps.kubernetes.io/pod-index": String(ordinal) },
    spec: { hostname: pod, subdomain: textAt(workload, "spec", "serviceName") ?? "" },
  };
}

/** Pods are dealt to the nodes in turn; a DaemonSet has one on each; a written nodeName wins. */
function nodeOf(kind: string, spec: JsonObject, index: number, nodes: readonly SimulatedNode[]): string | undefined {
  const written = textAt(spec, "nodeName");
  if (written !== undefined && written !== "" && kind !== "DaemonSet") return written;
  return nodes.length === 0 ? undefined : nodes[index % nodes.length]?.name;
}

/** One address of each family: which of them count is up to the Service. Pods of the host network have their node's. */
function podAddresses(spec: JsonObject, namespace: string, name: string, node: string | undefined): readonly string[] {
  const isHost = at(spec, "hostNetwork") === true && node !== undefined;
  return (["IPv4", "IPv6"] as const).map((family) =>
    isHost ? nodePlaceholderAddress(family, node) : placeholderAddress("podIP", family, namespace, name),
  );
}

function readyStatus(addresses: readonly string[]): JsonObject {
  return {
    phase: "Running",
    conditions: [{ type: "Ready", status: "True" }],
    podIP: addresses[0] ?? "",
    podIPs: addresses.map((ip) => ({ ip })),
  };
}

/** A Pod that is written by hand keeps its annotations; a template's metadata has nothing else that endpoints or DNS look at. */
function withoutOwnFields(template: JsonObject): JsonObject {
  const annotations = objectAt(template, "metadata", "annotations");
  return annotations === undefined ? {} : { annotations };
}
