import { arrayAt, at, numberAt, textAt } from "../base/json.ts";
import type { JsonObject, JsonValue } from "../base/json.ts";
import { failure, success } from "../base/outcome.ts";
import type { Outcome } from "../base/outcome.ts";

/** A container's port with the container that declares it. */
export interface ContainerPort {
  readonly container: JsonValue;
  readonly port: JsonValue;
}

/**
 * The port number that a Service's port has on a pod. A number is taken as it is and never compared with the pod; a name must be a container's port
 * of the same protocol, containers first, then sidecars. Missing protocols count as TCP and a missing targetPort as the port, as the API server stores them.
 * Imitates k8s.io/endpointslice, util/controller_utils.go, FindPort, v1.36.
 */
export function findPort(pod: JsonObject, servicePort: JsonObject): Outcome<number> {
  const stored = targetPortOf(servicePort);
  const withDefaults = { ...servicePort, targetPort: stored, protocol: protocolOf(servicePort) };
  return findPortVerbatim(pod, withDefaults, protocolOf);
}

/** The same without the API server's defaults: an absent protocol differs from TCP. */
export function findPortVerbatim(
  pod: JsonObject,
  servicePort: JsonObject,
  protocol: (port: JsonValue) => string = (port) => textAt(port, "protocol") ?? "",
): Outcome<number> {
  const target = at(servicePort, "targetPort");
  if (typeof target !== "string") return success(typeof target === "number" ? target : 0);
  const wanted = protocol(servicePort);
  const found = reachablePorts(pod).find(
    ({ port }) => (textAt(port, "name") ?? "") === target && protocol(port) === wanted,
  );
  if (found !== undefined) return success(numberAt(found.port, "containerPort") ?? 0);
  return failure(`no suitable port for manifest: ${textAt(pod, "metadata", "uid") ?? ""}`);
}

/** The `targetPort` as it is stored: the port where it is absent, 0 or "" (pkg/apis/core/v1/defaults.go, SetDefaults_Service, v1.36). */
export function targetPortOf(servicePort: JsonObject): JsonValue {
  const target = at(servicePort, "targetPort");
  const isSet = target !== undefined && target !== null && target !== 0 && target !== "";
  return isSet ? target : (at(servicePort, "port") ?? 0);
}

/** All ports that a Service's targetPort may name, in the order of the search: ordinary init containers are never looked at. */
export function reachablePorts(pod: JsonObject): readonly ContainerPort[] {
  const sidecars = arrayAt(pod, "spec", "initContainers").filter(isSidecar);
  return [...arrayAt(pod, "spec", "containers"), ...sidecars].flatMap((container) =>
    arrayAt(container, "ports").map((port) => ({ container, port })),
  );
}

/** Whether an init container keeps running beside the others (pkg/api/v1/pod/util.go, IsRestartableInitContainer, v1.36). */
export function isSidecar(initContainer: JsonValue): boolean {
  return textAt(initContainer, "restartPolicy") === "Always";
}

/** The protocol of a container's or Service's port, TCP where it is absent or empty. */
export function protocolOf(port: JsonValue): string {
  return textAt(port, "protocol") || "TCP";
}
