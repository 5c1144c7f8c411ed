import { arrayAt, at, objectAt, textAt } from "../../base/json.ts";
import type { JsonObject, JsonPath, JsonValue } from "../../base/json.ts";
import type { RenderedResource } from "../../index/rendered-resource.ts";
import type { Environment, Place } from "../../index/types.ts";
import { hasPlaceholders } from "../../model/placeholders.ts";
import { mistakesOf } from "./causes.ts";
import type { Mistake } from "./causes.ts";
import type { CheckOptions, Draft } from "./rule.ts";

/**
 * The mistakes for which the API server would refuse what kustomize renders, each at the line that gives the wrong value. What is missing is told
 * at the object itself, never at a patch; it is not told at all where a part of the environment can't be seen.
 */
export function verdictOn(
  environment: Environment,
  resource: RenderedResource,
  options: CheckOptions,
): readonly Draft[] {
  const object = withoutAcceptedSchemas(resource);
  if (hasPlaceholders(object)) return [];
  const mistakes = mistakesOf(object, options);
  if (mistakes.length === 0) return [];
  const isWhole = !environment.open.some(({ code }) => hidesFields.has(code));
  return mistakes
    .filter((mistake) => isWhole || (!isMissing(mistake) && !holdsVariable(resource, mistake)))
    .map((mistake) => {
      const { code, message, path } = mistake;
      const draft = { code, severity: "error", message, path } as const;
      return isMissing(mistake) ? { ...draft, place: placeOfMissing(resource, path) } : draft;
    });
}

/** The object with the least of schemas for each that was accepted as it is written: those need no second look. */
function withoutAcceptedSchemas(resource: RenderedResource): JsonObject {
  const { full } = resource;
  const isAccepted = (version: JsonValue, index: number): boolean =>
    // Selectable fields are looked for in the schema.
    at(version, "selectableFields") === undefined &&
    resource.isAcceptedAt(["spec", "versions", index, "schema", "openAPIV3Schema"]);
  const versions = resource.kind === "CustomResourceDefinition" ? arrayAt(full, "spec", "versions") : [];
  if (!versions.some(isAccepted)) return full;
  const judged = versions.map((version, index) =>
    isAccepted(version, index) ? { ...objectAt(version), schema: { openAPIV3Schema: { type: "object" } } } : version,
  );
  return { ...full, spec: { ...objectAt(full, "spec"), versions: judged } };
}

/** Reasons for which an object may lack what a patch would have given it. */
const hidesFields: ReadonlySet<string> = new Set([
  "remote-base",
  "helm-chart",
  "plugin",
  "build-fails",
  "broken-document",
  "unread-file",
]);

function isMissing({ cause }: Mistake): boolean {
  return cause.reason === "FieldValueRequired";
}

/** A build that stumbles does not replace `$(NAME)` any more. */
function holdsVariable({ full }: RenderedResource, { path }: Mistake): boolean {
  return textAt(full, ...path)?.includes("$(") === true;
}

/** The nearest parent that stands in the object's own file. */
function placeOfMissing(resource: RenderedResource, path: JsonPath): Place {
  for (let length = path.length - 1; length > 0; length--) {
    const found = resource.origin(path.slice(0, length), "key");
    if (found?.file === resource.file) return found;
  }
  return resource.place;
}
