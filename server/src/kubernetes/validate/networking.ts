import { contains, familyPrefixLength, parseCidr, parseIp } from "../ip-address.ts";
import { checkLegacyCidr } from "../ip-checks.ts";
import {
  checkDns1035Label,
  checkDns1123Label,
  checkDns1123Subdomain,
  checkPortName,
  checkWildcardDns1123Subdomain,
} from "../names.ts";
import { checkDomainPrefixedPath } from "../qualified-names.ts";
import type { Context } from "./context.ts";
import type { Field } from "./field.ts";
import {
  checkPathSegment,
  countedClusterMetadata,
  countedMetadata,
  validateLabelSelector,
  validateMetadata,
} from "./metadata.ts";

/** pkg/apis/networking/validation/validation.go, ValidateIngressCreate, v1.36. */
export function validateIngress(ingress: Field, context: Context): void {
  const spec = ingress.get("spec");
  validateMetadata(ingress.get("metadata"), countedMetadata);
  const [rules, backend, className] = [spec.get("rules"), spec.get("defaultBackend"), spec.get("ingressClassName")];
  if (rules.size === 0 && !backend.isSet) {
    spec
      .coded("ingress/missing-rules")
      .invalid("either `defaultBackend` or `rules` must be specified", rules.isSet ? [] : undefined);
  }
  if (backend.isSet) validateBackend(backend, context);
  for (const rule of rules.items()) validateRule(rule, context);
  for (const tls of spec.get("tls").items()) {
    for (const host of tls.get("hosts").items()) validateHost(host);
    tls.get("secretName").checkIfAny(checkDns1123Subdomain);
  }
  className.checkIfSet(checkDns1123Subdomain);
  const annotation = ingress.at("metadata", "annotations").key("kubernetes.io/ingress.class");
  if (annotation.isSet && className.isSet && annotation.text !== className.text) {
    annotation
      .as("annotations.kubernetes.io/ingress.class", ingress)
      .invalid("must match `ingressClassName` when both are specified");
  }
  if (annotation.isSet && !className.isSet) {
    annotation.warn(
      `annotation "kubernetes.io/ingress.class" is deprecated, please use 'spec.ingressClassName' instead`,
    );
  }
}

function validateHost(host: Field): void {
  host.coded("ingress/host").check(host.text.includes("*") ? checkWildcardDns1123Subdomain : checkDns1123Subdomain);
}

function validateRule(rule: Field, context: Context): void {
  const [host, http] = [rule.get("host"), rule.get("http")];
  if (host.text !== "") {
    if (parseIp(host.text) !== undefined) host.coded("ingress/host").invalid("must be a DNS name, not an IP address");
    validateHost(host);
  }
  if (!http.isSet) return;
  http.get("paths").coded("ingress/path").needed();
  for (const path of http.get("paths").items()) validatePath(path, context);
}

const wrongSequences = ["//", "/./", "/../", "%2f", "%2F"];
const wrongEndings = ["/..", "/."];

function validatePath(path: Field, context: Context): void {
  const [type, value] = [path.get("pathType").coded("ingress/path"), path.get("path").coded("ingress/path")];
  if (!type.isSet) {
    type.required("pathType must be specified");
    return;
  }
  type.oneOf(["Exact", "ImplementationSpecific", "Prefix"]);
  if (type.text === "Exact" || type.text === "Prefix") {
    if (!value.text.startsWith("/")) value.invalid("must be an absolute path", value.text);
    for (const part of wrongSequences) if (value.text.includes(part)) value.invalid(`must not contain '${part}'`);
    for (const end of wrongEndings) if (value.text.endsWith(end)) value.invalid(`cannot end with '${end}'`);
  } else if (type.text === "ImplementationSpecific" && value.text !== "" && !value.text.startsWith("/")) {
    value.invalid("must be an absolute path");
  }
  validateBackend(path.get("backend"), context);
}

function validateBackend(backend: Field, context: Context): void {
  const [resource, service, coded] = [
    backend.get("resource"),
    backend.get("service"),
    backend.coded("ingress/backend"),
  ];
  if (resource.isSet && service.isSet) coded.invalid("cannot set both resource and service backends", "");
  else if (resource.isSet) validateReference(resource);
  else if (service.isSet) validateServiceBackend(service, coded, context);
  else coded.invalid("resource or service backend is required", "");
}

