import type { Span } from "../base/span.ts";
import type { YamlEntry, YamlNode } from "../yaml/node.ts";
import { parseNodes } from "../yaml/parse.ts";
import { entry, field } from "./tree/fields.ts";
import { Node } from "./tree/node.ts";
import { fromYaml, type Locate } from "./tree/read.ts";

/**
 * Reads a CustomResourceDefinition and leaves its schemas closed: they make up nearly all of most definitions, and kustomize hardly ever looks
 * into them. `undefined` for any other text, and for one whose schemas can't be told apart by their lines.
 * @param readWhole reads the whole text, once somebody looks into a schema
 */
export function readDefinition(text: string, locate: Locate, readWhole: () => Node): Node | undefined {
  const schemas = definition.test(text) ? schemasIn(text) : [];
  if (schemas.length === 0) return undefined;
  const rest = textWithout(text, schemas);
  const { root, problems } = parseNodes(rest);
  if (problems.length > 0 || root === null) return undefined;
  const original = offsetsWith(schemas);
  const written = schemaEntries(root);
  const isComplete =
    written.length === schemas.length &&
    written.every(({ key, value }, index) => value === null && original(key.span.start) === schemas[index]!.key);
  if (!isComplete) return undefined;
  const ends = new Map(schemas.map(({ colon, value }) => [colon, value.end]));
  const locateHere: Locate = ({ start, end }) => {
    const last = original(end);
    return locate({ start: original(start), end: ends.get(last) ?? last });
  };
  const node = fromYaml(root, "resource", locateHere, rest);
  let whole: readonly Node[] | undefined;
  for (const [index, holder] of schemaHolders(node).entries()) {
    const open = (): Node => (whole ??= schemaHolders(readWhole()).map((each) => field(each, schemaField)!))[index]!;
    const closed = Node.closedMap(locate(schemas[index]!.value), open);
    holder.entries = holder.entries.map(({ key, value }) => ({
      key,
      value: key.text === schemaField ? closed : value,
    }));
  }
  return node;
}

const schemaField = "openAPIV3Schema";
const definition = /^kind:[ \t]+["']?CustomResourceDefinition["']?[ \t]*\r?$/m;

/** A schema as far as lines tell. */
interface Schema {
  /** Where the key begins, and where its colon ends. */
  readonly key: number;
  readonly colon: number;
  /** The lines below. */
  readonly start: number;
  readonly end: number;
  readonly value: Span;
}

function schemasIn(text: string): readonly Schema[] {
  const found: Schema[] = [];
  for (let key = text.indexOf(`${schemaField}:`); key >= 0;) {
    const colon = key + schemaField.length + 1;
    const start = lineEnd(text, key);
    const isAlone = text.slice(colon, start).trim() === "";
    const value = isAlone ? blockAt(text, start, key - text.lastIndexOf("\n", key) - 1) : undefined;
    const end = value === undefined ? start : lineEnd(text, value.end);
    if (value !== undefined) found.push({ key, colon, start, end, value });
    key = text.indexOf(`${schemaField}:`, end);
  }
  return found;
}

/** What stands in the lines that are indented more deeply than a column; comments and empty lines may stand between them. */
function blockAt(text: string, start: number, column: number): Span | undefined {
  let [from, last] = [-1, start];
  for (let line = start; line < text.length; line = lineEnd(text, line)) {
    let first = line;
    while (text.charCodeAt(first) === 32) first++;
    if (isNothing(text.charCodeAt(first))) continue;
    if (first - line <= column) break;
    if (from < 0) from = first;
    last = first;
  }
  return from < 0 ? undefined : { start: from, end: last + text.slice(last, lineEnd(text, last)).trimEnd().length };
}

/** Where the next line begins. */
function lineEnd(text: string, at: number): number {
  const feed = text.indexOf("\n", at);
  return feed < 0 ? text.length : feed + 1;
}

/** The first character of a comment or of the end of a line. */
function isNothing(code: number): boolean {
  return code === 35 || code === 10 || code === 13;
}

function textWithout(text: string, schemas: readonly Schema[]): string {
  const starts = [0, ...schemas.map(({ end }) => end)];
  return starts.map((start, index) => text.slice(start, schemas[index]?.start)).join("");
}

/** Translates an offset of the text without schemas to one of the text with them. */
function offsetsWith(schemas: readonly Schema[]): (offset: number) => number {
  return (offset) => {
    let original = offset;
    for (const { start, end } of schemas) {
      if (original < start) break;
      original += end - start;
    }
    return original;
  };
}

/** The schemas of all versions in the order in which they are written. */
function schemaEntries(root: YamlNode): readonly YamlEntry[] {
  const versions = yamlField(yamlField(root, "spec"), "versions");
  const items = versions?.type === "sequence" ? versions.items : [];
  return items.flatMap((item) => {
    const schema = yamlField(item, "schema");
    return schema?.type === "map" ? schema.entries.filter(({ name }) => name === schemaField) : [];
  });
}

function yamlField(node: YamlNode | null | undefined, name: string): YamlNode | null | undefined {
  return node?.type === "map" ? node.entries.find((each) => each.name === name)?.value : undefined;
}

/** What holds a schema, in the same order. */
function schemaHolders(root: Node): readonly Node[] {
  const versions = field(field(root, "spec"), "versions")?.items ?? [];
  return versions.flatMap((version) => {
    const schema = field(version, "schema");
    return schema !== undefined && entry(schema, schemaField) !== undefined ? [schema] : [];
  });
}
