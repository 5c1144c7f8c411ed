import { arrayAt, numberAt, textAt } from "../../base/json.ts";
import type { JsonObject } from "../../base/json.ts";
import { targetPortOf } from "../find-port.ts";
import {
  changed,
  fillAbsent,
  fillEmpty,
  inEach,
  inStruct,
  when,
  without,
  withoutEmpty,
  withoutEmptyMaps,
} from "./change.ts";
import type { Change } from "./change.ts";

const affinityTimeoutSeconds = 10_800;

/** pkg/apis/core/v1/defaults.go, SetDefaults_Service, v1.36; addresses and node ports are allocated elsewhere. */
export const service: Change = inStruct("spec", (spec) =>
  changed(
    spec,
    // A plain map, unlike the selectors of other kinds: it does not survive empty.
    withoutEmptyMaps("selector"),
    fillEmpty({ sessionAffinity: "None", type: "ClusterIP" }),
    sessionAffinity,
    inEach("ports", withoutEmpty("name"), fillEmpty({ protocol: "TCP" }), (port) => ({
      ...port,
      targetPort: targetPortOf(port),
    })),
    when(isExternallyAccessible, fillEmpty({ externalTrafficPolicy: "Cluster" })),
    when((object) => textAt(object, "type") !== "ExternalName", fillAbsent({ internalTrafficPolicy: "Cluster" })),
    when((object) => textAt(object, "type") === "LoadBalancer", fillAbsent({ allocateLoadBalancerNodePorts: true })),
  ),
);

/** A configuration goes with `None`, and is replaced as a whole where its timeout is missing. */
function sessionAffinity(spec: JsonObject): JsonObject {
  const affinity = textAt(spec, "sessionAffinity");
  if (affinity === "None") return without("sessionAffinityConfig")(spec);
  const timeout = numberAt(spec, "sessionAffinityConfig", "clientIP", "timeoutSeconds");
  if (affinity !== "ClientIP" || timeout !== undefined) return spec;
  return { ...spec, sessionAffinityConfig: { clientIP: { timeoutSeconds: affinityTimeoutSeconds } } };
}

function isExternallyAccessible(spec: JsonObject): boolean {
  const type = textAt(spec, "type");
  return (
    type === "NodePort" || type === "LoadBalancer" || (type === "ClusterIP" && arrayAt(spec, "externalIPs").length > 0)
  );
}

/** pkg/apis/core/v1/defaults.go, SetDefaults_Endpoints, v1.36. */
export const endpoints: Change = inEach("subsets", inEach("ports", fillEmpty({ protocol: "TCP" })));

/** pkg/apis/discovery/v1/defaults.go, SetDefaults_EndpointPort, v1.36. */
export const endpointSlice: Change = (slice) =>
  changed(
    slice,
    inEach("endpoints", inStruct("conditions")),
    inEach("ports", fillAbsent({ name: "", protocol: "TCP" })),
  );
