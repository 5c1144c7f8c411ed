import { isArray, isObject } from "../../base/json.ts";
import type { JsonPath, JsonValue } from "../../base/json.ts";

/**
 * A way to fields of many objects: `spec.ports[*].name`, `{container}.env[*].value`, `data.~key`, `spec.**.secretName`.
 * `[*]` is every item of a list, `.*` every value of a map, `.~key` its keys, `["a.b"]` one key, `**` any number of steps, `{a,b}` alternatives;
 * `[+]` is every item too, but never the one that was found before.
 */
export type Pattern = readonly PatternStep[];

export type PatternStep =
  | { readonly type: "key"; readonly name: string }
  | { readonly type: "item"; readonly isFree: boolean }
  | { readonly type: "value" }
  | { readonly type: "keys" }
  | { readonly type: "deep" }
  /** A key with a variable part: its text before and after it. */
  | { readonly type: "capture"; readonly before: string; readonly after: string }
  | { readonly type: "alternatives"; readonly options: readonly Pattern[] };

/** One field that a pattern leads to. */
export interface PatternMatch {
  readonly path: JsonPath;
  /** The key itself is meant, not its value. */
  readonly isKey: boolean;
  readonly value: JsonValue;
  /** Length of the path after each step of the pattern, so that another pattern can start from the same items. */
  readonly ends: readonly number[];
}

/** Reads a pattern; names in braces that stand for sets are looked up in `sets`. */
export function parsePattern(text: string, sets: Readonly<Record<string, readonly string[]>>): Pattern {
  return splitSteps(text).flatMap((token) => parseStep(token, sets));
}

/** All fields of a value to which the pattern leads, in the order of the text. */
export function* matchPattern(root: JsonValue, pattern: Pattern): Generator<PatternMatch> {
  yield* follow(root, pattern, 0, { path: [], isKey: false, value: root, ends: [] });
}

/**
 * The fields that another pattern leads to from the same items: as far as both patterns begin alike, the steps that `match` took are kept.
 */
export function* matchBeside(
  root: JsonValue,
  other: Pattern,
  pattern: Pattern,
  match: Pick<PatternMatch, "path" | "ends">,
): Generator<PatternMatch> {
  const shared = sharedSteps(pattern, other);
  const path = match.path.slice(0, shared === 0 ? 0 : match.ends[shared - 1]);
  const value = path.reduce<JsonValue | undefined>(stepInto, root);
  if (value !== undefined)
    yield* follow(value, other, shared, { path, isKey: false, value, ends: match.ends.slice(0, shared) });
}

/** How a pattern leads to a path: the length of the path after each of its steps; `undefined` where it leads elsewhere. Nothing needs to stand there. */
export function alignPattern(pattern: Pattern, path: JsonPath): readonly number[] | undefined {
  return align(pattern, path, 0, 0);
}

function align(pattern: Pattern, path: JsonPath, index: number, from: number): readonly number[] | undefined {
  const step = pattern[index];
  if (step === undefined) return from === path.length ? [] : undefined;
  for (const end of endsOfStep(step, path, from)) {
    const rest = align(pattern, path, index + 1, end);
    if (rest !== undefined) return [end, ...rest];
  }
  return undefined;
}

/** The lengths of the path that one step may lead to. */
function endsOfStep(step: PatternStep, path: JsonPath, from: number): readonly number[] {
  if (step.type === "deep")
    return path
      .slice(from)
      .map((_, index) => from + index)
      .concat(path.length);
  if (step.type === "alternatives") {
    return step.options.flatMap((option) =>
      option.reduce<readonly number[]>((ends, inner) => ends.flatMap((end) => endsOfStep(inner, path, end)), [from]),
    );
  }
  const taken = path[from];
  return taken !== undefined && isTaken(step, taken) ? [from + 1] : [];
}

function isTaken(
  step: Exclude<PatternStep, { readonly type: "deep" | "alternatives" }>,
  taken: string | number,
): boolean {
  if (step.type === "item") return typeof taken === "number";
  if (typeof taken === "number") return false;
  if (step.type === "key") return step.name === taken;
  if (step.type !== "capture") return true;
  const { before, after } = step;
  return taken.length > before.length + after.length && taken.startsWith(before) && taken.endsWith(after);
}

function stepInto(value: JsonValue | undefined, step: string | number): JsonValue | undefined {
  if (typeof step === "number") return isArray(value) ? value[step] : undefined;
  return isObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
}

/** How many steps both patterns have in common before a free item or their end. */
function sharedSteps(a: Pattern, b: Pattern): number {
  let count = 0;
  while (count < a.length && count < b.length && isSame(a[count]!, b[count]!)) count++;
  return count;
}

