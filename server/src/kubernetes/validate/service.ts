import { checkDns1035Label, checkDns1123Label, checkDns1123Subdomain, checkQualifiedName } from "../names.ts";
import { checkLegacyCidr, checkLegacyIp } from "../ip-checks.ts";
import { checkEndpointIp, protocols } from "./endpoints.ts";
import type { Field } from "./field.ts";
import { validateLabels, validateMetadata } from "./metadata.ts";
import { validatePortNumberOrName } from "./ports.ts";
import { isHeadless } from "./service-addresses.ts";
import { allocatedNodePort, allocates } from "./service-allocation.ts";
import type { Context } from "./context.ts";

const types = ["ClusterIP", "ExternalName", "LoadBalancer", "NodePort"] as const;

/** pkg/apis/core/validation/validation.go, ValidateServiceCreate, v1.36. Addresses and node ports are allocated before, and what fails there hides the rest. */
export function validateService(service: Field, context: Context): void {
  const spec = service.get("spec");
  if (!allocates(spec, context)) return;
  // KEP-5311: names may start with a digit since 1.36.
  validateMetadata(service.get("metadata"), {
    namespaced: true,
    name: context.minor >= 36 ? checkDns1123Label : checkDns1035Label,
  });
  validateTopologyAnnotations(service.at("metadata", "annotations"));
  validateTypeRules(spec);
  for (const port of spec.get("ports").items()) validatePort(port);
  validatePortNames(spec);
  validateLabels(spec.get("selector"));
  validateSessionAffinity(spec);
  validateExternalIps(spec);
  spec.get("type").coded("service/type").or("ClusterIP").oneOf(types);
  validateNodePorts(spec);
  validateDuplicatePorts(spec);
  validateSourceRanges(spec, service.at("metadata", "annotations"));
  validateLoadBalancerFields(spec);
  validateTrafficPolicies(spec, context);
  warnAboutService(service);
}

function typeOf(spec: Field): string {
  return spec.get("type").or("ClusterIP").text;
}

function validateTopologyAnnotations(annotations: Field): void {
  const hints = annotations.key("service.kubernetes.io/topology-aware-hints");
  const mode = annotations.key("service.kubernetes.io/topology-mode");
  if (!hints.isSet || !mode.isSet || hints.text === mode.text) return;
  mode.invalid("must match annotations[service.kubernetes.io/topology-aware-hints] when both are specified");
}

function validateTypeRules(spec: Field): void {
  const type = typeOf(spec);
  const headless = isHeadless(spec);
  if (!headless && type !== "ExternalName") spec.get("ports").coded("service/missing-ports").needed();
  if (headless && (type === "LoadBalancer" || type === "NodePort")) {
    spec
      .get("clusterIP")
      .as("clusterIPs[0]")
      .coded("service/headless")
      .invalid(`may not be set to 'None' for ${type} services`, "None");
  }
  if (type === "ExternalName") validateExternalName(spec);
}

function validateExternalName(spec: Field): void {
  const unwanted = "may not be set for ExternalName services";
  const address = spec.get("clusterIP").isEmpty ? spec.get("clusterIPs") : spec.get("clusterIP").as("clusterIPs");
  address.coded("service/external-name").forbiddenIfAny(unwanted);
  spec.get("ipFamilies").coded("service/external-name").forbiddenIfAny(unwanted);
  spec.get("ipFamilyPolicy").coded("service/external-name").forbiddenIfSet(unwanted);
  const name = spec.get("externalName").coded("service/external-name");
  name.with(name.text.replace(/\.$/, "")).checkRequired(checkDns1123Subdomain);
}

function validatePort(port: Field): void {
  port.get("port").coded("service/port").port();
  port.get("protocol").or("TCP").oneOf(protocols);
  validatePortNumberOrName(targetPort(port));
  port.get("appProtocol").checkIfSet(checkQualifiedName);
}

/** An absent, zero or empty target port is the port. */
function targetPort(port: Field): Field {
  const target = port.get("targetPort").coded("service/port");
  return target.isEmpty ? target.with(port.get("port").int) : target;
}

function validatePortNames(spec: Field): void {
  const ports = spec.get("ports").items();
  const seen = new Set<string>();
  for (const port of ports) {
    const name = port.get("name");
    if (name.text === "") {
      if (ports.length > 1) name.coded("service/missing-port-name").required();
      continue;
    }
    name.coded("service/port-name").check(checkDns1123Label);
    if (seen.has(name.text)) name.coded("service/duplicate-port-name").duplicate();
    seen.add(name.text);
  }
}

function validateSessionAffinity(spec: Field): void {
  const affinity = spec.get("sessionAffinity").coded("service/session-affinity").or("None");
  affinity.oneOf(["ClientIP", "None"]);
  const timeout = spec.at("sessionAffinityConfig", "clientIP", "timeoutSeconds").coded("service/session-affinity");
  if (affinity.text !== "ClientIP" || !timeout.isSet) return;
  if (timeout.int <= 0 || timeout.int > 86400) timeout.invalid("must be greater than 0 and less than 86400");
}

function validateExternalIps(spec: Field): void {
  for (const ip of spec.get("externalIPs").items()) {
    const coded = ip.coded("service/external-ips");
    if (coded.check(checkLegacyIp)) coded.check(checkEndpointIp);
  }
}

