/** The newest version of Kubernetes that Drydock knows, the one that judges unless the settings say otherwise. */
export const newestKubernetes = "1.36";

/** What a version of Kubernetes does with an API version of a kind. */
export type Lifecycle =
  | { readonly state: "served" }
  /** Works, with a warning; `since` the first version that says so. */
  | { readonly state: "deprecated"; readonly since: string; readonly replacement: Replacement | undefined }
  /** Unknown to the API server; `since` the first version without it. */
  | { readonly state: "removed"; readonly since: string; readonly replacement: Replacement | undefined }
  /** Nothing is known of it: a custom resource, or a version that was never changed. */
  | { readonly state: "unknown" };

export interface Replacement {
  readonly apiVersion: string;
  readonly kind: string;
}

/**
 * Whether a kind can still be created under an API version.
 * After the prerelease-lifecycle tags of k8s.io/api, zz_generated.prerelease-lifecycle.go, v1.36 (and k8s.io/api v0.34 for autoscaling).
 */
export function lifecycleOf(apiVersion: string, kind: string, kubernetesVersion: string): Lifecycle {
  const row = table.find(([version, kinds]) => version === apiVersion && kinds.split(" ").includes(kind));
  if (row === undefined) return { state: "unknown" };
  const [, , deprecated, removed, replacement] = row;
  const minor = minorOf(kubernetesVersion);
  if (removed !== null && minor >= removed)
    return { state: "removed", since: `1.${removed}`, replacement: replacementOf(replacement, kind) };
  if (minor >= deprecated)
    return { state: "deprecated", since: `1.${deprecated}`, replacement: replacementOf(replacement, kind) };
  return { state: "served" };
}

function replacementOf(replacement: string, kind: string): Replacement | undefined {
  const [apiVersion, otherKind] = replacement.split(" ");
  return apiVersion === undefined || apiVersion === "" ? undefined : { apiVersion, kind: otherKind ?? kind };
}

function minorOf(version: string): number {
  const minor = /^v?1\.(\d+)/.exec(version)?.[1] ?? /^1\.(\d+)$/.exec(newestKubernetes)?.[1];
  return Number(minor);
}

/** API version, kinds, minor version that deprecated them, minor version that removed them, and what to use instead ("apiVersion" or "apiVersion Kind"; "" where there is nothing). */
type Row = readonly [
  apiVersion: string,
  kinds: string,
  deprecated: number,
  removed: number | null,
  replacement: string,
];

