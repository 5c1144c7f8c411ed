import type { JsonValue } from "../base/json.ts";
import type { Span } from "../base/span.ts";
import { isMergeKey } from "./key.ts";
import type { YamlAlias, YamlEntry, YamlMap, YamlNode } from "./node.ts";
import { Unreadable, problem } from "./problem.ts";
import type { YamlProblem, YamlProblemCode } from "./problem.ts";
import { isIntegerText, maxInt64 } from "./resolve.ts";

export interface Evaluated {
  readonly value: JsonValue;
  readonly problems: readonly YamlProblem[];
}

/**
 * The JSON that the API server makes of the nodes; its problems say where it makes none, or only without strict validation.
 * Throws `Unreadable` where aliases expand to too much.
 * go-yaml v2, decode.go (the decoder's half), v2.4.3; sigs.k8s.io/yaml, yaml.go, YAMLToJSON, v1.6.0.
 */
export function evaluate(root: YamlNode | null): Evaluated {
  const evaluator = new Evaluator();
  evaluator.count(root);
  const value = evaluator.value(root);
  return { value, problems: evaluator.problems };
}

type MutableObject = Record<string, JsonValue>;

class Evaluator {
  #problems: YamlProblem[] = [];
  #decoded = 0;
  #fromAliases = 0;
  #aliasDepth = 0;

  get problems(): readonly YamlProblem[] {
    return this.#problems;
  }

  value(node: YamlNode | null): JsonValue {
    this.count(node);
    if (node === null) return null;
    switch (node.type) {
      case "scalar":
        if (typeof node.value === "number" && !Number.isFinite(node.value)) this.#report("not-finite", node);
        return node.value;
      case "sequence":
        return node.items.map((item) => this.value(item));
      case "map":
        return this.#fill({}, node);
      case "alias":
        return this.#insideAlias(node, (target) => this.value(target));
    }
  }

  /** Counts a decoding step, and ends it all where aliases make up too many of them. */
  count(node: YamlNode | null): void {
    this.#decoded++;
    if (this.#aliasDepth === 0) return;
    this.#fromAliases++;
    if (this.#fromAliases <= 100 || this.#decoded <= 1000) return;
    if (this.#fromAliases / this.#decoded > allowedAliasRatio(this.#decoded)) {
      throw new Unreadable(problem("limit", "too-many-aliases", node?.span ?? { start: 0, end: 0 }));
    }
  }

  #insideAlias<T>(alias: YamlAlias, read: (target: YamlNode | null) => T): T {
    this.#aliasDepth++;
    const result = read(alias.target);
    this.#aliasDepth--;
    return result;
  }

  #fill(target: MutableObject, map: YamlMap): MutableObject {
    for (let index = 0; index < map.entries.length; index++) {
      const entry = map.entries[index]!;
      if (isMergeKey(entry.key)) {
        this.#merge(target, entry);
        continue;
      }
      this.#countKey(entry.key);
      this.#checkKey(entry.key);
      const value = this.value(entry.value);
      if (Object.hasOwn(target, entry.name)) this.#reportDuplicate(map, index);
      set(target, entry.name, value);
    }
    return target;
  }

  /** go-yaml compares typed keys: `true` and `"true"` are two of them. A value that is replaced is never made JSON of. */
  #reportDuplicate(map: YamlMap, index: number): void {
    const entry = map.entries[index]!;
    const earlier = earlierEntry(map, index);
    if (earlier !== undefined && keyType(earlier.key) !== keyType(entry.key)) return;
    const replaced = earlier?.value?.span;
    if (replaced !== undefined && this.#problems.some((found) => isOverwritten(found, replaced))) {
      this.#problems = this.#problems.filter((found) => !isOverwritten(found, replaced));
    }
    this.#problems.push(problem("duplicate-key", "duplicate-key", entry.key.span, [entry.name]));
  }

  #countKey(key: YamlNode): void {
    this.count(key);
    if (key.type === "alias") this.#insideAlias(key, (target) => this.count(target));
  }

  #checkKey(key: YamlNode): void {
    const node = key.type === "alias" ? key.target : key;
    if (node === null) return;
    if (node.type !== "scalar") this.#report("bad-key", key);
    else if (node.value === null) this.#report("null-key", key);
    else if (typeof node.value === "bigint" && node.value > maxInt64) this.#report("big-key", key);
  }

  #merge(target: MutableObject, entry: YamlEntry): void {
    const source = entry.value;
    const sources = source?.type === "sequence" ? source.items.toReversed() : [source];
    for (const item of sources) {
      const map = item?.type === "alias" ? item.target : item;
      if (item !== null && map?.type === "map") this.#mergeMap(target, item, map);
      else this.#report("bad-merge", entry.value ?? entry.key);
    }
  }

  #mergeMap(target: MutableObject, item: YamlNode, map: YamlMap): void {
    this.count(item);
    if (item.type !== "alias") {
      this.#fill(target, map);
      return;
    }
    this.#insideAlias(item, () => {
      this.count(map);
      this.#fill(target, map);
    });
  }

  #report(code: YamlProblemCode, node: YamlNode): void {
    this.#problems.push(problem("value", code, node.span));
  }
}

/** The nearest entry of the same name before another one, one with a key of the same type before all; `undefined` where a merge key brought it in. */
function earlierEntry(map: YamlMap, index: number): YamlEntry | undefined {
  const entry = map.entries[index]!;
  let nearest: YamlEntry | undefined;
  for (let before = index - 1; before >= 0; before--) {
    const other = map.entries[before]!;
    if (other.name !== entry.name) continue;
    if (keyType(other.key) === keyType(entry.key)) return other;
    nearest ??= other;
  }
  return nearest;
}

/** The type that go-yaml gives a key: integers and floats differ. */
function keyType(key: YamlNode): string {
  const node = key.type === "alias" ? key.target : key;
  if (node?.type !== "scalar") return "";
  return typeof node.value === "number" && !isIntegerText(node.text) ? "float" : typeof node.value;
}

/** Whether a problem of the conversion to JSON lies in a value that another one replaced. */
function isOverwritten(found: YamlProblem, replaced: Span): boolean {
  const converts = found.code === "null-key" || found.code === "big-key" || found.code === "not-finite";
  return converts && found.span.start >= replaced.start && found.span.end <= replaced.end;
}

function set(target: MutableObject, name: string, value: JsonValue): void {
  if (name === "__proto__") {
    Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
  } else {
    target[name] = value;
  }
}

/** How large a part of the decoding steps may come from aliases. go-yaml v2, decode.go, allowedAliasRatio, v2.4.3. */
function allowedAliasRatio(steps: number): number {
  const low = 400_000;
  const high = 4_000_000;
  if (steps <= low) return 0.99;
  if (steps >= high) return 0.1;
  return 0.99 - (0.89 * (steps - low)) / (high - low);
}
