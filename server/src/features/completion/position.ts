import { at, isObject, textAt } from "../../base/json.ts";
import type { JsonObject, JsonPath } from "../../base/json.ts";
import type { Span } from "../../base/span.ts";
import { SourceResource } from "../../index/place.ts";
import type { Environment, Resource } from "../../index/types.ts";
import type { ReadDocument } from "../../model/read.ts";
import type { YamlEntry, YamlNode, YamlScalar } from "../../yaml/node.ts";
import { locate, toJson } from "../../yaml/path.ts";
import type { FileContext } from "../context.ts";

/** Where something is being typed, in an object that need not be complete. */
export interface TypingPosition {
  readonly environment: Environment;
  /** The object as its text reads now, with the namespace that it would have. */
  readonly resource: Resource;
  /** For a key that does not exist yet: the path of its map. */
  readonly path: JsonPath;
  readonly part: "key" | "value";
  /** `undefined` where nothing stands yet. */
  readonly scalar: YamlScalar | undefined;
  /** What stands there is a map or list. */
  readonly isCollection: boolean;
  readonly entry: YamlEntry | undefined;
  readonly document: ReadDocument;
  /** Within the document. */
  readonly offset: number;
  /** Within braces or brackets. */
  readonly isFlow: boolean;
  /** The document is JSON: every text stands in double quotes. */
  readonly isJson: boolean;
}

/** The position at an offset of a file; `undefined` within comments and outside of Kubernetes objects. */
export function typingPositionAt(context: FileContext, offset: number): TypingPosition | undefined {
  const [environment] = context.environments;
  const document = context.read.documents.findLast(({ placed }) => offset >= placed.start && offset <= placed.end);
  const root = document?.parsed?.root ?? null;
  if (environment === undefined || document === undefined || root === null) return undefined;
  const inside = offset - document.placed.start;
  if (isInComment(document.text, root, inside)) return undefined;
  const location = locate(root, inside, document.text);
  const found = location === undefined ? undefined : objectAround(root, location.path);
  if (location === undefined || found === undefined) return undefined;
  const { node, part, entry } = location;
  return {
    environment,
    resource: draftOf(context, environment, document, found.object),
    path: location.path.slice(found.depth),
    part,
    scalar: node?.type === "scalar" ? node : undefined,
    isCollection: node !== null && node.type !== "scalar",
    entry,
    document,
    offset: inside,
    isFlow: isWithinFlow(root, inside),
    isJson:
      root.type === "map" &&
      root.flow &&
      root.entries[0]?.key.type === "scalar" &&
      root.entries[0].key.style === "double-quoted",
  };
}

function isWithinFlow(node: YamlNode | null, offset: number): boolean {
  if (node === null || node.span.start >= offset) return false;
  if (node.type === "map")
    return (node.flow && offset < node.span.end) || node.entries.some(({ value }) => isWithinFlow(value, offset));
  if (node.type !== "sequence") return false;
  return (node.flow && offset < node.span.end) || node.items.some((item) => isWithinFlow(item, offset));
}

/** The object at the root, or the item of a List that the path leads into. */
function objectAround(
  root: YamlNode,
  path: JsonPath,
): { readonly object: JsonObject; readonly depth: number } | undefined {
  const value = toJson(root);
  const item = path[0] === "items" && typeof path[1] === "number" ? at(value, "items", path[1]) : undefined;
  if (isObject(item) && isTyped(item)) return { object: item, depth: 2 };
  return isObject(value) && isTyped(value) ? { object: value, depth: 0 } : undefined;
}

function isTyped(object: JsonObject): boolean {
  return (textAt(object, "apiVersion") ?? "") !== "" && (textAt(object, "kind") ?? "") !== "";
}

/** The object with the namespace that it would have; nothing of it has a place yet. */
export function draftOf(
  { file }: FileContext,
  environment: Environment,
  { placed }: ReadDocument,
  object: JsonObject,
): SourceResource {
  const facts = {
    apiVersion: textAt(object, "apiVersion") ?? "",
    kind: textAt(object, "kind") ?? "",
    name: textAt(object, "metadata", "name") ?? "",
    namespace: textAt(object, "metadata", "namespace") || undefined,
    at: [],
    object,
    spans: new Uint16Array(),
  };
  return new SourceResource(file, placed, facts, environment.namespace);
}

/** Whether the line has a `#` before the offset that begins a comment, not one within a text. */
function isInComment(text: string, root: YamlNode, offset: number): boolean {
  const lineStart = Math.max(text.lastIndexOf("\n", offset - 1), text.lastIndexOf("\r", offset - 1)) + 1;
  const line = text.slice(lineStart, offset);
  for (const { index, 0: mark } of line.matchAll(/(?:^|[ \t])#/g)) {
    const hash = lineStart + index + mark.length - 1;
    const node = locate(root, hash)?.node;
    const isText = node?.type === "scalar" && node.span.start < hash && hash < node.span.end;
    if (!isText) return true;
  }
  return false;
}

/** The text that is being typed and would be replaced. */
export interface TypedText {
  /** Within the document, without quotes. */
  readonly span: Span;
  /** What stands before the cursor. */
  readonly before: string;
  readonly isQuoted: boolean;
}

/** The scalar under the cursor, or nothing where nothing stands. */
export function typedText({ scalar, document, offset }: TypingPosition): TypedText {
  if (scalar === undefined) return { span: { start: offset, end: offset }, before: "", isQuoted: false };
  const isQuoted = scalar.style === "double-quoted" || scalar.style === "single-quoted";
  const start = scalar.span.start + (isQuoted ? 1 : 0);
  const closing = document.text[scalar.span.end - 1];
  const isClosed = isQuoted && scalar.span.end > start && (closing === '"' || closing === "'");
  const end = Math.max(start, scalar.span.end - (isClosed ? 1 : 0));
  return { span: { start, end }, before: document.text.slice(start, Math.max(start, offset)), isQuoted };
}
