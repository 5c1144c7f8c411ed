import type { JsonPath } from "../base/json.ts";
import { spanAt } from "../base/span-table.ts";
import { isKustomizationFile } from "../index/place.ts";
import { resourcesWithin } from "../index/queries.ts";
import { renderedOf } from "../index/rendered-resource.ts";
import type { RenderedResource } from "../index/rendered-resource.ts";
import type { Environment, FileId, Resource } from "../index/types.ts";
import { groupOf } from "../kubernetes/pod-template.ts";
import type { ResourceFacts } from "../model/facts.ts";
import type { ReadDocument } from "../model/read.ts";
import { valueSpan } from "../yaml/path.ts";

/** What kustomize makes of an object of a file, whatever its name is then; of a patch the object that it changes most. */
export function renderedFrom(
  environment: Environment,
  file: FileId,
  { placed }: Pick<ReadDocument, "placed">,
  facts: ResourceFacts,
): Resource | undefined {
  if (isKustomizationFile(file)) return undefined;
  const own = resourcesWithin(environment, { file, start: placed.start, end: placed.end });
  if (own.length > 0) {
    const name = spanAt(facts.object, facts.spans, ["metadata", "name"], "value");
    return own.find(({ place }) => name !== undefined && place.start === placed.start + name.start) ?? own[0];
  }
  const changed = touchedBy(environment, file)
    .map((resource) => ({ resource, count: scalarsWithin(resource, file, placed) }))
    .filter(({ resource, count }) => count > 0 && isOfKind(resource, facts));
  return changed.sort((a, b) => b.count - a.count)[0]?.resource;
}

/** The rendered objects with a part that comes from a file. */
export function touchedBy(environment: Environment, file: FileId): readonly RenderedResource[] {
  return environment.shared(`touched by ${file}`, (base) =>
    base.resources().flatMap((resource) => {
      const rendered = renderedOf(resource);
      return rendered?.sources.has(file) === true ? [rendered] : [];
    }),
  );
}

function isOfKind({ group, kind }: Resource, facts: ResourceFacts): boolean {
  return kind === facts.kind && group === groupOf(facts.apiVersion);
}

function scalarsWithin({ scalars }: RenderedResource, file: FileId, { start, end }: ReadDocument["placed"]): number {
  return scalars.filter(({ origins }) =>
    origins.some((origin) => origin.file === file && origin.start >= start && origin.end <= end),
  ).length;
}

/** Where the value at a path of a document is in the rendered object: items of lists may stand elsewhere there. `undefined` for what is no scalar of it. */
export function renderedPath(
  resource: Resource,
  file: FileId,
  { parsed, placed }: Pick<ReadDocument, "parsed" | "placed">,
  path: JsonPath,
): JsonPath | undefined {
  const rendered = renderedOf(resource);
  const span = rendered === undefined || parsed === undefined ? undefined : valueSpan(parsed.root, path);
  if (span === undefined) return undefined;
  const start = placed.start + span.start;
  return rendered?.scalars.find(({ origins }) =>
    origins.some((origin) => origin.file === file && origin.start === start && origin.end === placed.start + span.end),
  )?.path;
}
