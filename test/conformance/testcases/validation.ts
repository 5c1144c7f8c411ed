import type { JsonObject, JsonValue } from "../../../server/src/base/json.ts";
import { arrayAt, at, isObject, objectAt, textAt } from "../../../server/src/base/json.ts";
import type { Cause } from "../../../server/src/kubernetes/validate/index.ts";
import { judge } from "../../../server/src/kubernetes/validate/index.ts";
import { refusalsOfUpdate } from "../../../server/src/kubernetes/validate/update.ts";
import type { CaseOutcome, TestcaseRow, Topics } from "../testcase.ts";

/** Upstream's rows test the validators alone; ours hand whole objects to the judge, which fills in defaults first, as the server does. */
export const topics: Topics = {
  "service-create": createOutcome,
  "service-update": updateOutcome,
  "service-external-policy": (row, worlds) => {
    const fields = ["spec.externalTrafficPolicy", "spec.healthCheckNodePort"];
    const service = serviceOf(row, worlds);
    return countOutcome(row, serviceErrors(service, "1.36").filter((error) => fields.some((field) => error.startsWith(field))));
  },
  "container-ports": portsOutcome,
  "pod-dns-validation": (row) => {
    const { dnsConfig, dnsPolicy } = inputsOf(row);
    return errorOutcome(row, podOf({ dnsConfig: dnsConfig ?? null, dnsPolicy: dnsPolicy ?? null }));
  },
  "deployment-validation": (row) => {
    const changed = Object.entries(objectAt(inputsOf(row), "changes") ?? {}).map(([set, value]) => ({ set, value }));
    return firstErrorOutcome(row, changedObject(deployment, changed));
  },
  "daemonset-rolling-validation": (row) => {
    // Upstream's absent numbers are zeros here.
    const rollingUpdate = { maxUnavailable: 0, maxSurge: 0, ...objectAt(inputsOf(row), "rollingUpdate") };
    const { spec, ...rest } = deployment;
    return errorOutcome(row, { ...rest, kind: "DaemonSet", spec: { ...(spec as JsonObject), updateStrategy: { type: "RollingUpdate", rollingUpdate } } });
  },
  "ingress-validation": (row, worlds) => {
    const wanted = at(row.expected as JsonValue, "errorFields");
    return listOutcome(wanted, causesOf(ingressOf(row, worlds), versionOf(row)).map(({ field }) => field));
  },
  "ingress-create": (row, worlds) => {
    const found = causesOf(ingressOf(row, worlds), versionOf(row)).map(({ field, message }) => `${field}: ${message}`);
    return listOutcome(at(row.expected as JsonValue, "errors"), found);
  },
  "pdb-validation": (row) => errorOutcome(row, { ...named("policy/v1", "PodDisruptionBudget"), spec: { selector: {}, ...inputsOf(row) } }),
  "hpa-behavior-validation": (row) => {
    const scaleTargetRef = { apiVersion: "apps/v1", kind: "Deployment", name: "web" };
    // Upstream's absent policies are empty ones here.
    const rules = Object.entries(objectAt(inputsOf(row), "behavior") ?? {}).map(([name, rule]) => [name, { policies: [], ...(rule as JsonObject) }]);
    const spec = { scaleTargetRef, minReplicas: 1, maxReplicas: 5, behavior: Object.fromEntries(rules) as JsonObject };
    return firstErrorOutcome(row, { ...named("autoscaling/v2", "HorizontalPodAutoscaler"), spec });
  },
  "endpointslice-validation": (row) => {
    const slice = objectAt(inputsOf(row), "endpointSlice") ?? {};
    const found = causesOf({ ...slice, apiVersion: "discovery.k8s.io/v1", kind: "EndpointSlice" }).map(textOf);
    return countOutcome(row, [...found, ...missingNamespace(slice)]);
  },
};

const metadata = { name: "abc", namespace: "default" };
const container = { name: "abc", image: "image", imagePullPolicy: "IfNotPresent", terminationMessagePolicy: "File" };
const labels = { name: "abc" };
const deployment: JsonObject = {
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata,
  spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers: [container] } } },
};

function createOutcome(row: TestcaseRow, worlds: unknown): CaseOutcome {
  return serviceOutcome(row, worlds, []);
}

