import { compareCodePoints } from "../base/json.ts";
import { field } from "./tree/fields.ts";
import { isEmpty, type Node } from "./tree/node.ts";
import { clusterScopedKinds } from "./tables/merge-schema.ts";

/** Group, version and kind; the empty text stands for "any" in selectors. */
export interface Gvk {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

/** What kustomize knows an object by. */
export interface ResourceId extends Gvk {
  readonly name: string;
  readonly namespace: string;
  /** False for ids that were written down (selectors, previous ids): kustomize looks the scope up for objects alone. */
  readonly clusterScoped: boolean;
}

/** kyaml, resid/gvk.go, GvkFromNode, v0.21.2. */
export function gvkOf(node: Node): Gvk {
  return { ...parseApiVersion(scalarText(field(node, "apiVersion"))), kind: scalarText(field(node, "kind")) };
}

/** The object's present id. kustomize api, resource/resource.go, CurId, v0.21.2. */
export function idOf(node: Node): ResourceId {
  const gvk = gvkOf(node);
  return {
    ...gvk,
    clusterScoped: isClusterScoped(gvk),
    name: metadataText(node, "name"),
    namespace: metadataText(node, "namespace"),
  };
}

/** The text of a field of the metadata, empty where it is absent, null, or an empty map. */
export function metadataText(node: Node, name: string): string {
  const metadata = field(node, "metadata");
  const value = isEmpty(metadata) ? undefined : field(metadata, name);
  return isEmpty(value) ? "" : (value?.text ?? "");
}

function scalarText(node: Node | undefined): string {
  return node?.text ?? "";
}

/** Group and version; the core group is the empty text. */
export function parseApiVersion(apiVersion: string): Pick<Gvk, "group" | "version"> {
  const slash = apiVersion.indexOf("/");
  return slash < 0
    ? { group: "", version: apiVersion }
    : { group: apiVersion.slice(0, slash), version: apiVersion.slice(slash + 1) };
}

export function apiVersionOf({ group, version }: Gvk): string {
  return group === "" ? version : `${group}/${version}`;
}

/** Kinds that the schema of kustomize does not know count as namespaced. kyaml, openapi/openapi.go, IsCertainlyClusterScoped, v0.21.2. */
export function isClusterScoped(gvk: Gvk): boolean {
  return clusterScopedKinds.has(`${apiVersionOf(gvk)} ${gvk.kind}`);
}

/** The namespace for comparisons: none equals `default`, and cluster-scoped objects have one of their own. */
export function effectiveNamespace(id: ResourceId): string {
  return id.clusterScoped ? clusterNamespace : id.namespace === "" ? "default" : id.namespace;
}

export const clusterNamespace = "_non_namespaceable_";

/** Equal ids have equal keys. */
export function idKey(id: ResourceId): string {
  return [id.group, id.version, id.kind, id.name, effectiveNamespace(id)].join("\n");
}

export function sameGvk(a: Gvk, b: Gvk): boolean {
  return a.group === b.group && a.version === b.version && a.kind === b.kind;
}

export function sameId(a: ResourceId, b: ResourceId): boolean {
  return a.name === b.name && sameGvk(a, b) && effectiveNamespace(a) === effectiveNamespace(b);
}

/** Whether all parts that the selector names agree. */
export function isSelected(gvk: Gvk, selector: Partial<Gvk>): boolean {
  return (
    (!selector.group || selector.group === gvk.group) &&
    (!selector.version || selector.version === gvk.version) &&
    (!selector.kind || selector.kind === gvk.kind)
  );
}

/** As kustomize's messages print it: `Deployment.v1.apps`. */
export function gvkText({ group, version, kind }: Gvk): string {
  return `${kind || "[noKind]"}.${version || "[noVer]"}.${group || "[noGrp]"}`;
}

/** As kustomize's messages print it: `Deployment.v1.apps/web.[noNs]`. */
export function idText(id: ResourceId): string {
  return `${gvkText(id)}/${id.name || "[noName]"}.${id.namespace || "[noNs]"}`;
}

/** The order in which kustomize sorts kinds: some first, two last, the others by group, version and kind. kyaml, resid/gvk.go, IsLessThan, v0.21.2. */
export function compareGvk(a: Gvk, b: Gvk, rank: (kind: string) => number = defaultRank): number {
  return rank(a.kind) - rank(b.kind) || compareCodePoints(gvkSortText(a), gvkSortText(b));
}

export function gvkSortText({ group, version, kind }: Gvk): string {
  return `${group || "~G"}_${version || "~V"}_${kind || "~K"}`;
}

/** The rank of a kind: negative for those of `first`, positive for those of `last`, 0 for the others. */
export function rankOf(first: readonly string[], last: readonly string[]): (kind: string) => number {
  return (kind) => {
    const end = last.lastIndexOf(kind);
    if (end >= 0) return end + 1;
    const start = first.lastIndexOf(kind);
    return start < 0 ? 0 : start - first.length;
  };
}

export const kindsFirst: readonly string[] = [
  "Namespace",
  "ResourceQuota",
  "StorageClass",
  "CustomResourceDefinition",
  "ServiceAccount",
  "PodSecurityPolicy",
  "Role",
  "ClusterRole",
  "RoleBinding",
  "ClusterRoleBinding",
  "ConfigMap",
  "Secret",
  "Endpoints",
  "Service",
  "LimitRange",
  "PriorityClass",
  "PersistentVolume",
  "PersistentVolumeClaim",
  "Deployment",
  "StatefulSet",
  "CronJob",
  "PodDisruptionBudget",
];

export const kindsLast: readonly string[] = ["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"];

const defaultRank = rankOf(kindsFirst, kindsLast);
