import type { JsonObject, JsonPath, JsonValue } from "../base/json.ts";
import type { SpanTable } from "../base/span-table.ts";
import type {
  DocumentFacts,
  DocumentState,
  FileFacts,
  FileNotice,
  PlacedDocument,
  ResourceFacts,
  TemplateFacts,
  TemplateName,
} from "./facts.ts";

/**
 * Facts of many files in the shape in which threads and stores take and give them fastest. Most objects are never looked at again, so that their JSON texts
 * stay unread until somebody asks for one, and the numbers of all tables stand in two arrays, of which unpacked tables are parts.
 */
export interface PackedFacts {
  /** JSON: the keys of all objects, and what the files consist of. */
  readonly text: string;
  /** The JSON texts of the objects, one behind the other. */
  readonly objects: string;
  readonly short: Uint16Array;
  readonly long: Uint32Array;
}

/** A table: offset and length in `short`, or with a negative offset (-1 is the first number) in `long`. */
type PackedTable = readonly [offset: number, length: number];
/** The length of the object's text is negative where it holds integers beyond 2^53. */
type PackedResource = readonly [
  apiVersion: string,
  kind: string,
  name: string,
  namespace: string | null,
  at: JsonPath,
  start: number,
  length: number,
  spans: PackedTable,
  keys: readonly number[],
];
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

/** Packs the facts of files, in their order. @param keysOf what the index will find an object by */
export function packFacts(
  files: readonly FileFacts[],
  keysOf: (resource: ResourceFacts) => readonly string[],
): PackedFacts {
  const packer = new Packer(keysOf);
  const packed = files.map(({ notice, documents }): PackedFile => [
    notice ?? null,
    documents.map((document) => packer.document(document)),
  ]);
  return packer.finish(packed);
}

/** The facts that were packed; `undefined` where the text is not of that shape. */
export function unpackFacts(packed: PackedFacts): readonly FileFacts[] | undefined {
  const read = parse(packed.text);
  if (!Array.isArray(read) || read.length !== 2) return undefined;
  const [keys, files] = read as readonly unknown[];
  if (!Array.isArray(keys) || !Array.isArray(files) || !files.every(isPackedFile)) return undefined;
  const archive = new Archive(packed, keys as readonly string[]);
  return files.map(([notice, documents]) => ({
    documents: documents.map((document) => unpackDocument(document, archive)),
    ...(notice === null ? {} : { notice }),
  }));
}

class Packer {
  readonly #keysOf: (resource: ResourceFacts) => readonly string[];
  readonly #tables = new TableWriter();
  readonly #keys = new Map<string, number>();
  readonly #objects: string[] = [];
  #length = 0;

  constructor(keysOf: (resource: ResourceFacts) => readonly string[]) {
    this.#keysOf = keysOf;
  }

  document({ start, end, line, character, facts }: PlacedDocument): PackedDocument {
    const { state, hasPlaceholders, lineStarts, resources, template } = facts;
    const pack = (resource: ResourceFacts): PackedResource => this.#resource(resource);
    return [
      start,
      end,
      line,
      character,
      state,
      hasPlaceholders ? 1 : 0,
      this.#tables.add(lineStarts),
      resources.map(pack),
      template === undefined ? null : [template.objects.map(pack), template.names],
    ];
  }

