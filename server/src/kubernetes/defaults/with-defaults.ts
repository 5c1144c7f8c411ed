import { textAt } from "../../base/json.ts";
import type { JsonObject } from "../../base/json.ts";
import { groupOf } from "../pod-template.ts";
import { horizontalPodAutoscaler, horizontalPodAutoscalerV1 } from "./autoscaling.ts";
import { changed, inField, inStruct, withoutEmpty } from "./change.ts";
import type { Change } from "./change.ts";
import { cronJob, job } from "./job.ts";
import {
  ingress,
  ingressClass,
  namespace,
  networkPolicy,
  priorityClass,
  roleBinding,
  secret,
  webhookConfiguration,
} from "./others.ts";
import { pod, podTemplate } from "./pod.ts";
import { limitRange, resourceQuota } from "./resources.ts";
import { endpoints, endpointSlice, service } from "./service.ts";
import { storedObject } from "./stored.ts";
import { persistentVolume, persistentVolumeClaim, storageClass } from "./volume.ts";
import { daemonSet, deployment, replicaSet, replicationController, statefulSet } from "./workloads.ts";

/** Kinds that get no defaults, but lose what Go does not write. */
const nothingMore: Change = (object) => object;
const emptySpec: Change = inStruct("spec");

const defaults: ReadonlyMap<string, Change> = new Map([
  ["/ConfigMap", nothingMore],
  ["/Endpoints", endpoints],
  ["/LimitRange", limitRange],
  ["/Namespace", namespace],
  ["/PersistentVolume", persistentVolume],
  ["/PersistentVolumeClaim", persistentVolumeClaim],
  ["/Pod", pod],
  ["/PodTemplate", inField("template", podTemplate)],
  ["/ReplicationController", replicationController],
  ["/ResourceQuota", resourceQuota],
  ["/Secret", secret],
  ["/Service", service],
  ["admissionregistration.k8s.io/MutatingWebhookConfiguration", webhookConfiguration],
  ["admissionregistration.k8s.io/ValidatingWebhookConfiguration", webhookConfiguration],
  ["apps/DaemonSet", daemonSet],
  ["apps/Deployment", deployment],
  ["apps/ReplicaSet", replicaSet],
  ["apps/StatefulSet", statefulSet],
  ["autoscaling/HorizontalPodAutoscaler", horizontalPodAutoscaler],
  ["batch/CronJob", cronJob],
  ["batch/Job", job],
  ["discovery.k8s.io/EndpointSlice", endpointSlice],
  ["networking.k8s.io/Ingress", ingress],
  ["networking.k8s.io/IngressClass", ingressClass],
  ["networking.k8s.io/NetworkPolicy", networkPolicy],
  ["policy/PodDisruptionBudget", emptySpec],
  ["rbac.authorization.k8s.io/ClusterRoleBinding", roleBinding],
  ["rbac.authorization.k8s.io/RoleBinding", roleBinding],
  ["scheduling.k8s.io/PriorityClass", priorityClass],
  ["storage.k8s.io/StorageClass", storageClass],
]);

/**
 * An object with the defaults that the API server's scheme fills in, as it is stored: nulls and empty lists are gone, quantities canonical.
 * What the registry or admission adds (cluster IPs, node ports, tokens) is not in it. Objects of other kinds stay as they are.
 */
export function withDefaults(object: JsonObject): JsonObject {
  const apiVersion = textAt(object, "apiVersion") ?? "";
  const kind = textAt(object, "kind") ?? "";
  const key = `${groupOf(apiVersion)}/${kind}`;
  const change = apiVersion === "autoscaling/v1" ? horizontalPodAutoscalerV1 : defaults.get(key);
  if (change === undefined) return object;
  return changed(
    storedObject(object),
    inStruct("metadata", withoutEmpty("generation", "name", "resourceVersion", "uid")),
    change,
  );
}
