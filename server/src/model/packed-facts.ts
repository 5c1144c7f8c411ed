import { isObject } from "../base/json.ts";
import type { JsonObject, JsonPath, JsonValue } from "../base/json.ts";
import type { DocumentState, FileFacts, FileNotice, PlacedDocument, ResourceFacts, TemplateName } from "./facts.ts";

/**
 * Facts of many files in the shape in which threads and stores take and give them fastest: one JSON text, and the numbers of all tables in two arrays.
 * Unpacked tables are parts of these arrays, not copies.
 */
export interface PackedFacts {
  readonly text: string;
  readonly short: Uint16Array;
  readonly long: Uint32Array;
}

/** A table: offset and length in `short`, or with a negative offset (-1 is the first number) in `long`. */
type PackedTable = readonly [offset: number, length: number];
type PackedResource = readonly [JsonObject, JsonPath, PackedTable];
type PackedDocument = readonly [
  start: number,
  end: number,
  line: number,
  character: number,
  state: DocumentState,
  hasPlaceholders: 0 | 1,
  lines: PackedTable,
  resources: readonly PackedResource[],
  template: PackedTemplate | null,
];
type PackedTemplate = readonly [objects: readonly PackedResource[], names: readonly TemplateName[]];
type PackedFile = readonly [notice: FileNotice | null, documents: readonly PackedDocument[]];

/** Packs the facts of files, in their order. */
export function packFacts(files: readonly FileFacts[]): PackedFacts {
  const tables = new TableWriter();
  const packed = files.map(({ notice, documents }): PackedFile => [
    notice ?? null,
    documents.map((document) => packDocument(document, tables)),
  ]);
  return { text: JSON.stringify(packed), ...tables.arrays() };
}

/** The facts that were packed; `undefined` where the text is not of that shape. */
export function unpackFacts({ text, short, long }: PackedFacts): readonly FileFacts[] | undefined {
  const packed = parse(text);
  if (!Array.isArray(packed) || !packed.every(isPackedFile)) return undefined;
  const table: TableReader = ([offset, length]) =>
    offset < 0 ? long.subarray(-1 - offset, -1 - offset + length) : short.subarray(offset, offset + length);
  return packed.map(([notice, documents]) => ({
    documents: documents.map((document) => unpackDocument(document, table)),
    ...(notice === null ? {} : { notice }),
  }));
}

function packDocument({ start, end, line, character, facts }: PlacedDocument, tables: TableWriter): PackedDocument {
  const pack = ({ object, at, spans }: ResourceFacts): PackedResource => [object, at, tables.add(spans)];
  const resources = facts.resources.map(pack);
  const { template } = facts;
  return [
    start,
    end,
    line,
    character,
    facts.state,
    facts.hasPlaceholders ? 1 : 0,
    tables.add(facts.lineStarts),
    resources,
    template === undefined ? null : [template.objects.map(pack), template.names],
  ];
}

type TableReader = (table: PackedTable) => Uint16Array | Uint32Array;

function unpackDocument(document: PackedDocument, table: TableReader): PlacedDocument {
  const [start, end, line, character, state, hasPlaceholders, lines, resources, template] = document;
  const unpack = (resource: PackedResource): ResourceFacts => unpackResource(resource, table);
  return {
    start,
    end,
    line,
    character,
    facts: {
      state,
      hasPlaceholders: hasPlaceholders === 1,
      lineStarts: table(lines),
      resources: resources.map(unpack),
      ...(template === null ? {} : { template: { objects: template[0].map(unpack), names: template[1] } }),
    },
  };
}

function unpackResource([object, at, spans]: PackedResource, table: TableReader): ResourceFacts {
  const metadata = object["metadata"];
  const { name, namespace } = isObject(metadata) ? metadata : {};
  return {
    apiVersion: textOf(object["apiVersion"]),
    kind: textOf(object["kind"]),
    name: textOf(name),
    namespace: textOf(namespace) === "" ? undefined : textOf(namespace),
    at,
    object,
    spans: table(spans),
  };
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === "string" ? value : "";
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A look at the outline only: a store that was written by somebody else, or cut off, must not pass. */
function isPackedFile(value: unknown): value is PackedFile {
  return Array.isArray(value) && value.length === 2 && Array.isArray(value[1]) && value[1].every(isPackedDocument);
}

function isPackedDocument(value: unknown): boolean {
  return Array.isArray(value) && value.length === 9 && Array.isArray(value[6]) && Array.isArray(value[7]);
}

/** Puts tables behind one another, each in the narrowest array that holds it. */
class TableWriter {
  readonly #short: (Uint16Array | Uint32Array)[] = [];
  readonly #long: (Uint16Array | Uint32Array)[] = [];
  #shortLength = 0;
  #longLength = 0;

  add(table: Uint16Array | Uint32Array): PackedTable {
    if (table instanceof Uint16Array) {
      this.#short.push(table);
      this.#shortLength += table.length;
      return [this.#shortLength - table.length, table.length];
    }
    this.#long.push(table);
    this.#longLength += table.length;
    return [-1 - (this.#longLength - table.length), table.length];
  }

  arrays(): { readonly short: Uint16Array; readonly long: Uint32Array } {
    const short = new Uint16Array(this.#shortLength);
    const long = new Uint32Array(this.#longLength);
    fill(short, this.#short);
    fill(long, this.#long);
    return { short, long };
  }
}

function fill(target: Uint16Array | Uint32Array, tables: readonly (Uint16Array | Uint32Array)[]): void {
  let offset = 0;
  for (const table of tables) {
    target.set(table, offset);
    offset += table.length;
  }
}
