import { refuse } from "./failure.ts";
import { effectiveNamespace, idKey, idText, type ResourceId, sameId } from "./identity.ts";
import { note, type Resource, sortedTexts, type TextMap } from "./resource.ts";
import type { Selector } from "./selector.ts";
import { field, lookup, setField, stringNode } from "./tree/fields.ts";
import { dataTexts, normaliseSecretData } from "./generators/secret-data.ts";
import { Node } from "./tree/node.ts";
import type { SourceRange } from "./types.ts";
import { applyStrategicMerge } from "./patches/apply-patch.ts";
import type { MergeSchemas } from "./patches/merge-schema.ts";

/** Adds objects to those of a build. */
export type Append = (resources: readonly Resource[], at?: SourceRange) => void;

/** The objects of a build in the order in which they were loaded; no two have the same id. kustomize api, resmap/reswrangler.go, v0.21.2. */
export class ResourceMap {
  #list: Resource[] = [];

  get resources(): readonly Resource[] {
    return this.#list;
  }

  /** Adds objects; two with one id are a conflict, which keeps none of the others out. */
  append(resources: readonly Resource[], at?: SourceRange): void {
    this.appender()(resources, at);
  }

  /** Adds objects again and again, as `append` does; the ids of those that are there must not change meanwhile. */
  appender(): Append {
    const list = this.#list;
    const known = new Set(list.map(({ id }) => idKey(id)));
    return (resources, at) => {
      let second: Resource | undefined;
      for (const resource of resources) {
        const key = idKey(resource.id);
        if (known.has(key)) second ??= resource;
        else list.push(resource);
        known.add(key);
      }
      if (second === undefined) return;
      const message = `may not add resource with an already registered id: ${idText(second.id)}`;
      refuse("conflict", message, lookup(second.node, ["metadata", "name"])?.origin ?? second.node.origin ?? at);
    };
  }

  /** Two objects may have got one id by a change of their names. */
  demandUniqueIds(at: SourceRange | undefined): void {
    const resources = this.#list;
    this.#list = [];
    this.append(resources, at);
  }

  replaceAll(resources: readonly Resource[]): void {
    this.#list = [...resources];
  }

  remove(removed: (resource: Resource) => boolean): void {
    this.#list = this.#list.filter((resource) => !removed(resource));
  }

  dropEmpty(): void {
    this.remove((resource) => resource.isEmpty);
  }

  /** The objects that have or had an id for which the test holds. */
  matchingAnyId(test: (id: ResourceId) => boolean): readonly Resource[] {
    return this.#list.filter((resource) => !resource.isEmpty && resource.allIds.some(test));
  }

  /** The one object that a patch names, by its present or an earlier id. */
  byId(id: ResourceId, at: SourceRange | undefined): Resource {
    const [found, ...others] = this.matchingAnyId((other) => sameId(id, other));
    const unique = `failed to find unique target for patch ${idText(id)}`;
    if (found === undefined) return refuse("target-not-found", `no matches for Id ${idText(id)}; ${unique}`, at);
    if (others.length > 0) refuse("conflict", `multiple matches for Id ${idText(id)}; ${unique}`, at);
    return found;
  }

  /** The objects that a target selects, by their first and their present names and namespaces. */
  select(selector: Selector): readonly Resource[] {
    return this.#list.filter((resource) => {
      const { id, originalId } = resource;
      return (
        (selector.matchesNamespace(effectiveNamespace(originalId)) ||
          selector.matchesNamespace(effectiveNamespace(id))) &&
        (selector.matchesName(originalId.name) || selector.matchesName(id.name)) &&
        selector.matchesGvk(resource.gvk) &&
        selector.matchesLabels(resource.labels) &&
        selector.matchesAnnotations(resource.annotations)
      );
    });
  }

  /** Merges a patch into the selected objects; what it deletes is dropped, and ids must stay unique. */
  applyPatch(selected: readonly Resource[], patch: Resource, schemas: MergeSchemas): void {
    for (const resource of selected) {
      const copy = patch.copy();
      copy.copyMetadataFrom(patch);
      copy.setGvk(resource.gvk, undefined);
      copy.setKind(patch.kind, undefined);
      applyStrategicMerge(resource, copy, schemas);
    }
    const remaining = this.#list.filter((resource) => !resource.isEmpty);
    this.#list = [];
    this.append(remaining, patch.node.origin);
  }

  /** Adds a generated object, or merges it with (or puts it in place of) the one that it names. kustomize api, appendReplaceOrMerge. */
  absorb(resource: Resource): void {
    const { id } = resource;
    const behavior = resource.annotations.get(note.generatorBehavior)?.text ?? "unspecified";
    const matches = this.matchingAnyId((other) => sameId(id, other));
    const [old] = matches;
    if (matches.length > 1)
      refuse("conflict", `found multiple objects that could accept merge of ${idText(id)}`, resource.node.origin);
    const joins = behavior === "merge" || behavior === "replace";
    if (old === undefined) {
      if (joins)
        refuse("target-not-found", `id ${idText(id)} does not exist; cannot merge or replace`, resource.node.origin);
      this.append([resource]);
      return;
    }
    if (!joins) {
      refuse(
        "conflict",
        `id ${idText(id)} exists; can not use behavior: '${behavior}', behavior must be merge or replace`,
        resource.node.origin,
      );
    }
    if (behavior === "replace") resource.copyMetadataFrom(old);
    else mergeGenerated(resource, old);
    this.#list[this.#list.indexOf(old)] = resource;
  }
}

/** Lays the data of a generated object over those of the older one. */
function mergeGenerated(resource: Resource, old: Resource): void {
  const origin = old.annotations.get(note.origin);
  const isSecret = resource.kind === "Secret" && field(resource.node, "apiVersion")?.text === "v1";
  const oldData = isSecret ? normaliseSecretData(old.node) : dataTexts(field(old.node, "data"));
  const oldBinary = dataTexts(field(old.node, "binaryData"));
  resource.copyMetadataFrom(old);
  setData(resource.node, "data", new Map([...oldData, ...dataTexts(field(resource.node, "data"))]));
  setData(resource.node, "binaryData", new Map([...oldBinary, ...dataTexts(field(resource.node, "binaryData"))]));
  if (origin !== undefined) resource.setAnnotations(new Map([...resource.annotations, [note.origin, origin]]));
}

function setData(node: Node, name: string, data: TextMap): void {
  setField(node, name, undefined);
  if (data.size === 0) return;
  const map = Node.map();
  setField(node, name, map);
  for (const [key, { text, origin }] of sortedTexts(data)) setField(map, key, stringNode(text, origin));
}
