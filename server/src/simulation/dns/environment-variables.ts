import { arrayAt, at, isObject, numberAt, objectAt, textAt, textMapAt } from "../../base/json.ts";
import type { JsonObject, JsonValue } from "../../base/json.ts";
import { protocolOf } from "../../kubernetes/find-port.ts";
import { checkEnvironmentVariableName } from "../../kubernetes/names.ts";
import { addressFamily, placeholderAddress } from "../address.ts";
import { mergeEnvironment } from "./expansion.ts";
import type { Variables } from "./expansion.ts";

/** One environment variable. */
export interface Variable {
  readonly name: string;
  readonly value: string;
}

/** The variables that Services give to a pod. */
export interface ServiceVariables {
  readonly variables: Variables;
  /** Variables that two Services set to different values: chance decides, so they have all possible values, sorted. */
  readonly ambiguous: Readonly<Record<string, readonly string[]>>;
}

/** What a container's environment is made of besides its own fields. */
export interface EnvironmentSources {
  readonly pod: JsonObject;
  readonly services: Variables;
  /** ConfigMaps and Secrets of the pod's namespace, by name. */
  readonly configMaps: ReadonlyMap<string, JsonObject>;
  readonly secrets: ReadonlyMap<string, JsonObject>;
}

/** The kinds of objects that variables are taken from. */
type SourceKind = "ConfigMap" | "Secret";

/** A container's variables, and what kept others away. */
export interface ContainerEnvironment {
  readonly variables: Variables;
  /** What the container cannot start without: objects, or keys in them, that are neither there nor optional. */
  readonly missing: readonly { readonly kind: SourceKind; readonly name: string; readonly key?: string }[];
  /** Keys of `envFrom` sources that are no names of variables and are left out. */
  readonly skipped: readonly string[];
}

/**
 * The variables of the pods of a namespace. `kubernetes` of namespace `default` always comes; one in the pod's namespace replaces it, with links only.
 * Imitates kubelet, pkg/kubelet/kubelet_pods.go, getServiceEnvVarMap, v1.36. Services are those of the whole cluster.
 */
export function serviceVariables(
  namespace: string,
  services: readonly JsonObject[],
  enableServiceLinks: boolean,
): ServiceVariables {
  const chosen = new Map<string, JsonObject>();
  for (const service of services.filter(hasClusterIp)) {
    const name = textAt(service, "metadata", "name") ?? "";
    const own = textAt(service, "metadata", "namespace") ?? "";
    if (own === "default" && name === "kubernetes") {
      if (!chosen.has(name)) chosen.set(name, service);
    } else if (own === namespace && enableServiceLinks) {
      chosen.set(name, service);
    }
  }
  return mergeVariables([...chosen.values()].map((service) => variablesOfService(service)));
}

/** One Service after the other: within one, the later of equal names wins; between them nobody knows. */
function mergeVariables(services: readonly (readonly Variable[])[]): ServiceVariables {
  const values = new Map<string, Set<string>>();
  for (const list of services) {
    for (const [name, value] of new Map(list.map((variable) => [variable.name, variable.value]))) {
      values.set(name, (values.get(name) ?? new Set()).add(value));
    }
  }
  const certain = [...values].filter(([, set]) => set.size === 1);
  const uncertain = [...values].filter(([, set]) => set.size > 1);
  return {
    variables: Object.fromEntries(certain.map(([name, [value = ""]]) => [name, value])),
    ambiguous: Object.fromEntries(uncertain.map(([name, set]) => [name, [...set].sort()])),
  };
}

/** All variables of some Services in their order (pkg/kubelet/envvars/envvars.go, FromServices, v1.36). */
export function variablesOfServices(services: readonly JsonObject[]): readonly Variable[] {
  return services.flatMap(variablesOfService);
}

/**
 * The variables of one Service, those of Docker's links included; none without a cluster IP or ports. Ports are the Service's, not the pods'.
 * Imitates kubelet, pkg/kubelet/envvars/envvars.go, FromServices and makeLinkVariables, v1.36.
 */
export function variablesOfService(service: JsonObject): readonly Variable[] {
  const ports = arrayAt(service, "spec", "ports");
  const address = textAt(service, "spec", "clusterIP") ?? "";
  const [first] = ports;
  if (!hasClusterIp(service) || first === undefined) return [];
  const prefix = variableName(textAt(service, "metadata", "name") ?? "");
  const named = ports.filter((port) => (textAt(port, "name") ?? "") !== "");
  return [
    { name: `${prefix}_SERVICE_HOST`, value: address },
    { name: `${prefix}_SERVICE_PORT`, value: portText(first) },
    ...named.map((port) => ({
      name: `${prefix}_SERVICE_PORT_${variableName(textAt(port, "name") ?? "")}`,
      value: portText(port),
    })),
    { name: `${prefix}_PORT`, value: portUrl(first, address) },
    ...ports.flatMap((port) => linkVariables(prefix, port, address)),
  ];
}

function linkVariables(prefix: string, port: JsonValue, address: string): readonly Variable[] {
  const protocol = protocolOf(port);
  const name = `${prefix}_PORT_${portText(port)}_${protocol.toUpperCase()}`;
  return [
    { name, value: portUrl(port, address) },
    { name: `${name}_PROTO`, value: protocol.toLowerCase() },
    { name: `${name}_PORT`, value: portText(port) },
    { name: `${name}_ADDR`, value: address },
  ];
}

function portUrl(port: JsonValue, address: string): string {
  const isIpv6 = address.includes(":") || addressFamily(address) === "IPv6";
  return `${protocolOf(port).toLowerCase()}://${isIpv6 ? `[${address}]` : address}:${portText(port)}`;
}

