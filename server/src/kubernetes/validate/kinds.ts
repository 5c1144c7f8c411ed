import { validateClusterRole, validateClusterRoleBinding, validateRole, validateRoleBinding } from "./access.ts";
import { validateAdmissionPolicy } from "./admission-policies.ts";
import { validateApiService } from "./api-service.ts";
import { validateAutoscaler, validateAutoscalerV1 } from "./autoscaling.ts";
import { validateLease, validatePodTemplateObject, validatePriorityClass, validateRuntimeClass } from "./cluster.ts";
import { validateConfigMap, validateNamespace, validateSecret, validateServiceAccount } from "./config.ts";
import { validateClaim } from "./claims.ts";
import type { Context } from "./context.ts";
import { validateCustomResourceDefinition } from "./custom-resources.ts";
import { validateEndpoints, validateEndpointSlice } from "./endpoints.ts";
import type { Field } from "./field.ts";
import { validateCronJob, validateJob } from "./job.ts";
import { checkPathSegment, countedClusterMetadata, validateMetadata } from "./metadata.ts";
import { validateIngress, validateIngressClass, validateNetworkPolicy } from "./networking.ts";
import { validatePod } from "./pod.ts";
import { validateDisruptionBudget } from "./policy.ts";
import { validateLimitRange, validateResourceQuota } from "./quotas.ts";
import { validateService } from "./service.ts";
import { validateStatefulSet } from "./statefulset.ts";
import { validateCsiDriver, validatePersistentVolume, validateStorageClass } from "./storage.ts";
import { validateWebhookConfiguration } from "./webhooks.ts";
import {
  validateDaemonSet,
  validateDeployment,
  validateReplicaSet,
  validateReplicationController,
} from "./workloads.ts";

/** Reports what the API server finds wrong with an object of one kind. */
export type KindRules = (object: Field, context: Context) => void;

const rules: ReadonlyMap<string, KindRules> = new Map<string, KindRules>([
  ["v1 Pod", validatePod],
  ["v1 Service", validateService],
  ["v1 Endpoints", validateEndpoints],
  ["v1 ConfigMap", validateConfigMap],
  ["v1 Secret", validateSecret],
  ["v1 Namespace", validateNamespace],
  ["v1 ServiceAccount", validateServiceAccount],
  ["v1 ReplicationController", validateReplicationController],
  ["v1 PersistentVolumeClaim", validateClaim],
  ["apps/v1 Deployment", validateDeployment],
  ["apps/v1 ReplicaSet", validateReplicaSet],
  ["apps/v1 StatefulSet", validateStatefulSet],
  ["apps/v1 DaemonSet", validateDaemonSet],
  ["v1 PersistentVolume", validatePersistentVolume],
  ["v1 PodTemplate", validatePodTemplateObject],
  ["v1 ResourceQuota", validateResourceQuota],
  ["v1 LimitRange", validateLimitRange],
  ["batch/v1 Job", validateJob],
  ["batch/v1 CronJob", validateCronJob],
  ["autoscaling/v1 HorizontalPodAutoscaler", validateAutoscalerV1],
  ["autoscaling/v2 HorizontalPodAutoscaler", validateAutoscaler],
  ["policy/v1 PodDisruptionBudget", validateDisruptionBudget],
  ["networking.k8s.io/v1 Ingress", validateIngress],
  ["networking.k8s.io/v1 IngressClass", validateIngressClass],
  ["networking.k8s.io/v1 NetworkPolicy", validateNetworkPolicy],
  ["rbac.authorization.k8s.io/v1 Role", validateRole],
  ["rbac.authorization.k8s.io/v1 ClusterRole", validateClusterRole],
  ["rbac.authorization.k8s.io/v1 RoleBinding", validateRoleBinding],
  ["rbac.authorization.k8s.io/v1 ClusterRoleBinding", validateClusterRoleBinding],
  ["storage.k8s.io/v1 StorageClass", validateStorageClass],
  ["storage.k8s.io/v1 CSIDriver", validateCsiDriver],
  ["scheduling.k8s.io/v1 PriorityClass", validatePriorityClass],
  ["node.k8s.io/v1 RuntimeClass", validateRuntimeClass],
  ["coordination.k8s.io/v1 Lease", validateLease],
  ["admissionregistration.k8s.io/v1 ValidatingWebhookConfiguration", validateWebhookConfiguration],
  ["admissionregistration.k8s.io/v1 MutatingWebhookConfiguration", validateWebhookConfiguration],
  ["admissionregistration.k8s.io/v1 ValidatingAdmissionPolicy", validateAdmissionPolicy],
  ["apiextensions.k8s.io/v1 CustomResourceDefinition", validateCustomResourceDefinition],
  ["discovery.k8s.io/v1 EndpointSlice", validateEndpointSlice],
  ["apiregistration.k8s.io/v1 APIService", validateApiService],
]);

/** Kinds whose objects are stored, of which only the metadata is judged. */
const storedKinds: ReadonlySet<string> = new Set([
  "v1 Node",
  "apps/v1 ControllerRevision",
  "admissionregistration.k8s.io/v1 MutatingAdmissionPolicy",
  "admissionregistration.k8s.io/v1 MutatingAdmissionPolicyBinding",
  "admissionregistration.k8s.io/v1 ValidatingAdmissionPolicyBinding",
  "certificates.k8s.io/v1 CertificateSigningRequest",
  "flowcontrol.apiserver.k8s.io/v1 FlowSchema",
  "flowcontrol.apiserver.k8s.io/v1 PriorityLevelConfiguration",
  "networking.k8s.io/v1 IPAddress",
  "networking.k8s.io/v1 ServiceCIDR",
  "resource.k8s.io/v1 DeviceClass",
  "resource.k8s.io/v1 ResourceClaim",
  "resource.k8s.io/v1 ResourceClaimTemplate",
  "resource.k8s.io/v1 ResourceSlice",
  "storage.k8s.io/v1 CSINode",
  "storage.k8s.io/v1 CSIStorageCapacity",
  "storage.k8s.io/v1 VolumeAttachment",
  "storage.k8s.io/v1 VolumeAttributesClass",
]);

/** The rules of a kind; `undefined` for kinds whose objects are only decoded. */
export function rulesOfKind(apiVersion: string, kind: string): KindRules | undefined {
  const key = `${apiVersion} ${kind}`;
  return rules.get(key) ?? (storedKinds.has(key) ? validateStoredObject : undefined);
}

/** What holds for every object that is stored (apiserver, pkg/registry/rest/create.go, BeforeCreate, v1.36). */
function validateStoredObject(object: Field): void {
  validateMetadata(object.get("metadata"), {
    ...countedClusterMetadata,
    name: checkPathSegment,
    checksFinalizers: false,
  });
}
