import { at, isObject, objectAt, textAt } from "../base/json.ts";
import type { JsonObject, JsonPath } from "../base/json.ts";

/** Labels whose values only the cluster knows: a selector that names one can't be judged from the manifests. */
export const assignedLabels: ReadonlySet<string> = new Set([
  "pod-template-hash",
  "rollouts-pod-template-hash",
  "controller-revision-hash",
  "pod-template-generation",
  "controller-uid",
  "batch.kubernetes.io/controller-uid",
]);

/** Labels that differ between the pods of one workload. */
export const ordinalLabels: ReadonlySet<string> = new Set([
  "statefulset.kubernetes.io/pod-name",
  "apps.kubernetes.io/pod-index",
  "batch.kubernetes.io/job-completion-index",
]);

const templatePaths: Readonly<Record<string, JsonPath>> = {
  "/Pod": [],
  "/ReplicationController": ["spec", "template"],
  "apps/Deployment": ["spec", "template"],
  "apps/ReplicaSet": ["spec", "template"],
  "apps/StatefulSet": ["spec", "template"],
  "apps/DaemonSet": ["spec", "template"],
  "extensions/Deployment": ["spec", "template"],
  "extensions/ReplicaSet": ["spec", "template"],
  "extensions/DaemonSet": ["spec", "template"],
  "batch/Job": ["spec", "template"],
  "batch/CronJob": ["spec", "jobTemplate", "spec", "template"],
  "argoproj.io/Rollout": ["spec", "template"],
};

/** The API group of an `apiVersion`; "" for the core group. */
export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf("/");
  return slash < 0 ? "" : apiVersion.slice(0, slash);
}

/** Where the pod template (`metadata` and `spec`) stands in objects of a kind that makes pods, empty for a Pod; `undefined` for all other kinds. */
export function podTemplatePath(group: string, kind: string): JsonPath | undefined {
  const key = `${group}/${kind}`;
  return Object.hasOwn(templatePaths, key) ? templatePaths[key] : undefined;
}

/**
 * The labels of the pods that an object makes, without those whose values only the cluster knows or that differ from pod to pod; `undefined` if it makes no pods.
 * The names of a Job's pods' labels: kube-controller-manager, pkg/apis/batch/types.go and pkg/registry/batch/job/strategy.go, generateSelector, v1.36.
 */
export function podLabelsOf(object: JsonObject): Readonly<Record<string, string>> | undefined {
  const kind = textAt(object, "kind") ?? "";
  const group = groupOf(textAt(object, "apiVersion") ?? "");
  const path = podTemplatePath(group, kind);
  if (path === undefined) return undefined;
  const template = at(object, ...path);
  if (!isObject(template)) return {};
  const labels: Record<string, string> = {};
  for (const [key, value] of Object.entries(objectAt(template, "metadata", "labels") ?? {})) {
    if (typeof value === "string") labels[key] = value;
  }
  return group === "batch" && kind === "Job"
    ? { ...labels, ...jobLabels(textAt(object, "metadata", "name") ?? "") }
    : labels;
}

function jobLabels(name: string): Readonly<Record<string, string>> {
  return { "batch.kubernetes.io/job-name": name, "job-name": name };
}
