import type { FieldSpec } from "../config/field-specs.ts";
import { refuse } from "../failure.ts";
import { idKey, isClusterScoped } from "../identity.ts";
import type { LocatedText, Resource } from "../resource.ts";
import type { ResourceMap } from "../resource-map.ts";
import { applyFieldSpecs } from "../tree/field-spec.ts";
import { field, get, listItems, lookupOrCreate, setScalar } from "../tree/fields.ts";
import { isMissing, Node, stringTag, textOf } from "../tree/node.ts";

export type SubjectMode = "defaultOnly" | "allServiceAccounts" | "none";

export interface NamespaceChange {
  readonly namespace: LocatedText;
  readonly specs: readonly FieldSpec[];
  /** Only where none is set. */
  readonly unsetOnly: boolean;
  readonly subjects: SubjectMode;
}

/** Sets the namespace; two objects that get one id are a conflict. kustomize api, internal/builtins/NamespaceTransformer.go, v0.21.2. */
export function setNamespaces(resources: ResourceMap, change: NamespaceChange): void {
  if (change.namespace.text === "") return;
  const counts = new Map<string, number>();
  const count = (resource: Resource, by: number): number => {
    const key = idKey(resource.id);
    const result = (counts.get(key) ?? 0) + by;
    counts.set(key, result);
    return result;
  };
  for (const resource of resources.resources) count(resource, 1);
  for (const resource of resources.resources) {
    if (resource.isEmpty || resource.annotations.get("internal.config.kubernetes.io/helm-generated")?.text === "true")
      continue;
    count(resource, -1);
    resource.storePreviousId();
    setNamespace(resource, change);
    if (count(resource, 1) > 1) {
      refuse(
        "conflict",
        `namespace transformation produces ID conflict: ${resource.kind} ${resource.name}`,
        resource.node.origin,
      );
    }
  }
}

/** kustomize api, filters/namespace/namespace.go, v0.21.2. */
export function setNamespace(resource: Resource, change: NamespaceChange): void {
  const { node, gvk } = resource;
  const set = setter(change);
  const isBinding = isRoleBinding(gvk.kind);
  const isV1 = field(node, "apiVersion")?.text === "v1";
  if (!isClusterScoped(gvk))
    applyFieldSpecs(node, [{ path: "metadata/namespace", create: true }], { set, createKind: "scalar" });
  if (isBinding) setSubjects(node, change.subjects, set);
  const specs = change.specs.filter(
    ({ path, kind }) =>
      path !== "metadata/namespace" &&
      (isV1 || path !== "metadata/name") &&
      !(isBinding && path === "subjects/namespace" && isRoleBinding(kind ?? "")),
  );
  applyFieldSpecs(node, specs, { set, createKind: "scalar", createTag: stringTag });
}

function isRoleBinding(kind: string): boolean {
  return kind === "RoleBinding" || kind === "ClusterRoleBinding";
}

function setter({ namespace, unsetOnly }: NamespaceChange): (node: Node) => void {
  const value = Node.scalar(namespace.text, stringTag, namespace.origin);
  return (node) => {
    if (!unsetOnly || node.kind !== "scalar" || textOf(node) === "") setScalar(node, value);
  };
}

function setSubjects(node: Node, mode: SubjectMode, set: (node: Node) => void): void {
  if (mode === "none") return;
  const subjects = get(node, "subjects");
  if (isMissing(subjects)) return;
  for (const subject of listItems(subjects)) {
    const [name, wanted] = mode === "defaultOnly" ? ["name", "default"] : ["kind", "ServiceAccount"];
    if (textOf(get(subject, name)) !== wanted) continue;
    const namespace = lookupOrCreate(subject, ["namespace"], "scalar");
    if (namespace !== undefined) set(namespace);
  }
}
