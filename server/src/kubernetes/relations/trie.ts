import { isArray, isObject } from "../../base/json.ts";
import type { JsonPath, JsonValue } from "../../base/json.ts";
import type { Pattern, PatternStep } from "./pattern.ts";

/** A field that some entry's pattern leads to. */
export interface TrieMatch<Entry> {
  readonly entry: Entry;
  readonly path: JsonPath;
  /** The key itself is meant, not its value. */
  readonly isKey: boolean;
  readonly value: JsonValue;
}

/** Many patterns merged by their common beginnings, so that one walk over an object finds the fields of all of them. Filled once, then only read. */
export class PatternTrie<Entry> {
  readonly #root: Node<Entry> = newNode();
  #start: State<Entry> | undefined;

  add(pattern: Pattern, entry: Entry): void {
    const last = pattern.at(-1);
    for (const node of insert(this.#root, last?.type === "keys" ? pattern.slice(0, -1) : pattern))
      (last?.type === "keys" ? node.keyEnds : node.ends).push(entry);
  }

  /** From the fields of the pattern on, the other trie goes on. */
  graft(pattern: Pattern, other: PatternTrie<Entry>): void {
    for (const node of insert(this.#root, pattern)) node.grafts.push(other.#root);
  }

  /** All fields of a value that an entry leads to, in the order of the text. */
  matches(root: JsonValue): readonly TrieMatch<Entry>[] {
    const found: TrieMatch<Entry>[] = [];
    collect(root, [], this.#opened(), found);
    return found;
  }

  /** The entries that lead to a path, or to one that it begins with, whether or not anything stands there. */
  along(path: JsonPath): readonly Omit<TrieMatch<Entry>, "value">[] {
    const found: Omit<TrieMatch<Entry>, "value">[] = [];
    let state: State<Entry> | undefined = this.#opened();
    for (const [index, step] of path.entries()) {
      const here = path.slice(0, index + 1);
      if (typeof step === "string") for (const entry of state.keyEnds) found.push({ entry, path: here, isKey: true });
      state = state.next(step);
      if (state === undefined) break;
      for (const entry of state.ends) found.push({ entry, path: here, isKey: false });
    }
    return found;
  }

  #opened(): State<Entry> {
    return (this.#start ??= new State(opened([this.#root])));
  }
}

/** All nodes that a path leads to at once. What follows is worked out when first asked: few of the possible combinations occur. */
class State<Entry> {
  readonly ends: readonly Entry[];
  /** Entries that mean the keys of the map here. */
  readonly keyEnds: readonly Entry[];
  readonly #nodes: readonly Node<Entry>[];
  readonly #named = new Map<string, State<Entry> | undefined>();
  readonly #hasCaptures: boolean;
  #item: State<Entry> | undefined | null = null;
  #other: State<Entry> | undefined | null = null;

  constructor(nodes: readonly Node<Entry>[]) {
    this.#nodes = nodes;
    this.ends = nodes.flatMap(({ ends }) => ends);
    this.keyEnds = nodes.flatMap(({ keyEnds }) => keyEnds);
    this.#hasCaptures = nodes.some(({ captures }) => captures.length > 0);
  }

  next(step: string | number): State<Entry> | undefined {
    if (typeof step === "number") return this.#item === null ? (this.#item = this.#after(step)) : this.#item;
    if (this.#named.has(step)) return this.#named.get(step);
    if (this.#hasCaptures || this.#nodes.some(({ keys }) => keys.has(step))) {
      const state = this.#after(step);
      if (!this.#hasCaptures) this.#named.set(step, state);
      return state;
    }
    return this.#other === null ? (this.#other = this.#after(step)) : this.#other;
  }

  #after(step: string | number): State<Entry> | undefined {
    const nodes = this.#nodes.flatMap((node) => following(node, step));
    return nodes.length === 0 ? undefined : new State(opened(nodes));
  }
}

interface Node<Entry> {
  readonly keys: Map<string, Node<Entry>>;
  readonly captures: { readonly before: string; readonly after: string; readonly node: Node<Entry> }[];
  readonly ends: Entry[];
  /** Entries that mean the keys of the map here. */
  readonly keyEnds: Entry[];
  readonly grafts: Node<Entry>[];
  item?: Node<Entry>;
  value?: Node<Entry>;
  /** What follows any number of steps. */
  deep?: Node<Entry>;
  /** This node itself follows any number of steps. */
  isDeep: boolean;
}

function newNode<Entry>(isDeep = false): Node<Entry> {
  return { keys: new Map(), captures: [], ends: [], keyEnds: [], grafts: [], isDeep };
}

/** The nodes at the end of a pattern, made where they are missing: several where it has alternatives. */
function insert<Entry>(node: Node<Entry>, pattern: Pattern): readonly Node<Entry>[] {
  return pattern.reduce<readonly Node<Entry>[]>((nodes, step) => nodes.flatMap((each) => descend(each, step)), [node]);
}

function descend<Entry>(node: Node<Entry>, step: PatternStep): readonly Node<Entry>[] {
  switch (step.type) {
    case "key": {
      const known = node.keys.get(step.name) ?? newNode<Entry>();
      node.keys.set(step.name, known);
      return [known];
    }
    case "item":
      return [(node.item ??= newNode())];
    case "value":
    case "keys":
      return [(node.value ??= newNode())];
    case "deep":
      return [(node.deep ??= newNode(true))];
    case "capture": {
      const { before, after } = step;
      const known = node.captures.find((each) => each.before === before && each.after === after)?.node;
      if (known !== undefined) return [known];
      const made = newNode<Entry>();
      node.captures.push({ before, after, node: made });
      return [made];
    }
    case "alternatives":
      return step.options.flatMap((option) => insert(node, option));
  }
}

/** The nodes with those that they go on with without a step. */
function opened<Entry>(nodes: readonly Node<Entry>[]): readonly Node<Entry>[] {
  const all: Node<Entry>[] = [];
  const open = (node: Node<Entry>): void => {
    if (all.includes(node)) return;
    all.push(node);
    node.grafts.forEach(open);
    if (node.deep !== undefined) open(node.deep);
  };
  nodes.forEach(open);
  return all;
}

function following<Entry>(node: Node<Entry>, step: string | number): readonly Node<Entry>[] {
  const nodes: Node<Entry>[] = node.isDeep ? [node] : [];
  if (typeof step === "number") {
    if (node.item !== undefined) nodes.push(node.item);
    return nodes;
  }
  const key = node.keys.get(step);
  if (key !== undefined) nodes.push(key);
  if (node.value !== undefined) nodes.push(node.value);
  for (const { before, after, node: captured } of node.captures) {
    if (step.length > before.length + after.length && step.startsWith(before) && step.endsWith(after))
      nodes.push(captured);
  }
  return nodes;
}

function collect<Entry>(
  value: JsonValue,
  path: (string | number)[],
  state: State<Entry>,
  found: TrieMatch<Entry>[],
): void {
  for (const entry of state.ends) found.push({ entry, path: [...path], isKey: false, value });
  const enter = (step: string | number, child: JsonValue): void => {
    const next = state.next(step);
    if (next === undefined && state.keyEnds.length === 0) return;
    path.push(step);
    if (typeof step === "string")
      for (const entry of state.keyEnds) found.push({ entry, path: [...path], isKey: true, value: child });
    if (next !== undefined) collect(child, path, next, found);
    path.pop();
  };
  if (isArray(value)) value.forEach((item, index) => enter(index, item));
  else if (isObject(value)) for (const key of Object.keys(value)) enter(key, value[key]!);
}
