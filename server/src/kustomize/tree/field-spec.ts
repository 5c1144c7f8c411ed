import type { FieldSpec } from "../config/field-specs.ts";
import { refuse } from "../failure.ts";
import { gvkOf, idOf, idText, isSelected } from "../identity.ts";
import { lookup, lookupOrCreate, setField, setScalar, splitPath } from "./fields.ts";
import type { Node } from "./node.ts";
import { type NodeKind, noTag, nullTag } from "./node.ts";

export interface FieldAction {
  /** What happens to each node that the spec names. */
  set(node: Node): void;
  /** The kind of node that is made where the spec says `create`. */
  readonly createKind?: NodeKind;
  /** The tag that a null field gets. */
  readonly createTag?: string;
}

/** Applies an action to the fields of an object that the specs name. kustomize api, filters/fsslice and filters/fieldspec, v0.21.2. */
export function applyFieldSpecs(object: Node, specs: readonly FieldSpec[], action: FieldAction): void {
  const gvk = gvkOf(object);
  for (const spec of specs) if (isSelected(gvk, spec)) applyFieldSpec(object, spec, action);
}

/** Applies an action to the fields that a spec names, of whatever kind the object is. */
export function applyFieldSpec(object: Node, spec: FieldSpec, action: FieldAction): void {
  const { parts, isPlain } = pathOf(spec);
  const mayMatch = !isPlain || spec.create === true || leadsSomewhere(object, parts, 0);
  if (mayMatch) walk(object, parts, { object, spec, action });
}

interface Path {
  readonly parts: readonly string[];
  /** Whether all parts are names of fields, and none an index or a condition. */
  readonly isPlain: boolean;
}

const paths = new WeakMap<FieldSpec, Path>();

function pathOf(spec: FieldSpec): Path {
  let path = paths.get(spec);
  if (path === undefined) {
    const parts = splitPath(spec.path, "/");
    path = { parts, isPlain: parts.every((part) => /^[A-Za-z][\w./-]*$/.test(part)) };
    paths.set(spec, path);
  }
  return path;
}

/** Whether a walk does anything: most paths lead nowhere in most objects, and asking leaves what is shared with other builds as it is. */
function leadsSomewhere(node: Node, parts: readonly string[], depth: number): boolean {
  if (depth === parts.length) return true;
  if (node.tag === nullTag) return false;
  if (node.kind === "scalar") return true;
  const { items, entries } = node.finished ?? node;
  if (node.kind === "list") return items.some((item) => leadsSomewhere(item, parts, depth));
  const found = entries.find(({ key }) => key.text === parts[depth]);
  return found !== undefined && leadsSomewhere(found.value, parts, depth + 1);
}

interface Walk {
  readonly object: Node;
  readonly spec: FieldSpec;
  readonly action: FieldAction;
}

function walk(node: Node, path: readonly string[], task: Walk): void {
  const [part, ...rest] = path;
  if (part === undefined) {
    task.action.set(node);
    return;
  }
  if (node.tag === nullTag) return;
  if (node.kind === "list") {
    for (const item of [...node.items]) walk(item, path, task);
    return;
  }
  if (node.kind === "scalar") {
    refuse(
      "patch-fails",
      `considering field '${task.spec.path}' of object ${idText(idOf(task.object))}: expected sequence or mapping node`,
      node.origin,
    );
  }
  const found = enterField(node, part, rest.length === 0, task);
  if (found !== undefined) walk(found, rest, task);
}

/** The field of a map, made where it is missing or null and the spec asks for it. */
function enterField(node: Node, part: string, isLast: boolean, { spec, action }: Walk): Node | undefined {
  const name = part.replace(/\[\]$/, "");
  if (name === "") refuse("other", "cannot set or create an empty field name", node.origin);
  const isList = name !== part;
  const creates = spec.create === true && action.createKind !== undefined && !isList;
  const createKind = !creates ? (isList ? "list" : undefined) : isLast ? action.createKind : "map";
  const found = creates && createKind !== undefined ? lookupOrCreate(node, [name], createKind) : lookup(node, [name]);
  if (found?.tag === nullTag && createKind !== undefined) {
    found.kind = createKind;
    found.tag = isLast && createKind === "scalar" ? (action.createTag ?? noTag) : noTag;
  }
  return found;
}

/** An action that sets a field (or, without a name, the scalar itself) to one value, shared by all places that did not have it. */
export function entrySetter(name: string, value: Node): (node: Node) => void {
  return (node) => {
    if (name === "") setScalar(node, value);
    else setField(node, name, value);
  };
}
