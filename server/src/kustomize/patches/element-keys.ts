import { isEmpty, type Node } from "../tree/node.ts";
import { field } from "../tree/fields.ts";

/** The values of the keys in every item, without repetitions. kyaml, yaml/walk/associative_sequence.go, elementValues, v0.21.2. */
export function elementValues(lists: readonly Node[], keys: readonly string[]): readonly (readonly string[])[] {
  return unique(lists.flatMap(({ items }) => items.map((item) => keys.map((key) => valueText(item, key)))));
}

/** The texts of all scalar items, without repetitions. */
export function primitiveValues(lists: readonly Node[]): readonly (readonly string[])[] {
  return unique(lists.flatMap(({ items }) => items.map(({ text }) => [text])));
}

function valueText(item: Node, key: string): string {
  const value = field(item, key);
  return isEmpty(value) ? "" : (value?.text ?? "");
}

function unique(lists: readonly (readonly string[])[]): readonly (readonly string[])[] {
  return [...new Map(lists.map((values) => [JSON.stringify(values), values])).values()];
}

/** Items that agree in one key and leave out another one count as the same. kyaml, yaml/walk/associative_sequence.go, mergeValues, v0.21.2. */
export function mergeElementValues(valuesList: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const result = [...valuesList];
  for (let first = 0; first < result.length; first++) {
    const left = result[first] ?? [];
    for (let second = 0; second < result.length; second++) {
      const joined = join(left, result[second] ?? []);
      if (joined === undefined) continue;
      result[first] = joined;
      result[second] = joined;
    }
  }
  return result;
}

function join(left: readonly string[], right: readonly string[]): readonly string[] | undefined {
  if (left.length !== right.length) return undefined;
  if (left.some((value, index) => value !== right[index] && value !== "" && right[index] !== "")) return undefined;
  if (!left.some((value, index) => value === right[index])) return undefined;
  return left.map((value, index) => (value === "" ? (right[index] ?? "") : value));
}

export interface ValidKeys {
  readonly keys: readonly string[];
  readonly values: readonly string[];
}

/** The keys that at least one item gives, with the values of one item; all keys where none does. kyaml, validateKeys, v0.21.2. */
export function validKeysOf(
  valuesList: readonly (readonly string[])[],
  values: readonly string[],
  keys: readonly string[],
): ValidKeys {
  const given = new Set(keys.filter((_, index) => valuesList.some((list) => (list[index] ?? "") !== "")));
  if (given.size === 0) return { keys, values };
  return {
    keys: keys.filter((key) => given.has(key)),
    values: values.filter((value, index) => value !== "" || given.has(keys[index] ?? "")),
  };
}