function portText(port: JsonValue): string {
  return (numberAt(port, "port") ?? 0).toString();
}

/** Upper case with "_" for "-"; a leading digit stays, though no shell can use such a name (envvars.go, makeEnvVariableName, v1.36). */
export function variableName(name: string): string {
  return name.replaceAll("-", "_").toUpperCase();
}

function hasClusterIp(service: JsonObject): boolean {
  const address = textAt(service, "spec", "clusterIP") ?? "";
  return address !== "" && address !== "None";
}

/**
 * The environment of a container. Values that only the cluster knows are placeholders in angle brackets.
 * Imitates kubelet, pkg/kubelet/kubelet_pods.go, makeEnvironmentVariables, v1.36.
 */
export function containerEnvironment(container: JsonObject, sources: EnvironmentSources): ContainerEnvironment {
  const problems: Problems = { missing: [], skipped: [] };
  const envFrom = new Map<string, string>();
  for (const entry of arrayAt(container, "envFrom")) {
    for (const { name, value } of variablesFrom(entry, sources, problems)) envFrom.set(name, value);
  }
  const env = arrayAt(container, "env").flatMap((entry) => {
    const value = valueOf(entry, sources, problems);
    return value === undefined ? [] : [{ name: textAt(entry, "name") ?? "", value }];
  });
  const variables = mergeEnvironment(env, Object.fromEntries(envFrom), sources.services);
  return { variables, ...problems };
}

interface Problems {
  readonly missing: { kind: SourceKind; name: string; key?: string }[];
  readonly skipped: string[];
}

function variablesFrom(entry: JsonValue, sources: EnvironmentSources, problems: Problems): readonly Variable[] {
  const prefix = textAt(entry, "prefix") ?? "";
  const kind = isObject(at(entry, "configMapRef")) ? "ConfigMap" : "Secret";
  const reference = objectAt(entry, kind === "ConfigMap" ? "configMapRef" : "secretRef");
  if (reference === undefined) return [];
  const name = textAt(reference, "name") ?? "";
  const data = dataOf(kind, name, sources);
  if (data === undefined) {
    if (at(reference, "optional") !== true) problems.missing.push({ kind, name });
    return [];
  }
  const variables = Object.entries(data).map(([key, value]) => ({ name: prefix + key, value }));
  const isValid = ({ name }: Variable): boolean => checkEnvironmentVariableName(name).length === 0;
  problems.skipped.push(...variables.filter((variable) => !isValid(variable)).map((variable) => variable.name));
  return variables.filter(isValid);
}

/** The unexpanded value of a variable of `env`, `undefined` where an optional source is missing. */
function valueOf(entry: JsonValue, sources: EnvironmentSources, problems: Problems): string | undefined {
  const value = textAt(entry, "value") ?? "";
  const from = objectAt(entry, "valueFrom");
  if (value !== "" || from === undefined) return value;
  // A value from elsewhere is never expanded: every "$" is written twice so that expansion restores it.
  const literal = (text: string): string => text.replaceAll("$", "$$$$");
  const configMap = objectAt(from, "configMapKeyRef");
  if (configMap !== undefined) return keyValue("ConfigMap", configMap, sources, problems, literal);
  const secret = objectAt(from, "secretKeyRef");
  if (secret !== undefined) return keyValue("Secret", secret, sources, problems, literal);
  const field = textAt(from, "fieldRef", "fieldPath");
  if (field !== undefined) return literal(fieldValue(sources.pod, field));
  const resource = textAt(from, "resourceFieldRef", "resource") ?? "";
  return `<${resource} of the container>`;
}

function keyValue(
  kind: SourceKind,
  reference: JsonObject,
  sources: EnvironmentSources,
  problems: Problems,
  literal: (text: string) => string,
): string | undefined {
  const name = textAt(reference, "name") ?? "";
  const key = textAt(reference, "key") ?? "";
  const data = dataOf(kind, name, sources);
  if (data !== undefined && Object.hasOwn(data, key)) return literal(data[key] ?? "");
  if (at(reference, "optional") !== true) problems.missing.push({ kind, name, key });
  return undefined;
}

/** The texts of a ConfigMap or Secret; those of a Secret's `data` are shown as placeholders. */
function dataOf(kind: SourceKind, name: string, sources: EnvironmentSources): Variables | undefined {
  if (kind === "ConfigMap") {
    const configMap = sources.configMaps.get(name);
    return configMap === undefined ? undefined : textMapAt(configMap, "data");
  }
  const secret = sources.secrets.get(name);
  if (secret === undefined) return undefined;
  const values: Record<string, string> = {};
  for (const key of Object.keys(textMapAt(secret, "data"))) values[key] = `<${key} of Secret ${name}>`;
  return { ...values, ...textMapAt(secret, "stringData") };
}

/** A field of the pod as the downward API gives it (pkg/kubelet/kubelet_pods.go, podFieldSelectorRuntimeValue, v1.36). */
function fieldValue(pod: JsonObject, path: string): string {
  const subscript = /^metadata\.(labels|annotations)\['(.*)'\]$/.exec(path);
  if (subscript !== null) return textAt(pod, "metadata", subscript[1] ?? "", subscript[2] ?? "") ?? "";
  const known = textAt(pod, ...path.split("."));
  if (known !== undefined) return known;
  const namespace = textAt(pod, "metadata", "namespace") ?? "";
  const name = textAt(pod, "metadata", "name") ?? "";
  if (path === "status.podIP" || path === "status.podIPs") return placeholderAddress("podIP", "IPv4", namespace, name);
  if (path === "spec.serviceAccountName") return "default";
  return `<${path} of ${namespace}/${name}>`;
}
