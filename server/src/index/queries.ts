import { groupBy } from "../base/group.ts";
import type { ResourceFacts } from "../model/facts.ts";
import { kindKey, nameKey, workloadsKey } from "./keys.ts";
import { SourceResource } from "./place.ts";
import { rangeOf } from "./posting-changes.ts";
import type { Environment, FileId, ObjectIdentity, Place, QueryKey, Resource } from "./types.ts";

/** All definitions of an object; several where files of the environment repeat it. */
export function find(environment: Environment, { group, kind, namespace, name }: ObjectIdentity): readonly Resource[] {
  return environment.posting(nameKey(group, kind, name)).filter((resource) => resource.namespace === namespace);
}

/** The first definition of a core object in a namespace. */
export function findCore(
  environment: Environment,
  kind: string,
  namespace: string,
  name: string,
): Resource | undefined {
  return find(environment, { group: "", kind, namespace, name })[0];
}

/** All Services. */
export function servicesOf(environment: Environment): readonly Resource[] {
  return environment.posting(kindKey("", "Service"));
}

/** Everything that makes pods. */
export function workloadsOf(environment: Environment): readonly Resource[] {
  return environment.posting(workloadsKey);
}

/** The objects under a key, by namespace. */
export function byNamespace(environment: Environment, key: QueryKey): ReadonlyMap<string, readonly Resource[]> {
  return environment.shared(`by namespace ${key}`, (base) =>
    groupBy(base.posting(key), ({ namespace }) => namespace ?? ""),
  );
}

/** The objects whose document begins inside a place: those of one document, whatever kustomize has renamed them to. */
export function resourcesWithin(environment: Environment, { file, start, end }: Place): readonly Resource[] {
  const ofFile =
    environment
      .shared("resources by file", (base) => groupBy(base.resources(), (resource) => resource.file))
      .get(file) ?? [];
  return ofFile.filter(({ document }) => document.start >= start && (document.start < end || document.start === start));
}

/** The objects of a file by their facts, in an environment that shows objects in the order in which they stand in files. */
export function resourcesByFacts(environment: Environment, file: FileId): ReadonlyMap<ResourceFacts, Resource> {
  return environment.shared(`resources by facts ${file}`, (base) => {
    const { from, to } = rangeOf(base.resources(), file);
    const own = base.resources().slice(from, to);
    return new Map(own.flatMap((resource) => (resource instanceof SourceResource ? [[resource.facts, resource]] : [])));
  });
}

/** Namespaces that exist as far as the environment tells: those of its objects, and those that every cluster has. */
export function namespacesOf(environment: Environment): ReadonlySet<string> {
  return environment.shared("namespaces", (base) => {
    const names = new Set(["default", "kube-node-lease", "kube-public", "kube-system", base.namespace]);
    for (const resource of base.resources()) {
      if (resource.namespace !== null) names.add(resource.namespace);
      else if (resource.group === "" && resource.kind === "Namespace" && resource.name !== "") names.add(resource.name);
    }
    return names;
  });
}
