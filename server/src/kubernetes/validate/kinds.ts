import { validatePod } from "./pod.ts";
import { validateConfigMap, validateNamespace, validateSecret, validateServiceAccount } from "./config.ts";
import { validateClaim } from "./claims.ts";
import type { Context } from "./context.ts";
import { validateEndpoints, validateEndpointSlice } from "./endpoints.ts";
import type { Field } from "./field.ts";
import { validateService } from "./service.ts";
import { validateStatefulSet } from "./statefulset.ts";
import { validateDaemonSet, validateDeployment, validateReplicaSet, validateReplicationController } from "./workloads.ts";

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
  ["discovery.k8s.io/v1 EndpointSlice", validateEndpointSlice],
]);

/** The rules of a kind; `undefined` for kinds whose objects are only decoded. */
export function rulesOfKind(apiVersion: string, kind: string): KindRules | undefined {
  return rules.get(`${apiVersion} ${kind}`);
}
