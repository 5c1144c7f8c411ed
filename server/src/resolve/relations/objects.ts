import { at, textAt } from "../../base/json.ts";
import { kindKey, nameKey } from "../../index/keys.ts";
import type { Environment, Resource } from "../../index/types.ts";
import { groupOf } from "../../kubernetes/pod-template.ts";
import type { Name } from "../../kubernetes/relations/names.ts";
import { groupsOfKind } from "../../kubernetes/relations/kinds.ts";
import type { Mention, SitePattern } from "../../kubernetes/relations/relations.ts";
import type { KindRow } from "../../kubernetes/relations/table.ts";
import { namespaceTest } from "./namespaces.ts";
import type { NamespaceTest } from "./namespaces.ts";

/** The kinds that a mention may mean: those of its row, or the one that a field beside it holds. The version never matters, the group does. */
export function targetKinds({ object }: Resource, mention: Mention): readonly KindRow[] {
  const { to } = mention.relation.row;
  if (to.site === "{podSpec}") return [{ group: "apps", kind: "StatefulSet" }];
  if (to.group !== undefined && to.kind !== undefined) return [{ group: to.group, kind: to.kind }];
  const listed = (to.anyOf ?? []).flatMap(({ group, kind }) =>
    group === undefined || kind === undefined ? [] : [{ group, kind }],
  );
  if (listed.length > 0) return listed;
  const kinds = textsBeside(object, mention, mention.relation.target.kind);
  if (kinds.length === 0) return to.default === undefined ? [] : [to.default];
  return kinds.flatMap((kind) => groupsBeside(object, mention, kind).map((group) => ({ group, kind })));
}

function groupsBeside(object: Resource["object"], mention: Mention, kind: string): readonly string[] {
  const { target, row } = mention.relation;
  const [group] = textsBeside(object, mention, target.group);
  if (group !== undefined) return [group];
  const [apiVersion] = textsBeside(object, mention, target.apiVersion);
  if (apiVersion !== undefined) return [groupOf(apiVersion)];
  const assumed = row.to.default?.group ?? (target.group === undefined ? undefined : "");
  const known = groupsOfKind(kind);
  return assumed === undefined || (known.length > 0 && !known.includes(assumed)) ? known : [assumed];
}

function textsBeside(
  object: Resource["object"],
  mention: Mention,
  pattern: SitePattern | undefined,
): readonly string[] {
  return pattern === undefined
    ? []
    : mention.beside(object, pattern).flatMap(({ value }) => (typeof value === "string" ? [value] : []));
}

/** The objects that a name means. */
export function objectsNamed(environment: Environment, resource: Resource, name: Name): readonly Resource[] {
  const { mention, text, namespace } = name;
  const isInside = namespaceTest(environment, resource, mention, namespaceOf(resource, name));
  const found = targetKinds(resource, mention).flatMap(({ group, kind }) =>
    environment.posting(nameKey(group, kind, text)),
  );
  const exact = found.filter((each) => isInside(each.namespace));
  return exact.length > 0 || namespace !== undefined
    ? exact
    : found.filter((each) => mayShare(resource, each, isInside));
}

/** Hosts without a namespace are looked up in the own one, whatever the row says of those with one. */
function namespaceOf({ namespace }: Resource, name: Name): string | undefined {
  if (name.namespace !== undefined) return name.namespace;
  return name.mention.relation.row.by === "dns-name" ? (namespace ?? undefined) : undefined;
}

/** Whether two namespaces differ only because one of the objects names none, so that they may turn out to be the same. */
function mayShare(from: Resource, to: Resource, isInside: NamespaceTest): boolean {
  const isUnnamed = from.writtenNamespace === undefined && from.namespace !== null;
  const isOwn = isInside(from.namespace);
  return isOwn && (to.writtenNamespace === undefined) !== isUnnamed;
}

/** Services whose variables (`WEB_SERVICE_HOST`) begin like this, in the namespace of the pod. */
export function servicesOfVariable(environment: Environment, resource: Resource, prefix: string): readonly Resource[] {
  const services = environment.shared("services by variable", (base) => {
    const groups = new Map<string, Resource[]>();
    for (const service of base.posting(kindKey("", "Service"))) {
      const key = variablePrefix(service.name);
      groups.set(key, [...(groups.get(key) ?? []), service]);
    }
    return groups;
  });
  return (services.get(prefix) ?? []).filter(({ namespace }) => namespace === resource.namespace);
}

/** How the variables of a Service begin (kubelet, pkg/kubelet/envvars/envvars.go, makeEnvVariableName, v1.36). */
export function variablePrefix(service: string): string {
  return service.replaceAll("-", "_").toUpperCase();
}

/** The definitions of custom kinds that a resource or kind means. */
export function definitionsOf(environment: Environment, resource: Resource, { text, path }: Name): readonly Resource[] {
  const group = path[0] === "kind" ? resource.group : undefined;
  return environment.posting(kindKey("apiextensions.k8s.io", "CustomResourceDefinition")).filter(({ object }) => {
    const names = at(object, "spec", "names");
    const isGroup = group === undefined || textAt(object, "spec", "group") === group;
    return isGroup && (textAt(names, "plural") === text || textAt(names, "kind") === text);
  });
}
