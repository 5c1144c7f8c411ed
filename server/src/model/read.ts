import type { JsonPath } from "../base/json.ts";
import { lineStartsOf } from "../base/lines.ts";
import type { YamlNode } from "../yaml/node.ts";
import { parseDocument } from "../yaml/parse.ts";
import type { YamlDocument } from "../yaml/parse.ts";
import { looksLikeKubernetes, looksTemplated } from "../yaml/sniff.ts";
import { splitDocuments } from "../yaml/split.ts";
import type { DocumentSlice } from "../yaml/split.ts";
import type { DocumentFacts, DocumentState, FileFacts, PlacedDocument, ResourceFacts } from "./facts.ts";
import { hasPlaceholders } from "./placeholders.ts";
import { objectsOf, resourceFactsOf } from "./resources.ts";

/** A file with everything that is known while it is open: its text, its syntax trees, its facts. */
export interface ReadFile {
  readonly text: string;
  readonly documents: readonly ReadDocument[];
  readonly facts: FileFacts;
}

export interface ReadDocument {
  readonly text: string;
  /** `undefined` for what is not even tried: templates, and texts without any sign of Kubernetes. */
  readonly parsed: YamlDocument | undefined;
  /** The separator that ends the reading of the file. */
  readonly badSeparator: DocumentSlice["problem"] | undefined;
  readonly placed: PlacedDocument;
}

/**
 * Reads a file. Documents whose text stood in the former state of the file are taken over without being parsed again,
 * and a document that no longer parses keeps the resources that it had.
 * @param isKustomization the file is one by its name, so that it needs no `apiVersion` and `kind`
 */
export function readFile(text: string, former?: ReadFile, isKustomization = false): ReadFile {
  const known = new Map(former?.documents.map((document) => [document.text, document]));
  const documents: ReadDocument[] = [];
  let line = 0;
  let end = 0;
  const slices = splitDocuments(text);
  for (const [index, slice] of slices.entries()) {
    line += lineStartsOf(text.slice(end, slice.start)).length - 1;
    const documentText = text.slice(slice.start, slice.end);
    const same = slice.problem === undefined ? known.get(documentText) : undefined;
    const read =
      same ??
      readDocument(documentText, slice, isKustomization, () => formerOf(former, slices.length, index, documents));
    documents.push({ ...read, placed: { ...read.placed, start: slice.start, end: slice.end, line, character: 0 } });
    line += read.placed.facts.lineStarts.length - 1;
    end = slice.end;
  }
  return { text, documents, facts: { documents: documents.map(({ placed }) => placed) } };
}

/** The facts alone, for files that nobody looks at. */
export function factsOf(text: string): FileFacts {
  return readFile(text).facts;
}

/** The document that this one was before it broke: the one at the same place, counted from the end if documents came or went. */
function formerOf(
  former: ReadFile | undefined,
  count: number,
  index: number,
  before: readonly ReadDocument[],
): ReadDocument | undefined {
  if (former === undefined) return undefined;
  const isShifted = before.some((document, at) => document.text !== former.documents[at]?.text);
  return isShifted ? former.documents[former.documents.length - count + index] : former.documents[index];
}

function readDocument(
  text: string,
  slice: DocumentSlice,
  isKustomization: boolean,
  former: () => ReadDocument | undefined,
): ReadDocument {
  const parsed = canBeRead(text, isKustomization) ? parseDocument(text) : undefined;
  const facts = documentFacts(text, parsed, slice.problem !== undefined, former);
  return {
    text,
    parsed,
    badSeparator: slice.problem,
    placed: { start: slice.start, end: slice.end, line: 0, character: 0, facts },
  };
}

function canBeRead(text: string, isKustomization: boolean): boolean {
  return (isKustomization || looksLikeKubernetes(text)) && !looksTemplated(text);
}

function documentFacts(
  text: string,
  parsed: YamlDocument | undefined,
  isBroken: boolean,
  former: () => ReadDocument | undefined,
): DocumentFacts {
  const lineStarts = packLines(lineStartsOf(text));
  const facts = (state: DocumentState, resources: readonly ResourceFacts[]): DocumentFacts => ({
    state,
    lineStarts,
    resources,
    hasPlaceholders: resources.some(({ object }) => hasPlaceholders(object)),
  });
  if (parsed === undefined) return facts(looksLikeKubernetes(text) ? "templated" : "foreign", []);
  if (isBroken || parsed.value === undefined) return facts("broken", former()?.placed.facts.resources ?? []);
  const objects = objectsOf(parsed.value);
  const resources = objects.map((object) => resourceFactsOf(object, nodeAt(parsed.root, object.at)));
  return facts(resources.length > 0 ? "read" : "foreign", resources);
}

/** The node of an item of a List. */
function nodeAt(root: YamlNode | null, path: JsonPath): YamlNode | null {
  let node = root;
  for (const step of path) {
    const target: YamlNode | null = node?.type === "alias" ? node.target : node;
    if (typeof step === "number") node = target?.type === "sequence" ? (target.items[step] ?? null) : null;
    else
      node = target?.type === "map" ? (target.entries.findLast((entry) => entry.name === step)?.value ?? null) : null;
  }
  return node;
}

function packLines(starts: readonly number[]): Uint16Array | Uint32Array {
  return starts.at(-1)! < 0x10000 ? Uint16Array.from(starts) : Uint32Array.from(starts);
}
