import type { Span } from "../base/span.ts";
import type { PlacedScalar, RenderedResource } from "../index/rendered-resource.ts";
import { isKustomizationFile } from "../index/place.ts";
import type { Environment, FileId, Place } from "../index/types.ts";
import type { YamlMap, YamlNode } from "../yaml/node.ts";
import { parseDocument } from "../yaml/parse.ts";
import type { FileContext } from "./context.ts";
import { touchedBy } from "./rendered.ts";

/** An operation of a JSON patch (RFC 6902) that stands in a file of its own. Spans are offsets of the file. */
export interface PatchOperation {
  readonly span: Span;
  /** Its `path`. */
  readonly pointer: Span;
}

/** A scalar that an operation gave to a rendered object. */
export interface PatchedScalar {
  readonly resource: RenderedResource;
  readonly scalar: PlacedScalar;
  /** Where the value stands that the operation replaced. */
  readonly before: Place | undefined;
}

/** The operation at an offset of a file that kustomizations read, but which is neither a manifest nor a kustomization. */
export function operationAt({ file, read, environments }: FileContext, offset: number): PatchOperation | undefined {
  if (isKustomizationFile(file) || !environments.some(({ kind }) => kind === "kustomization")) return undefined;
  const document = read.documents.find(({ placed }) => offset >= placed.start && offset <= placed.end);
  if (document === undefined || document.placed.facts.resources.length > 0) return undefined;
  const root = document.parsed?.root ?? parseDocument(document.text).root;
  const from = document.placed.start;
  const item =
    root?.type === "sequence" ? root.items.find((each) => each !== null && holds(each, offset - from)) : null;
  const pointer = item?.type === "map" ? valueOf(item, "path") : undefined;
  if (item?.type !== "map" || pointer === undefined || valueOf(item, "op") === undefined) return undefined;
  const placed = ({ start, end }: Span): Span => ({ start: start + from, end: end + from });
  return { span: placed(item.span), pointer: placed(pointer.span) };
}

function holds({ span }: YamlNode, offset: number): boolean {
  return offset >= span.start && offset <= span.end;
}

function valueOf({ entries }: YamlMap, name: string): YamlNode | undefined {
  return entries.find((entry) => entry.name === name)?.value ?? undefined;
}

/** What an operation gave to the objects of an environment. */
export function patchedBy(
  environment: Environment,
  file: FileId,
  { span: { start, end } }: PatchOperation,
): readonly PatchedScalar[] {
  return touchedBy(environment, file).flatMap((resource) =>
    resource.scalars.flatMap((scalar) => {
      const at = scalar.origins.findIndex((each) => each.file === file && each.start >= start && each.end <= end);
      return at < 0 ? [] : [{ resource, scalar, before: scalar.origins[at + 1] }];
    }),
  );
}
