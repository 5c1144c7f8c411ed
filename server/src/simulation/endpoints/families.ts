import type { JsonObject } from "../../base/json.ts";
import { arrayAt, objectAt, textAt } from "../../base/json.ts";
import type { AddressFamily } from "../address.ts";
import { addressFamily } from "../address.ts";

/** The address families for which a stored Service gets slices, IPv4 first. Imitates k8s.io/endpointslice, utils.go, getAddressTypesForService, v1.36. */
export function addressTypes(service: JsonObject): readonly AddressFamily[] {
  const written = familiesOf(service);
  if (written.length > 0) return (["IPv4", "IPv6"] as const).filter((family) => written.includes(family));
  const clusterIP = textAt(service, "spec", "clusterIP") ?? "";
  if (clusterIP !== "" && clusterIP !== "None") return [addressFamily(clusterIP) ?? "IPv4"];
  return ["IPv4", "IPv6"];
}

/**
 * The address families of a written Service, the primary one first, as the API server fills them in on a cluster with these families.
 * Imitates kube-apiserver, pkg/registry/core/service/storage/alloc.go, initIPFamilyFields, v1.36.
 */
export function serviceFamilies(
  service: JsonObject,
  cluster: readonly AddressFamily[] = ["IPv4"],
): readonly AddressFamily[] {
  const written = familiesOf(service);
  const clusterIP = textAt(service, "spec", "clusterIP") ?? "";
  const ofAddress = clusterIP === "" || clusterIP === "None" ? undefined : addressFamily(clusterIP);
  const primary = written[0] ?? ofAddress ?? cluster[0] ?? "IPv4";
  if (written.length > 1) return written;
  const policy = textAt(service, "spec", "ipFamilyPolicy");
  const isDual = policy === "RequireDualStack" || (policy === "PreferDualStack" && cluster.length > 1);
  return isDual ? [primary, primary === "IPv4" ? "IPv6" : "IPv4"] : [primary];
}

/** The Service with its families filled in, as it is stored. */
export function withFamilies(service: JsonObject, cluster?: readonly AddressFamily[]): JsonObject {
  return { ...service, spec: { ...objectAt(service, "spec"), ipFamilies: serviceFamilies(service, cluster) } };
}

function familiesOf(service: JsonObject): readonly AddressFamily[] {
  return arrayAt(service, "spec", "ipFamilies").filter((family) => family === "IPv4" || family === "IPv6");
}