  finish(files: readonly PackedFile[]): PackedFacts {
    const text = JSON.stringify([[...this.#keys.keys()], files]);
    return { text, objects: this.#objects.join(""), ...this.#tables.arrays() };
  }

  #resource(resource: ResourceFacts): PackedResource {
    const { apiVersion, kind, name, namespace, at, object, spans } = resource;
    const { text, isExact } = objectText(object);
    const start = this.#length;
    this.#objects.push(text);
    this.#length += text.length;
    const length = isExact ? text.length : -text.length;
    const keys = (resource.keys ?? this.#keysOf(resource)).map((key) => this.#key(key));
    return [apiVersion, kind, name, namespace ?? null, at, start, length, this.#tables.add(spans), keys];
  }

  #key(key: string): number {
    let number = this.#keys.get(key);
    if (number === undefined) {
      number = this.#keys.size;
      this.#keys.set(key, number);
    }
    return number;
  }
}

/** JSON has no integers beyond 2^53 that survive a reader: they become texts with a mark, in objects that need it. */
const integerMark = "\u0000integer ";

function objectText(object: JsonObject): { readonly text: string; readonly isExact: boolean } {
  try {
    return { text: JSON.stringify(object), isExact: true };
  } catch {
    const mark = (_: string, value: JsonValue): JsonValue =>
      typeof value === "bigint" ? `${integerMark}${value}` : value;
    return { text: JSON.stringify(object, mark), isExact: false };
  }
}

function objectOf(text: string, isExact: boolean): JsonObject {
  const restore = (_: string, value: JsonValue): JsonValue =>
    typeof value === "string" && value.startsWith(integerMark) ? BigInt(value.slice(integerMark.length)) : value;
  return JSON.parse(text, isExact ? undefined : restore) as JsonObject;
}

/** What unpacked facts are read from. */
class Archive {
  readonly keys: readonly string[];
  readonly #packed: PackedFacts;

  constructor(packed: PackedFacts, keys: readonly string[]) {
    this.#packed = packed;
    this.keys = keys;
  }

  object(start: number, length: number): JsonObject {
    return objectOf(this.#packed.objects.slice(start, start + Math.abs(length)), length >= 0);
  }

  table([offset, length]: PackedTable): Uint16Array | Uint32Array {
    const { short, long } = this.#packed;
    return offset < 0 ? long.subarray(-1 - offset, -1 - offset + length) : short.subarray(offset, offset + length);
  }
}

function unpackDocument(document: PackedDocument, archive: Archive): PlacedDocument {
  const [start, end, line, character] = document;
  return { start, end, line, character, facts: new ArchivedDocument(document, archive) };
}

class ArchivedDocument implements DocumentFacts {
  readonly state: DocumentState;
  readonly hasPlaceholders: boolean;
  readonly resources: readonly ResourceFacts[];
  readonly template?: TemplateFacts;
  readonly #lines: PackedTable;
  readonly #archive: Archive;

  constructor([, , , , state, hasPlaceholders, lines, resources, template]: PackedDocument, archive: Archive) {
    const unpack = (resource: PackedResource): ResourceFacts => new ArchivedResource(resource, archive);
    this.state = state;
    this.hasPlaceholders = hasPlaceholders === 1;
    this.resources = resources.map(unpack);
    if (template !== null) this.template = { objects: template[0].map(unpack), names: template[1] };
    this.#lines = lines;
    this.#archive = archive;
  }

  get lineStarts(): Uint16Array | Uint32Array {
    return this.#archive.table(this.#lines);
  }
}

class ArchivedResource implements ResourceFacts {
  readonly #packed: PackedResource;
  readonly #archive: Archive;
  #object: JsonObject | undefined;

  constructor(packed: PackedResource, archive: Archive) {
    this.#packed = packed;
    this.#archive = archive;
  }

  get apiVersion(): string {
    return this.#packed[0];
  }

  get kind(): string {
    return this.#packed[1];
  }

  get name(): string {
    return this.#packed[2];
  }

  get namespace(): string | undefined {
    return this.#packed[3] ?? undefined;
  }

  get at(): JsonPath {
    return this.#packed[4];
  }

  get object(): JsonObject {
    return (this.#object ??= this.#archive.object(this.#packed[5], this.#packed[6]));
  }

  get spans(): SpanTable {
    return this.#archive.table(this.#packed[7]);
  }

  get keys(): readonly string[] {
    return this.#packed[8].map((key) => this.#archive.keys[key]!);
  }
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
