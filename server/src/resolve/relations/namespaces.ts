import { arrayAt, at, isArray, isObject, textMapAt } from "../../base/json.ts";
import type { JsonValue } from "../../base/json.ts";
import { kindKey } from "../../index/keys.ts";
import type { Environment, Resource } from "../../index/types.ts";
import type { Mention } from "../../kubernetes/relations/relations.ts";
import { matchesSelector, selectorOf } from "../../kubernetes/selector.ts";

/** Tells whether a target may live in a namespace (`null`: in none). */
export type NamespaceTest = (namespace: string | null) => boolean;

const anywhere: NamespaceTest = () => true;

/** The label by which every Namespace has its own name, though nobody writes it (kube-apiserver, NamespaceDefaultLabelName, v1.21 and later). */
export const namespaceNameLabel = "kubernetes.io/metadata.name";

/**
 * Where the targets of a mention live, by the `namespace` of its row. `written`: the namespace that the text itself names.
 * Rules in words that are not built here leave it open: every candidate counts.
 */
export function namespaceTest(
  environment: Environment,
  resource: Resource,
  mention: Mention,
  written: string | undefined,
): NamespaceTest {
  const rule = mention.relation.row.namespace;
  if (written !== undefined) return only(written);
  if (rule === "selected") return selectedNamespaces(environment, resource, mention);
  if (rule.startsWith("path:")) return besideNamespace(environment, resource, mention);
  if (rule === "same" || rule.startsWith("same,")) return same(resource);
  if (rule.startsWith("same (Role)") && resource.kind === "Role") return same(resource);
  if (rule.startsWith("same;") && !resource.kind.startsWith("Cluster")) return same(resource);
  return anywhere;
}

/** Objects without namespace count everywhere: their kind says that they have none. */
function only(wanted: string): NamespaceTest {
  return (namespace) => namespace === null || namespace === wanted;
}

function same({ namespace }: Resource): NamespaceTest {
  return namespace === null ? anywhere : only(namespace);
}

/** A field beside the mention names the namespace; without it the rule goes on behind `|`. */
function besideNamespace(environment: Environment, resource: Resource, mention: Mention): NamespaceTest {
  const { row, target } = mention.relation;
  const field = target.namespace;
  const found = field === undefined ? [] : mention.beside(resource.object, field);
  const names = found.map(({ value }) => value).filter((value) => typeof value === "string" && value !== "");
  if (names.length > 0) return (namespace) => namespace === null || names.includes(namespace);
  return row.namespace.endsWith("|same") && environment.namespace !== "" ? same(resource) : anywhere;
}

/**
 * Namespaces that a selector of pods or objects goes with: a `namespaceSelector` (of labels, or `any` and `matchNames` as the Prometheus Operator has it) and `namespaces`
 * beside it, `fooNamespaceSelector` beside `fooSelector`. None of them: the own namespace.
 */
function selectedNamespaces(environment: Environment, resource: Resource, { path }: Mention): NamespaceTest {
  const parent = at(resource.object, ...path.slice(0, -1));
  const key = String(path.at(-1));
  const prefixed = key.endsWith("Selector")
    ? `${key.slice(0, -"Selector".length)}NamespaceSelector`
    : "namespaceSelector";
  const selector = at(parent, prefixed) ?? at(parent, "namespaceSelector") ?? at(parent, "podNamespaceSelector");
  const listed = arrayAt(parent, "namespaces").filter((name) => typeof name === "string");
  if (selector === undefined && listed.length === 0) return same(resource);
  const bySelector = selector === undefined ? (): boolean => false : selectorTest(environment, resource, selector);
  return (namespace) => namespace === null || listed.includes(namespace) || bySelector(namespace);
}

function selectorTest(environment: Environment, resource: Resource, selector: JsonValue): NamespaceTest {
  if (!isObject(selector)) return same(resource);
  if (at(selector, "any") === true) return anywhere;
  const names = at(selector, "matchNames");
  if (isArray(names)) return (namespace) => names.includes(namespace);
  const parsed = selectorOf(selector);
  const query = parsed.value;
  if (query === undefined) return anywhere;
  return (namespace) => namespace === null || matchesSelector(query, namespaceLabels(environment, namespace));
}

/** The labels of a namespace, the one with its name included. */
function namespaceLabels(environment: Environment, namespace: string): Readonly<Record<string, string>> {
  const labels = environment.shared("namespace labels", (base) => {
    const found = base.posting(kindKey("", "Namespace"));
    return new Map(found.map(({ name, object }) => [name, textMapAt(object, "metadata", "labels")]));
  });
  return { ...labels.get(namespace), [namespaceNameLabel]: namespace };
}

/** The labels that an object itself has; a Namespace always has one with its name. */
export function ownLabels({ group, kind, name, object }: Resource): Readonly<Record<string, string>> {
  const labels = textMapAt(object, "metadata", "labels");
  return group === "" && kind === "Namespace" ? { ...labels, [namespaceNameLabel]: name } : labels;
}
