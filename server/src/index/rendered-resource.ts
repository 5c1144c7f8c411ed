import { at, objectAt, textAt } from "../base/json.ts";
import type { JsonObject, JsonPath, JsonValue } from "../base/json.ts";
import { lowerBound } from "../base/sorted.ts";
import type { SpanPart } from "../base/span-table.ts";
import { keySpanOf } from "../base/span-table.ts";
import { groupOf } from "../kubernetes/pod-template.ts";
import { isClusterScoped } from "../kubernetes/scope.ts";
import type { RenderedObject, SourceRange } from "../kustomize/types.ts";
import type { PlacedDocument } from "../model/facts.ts";
import type { Index } from "./index.ts";
import { defaultNamespace } from "./place.ts";
import type { FileId, Place, Resource } from "./types.ts";

/** Where rendered objects come from. */
export interface RenderedFrom {
  readonly index: Index;
  /** The kustomization file, for objects that stand in no file. */
  readonly kustomization: FileId;
  /** The file id of a path as kustomize knows it. */
  idOf(path: string): FileId;
}

/** A scalar of a rendered object. */
export interface PlacedScalar {
  readonly path: JsonPath;
  readonly origins: readonly Place[];
}

/** The resource as one that kustomize rendered; `undefined` for one that stands in a file as it is. */
export function renderedOf(resource: Resource): RenderedResource | undefined {
  return resource instanceof RenderedResource ? resource : undefined;
}

/** An object as kustomize renders it; its places are those of the sources. */
export class RenderedResource implements Resource {
  readonly apiVersion: string;
  readonly group: string;
  readonly kind: string;
  readonly namespace: string | null;
  readonly name: string;
  readonly writtenNamespace: string | undefined;
  readonly object: JsonObject;
  readonly file: FileId;
  readonly #rendered: RenderedObject;
  readonly #from: RenderedFrom;
  #sources: ReadonlySet<FileId> | undefined;
  #scalars: readonly PlacedScalar[] | undefined;

  /** @param namespace of objects that name none */
  constructor(rendered: RenderedObject, from: RenderedFrom, namespace = defaultNamespace) {
    const { object } = rendered;
    this.#rendered = rendered;
    this.#from = from;
    this.object = withoutSecrets(object);
    this.apiVersion = textAt(object, "apiVersion") ?? "";
    this.group = groupOf(this.apiVersion);
    this.kind = textAt(object, "kind") ?? "";
    this.name = textAt(object, "metadata", "name") ?? "";
    this.writtenNamespace = textAt(object, "metadata", "namespace") || undefined;
    this.namespace = isClusterScoped(this.group, this.kind) ? null : (this.writtenNamespace ?? namespace);
    this.file = this.#first(["kind"])?.file ?? this.#first(["metadata", "name"])?.file ?? from.kustomization;
  }

  get identity(): Resource {
    return this;
  }

  get essence(): Resource {
    return this;
  }

  /** The name as it was first written, before prefixes and suffixes. */
  get place(): Place {
    const name = this.#first(["metadata", "name"]);
    if (name !== undefined && name.file === this.file) return name;
    const { file, start } = this.document;
    return name ?? { file, start, end: start };
  }

  get document(): Place {
    const first = this.#first(["kind"]) ?? this.#first(["metadata", "name"]);
    const document = first === undefined ? undefined : documentAt(this.#from.index, first);
    return document === undefined
      ? { file: this.file, start: 0, end: 0 }
      : { file: this.file, start: document.start, end: document.end };
  }

  origin(path: JsonPath, part: SpanPart = "value"): Place | undefined {
    const value = this.#rendered.origin(path);
    if (value === undefined) return undefined;
    const place = this.#placeOf(value);
    return part === "value" ? place : (partOf(this.#from.index, place, part) ?? place);
  }

  /** All places that gave the value at a path, the last and valid one first. */
  origins(path: JsonPath): readonly Place[] {
    return this.#rendered.origins(path).map((origin) => this.#placeOf(origin));
  }

  /** The value that stands at a place which gave one to the path; `undefined` where the object there has it at another path. */
  writtenAt({ file, start, end }: Place, path: JsonPath): JsonValue | undefined {
    const source = this.#from.index
      .file(file)
      ?.resources.find((each) => each.start <= start && end <= each.end && each.origin(path)?.start === start);
    return source === undefined ? undefined : at(source.object, ...path);
  }

  /** The files that a part of it comes from. */
  get sources(): ReadonlySet<FileId> {
    this.#sources ??= new Set([...this.#rendered.sources()].map((path) => this.#from.idOf(path)));
    return this.#sources;
  }

  /** Every scalar with the places that gave it a value, the last and valid one first. */
  get scalars(): readonly PlacedScalar[] {
    this.#scalars ??= Array.from(this.#rendered.scalars(), ({ path, origins }) => ({
      path,
      origins: origins.map((origin) => this.#placeOf(origin)),
    }));
    return this.#scalars;
  }

  /** The whole object as `kustomize build` prints it. `object` hides the values of Secrets. */
  get full(): JsonObject {
    return this.#rendered.object;
  }

  /** Whether the value at a path is as it is written, and known to be accepted. */
  isAcceptedAt(path: JsonPath): boolean {
    return this.#rendered.isClosed(path);
  }

  /** Where the value at a path stood before overlays changed it. */
  #first(path: JsonPath): Place | undefined {
    const origin = this.#rendered.origins(path).at(-1) ?? this.#rendered.origin(path);
    return origin === undefined ? undefined : this.#placeOf(origin);
  }

  #placeOf({ file, span }: SourceRange): Place {
    return { file: this.#from.idOf(file), start: span.start, end: span.end };
  }
}

/** A Secret with its keys alone. */
function withoutSecrets(object: JsonObject): JsonObject {
  if (object["kind"] !== "Secret" || object["apiVersion"] !== "v1") return object;
  const hidden = ["data", "stringData"].flatMap((field): readonly (readonly [string, JsonObject])[] => {
    const entries = objectAt(object, field);
    return entries === undefined ? [] : [[field, Object.fromEntries(Object.keys(entries).map((key) => [key, ""]))]];
  });
  return { ...object, ...Object.fromEntries(hidden) };
}

function documentAt(index: Index, { file, start }: Place): PlacedDocument | undefined {
  const documents = index.file(file)?.facts.documents ?? [];
  return documents[lowerBound(documents.length, (at) => documents[at]!.start <= start) - 1];
}

/** The key (or the whole entry) of a value that stands in a file of the index. */
function partOf(index: Index, value: Place, part: "key" | "entry"): Place | undefined {
  const document = documentAt(index, value);
  for (const { spans } of document?.facts.resources ?? []) {
    const key = keySpanOf(spans, { start: value.start - document!.start, end: value.end - document!.start });
    if (key === undefined) continue;
    const start = key.start + document!.start;
    return {
      file: value.file,
      start,
      end: part === "key" ? key.end + document!.start : Math.max(value.end, key.end + document!.start),
    };
  }
  return undefined;
}
