import { parseDocument, parseNodes, type YamlDocument } from "../yaml/parse.ts";
import { splitDocuments } from "../yaml/split.ts";
import { readDefinition } from "./definitions.ts";
import { refuse } from "./failure.ts";
import { field } from "./tree/fields.ts";
import { toJsonObject } from "./tree/json.ts";
import { throughJson } from "./tree/through-json.ts";
import { isEmpty, isMissing, type Node, textOf } from "./tree/node.ts";
import { fromYaml, type Locate } from "./tree/read.ts";
import type { SourceRange } from "./types.ts";

/** A text that holds YAML or JSON: a file, or a patch that stands inside of one. */
export interface SourceText {
  readonly text: string;
  readonly locate: Locate;
}

/** A whole file. */
export function fileText(file: string, text: string): SourceText {
  return { text, locate: (span) => ({ file, span }) };
}

/**
 * A text that stands in a file as one scalar (a patch in a kustomization). Lines of a block and unbroken texts are found where they stand,
 * parts of any other text are located as the whole scalar.
 */
export function inlineText(node: Node, fileContent: string | undefined): SourceText {
  const { text, origin } = node;
  if (origin === undefined) return { text, locate: (span) => ({ file: "", span }) };
  const source = fileContent?.slice(origin.span.start, origin.span.end) ?? "";
  const shift = offsetMap(source, text);
  if (shift === undefined) return { text, locate: () => origin };
  const place = (offset: number): number => origin.span.start + shift(offset);
  return { text, locate: ({ start, end }) => ({ file: origin.file, span: { start: place(start), end: place(end) } }) };
}

/** Translates an offset of the scalar's text to one of its source; `undefined` where that takes more than counting lines. */
function offsetMap(source: string, text: string): ((offset: number) => number) | undefined {
  if (source.startsWith(text)) return (offset) => offset;
  if (source.startsWith(text, 1)) return (offset) => offset + 1;
  if (!source.startsWith("|")) return undefined;
  const starts = lineStarts(source).slice(1);
  const lines = lineStarts(text);
  const first = text.split("\n").findIndex((line) => line.trim() !== "");
  if (first < 0 || starts[first] === undefined) return undefined;
  const width = indentation(source, starts[first]) - indentation(text, lines[first] ?? 0);
  return (offset) => {
    const line = Math.max(
      0,
      lines.findLastIndex((start) => start <= offset),
    );
    const start = starts[line] ?? source.length;
    return Math.min(source.length, start + width + offset - (lines[line] ?? 0));
  };
}

