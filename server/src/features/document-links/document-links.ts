import type { JsonPath } from "../../base/json.ts";
import type { Span } from "../../base/span.ts";
import { folderOf, isKustomizationFile, joined } from "../../index/place.ts";
import type { FileId } from "../../index/types.ts";
import type { YamlNode, YamlScalar } from "../../yaml/node.ts";
import { nodeAtPath } from "../../yaml/path.ts";
import type { FileContext } from "../context.ts";

/** A path that is written in a kustomization, and the file that it leads to. */
export interface DocumentLink {
  readonly span: Span;
  readonly target: FileId;
}

/** Fields of a kustomization that hold paths: lists of them, or of maps with the field of `inside`. */
const pathFields: readonly { readonly field: string; readonly inside?: readonly string[] }[] = [
  { field: "resources" },
  { field: "bases" },
  { field: "components" },
  { field: "crds" },
  { field: "configurations" },
  { field: "generators" },
  { field: "transformers" },
  { field: "validators" },
  { field: "patchesStrategicMerge" },
  { field: "patches", inside: ["path"] },
  { field: "patchesJson6902", inside: ["path"] },
  { field: "replacements", inside: ["path"] },
  { field: "configMapGenerator", inside: ["files", "envs", "env"] },
  { field: "secretGenerator", inside: ["files", "envs", "env"] },
  { field: "helmCharts", inside: ["valuesFile", "additionalValuesFiles"] },
  { field: "openapi", inside: ["path"] },
];

/** Those of the fields inside that hold several. */
const listsOfPaths: ReadonlySet<string> = new Set(["files", "envs", "additionalValuesFiles"]);

/** A path as a kustomization writes it, and what it means. */
export interface WrittenPath {
  /** Without quotes, in offsets of the file. */
  readonly span: Span;
  /** Without `.` and `..`; a file or a folder. */
  readonly path: FileId;
}

/** The paths in a kustomization. URLs and texts that hold a patch themselves are none. */
export function writtenPathsOf({ file, read }: Pick<FileContext, "file" | "read">): readonly WrittenPath[] {
  if (!isKustomizationFile(file)) return [];
  return read.documents.flatMap(({ parsed, placed }) =>
    pathFields.flatMap(({ field, inside }) =>
      scalarsOf(nodeAtPath(parsed?.root ?? null, [field]) ?? null, inside).flatMap((scalar) => {
        const found = writtenPath(scalar, folderOf(file));
        if (found === undefined) return [];
        const { start, end } = found.span;
        return [{ span: { start: start + placed.start, end: end + placed.start }, path: found.path }];
      }),
    ),
  );
}

/**
 * The paths of a kustomization as links. A folder leads to its kustomization.
 * `isKnown`: whether the workspace has a file; what a generator reads is known to its environments alone.
 */
export function documentLinksOf(context: FileContext, isKnown: (file: FileId) => boolean): readonly DocumentLink[] {
  return writtenPathsOf(context).flatMap(({ span, path }) => {
    const target = targetOf(path, isKnown);
    return target === undefined ? [] : [{ span, target }];
  });
}

/** The field whose path stands, or would stand, at a place of a kustomization: `resources`, `configMapGenerator.files`. */
export function pathFieldAt([field, ...below]: JsonPath): string | undefined {
  const known = pathFields.find((each) => each.field === field);
  if (known === undefined) return undefined;
  const names = below.filter((step) => typeof step === "string");
  const isItem = typeof below.at(-1) === "number";
  if (known.inside === undefined) return isItem && names.length === 0 ? known.field : undefined;
  const [name = "", ...others] = names;
  const isPath = known.inside.includes(name) && others.length === 0 && isItem === listsOfPaths.has(name);
  return isPath ? `${known.field}.${name}` : undefined;
}

/** The texts of a list, or of the fields of a map or of a list of maps. */
function scalarsOf(node: YamlNode | null, inside: readonly string[] | undefined): readonly YamlScalar[] {
  if (node?.type === "scalar") return inside === undefined ? [node] : [];
  if (node?.type === "sequence") return node.items.flatMap((item) => scalarsOf(item, inside));
  if (node?.type !== "map" || inside === undefined) return [];
  return inside.flatMap((field) => scalarsOf(nodeAtPath(node, [field]) ?? null, undefined));
}

function writtenPath({ value, span, style }: YamlScalar, folder: string): WrittenPath | undefined {
  if (typeof value !== "string" || value === "" || /[\n\r{]|:\/\/|^\/|^[\w.-]+@|\?ref=/.test(value)) return undefined;
  const key = generatorKey(value);
  const quote = style === "plain" ? 0 : 1;
  const path = joined(folder, value.slice(key.length));
  return { span: { start: span.start + quote + key.length, end: span.end - quote }, path };
}

/** The `KEY=` of a generator's `KEY=PATH`, "" without one; the text of a path has no `=`. */
export function generatorKey(text: string): string {
  return /^[^=/]+=/.exec(text)?.[0] ?? "";
}

function targetOf(path: FileId, isKnown: (file: FileId) => boolean): FileId | undefined {
  const kustomization = ["kustomization.yaml", "kustomization.yml", "Kustomization"]
    .map((name) => `${path}/${name}`)
    .find(isKnown);
  if (kustomization !== undefined) return kustomization;
  return /\.[\w-]+$/.test(path) || isKnown(path) ? path : undefined;
}