const table: readonly Row[] = [
  ["v1", "Endpoints", 33, null, "discovery.k8s.io/v1 EndpointSlice"],
  ["v1", "ComponentStatus", 19, null, ""],
  [
    "admissionregistration.k8s.io/v1alpha1",
    "ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding",
    29,
    32,
    "admissionregistration.k8s.io/v1",
  ],
  [
    "admissionregistration.k8s.io/v1alpha1",
    "MutatingAdmissionPolicy MutatingAdmissionPolicyBinding",
    35,
    38,
    "admissionregistration.k8s.io/v1",
  ],
  [
    "admissionregistration.k8s.io/v1beta1",
    "MutatingWebhookConfiguration ValidatingWebhookConfiguration",
    16,
    22,
    "admissionregistration.k8s.io/v1",
  ],
  [
    "admissionregistration.k8s.io/v1beta1",
    "ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding",
    31,
    34,
    "admissionregistration.k8s.io/v1",
  ],
  [
    "admissionregistration.k8s.io/v1beta1",
    "MutatingAdmissionPolicy MutatingAdmissionPolicyBinding",
    37,
    40,
    "admissionregistration.k8s.io/v1",
  ],
  ["apiextensions.k8s.io/v1beta1", "CustomResourceDefinition", 16, 22, "apiextensions.k8s.io/v1"],
  ["apiregistration.k8s.io/v1beta1", "APIService", 19, 22, "apiregistration.k8s.io/v1"],
  ["apps/v1beta1", "ControllerRevision Deployment StatefulSet", 8, 16, "apps/v1"],
  ["apps/v1beta2", "ControllerRevision DaemonSet Deployment ReplicaSet StatefulSet", 9, 16, "apps/v1"],
  ["autoscaling/v2beta1", "HorizontalPodAutoscaler", 22, 25, "autoscaling/v2"],
  ["autoscaling/v2beta2", "HorizontalPodAutoscaler", 23, 26, "autoscaling/v2"],
  ["batch/v1beta1", "CronJob", 21, 25, "batch/v1"],
  ["batch/v2alpha1", "CronJob", 8, 21, "batch/v1"],
  ["certificates.k8s.io/v1beta1", "CertificateSigningRequest", 19, 22, "certificates.k8s.io/v1"],
  ["certificates.k8s.io/v1alpha1", "ClusterTrustBundle", 34, 37, ""],
  ["certificates.k8s.io/v1beta1", "ClusterTrustBundle", 37, 40, ""],
  ["coordination.k8s.io/v1beta1", "Lease", 19, 22, "coordination.k8s.io/v1"],
  ["coordination.k8s.io/v1alpha2", "LeaseCandidate", 35, 38, ""],
  ["coordination.k8s.io/v1beta1", "LeaseCandidate", 36, 39, ""],
  ["discovery.k8s.io/v1beta1", "EndpointSlice", 21, 25, "discovery.k8s.io/v1"],
  ["events.k8s.io/v1beta1", "Event", 22, 25, "events.k8s.io/v1"],
  ["extensions/v1beta1", "DaemonSet Deployment ReplicaSet", 8, 16, "apps/v1"],
  ["extensions/v1beta1", "NetworkPolicy", 9, 16, "networking.k8s.io/v1"],
  ["extensions/v1beta1", "PodSecurityPolicy", 10, 16, ""],
  ["extensions/v1beta1", "Ingress", 14, 22, "networking.k8s.io/v1"],
  [
    "flowcontrol.apiserver.k8s.io/v1beta1",
    "FlowSchema PriorityLevelConfiguration",
    23,
    26,
    "flowcontrol.apiserver.k8s.io/v1",
  ],
  [
    "flowcontrol.apiserver.k8s.io/v1beta2",
    "FlowSchema PriorityLevelConfiguration",
    26,
    29,
    "flowcontrol.apiserver.k8s.io/v1",
  ],
  [
    "flowcontrol.apiserver.k8s.io/v1beta3",
    "FlowSchema PriorityLevelConfiguration",
    29,
    32,
    "flowcontrol.apiserver.k8s.io/v1",
  ],
  ["networking.k8s.io/v1beta1", "Ingress IngressClass", 19, 22, "networking.k8s.io/v1"],
  ["networking.k8s.io/v1beta1", "IPAddress ServiceCIDR", 34, 37, "networking.k8s.io/v1"],
  ["node.k8s.io/v1beta1", "RuntimeClass", 22, 25, "node.k8s.io/v1"],
  ["policy/v1beta1", "PodDisruptionBudget", 21, 25, "policy/v1"],
  ["policy/v1beta1", "PodSecurityPolicy", 21, 25, ""],
  [
    "rbac.authorization.k8s.io/v1beta1",
    "ClusterRole ClusterRoleBinding Role RoleBinding",
    17,
    22,
    "rbac.authorization.k8s.io/v1",
  ],
  ["resource.k8s.io/v1alpha3", "DeviceTaintRule", 36, 39, ""],
  [
    "resource.k8s.io/v1beta1",
    "DeviceClass ResourceClaim ResourceClaimTemplate ResourceSlice",
    35,
    38,
    "resource.k8s.io/v1",
  ],
  [
    "resource.k8s.io/v1beta2",
    "DeviceClass ResourceClaim ResourceClaimTemplate ResourceSlice",
    36,
    39,
    "resource.k8s.io/v1",
  ],
  ["scheduling.k8s.io/v1beta1", "PriorityClass", 14, 22, "scheduling.k8s.io/v1"],
  ["storage.k8s.io/v1alpha1", "CSIStorageCapacity VolumeAttachment", 21, 24, "storage.k8s.io/v1"],
  ["storage.k8s.io/v1alpha1", "VolumeAttributesClass", 32, 35, "storage.k8s.io/v1"],
  ["storage.k8s.io/v1beta1", "CSINode", 17, 22, "storage.k8s.io/v1"],
  ["storage.k8s.io/v1beta1", "CSIDriver StorageClass VolumeAttachment", 19, 22, "storage.k8s.io/v1"],
  ["storage.k8s.io/v1beta1", "CSIStorageCapacity", 24, 27, "storage.k8s.io/v1"],
  ["storage.k8s.io/v1beta1", "VolumeAttributesClass", 34, 37, "storage.k8s.io/v1"],
];
