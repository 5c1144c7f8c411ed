import { isArray, isObject, objectAt } from "../base/json.ts";
import type { JsonObject, JsonValue } from "../base/json.ts";
import type { Resource } from "./types.ts";

/** Groups of the API server itself, besides those that end in `.k8s.io`. */
const builtInGroups: ReadonlySet<string> = new Set(["", "apps", "autoscaling", "batch", "extensions", "policy"]);

/** Custom resources that make pods though their spec need not say so. */
const knownMakers: ReadonlySet<string> = new Set([
  "apps.kruise.io/CloneSet",
  "argoproj.io/Application",
  "argoproj.io/ApplicationSet",
  "argoproj.io/CronWorkflow",
  "argoproj.io/Workflow",
  "elasticsearch.k8s.elastic.co/Elasticsearch",
  "helm.cattle.io/HelmChart",
  "helm.toolkit.fluxcd.io/HelmRelease",
  "kafka.strimzi.io/Kafka",
  "kibana.k8s.elastic.co/Kibana",
  "kustomize.toolkit.fluxcd.io/Kustomization",
  "monitoring.coreos.com/Alertmanager",
  "monitoring.coreos.com/Prometheus",
  "monitoring.coreos.com/PrometheusAgent",
  "monitoring.coreos.com/ThanosRuler",
  "postgresql.cnpg.io/Cluster",
  "serving.knative.dev/Service",
  "tekton.dev/PipelineRun",
  "tekton.dev/TaskRun",
]);

/** Fields that only an object that runs something has. */
const tellingFields: ReadonlySet<string> = new Set([
  "containers",
  "image",
  "imageName",
  "instances",
  "podTemplate",
  "podTemplateSpec",
  "replicas",
  "size",
  "volumeClaimTemplate",
]);

/** How deep below `spec` the telling fields are looked for: operators nest one spec per component. */
const maxDepth = 4;

/** Whether other software makes pods out of this custom resource (as far as it shows), so that pods may exist which no manifest has. */
export function makesPods(resource: Pick<Resource, "group" | "kind" | "object">): boolean {
  const { group, kind } = resource;
  if (knownMakers.has(`${group}/${kind}`)) return true;
  if (builtInGroups.has(group) || isPlumbing(group) || kind === "Rollout") return false;
  return hasTellingField(objectAt(resource.object, "spec"), maxDepth);
}

/** Groups whose objects configure what others run. */
function isPlumbing(group: string): boolean {
  return (
    /(^|\.)(k8s\.io|istio\.io|cert-manager\.io|traefik\.io|kyverno\.io|cilium\.io|kustomize\.config\.k8s\.io)$/.test(
      group,
    ) && !/elastic|x-k8s\.io/.test(group)
  );
}

function hasTellingField(value: JsonValue | undefined, depth: number): boolean {
  if (depth === 0) return false;
  if (isArray(value)) return value.some((item) => hasTellingField(item, depth - 1));
  if (!isObject(value)) return false;
  return Object.entries(value).some(([key, entry]) => tellingFields.has(key) || hasTellingField(entry, depth - 1));
}

/** How an open reason names the object. */
export function makerName(resource: {
  readonly group: string;
  readonly kind: string;
  readonly object: JsonObject;
  readonly name: string;
}): string {
  return `${resource.kind} ${resource.group}/${resource.name}`;
}