function lineStarts(text: string): readonly number[] {
  return [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
}

function indentation(text: string, start: number): number {
  let end = start;
  while (text[end] === " ") end++;
  return end - start;
}

/** A part of a text, without what surrounds it. */
export function trimmed({ text, locate }: SourceText): SourceText {
  const start = text.length - text.trimStart().length;
  return { text: text.trim(), locate: (span) => locate({ start: span.start + start, end: span.end + start }) };
}

/**
 * The objects in a text: empty documents are skipped, lists replaced by their items (behind the other objects).
 * kyaml, kio/byteio_reader.go, ByteReader.Read, and kustomize api, resource/factory.go, RNodesFromBytes, v0.21.2.
 * @param schemas those of CustomResourceDefinitions may stay closed where they are known to be readable
 */
export function readObjects(source: SourceText, schemas: "read" | "closed" = "read"): readonly Node[] {
  return expandLists(usableObjects(readDocuments(source, schemas)));
}

function readDocuments({ text, locate }: SourceText, schemas: "read" | "closed"): readonly Node[] {
  const slices = splitDocuments(text);
  const nodes: Node[] = [];
  for (const slice of slices) {
    if (slice.problem !== undefined)
      refuse("invalid-yaml", `invalid document separator: ${slice.problem.message}`, locate(slice.problem.span));
    const locateHere: Locate = (span) => locate({ start: span.start + slice.start, end: span.end + slice.start });
    const documentText = text.slice(slice.start, slice.end);
    const read = (): Node => readDocument(documentText, locateHere);
    const definition = schemas === "closed" ? readDefinition(documentText, locateHere, read) : undefined;
    const node = definition ?? read();
    if (isMissing(node)) continue;
    if (slices.length === 1 && isWrapper(node)) nodes.push(...(field(node, "items")?.items ?? []));
    else nodes.push(node);
  }
  return nodes;
}

function readDocument(text: string, locate: Locate): Node {
  const document = parseNodes(text);
  demandSyntax(document, locate);
  return fromYaml(document.root, "resource", locate, text);
}

function isWrapper(node: Node): boolean {
  const kind = textOf(field(node, "kind"));
  return (
    (kind === "List" || kind === "ResourceList") &&
    (field(node, "items") !== undefined || field(node, "functionConfig") !== undefined)
  );
}

/** Mistakes that go-yaml reports before it makes values; those of the values come out when an object is printed. */
function demandSyntax(document: Pick<YamlDocument, "problems">, locate: Locate): void {
  const found = document.problems.find(
    ({ kind, code }) => kind === "syntax" || kind === "limit" || code === "unknown-anchor" || code === "cyclic-alias",
  );
  if (found !== undefined) refuse("invalid-yaml", `MalformedYAMLError: ${found.message}`, locate(found.span));
}

function usableObjects(nodes: readonly Node[]): readonly Node[] {
  return nodes.filter((node) => {
    if (isEmpty(node)) return false;
    demandMetadata(node);
    return true;
  });
}

/** kyaml, yaml/rnode.go, GetValidatedMetadata, v0.21.2. */
function demandMetadata(node: Node): void {
  const kind = field(node, "kind");
  const apiVersion = field(node, "apiVersion");
  const metadata = field(node, "metadata");
  if (isEmpty(kind) && isEmpty(apiVersion) && isEmpty(metadata))
    refuse("invalid-yaml", "missing Resource metadata", node.origin);
  const description = `{{${textOf(apiVersion)} ${textOf(kind)}} {{ } map[] map[]}}`;
  if (isEmpty(kind) || textOf(kind) === "")
    refuse("invalid-yaml", `missing kind in object ${description}`, node.origin);
  if (textOf(kind).endsWith("List")) return;
  const name = field(metadata, "name");
  if (isEmpty(name) || name?.text === "")
    refuse("invalid-yaml", `missing metadata.name in object ${description}`, (metadata ?? node).origin);
}

/** kustomize api, resource/factory.go, inlineAnyEmbeddedLists, v0.21.2. */
function expandLists(nodes: readonly Node[]): readonly Node[] {
  const queue = [...nodes];
  const result: Node[] = [];
  for (let node = queue.shift(); node !== undefined; node = queue.shift()) {
    const items = textOf(field(node, "kind")).endsWith("List") ? field(node, "items") : undefined;
    if (items === undefined) {
      result.push(node);
      continue;
    }
    toJsonObject(node);
    if (isMissing(items)) continue;
    if (items.kind !== "list")
      refuse("invalid-yaml", `expected array in ${textOf(field(node, "kind"))}/items`, items.origin);
    queue.push(
      ...usableObjects(items.items.filter((item) => !isMissing(item)).map((item) => throughJson(item, "exact"))),
    );
  }
  return result;
}

/**
 * One document of settings (a kustomization, a configuration, a transformer's file) as JSON made of YAML 1.1. Of equal keys the last one counts,
 * unless they must be unique.
 */
export function readSettings(
  { text, locate }: SourceText,
  failure: (message: string, at: SourceRange) => never,
  keys: "last" | "unique" = "last",
): Node {
  const document = parseDocument(text);
  const found = document.problems.find(({ kind }) => kind === "syntax" || kind === "limit" || kind === "value");
  if (found !== undefined) failure(found.message, locate(found.span));
  const repeated = keys === "last" ? undefined : document.problems.find(({ kind }) => kind === "duplicate-key");
  if (repeated !== undefined) {
    const { start, end } = repeated.span;
    failure(
      `yaml: unmarshal errors: key ${JSON.stringify(text.slice(start, end))} already set in map`,
      locate(repeated.span),
    );
  }
  return fromYaml(document.root, "settings", locate, text);
}
