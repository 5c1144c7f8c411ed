import type { JsonObject, JsonPath } from "../base/json.ts";
import type { SpanTable } from "../base/span-table.ts";
import type { Span } from "../base/span.ts";

/**
 * What is kept of a file that nobody looks at: data without text and syntax tree (about 1-2 KB a file), enough for every cross-file answer with its place.
 * Threads and stores hand it on packed: see `packFacts`.
 */
export interface FileFacts {
  /** In file order; a file that could not be read has none. */
  readonly documents: readonly PlacedDocument[];
  /** Why the file as a whole has no (complete) facts. */
  readonly notice?: FileNotice;
}

/**
 * Why a file was not looked at, or only its first documents: `too-large` for the limit, `too-slow` for the time that a file may take, bytes that are no
 * text, not readable (gone, forbidden, a folder).
 */
export type FileNotice = "too-large" | "too-slow" | "binary" | "unreadable";

/** A document of a file. `start` is the only thing that changes when text above it does. */
export interface PlacedDocument {
  /** The offsets of the document's text within the file. */
  readonly start: number;
  readonly end: number;
  /** The position of `start`: 0-based line, UTF-16 units. */
  readonly line: number;
  readonly character: number;
  readonly facts: DocumentFacts;
}

/**
 * - `read`: parsed, it is Kubernetes (or a kustomization).
 * - `broken`: does not parse; the resources are those of its last good state, if there was one.
 * - `templated`: a Helm or Go template; nothing is known for sure.
 * - `foreign`: something else (a workflow, values, an empty document).
 */
export type DocumentState = "read" | "broken" | "templated" | "foreign";

/** A function of the document's text alone: equal texts share one object. */
export interface DocumentFacts {
  readonly state: DocumentState;
  /** Offsets of the lines' starts from the document's start, the first one 0. */
  readonly lineStarts: Uint16Array | Uint32Array;
  /** One, several for a `List`, none for foreign documents. */
  readonly resources: readonly ResourceFacts[];
  /** Something that only exists once other software has filled it in (`${VAR}`, `{{ }}` in a value). */
  readonly hasPlaceholders: boolean;
  /** What a template of a Helm chart tells without being filled in. It is no part of any answer about the cluster. */
  readonly template?: TemplateFacts;
}

/** What can be read around, and in, the actions of a template. */
export interface TemplateFacts {
  /** Its objects; `null` stands for whatever an action gives. */
  readonly objects: readonly ResourceFacts[];
  readonly names: readonly TemplateName[];
}

/** A name inside of an action; the span counts from the document's start. */
export interface TemplateName extends Span {
  /** `define`: a template is defined so; `include`: it is used; `value`: a path below `.Values`. */
  readonly kind: "define" | "include" | "value";
  /** For a value its path, joined by dots. */
  readonly name: string;
}

/** One object as written. */
export interface ResourceFacts {
  readonly apiVersion: string;
  readonly kind: string;
  /** Empty where `metadata.name` is missing or no text. */
  readonly name: string;
  /** As written, `undefined` where it is missing, empty or no text. */
  readonly namespace: string | undefined;
  /** Where the object stands in its document: empty, or `["items", 2]` in a List. */
  readonly at: JsonPath;
  /** The object without what no answer needs: see `prune`. */
  readonly object: JsonObject;
  /** Places within the document (add its `start`) of everything in `object`. */
  readonly spans: SpanTable;
  /** What the index finds it by, where that is known already. */
  readonly keys?: readonly string[];
}
