import { compareCodePoints } from "../../base/json.ts";
import type { MergeField } from "../tables/merge-schema.ts";
import { demandKind, entry, field, setField } from "../tree/fields.ts";
import { isEmptyMap, isMissing, Node, type NodeKind, noTag, nullTag } from "../tree/node.ts";
import { type Directive, takeDirective } from "./directive.ts";
import { elementValues, mergeElementValues, primitiveValues, validKeysOf } from "./element-keys.ts";
import { appendItems, findItem, setItem } from "./items.ts";
import type { MergeSchemas } from "./merge-schema.ts";

/** What a merge makes of a value; `undefined` takes it away. */
interface Merged {
  readonly node: Node | undefined;
  /** A null that was written down and that the patch does not mention stays. */
  readonly keepsNull?: boolean;
}

/**
 * Merges a patch into a node, in place, and returns the result; `undefined` when the patch deletes it.
 * List items of the patch come first. kyaml, yaml/walk and yaml/merge2 with ListIncreaseDirection Prepend, v0.21.2.
 */
export function mergeNodes(target: Node, patch: Node, schemas: MergeSchemas): Node | undefined {
  return new Merger(schemas).merge(target, patch, undefined).node;
}

class Merger {
  readonly #schemas: MergeSchemas;

  constructor(schemas: MergeSchemas) {
    this.#schemas = schemas;
  }

  merge(target: Node | undefined, patch: Node | undefined, known: MergeField | undefined): Merged {
    const schema = known ?? this.#schemas.ofObject(target) ?? this.#schemas.ofObject(patch);
    const kind: NodeKind = !isMissing(target) ? target.kind : !isMissing(patch) ? patch.kind : "map";
    demandKind(target, kind);
    demandKind(patch, kind);
    if (kind === "map") return this.#mergeMaps(target, patch, schema);
    if (kind === "list" && schema?.keys !== undefined)
      return { node: this.#mergeLists(target, patch, schema, schema.keys) };
    return { node: patch ?? target };
  }

  #mergeMaps(target: Node | undefined, patch: Node | undefined, schema: MergeField | undefined): Merged {
    const start = chooseMap(target, patch);
    if (start.node === undefined) return start;
    for (const name of fieldNames(start.node, patch)) {
      const merged = this.merge(field(start.node, name), field(patch, name), this.#schemas.ofField(schema, name));
      setField(start.node, name, merged.node, merged.keepsNull);
    }
    return start;
  }

  #mergeLists(
    target: Node | undefined,
    patch: Node | undefined,
    schema: MergeField,
    keys: readonly string[],
  ): Node | undefined {
    const start = chooseList(target, patch);
    if (start === undefined) return undefined;
    const sources = [patch, start].filter((source) => source !== undefined);
    if (keys.length > 0) return this.#mergeItems(elementValues(sources, keys), keys, start, patch, schema);
    return this.#mergeItems(primitiveValues(sources), [""], start, patch, schema);
  }

  /** kyaml, yaml/walk/associative_sequence.go, setAssociativeSequenceElements. */
  #mergeItems(
    found: readonly (readonly string[])[],
    keys: readonly string[],
    target: Node,
    patch: Node | undefined,
    schema: MergeField,
  ): Node | undefined {
    const valuesList = keys.length > 1 ? mergeElementValues(found) : found;
    const added = Node.list(target.origin);
    let lastKeys = keys;
    for (const values of valuesList) {
      if (values.length === 0) continue;
      const valid = validKeysOf(valuesList, values, keys);
      lastKeys = valid.keys;
      const own = validKeysOf([valid.values], valid.values, valid.keys);
      const merged = this.merge(
        findItem(target, own.keys, own.values),
        findItem(patch, own.keys, own.values),
        itemSchema(schema),
      ).node;
      if (isMissing(merged) || isEmptyMap(merged)) {
        setItem(target, undefined, valid.keys, valid.values);
        continue;
      }
      completeKeys(merged, valid.keys, valid.values);
      setItem(added, merged, valid.keys, valid.values);
    }
    const result = valuesList.length > 0 ? appendItems(added, target, lastKeys) : target;
    return isMissing(result) ? undefined : result;
  }
}

/** The definition of the items; without one their own apiVersion and kind are asked. */
function itemSchema(schema: MergeField): MergeField | undefined {
  return schema.of === undefined ? undefined : { of: schema.of };
}

/** kyaml, yaml/merge2/merge2.go, VisitMap. */
function chooseMap(target: Node | undefined, patch: Node | undefined): Merged {
  if (isMissing(target)) {
    if (patch?.kind === "map" && takeDirective(patch) === "delete") return { node: undefined };
    if (patch === undefined && target !== undefined && target.text !== "") return { node: target, keepsNull: true };
    return { node: patch };
  }
  if (patch?.tag === nullTag) return { node: undefined };
  return { node: byDirective(patch === undefined ? "merge" : takeDirective(patch), target, patch) };
}

/** kyaml, yaml/merge2/merge2.go, VisitList. */
function chooseList(target: Node | undefined, patch: Node | undefined): Node | undefined {
  if (isMissing(target)) return patch;
  if (patch?.tag === nullTag) return undefined;
  return byDirective(patch === undefined ? "merge" : takeDirective(patch), target, patch);
}

function byDirective(directive: Directive, target: Node, patch: Node | undefined): Node | undefined {
  if (directive === "delete") return undefined;
  return directive === "replace" ? patch : target;
}

/** The names of the fields of both maps, sorted. */
function fieldNames(target: Node, patch: Node | undefined): readonly string[] {
  const names = new Set([...target.entries, ...(patch?.entries ?? [])].map(({ key }) => key.text));
  return [...names].sort(compareCodePoints);
}

/** Gives an item the keys by which it was found. */
function completeKeys(item: Node, keys: readonly string[], values: readonly string[]): void {
  for (const [index, key] of keys.entries()) {
    const value = values[index] ?? "";
    if (value === "" || entry(item, key) !== undefined) continue;
    if (key === "") item.tag = item.kind === "scalar" ? noTag : item.tag;
    else setField(item, key, Node.scalar(value, noTag, item.origin));
  }
}
