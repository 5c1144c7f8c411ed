import type { JsonPath } from "../../base/json.ts";
import { arrayAt, objectAt, textAt } from "../../base/json.ts";
import type { Span } from "../../base/span.ts";
import type { Environment, Resource } from "../../index/types.ts";
import { podTemplatePath } from "../../kubernetes/pod-template.ts";
import { isLabelQuery, namesOf } from "../../kubernetes/relations/names.ts";
import type { Name } from "../../kubernetes/relations/names.ts";
import { mentionsIn } from "../../kubernetes/relations/relations.ts";
import { containerPaths } from "../../resolve/relations/ports.ts";
import { targetsOf } from "../../resolve/relations/targets.ts";
import { documentsIn, resourcesOf } from "../context.ts";
import type { FileContext } from "../context.ts";

/**
 * - `property`: the key of a label, in a selector or in a template. - `enumMember`: its value. - `variable`: the name of a port.
 * - `class`: the name of another object (or of a key, container or volume inside of one).
 */
export const tokenTypes = ["property", "enumMember", "variable", "class"] as const;

/** - `declaration`: others go by this name. - `resolved`: what is named is here. - `unresolved`: it is not, and nothing is hidden from sight. None where it may well live elsewhere. */
export const tokenModifiers = ["declaration", "resolved", "unresolved"] as const;

export type TokenType = (typeof tokenTypes)[number];
export type TokenModifier = (typeof tokenModifiers)[number];

/** A word with a meaning; within one line, in the file's text. */
export interface SemanticToken {
  readonly span: Span;
  readonly type: TokenType;
  readonly modifier: TokenModifier | undefined;
}

/** The tokens of a part of a file, for its active environment: sorted, without overlaps. */
export function semanticTokensOf(context: FileContext, range: Span): readonly SemanticToken[] {
  const active = { ...documentsIn(context, range), environments: context.environments.slice(0, 1) };
  const tokens = [...resourcesOf(active)].flatMap(({ environment, resource }) => {
    if (resource.document.file !== context.file) return [];
    return [...namedTokens(context, environment, resource), ...declaredTokens(context, resource)];
  });
  const sorted = tokens
    .filter(({ span }) => span.end > span.start && span.end >= range.start && span.start <= range.end)
    .filter(({ span }) => !/[\n\r]/.test(context.read.text.slice(span.start, span.end)))
    .sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  let end = -1;
  return sorted.filter(({ span }) => {
    if (span.start < end) return false;
    end = span.end;
    return true;
  });
}

function namedTokens(context: FileContext, environment: Environment, resource: Resource): readonly SemanticToken[] {
  return [...mentionsIn(resource.object)].flatMap((mention) =>
    namesOf(mention).flatMap((name) => {
      const modifier = resolution(environment, resource, name);
      if (isLabelQuery(mention) && !name.isKey && name.label?.value !== undefined && name.span === undefined)
        return labelTokens(context, resource, name.path, modifier);
      // A word of a text may be anything: it is marked only where it is certain that a name is meant.
      if (modifier !== "resolved" && (!name.isCertain || mention.relation.row.missing === "none")) return [];
      const span = spanOf(context, resource, name.path, name.isKey ? "key" : "value");
      if (span === undefined) return [];
      const part = name.span;
      const own = part === undefined ? span : { start: span.start + part.start, end: span.start + part.end };
      return [{ span: own, type: typeOf(name), modifier }];
    }),
  );
}

function resolution(environment: Environment, resource: Resource, name: Name): TokenModifier | undefined {
  if (targetsOf(environment, resource, name).length > 0) return "resolved";
  const { missing, implicit, to } = name.mention.relation.row;
  // Namespaces, and what is often made elsewhere (Secrets, storage classes), are seldom written beside what names them.
  const isElsewhere = missing === "none" || missing === "hint" || to.kind === "Namespace";
  const isHidden = environment.open.length > 0 || isElsewhere || implicit?.includes(name.text) === true;
  return isHidden ? undefined : "unresolved";
}

function typeOf({ mention }: Name): TokenType {
  if (isLabelQuery(mention)) return "property";
  return mention.relation.row.by.startsWith("port-") ? "variable" : "class";
}

/** The key and value of a label; in a list of values only the value. */
function labelTokens(
  context: FileContext,
  resource: Resource,
  path: JsonPath,
  modifier: TokenModifier | undefined,
): readonly SemanticToken[] {
  const key = typeof path.at(-1) === "string" ? spanOf(context, resource, path, "key") : undefined;
  const value = spanOf(context, resource, path, "value");
  return [
    ...(key === undefined ? [] : [{ span: key, type: "property" as const, modifier }]),
    ...(value === undefined ? [] : [{ span: value, type: "enumMember" as const, modifier }]),
  ];
}

/** The labels of the pods, and the names of ports. */
function declaredTokens(context: FileContext, resource: Resource): readonly SemanticToken[] {
  const template = podTemplatePath(resource.group, resource.kind);
  if (template === undefined) {
    const isService = resource.group === "" && resource.kind === "Service";
    return isService ? portTokens(context, resource, ["spec", "ports"]) : [];
  }
  const labels = [...template, "metadata", "labels"];
  return [
    ...Object.keys(objectAt(resource.object, ...labels) ?? {}).flatMap((key) =>
      labelTokens(context, resource, [...labels, key], "declaration"),
    ),
    ...containerPaths(resource).flatMap((path) => portTokens(context, resource, [...path, "ports"])),
  ];
}

function portTokens(context: FileContext, resource: Resource, path: JsonPath): readonly SemanticToken[] {
  return arrayAt(resource.object, ...path).flatMap((port, index) => {
    const span =
      textAt(port, "name") === undefined ? undefined : spanOf(context, resource, [...path, index, "name"], "value");
    return span === undefined ? [] : [{ span, type: "variable" as const, modifier: "declaration" as const }];
  });
}

/** Where a key or value stands in this file, without quotes. */
function spanOf(
  { file, read }: FileContext,
  resource: Resource,
  path: JsonPath,
  part: "key" | "value",
): Span | undefined {
  const place = resource.origin(path, part);
  if (place === undefined || place.file !== file) return undefined;
  const isQuoted = /^["']/.test(read.text.slice(place.start, place.start + 1));
  return isQuoted && place.end - place.start >= 2
    ? { start: place.start + 1, end: place.end - 1 }
    : { start: place.start, end: place.end };
}