function isSame(a: PatternStep, b: PatternStep): boolean {
  return JSON.stringify(a) === JSON.stringify(b) && !(a.type === "item" && a.isFree);
}

function* follow(value: JsonValue, pattern: Pattern, index: number, at: PatternMatch): Generator<PatternMatch> {
  const step = pattern[index];
  if (step === undefined) {
    yield { ...at, value };
    return;
  }
  for (const [next, path, isKey] of take(value, step, at.path)) {
    yield* follow(next, pattern, index + 1, { path, isKey, value: next, ends: [...at.ends, path.length] });
  }
}

type Taken = readonly [value: JsonValue, path: JsonPath, isKey: boolean];

function* take(value: JsonValue, step: PatternStep, path: JsonPath): Generator<Taken> {
  switch (step.type) {
    case "key":
      if (isObject(value) && Object.hasOwn(value, step.name)) yield [value[step.name]!, [...path, step.name], false];
      return;
    case "item":
      if (isArray(value)) for (const [index, item] of value.entries()) yield [item, [...path, index], false];
      return;
    case "value":
    case "keys":
      if (isObject(value))
        for (const [key, entry] of Object.entries(value)) yield [entry, [...path, key], step.type === "keys"];
      return;
    case "capture":
      if (isObject(value)) yield* takeCaptured(value, step, path);
      return;
    case "deep":
      yield* takeDeep(value, path);
      return;
    case "alternatives":
      for (const option of step.options) {
        for (const match of follow(value, option, 0, { path, isKey: false, value, ends: [] }))
          yield [match.value, match.path, match.isKey];
      }
  }
}

function* takeCaptured(
  value: Readonly<Record<string, JsonValue>>,
  { before, after }: Extract<PatternStep, { readonly type: "capture" }>,
  path: JsonPath,
): Generator<Taken> {
  for (const [key, entry] of Object.entries(value)) {
    if (key.length > before.length + after.length && key.startsWith(before) && key.endsWith(after))
      yield [entry, [...path, key], false];
  }
}

function* takeDeep(value: JsonValue, path: JsonPath): Generator<Taken> {
  yield [value, path, false];
  const children = isArray(value) ? value.entries() : isObject(value) ? Object.entries(value) : [];
  for (const [step, child] of children) {
    if (typeof child === "object" && child !== null) yield* takeDeep(child, [...path, step]);
  }
}

/** The text between dots, brackets kept whole: `a["b.c"].{d,e.f}[*]` is `a`, `["b.c"]`, `{d,e.f}`, `[*]`. */
function splitSteps(text: string): readonly string[] {
  const tokens: string[] = [];
  let start = 0;
  let depth = 0;
  for (let index = 0; index <= text.length; index++) {
    const letter = text[index];
    if (depth === 0 && (letter === undefined || letter === "." || letter === "[")) {
      if (index > start) tokens.push(text.slice(start, index));
      start = letter === "." ? index + 1 : index;
    }
    if (letter === "[" || letter === "{") depth++;
    if (letter === "]" || letter === "}") depth--;
  }
  return tokens;
}

function parseStep(token: string, sets: Readonly<Record<string, readonly string[]>>): readonly PatternStep[] {
  if (token === "[*]" || token === "[+]") return [{ type: "item", isFree: token === "[+]" }];
  if (token === "*") return [{ type: "value" }];
  if (token === "**") return [{ type: "deep" }];
  if (token === "~key") return [{ type: "keys" }];
  if (token.startsWith('["')) return [parseQuotedKey(token.slice(2, -2), sets)];
  if (!token.startsWith("{")) return [{ type: "key", name: token }];
  const options = Object.hasOwn(sets, token) ? sets[token]! : splitAlternatives(token.slice(1, -1));
  return [{ type: "alternatives", options: options.map((option) => parsePattern(option, sets)) }];
}

function parseQuotedKey(key: string, sets: Readonly<Record<string, readonly string[]>>): PatternStep {
  const brace = /^([^{]*)(\{[^}]*\})(.*)$/.exec(key);
  if (brace === null) return { type: "key", name: key };
  const [, before = "", group = "", after = ""] = brace;
  const words = Object.hasOwn(sets, group) ? sets[group]! : splitAlternatives(group.slice(1, -1));
  if (words.length === 1) return { type: "capture", before, after };
  return { type: "alternatives", options: words.map((word) => [{ type: "key", name: `${before}${word}${after}` }]) };
}

/** Alternatives between commas, those inside of inner braces kept whole. */
function splitAlternatives(text: string): readonly string[] {
  return text.match(/(?:[^,{]|\{[^}]*\})+/g) ?? [];
}