function updateOutcome(row: TestcaseRow, worlds: unknown): CaseOutcome {
  const [old, fresh] = [serviceOf(row, worlds, "old"), serviceOf(row, worlds)];
  // Upstream's Services without addresses have none; in a cluster they would have got one.
  const hasAddress = arrayAt(old, "spec", "clusterIPs").length > 0;
  const refusals = refusalsOfUpdate(old, fresh).filter(({ field }) => hasAddress || !field.startsWith("spec.clusterIPs"));
  // The class is looked at twice, as a part of the update and of the new Service.
  const ofClass = causesOf(fresh).filter(({ field }) => field === "spec.loadBalancerClass");
  return serviceOutcome(
    row,
    worlds,
    [...refusals, ...ofClass].map(({ field, message }) => `${field}: ${message}`),
  );
}

function serviceOutcome(row: TestcaseRow, worlds: unknown, refusals: readonly string[]): CaseOutcome {
  const errors = releasesOf(row).map((release) => [...refusals, ...serviceErrors(serviceOf(row, worlds), release)]);
  const outcomes = [...errors, ...errors.map((list) => list.filter((error) => !isOfAllocator(error)))].map((list) => countOutcome(row, list));
  return outcomes.find(({ agreed }) => agreed) ?? outcomes[0] ?? { agreed: false };
}

function named(apiVersion: string, kind: string): JsonObject {
  return { apiVersion, kind, metadata };
}

function podOf(spec: JsonObject): JsonObject {
  return { ...named("v1", "Pod"), spec: { containers: [container], ...spec } };
}

function inputsOf(row: TestcaseRow): JsonObject {
  return row.inputs as JsonObject;
}

/** The release that has the gate about names as the row has it. */
function versionOf(row: TestcaseRow): string {
  return at(inputsOf(row), "gates", "RelaxedServiceNameValidation") === false ? "1.35" : "1.36";
}

/** The releases that have one of the row's gates as the row has it; none has all of them, and a row is about one of them. */
function releasesOf(row: TestcaseRow): readonly string[] {
  const isOff = (gate: string): boolean => at(inputsOf(row), "gates", gate) === false;
  const older = isOff("PreferSameTrafficDistribution") ? ["1.33"] : [];
  return [...(isOff("StrictIPCIDRValidation") ? [] : ["1.36"]), versionOf(row), ...older];
}

function causesOf(object: JsonObject, kubernetesVersion = "1.36"): readonly Cause[] {
  const verdict = judge(object, { kubernetesVersion, dryRun: true });
  return verdict.verdict === "rejected" ? verdict.causes : [];
}

function textOf({ field, message }: Cause): string {
  return `${field}: ${message}`;
}

/** The Service of a row; of an update the new one or the old one. */
function serviceOf(row: TestcaseRow, worlds: unknown, which: "new" | "old" = "new"): JsonObject {
  const base = at(worlds as JsonValue, "service") as JsonObject;
  const changes = arrayAt(inputsOf(row), "changes").filter(isObject).filter(({ on }) => (on ?? "new") === which);
  return { ...changedObject(base, changes), apiVersion: "v1", kind: "Service" };
}

function ingressOf(row: TestcaseRow, worlds: unknown): JsonObject {
  const inputs = inputsOf(row);
  const base = at(worlds as JsonValue, textAt(inputs, "base") ?? "") as JsonObject;
  return { ...changedObject(base, arrayAt(inputs, "changes").filter(isObject)), apiVersion: "networking.k8s.io/v1", kind: "Ingress" };
}

/** What the validator finds, and one error for every value that the row leaves out and that defaults fill in. */
function serviceErrors(service: JsonObject, version: string): readonly string[] {
  return [...causesOf(service, version).map(textOf), ...missingDefaults(service).map((field) => `${field}: filled in by defaults`)];
}

/** Allocators come before the validator; upstream's rows do without them. */
function isOfAllocator(error: string): boolean {
  return error.endsWith("is already allocated") || error.includes("must be 'RequireDualStack' or 'PreferDualStack' when multiple");
}

