import { isObject } from "../../base/json.ts";
import type { JsonValue } from "../../base/json.ts";
import { touches } from "../../base/span.ts";
import type { Span } from "../../base/span.ts";
import type { Chart, NamedPlace } from "../../index/charts.ts";
import type { FileId, Place } from "../../index/types.ts";
import { commentsOf } from "../../yaml/comments.ts";
import { parseDocument } from "../../yaml/parse.ts";
import type { YamlDocument } from "../../yaml/parse.ts";
import { entryAtPath, keySpan, locate, toJson } from "../../yaml/path.ts";

/** A path below `.Values`. */
export type ValuePath = readonly string[];

/** The values of a chart, as its `values.yaml` has them. */
export class ChartValues {
  readonly #file: FileId;
  readonly #text: string;
  readonly #parsed: YamlDocument;

  constructor(file: FileId, text: string) {
    this.#file = file;
    this.#text = text;
    this.#parsed = parseDocument(text);
  }

  /** Where the key at a path stands. */
  placeOf(path: ValuePath): Place | undefined {
    const span = keySpan(this.#parsed.root, path);
    return span === undefined || path.length === 0 ? undefined : { file: this.#file, ...span };
  }

  /** The path of the key at an offset. */
  pathAt(offset: number): { readonly path: ValuePath; readonly span: Span } | undefined {
    const found = locate(this.#parsed.root, offset);
    const span = found?.entry?.key.span;
    if (found?.part !== "key" || span === undefined || !touches(span, offset)) return undefined;
    const path = found.path.filter((step) => typeof step === "string");
    return path.length === found.path.length ? { path, span } : undefined;
  }

  value(path: ValuePath): JsonValue | undefined {
    const entry = entryAtPath(this.#parsed.root, path);
    return entry === undefined ? undefined : toJson(entry.value);
  }

  /** The keys below a path, as far as a template can name them. */
  keys(path: ValuePath): readonly string[] {
    const map = path.length === 0 ? toJson(this.#parsed.root) : this.value(path);
    return isObject(map) ? Object.keys(map).filter((key) => /^[A-Za-z_]\w*$/.test(key)) : [];
  }

  /** The comment directly above a key. */
  comment(path: ValuePath): string {
    const start = keySpan(this.#parsed.root, path)?.start;
    if (start === undefined) return "";
    const above = commentsOf(this.#text, this.#parsed.root).filter(({ ownLine, span }) => ownLine && span.end < start);
    const lines: string[] = [];
    for (let from = start; above.length > 0;) {
      const comment = above.pop()!;
      if ((this.#text.slice(comment.span.end, from).match(/\n/g) ?? []).length > 1) break;
      lines.unshift(comment.text);
      from = comment.span.start;
    }
    return lines.join("\n").trim();
  }
}

/** The part of a value's path that a cursor stands on, with everything before it. */
export function valuePathAt({ name, place }: NamedPlace, offset: number): ValuePath {
  const steps = name.name.split(".");
  let end = place.start;
  const count = steps.findIndex((step) => {
    end += step.length + 1;
    return offset < end;
  });
  return steps.slice(0, count < 0 ? steps.length : count + 1);
}

/** Where a chart's own templates read a value, or something below it; the last step of the path alone. */
export function usesOfValue(chart: Chart, path: ValuePath): readonly Place[] {
  const wanted = path.join(".");
  return chart.names().flatMap(({ name, place }) => {
    if (name.kind !== "value" || !place.file.startsWith(`${chart.folder}templates/`)) return [];
    if (name.name !== wanted && !name.name.startsWith(`${wanted}.`)) return [];
    const end = place.start + wanted.length;
    return [{ file: place.file, start: end - path.at(-1)!.length, end }];
  });
}
