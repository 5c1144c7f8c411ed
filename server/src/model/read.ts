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
import { readTemplate } from "./template.ts";
import type { ReadTemplate } from "./template.ts";

/** A file with everything that is known while it is open: its text, its syntax trees, its facts. */
export interface ReadFile {
  readonly text: string;
  readonly role: FileRole;
  readonly documents: readonly ReadDocument[];
  readonly facts: FileFacts;
}

export interface ReadDocument {
  readonly text: string;
  /** `undefined` for what is not even tried: templates, and texts without any sign of Kubernetes. */
  readonly parsed: YamlDocument | undefined;
  /** What a template of a Helm chart tells without being filled in. */
  readonly template?: ReadTemplate;
  /** The separator that ends the reading of the file. */
  readonly badSeparator: DocumentSlice["problem"] | undefined;
  readonly placed: PlacedDocument;
}

/**
 * What a file is by its path:
 * - `kustomization`: one by its name, so that it needs no `apiVersion` and `kind`.
 * - `template`: a manifest in a folder `templates`, which may be a template of a Helm chart.
 * - `helpers`: a file of definitions for templates, which is no manifest.
 */
export type FileRole = "manifest" | "kustomization" | "template" | "helpers";

/**
 * Reads a file. Documents whose text stood in the former state of the file are taken over without being parsed again,
 * and a document that no longer parses keeps the resources that it had.
 * @param isOutOfTime asked before each document; what follows then is left out, with a notice
 */
export function readFile(
  text: string,
  former?: ReadFile,
  role: FileRole = former?.role ?? "manifest",
  isOutOfTime: () => boolean = () => false,
): ReadFile {
  const slices = splitDocuments(text);
  const known = former === undefined ? undefined : new KnownDocuments(text, slices, former.documents);
  const documents: ReadDocument[] = [];
  let line = 0;
  let end = 0;
  let isWhole = true;
  for (const [index, slice] of slices.entries()) {
    if (isOutOfTime()) {
      isWhole = false;
      break;
    }
    line += lineStartsOf(text.slice(end, slice.start)).length - 1;
    const read =
      (slice.problem === undefined ? known?.at(index) : undefined) ??
      readDocument(text.slice(slice.start, slice.end), slice, role, () =>
        formerOf(former, slices.length, index, documents),
      );
    documents.push(placedAt(read, slice, line));
    line += read.placed.facts.lineStarts.length - 1;
    end = slice.end;
  }
  const placed = documents.map((document) => document.placed);
  const facts: FileFacts = isWhole ? { documents: placed } : { documents: placed, notice: "too-slow" };
  return { text, role, documents, facts };
}

/** A document at its place in the file; the same object where it already stands there. */
function placedAt(read: ReadDocument, { start, end }: DocumentSlice, line: number): ReadDocument {
  const { placed } = read;
  if (placed.start === start && placed.end === end && placed.line === line) return read;
  return { ...read, placed: { start, end, line, character: 0, facts: placed.facts } };
}

/** Documents of a former state of a file by the slices of its new text. What stands above and below a change is found without looking at texts as keys. */
class KnownDocuments {
  readonly #text: string;
  readonly #slices: readonly DocumentSlice[];
  readonly #former: readonly ReadDocument[];
  /** So many slices at the beginning, and at the end, have the texts of as many former documents. */
  readonly #above: number;
  readonly #below: number;
  #others: ReadonlyMap<string, ReadDocument> | undefined;

  constructor(text: string, slices: readonly DocumentSlice[], former: readonly ReadDocument[]) {
    this.#text = text;
    this.#slices = slices;
    this.#former = former;
    const least = Math.min(slices.length, former.length);
    let above = 0;
    while (above < least && this.#isSame(above, above)) above++;
    let below = 0;
    while (above + below < least && this.#isSame(slices.length - 1 - below, former.length - 1 - below)) below++;
    this.#above = above;
    this.#below = below;
  }

  at(index: number): ReadDocument | undefined {
    if (index < this.#above) return this.#former[index];
    if (index >= this.#slices.length - this.#below)
      return this.#former[index - this.#slices.length + this.#former.length];
    this.#others ??= new Map(
      this.#former
        .slice(this.#above, this.#former.length - this.#below)
        .map((document) => [document.text, document] as const),
    );
    const { start, end } = this.#slices[index]!;
    return this.#others.get(this.#text.slice(start, end));
  }

  #isSame(index: number, formerIndex: number): boolean {
    const { start, end, problem } = this.#slices[index]!;
    const { text, badSeparator } = this.#former[formerIndex]!;
    if (problem !== undefined || badSeparator !== undefined) return false;
    return text.length === end - start && this.#text.slice(start, end) === text;
  }
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
  role: FileRole,
  former: () => ReadDocument | undefined,
): ReadDocument {
  const parsed = canBeRead(text, role) ? parseDocument(text) : undefined;
  const isTemplate = parsed === undefined && (role === "template" || role === "helpers") && text.includes("{{");
  const template = isTemplate ? readTemplate(text) : undefined;
  const unread = role === "kustomization" || looksLikeKubernetes(text) ? "templated" : "foreign";
  const read = documentFacts(text, parsed ?? unread, slice.problem !== undefined, former);
  const facts = template === undefined ? read : { ...read, template: template.facts };
  return {
    text,
    parsed,
    ...(template === undefined ? {} : { template }),
    badSeparator: slice.problem,
    placed: { start: slice.start, end: slice.end, line: 0, character: 0, facts },
  };
}

function canBeRead(text: string, role: FileRole): boolean {
  if (role === "helpers") return false;
  return (role === "kustomization" || looksLikeKubernetes(text)) && !looksTemplated(text);
}

function documentFacts(
  text: string,
  parsed: YamlDocument | "templated" | "foreign",
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
  if (typeof parsed === "string") return facts(parsed, []);
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