function missingDefaults(service: JsonObject): readonly string[] {
  const spec = objectAt(service, "spec") ?? {};
  const isUnset = (name: string): boolean => (spec[name] ?? "") === "";
  const isBalancer = spec["type"] === "LoadBalancer";
  const isExternal = isBalancer || spec["type"] === "NodePort" || arrayAt(spec, "externalIPs").length > 0;
  const fields = ["type", "sessionAffinity", ...(spec["type"] === "ExternalName" ? [] : ["internalTrafficPolicy"])].filter(isUnset);
  if (isExternal && isUnset("externalTrafficPolicy")) fields.push("externalTrafficPolicy");
  if (isBalancer && isUnset("allocateLoadBalancerNodePorts")) fields.push("allocateLoadBalancerNodePorts");
  if (arrayAt(spec, "ports").some((port) => (textAt(port, "protocol") ?? "") === "")) fields.push("ports.protocol");
  if (spec["sessionAffinity"] === "None" && !isUnset("sessionAffinityConfig")) fields.push("sessionAffinityConfig");
  return [...missingNamespace(service), ...fields.map((field) => `spec.${field}`)];
}

/** The request names it. */
function missingNamespace(object: JsonObject): readonly string[] {
  return (textAt(object, "metadata", "namespace") ?? "") === "" ? ["metadata.namespace"] : [];
}

function countOutcome(row: TestcaseRow, found: readonly string[]): CaseOutcome {
  return { agreed: found.length === at(row.expected as JsonValue, "errors"), found };
}

function errorOutcome(row: TestcaseRow, object: JsonObject): CaseOutcome {
  const found = causesOf(object).map(textOf);
  return { agreed: found.length > 0 === at(row.expected as JsonValue, "error"), found };
}

function firstErrorOutcome(row: TestcaseRow, object: JsonObject): CaseOutcome {
  const found = causesOf(object).map(textOf);
  const wanted = textAt(row.expected as JsonValue, "firstErrorContains");
  return { agreed: wanted === undefined ? found.length === 0 : (found[0] ?? "").includes(wanted), found };
}

function listOutcome(wanted: JsonValue | undefined, found: readonly string[]): CaseOutcome {
  return { agreed: JSON.stringify(wanted) === JSON.stringify(found), found };
}

function portsOutcome(row: TestcaseRow): CaseOutcome {
  const ports = arrayAt(inputsOf(row), "ports");
  const missing = ports.filter((port) => textAt(port, "protocol") === undefined).map(() => ({ reason: "FieldValueRequired", field: "protocol", message: "" }));
  const found = [...causesOf(podOf({ containers: [{ ...container, ports }] })), ...missing];
  const wanted = arrayAt(row.expected as JsonValue, "errors").filter(isObject);
  const fits = (error: JsonObject, { reason, field, message }: { readonly reason: string; readonly field: string; readonly message: string }): boolean =>
    reason === `FieldValue${textAt(error, "type") ?? ""}` && field.includes(textAt(error, "fieldContains") ?? "") && message.includes(textAt(error, "detailContains") ?? "");
  return { agreed: found.length === wanted.length && wanted.every((error, index) => found[index] !== undefined && fits(error, found[index])), found };
}

/** The object after changes to paths such as `spec.ports[0].protocol` or `metadata.labels["key"]`. */
function changedObject(base: JsonObject, changes: readonly JsonObject[]): JsonObject {
  const object = structuredClone(base) as Record<string, JsonValue>;
  for (const change of changes) {
    const [kind = ""] = ["set", "append", "addText"].filter((name) => change[name] !== undefined);
    const value = change["value"] ?? null;
    changeAt(object, textAt(change, kind) ?? "", (old) => {
      if (kind === "append") return [...(Array.isArray(old) ? (old as readonly JsonValue[]) : []), ...(value as readonly JsonValue[])];
      return kind === "addText" ? `${textOr(old)}${textOr(value)}` : value;
    });
  }
  return object;
}

function textOr(value: JsonValue): string {
  return typeof value === "string" ? value : "";
}

function changeAt(object: Record<string, JsonValue>, path: string, change: (old: JsonValue) => JsonValue): void {
  const keys = [...path.matchAll(/\["([^"]*)"\]|\[(\d+)\]|([^.[\]]+)/g)].map(([, quoted, index, name]) => quoted ?? index ?? name ?? "");
  const last = keys.pop() ?? "";
  let container: Record<string, JsonValue> = object;
  for (const key of keys) container = (container[key] ??= {}) as Record<string, JsonValue>;
  container[last] = change(container[last] ?? null);
}