function validateNodePorts(spec: Field): void {
  const seen = new Set<string>();
  for (const port of spec.get("ports").items()) {
    const nodePort = port.get("nodePort").coded("service/node-port");
    const allocated = allocatedNodePort(port, spec);
    if (allocated === undefined) continue;
    if (typeOf(spec) === "ClusterIP") nodePort.forbidden("may not be used when `type` is 'ClusterIP'");
    const key = `${port.get("protocol").or("TCP").text}/${allocated}`;
    if (seen.has(key)) nodePort.duplicate(nodePort.int === 0 ? allocated : nodePort.int);
    seen.add(key);
  }
}

function validateDuplicatePorts(spec: Field): void {
  const seen = new Set<string>();
  for (const port of spec.get("ports").items()) {
    const [protocol, number] = [port.get("protocol").or("TCP").text, port.get("port").int];
    const key = `${protocol}/${number}`;
    const printed = { Name: "", Protocol: protocol, AppProtocol: null, Port: number, TargetPort: 0, NodePort: 0 };
    if (seen.has(key)) port.coded("service/duplicate-port").duplicate(printed);
    seen.add(key);
  }
}

function validateSourceRanges(spec: Field, annotations: Field): void {
  const ranges = spec.get("loadBalancerSourceRanges").as("LoadBalancerSourceRanges").coded("service/load-balancer");
  const annotation = annotations
    .key("service.beta.kubernetes.io/load-balancer-source-ranges")
    .coded("service/load-balancer");
  const onlyLoadBalancer = "may only be used when `type` is 'LoadBalancer'";
  if (ranges.size > 0) {
    if (typeOf(spec) !== "LoadBalancer") ranges.forbidden(onlyLoadBalancer);
    for (const range of ranges.items()) range.check(checkLegacyCidr, range.text.trim());
  } else if (annotation.isSet) {
    if (typeOf(spec) !== "LoadBalancer") annotation.forbidden(onlyLoadBalancer);
    if (annotation.text.trim() === "") return;
    for (const range of annotation.text.trim().split(",")) annotation.check(checkLegacyCidr, range.trim());
  }
}

function validateLoadBalancerFields(spec: Field): void {
  const loadBalancerClass = spec.get("loadBalancerClass").coded("service/load-balancer");
  if (typeOf(spec) === "LoadBalancer") {
    loadBalancerClass.checkIfSet(checkQualifiedName);
    return;
  }
  const onlyLoadBalancer = "may only be used when `type` is 'LoadBalancer'";
  spec.get("allocateLoadBalancerNodePorts").coded("service/load-balancer").forbiddenIfSet(onlyLoadBalancer);
  loadBalancerClass.forbiddenIfSet(onlyLoadBalancer);
}

function validateTrafficPolicies(spec: Field, { minor }: Context): void {
  const external = spec.get("externalTrafficPolicy").coded("service/traffic-policy");
  if (isExternallyAccessible(spec)) external.or("Cluster").oneOf(["Cluster", "Local"]);
  else if (external.text !== "") external.invalid("may only be set for externally-accessible services");
  const healthCheck = spec.get("healthCheckNodePort").coded("service/traffic-policy");
  if (typeOf(spec) === "LoadBalancer" && external.text === "Local") {
    if (healthCheck.int !== 0) healthCheck.port();
  } else if (healthCheck.int !== 0) {
    healthCheck.invalid("may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'");
  }
  spec.get("internalTrafficPolicy").coded("service/traffic-policy").oneOfIfSet(["Cluster", "Local"]);
  // KEP-3015: on by default since 1.34.
  const distributions = minor >= 34 ? ["PreferClose", "PreferSameZone", "PreferSameNode"] : ["PreferClose"];
  spec.get("trafficDistribution").coded("service/traffic-policy").oneOfIfSet(distributions);
}

/** pkg/api/service/util.go, ExternallyAccessible, v1.36. */
function isExternallyAccessible(spec: Field): boolean {
  const type = typeOf(spec);
  return type === "LoadBalancer" || type === "NodePort" || (type === "ClusterIP" && spec.get("externalIPs").size > 0);
}

/** pkg/api/service/warnings.go, GetWarningsForService, v1.36. */
function warnAboutService(service: Field): void {
  const spec = service.get("spec");
  const hints = service.at("metadata", "annotations").key("service.kubernetes.io/topology-aware-hints");
  if (hints.isSet) {
    hints.warn(
      "annotation service.kubernetes.io/topology-aware-hints is deprecated, please use service.kubernetes.io/topology-mode instead",
    );
  }
  const type = typeOf(spec);
  const headless = type === "ClusterIP" && spec.get("clusterIP").text === "None";
  const externalIps = spec.get("externalIPs");
  if (headless) {
    const loadBalancerIp = spec.get("loadBalancerIP");
    if (loadBalancerIp.text !== "") loadBalancerIp.warn("spec.loadBalancerIP is ignored for headless services");
    if (externalIps.size > 0) externalIps.warn("spec.externalIPs is ignored for headless services");
    const affinity = spec.get("sessionAffinity").or("None");
    if (affinity.text !== "None") affinity.warn("spec.SessionAffinity is ignored for headless services");
  }
  if (externalIps.size > 0 && !headless && type !== "ExternalName") {
    externalIps.warn("spec.externalIPs is deprecated and may no longer be implemented in some clusters");
  }
  if (externalIps.size > 0 && type === "ExternalName")
    externalIps.warn('spec.externalIPs is ignored when spec.type is "ExternalName"');
  const externalName = spec.get("externalName");
  if (externalName.text !== "" && type !== "ExternalName")
    externalName.warn('spec.externalName is ignored when spec.type is not "ExternalName"');
  const distribution = spec.get("trafficDistribution");
  if (distribution.text === "PreferClose")
    distribution.warn('spec.trafficDistribution: "PreferClose" is deprecated; use "PreferSameZone"');
}