function validateServiceBackend(service: Field, backend: Field, context: Context): void {
  service
    .get("name")
    .coded("ingress/backend")
    .checkRequired(context.minor >= 36 ? checkDns1123Label : checkDns1035Label);
  const [name, number] = [
    service.at("port", "name").coded("ingress/backend"),
    service.at("port", "number").coded("ingress/backend"),
  ];
  if (name.text !== "" && number.int !== 0) backend.invalid("cannot set both port name & port number", "");
  else if (name.text !== "") name.check(checkPortName);
  else if (number.int !== 0) number.port();
  else backend.required("port name or number is required");
}

function validateReference(reference: Field): void {
  reference.get("apiGroup").checkIfSet(checkDns1123Subdomain);
  for (const name of ["kind", "name"]) reference.get(name).checkRequired(checkPathSegment);
}

/** validation.go, ValidateIngressClass, v1.36. */
export function validateIngressClass(ingressClass: Field): void {
  const [controller, parameters] = [ingressClass.at("spec", "controller"), ingressClass.at("spec", "parameters")];
  validateMetadata(ingressClass.get("metadata"), countedClusterMetadata);
  controller.mostBytes(250);
  controller.checkName(checkDomainPrefixedPath);
  if (!parameters.isSet) return;
  validateReference(parameters);
  const [written, namespace] = [parameters.get("scope"), parameters.get("namespace")];
  const scope = written.isSet ? written : written.with("Cluster");
  scope.oneOf(["Cluster", "Namespace"]);
  if (scope.text === "Namespace") {
    if (namespace.isSet) namespace.check(checkDns1123Label);
    else namespace.required("`parameters.scope` is set to 'Namespace'");
  } else if (scope.text === "Cluster" && namespace.isSet) {
    namespace.forbidden("`parameters.scope` is set to 'Cluster'");
  }
}

/** validation.go, ValidateNetworkPolicy, v1.36. */
export function validateNetworkPolicy(policy: Field): void {
  const spec = policy.get("spec");
  validateMetadata(policy.get("metadata"), countedMetadata);
  validateLabelSelector(spec.get("podSelector"));
  for (const [rules, peers] of [
    ["ingress", "from"],
    ["egress", "to"],
  ] as const) {
    for (const rule of spec.get(rules).items()) {
      for (const port of rule.get("ports").items()) validatePolicyPort(port);
      for (const peer of rule.get(peers).items()) validatePeer(peer);
    }
  }
  const types = spec.get("policyTypes");
  if (types.size > 2) types.invalid("may not specify more than two policyTypes");
  else for (const type of types.items()) type.oneOf(["Ingress", "Egress"]);
}

function validatePolicyPort(rule: Field): void {
  const [port, end] = [rule.get("port"), rule.get("endPort")];
  rule.get("protocol").oneOfIfSet(["TCP", "UDP", "SCTP"]);
  if (!port.isSet) {
    if (end.isSet) end.invalid("may not be specified when `port` is not specified");
  } else if (typeof port.value === "string") {
    if (end.isSet) end.invalid("may not be specified when `port` is non-numeric");
    port.check(checkPortName);
  } else {
    port.port();
    if (!end.isSet) return;
    if (end.int < port.int) end.invalid("must be greater than or equal to `port`", port.int);
    end.port();
  }
}

function validatePeer(peer: Field): void {
  const [pods, namespaces, block] = [peer.get("podSelector"), peer.get("namespaceSelector"), peer.get("ipBlock")];
  validateLabelSelector(pods);
  validateLabelSelector(namespaces);
  if (block.isSet) validateBlock(block);
  const count = [pods, namespaces, block].filter((part) => part.isSet).length;
  if (count === 0) peer.required("must specify a peer");
  else if (count > 1 && block.isSet) peer.forbidden("may not specify both ipBlock and another peer");
}

function validateBlock(block: Field): void {
  const cidr = block.get("cidr");
  if (!cidr.needed()) return;
  cidr.check(checkLegacyCidr);
  const network = parseCidr(cidr.text);
  if (network === undefined) return;
  for (const except of block.get("except").items()) {
    except.check(checkLegacyCidr);
    const inner = parseCidr(except.text);
    if (inner === undefined) continue;
    const isInside = contains(network, inner.address) && familyPrefixLength(inner) > familyPrefixLength(network);
    if (!isInside) except.invalid("must be a strict subset of `cidr`");
  }
}
