import * as l10n from "@vscode/l10n";
import { at, scalarText } from "../../base/json.ts";
import { groupBy } from "../../base/group.ts";
import { renderedOf } from "../../index/rendered-resource.ts";
import type { Environment, Place } from "../../index/types.ts";
import { resourceOf } from "../context.ts";
import { listText } from "../describe.ts";
import { renderedPath } from "../rendered.ts";
import type { HoverRequest } from "./hover.ts";
import { bullets, code, escaped, linkTo, paragraphs } from "../markdown.ts";
import type { Linker } from "../markdown.ts";

/** What kustomize makes of a value in each environment, and the places that say so; `undefined` where it stays as it is written everywhere. */
export function renderedHover({ context, cursor, link }: HoverRequest): string | undefined {
  const { subject, location, document } = cursor;
  if (subject === undefined || subject.facts.kind === "Secret") return undefined;
  const values = context.environments.slice(0, mostEnvironments).flatMap((environment) => {
    const resource = resourceOf(environment, context.file, document, subject.facts);
    const rendered = resource === undefined ? undefined : renderedOf(resource);
    if (rendered === undefined) return [];
    const path = renderedPath(rendered, context.file, document, location.path) ?? subject.path;
    const text = scalarText(at(rendered.object, ...path));
    return text === undefined ? [] : [{ environment, text, places: placesOf(rendered.origins(path)) }];
  });
  const written = scalarText(at(document.parsed?.value, ...location.path));
  if (values.every(({ text }) => text === written)) return undefined;
  const lines = [...groupBy(values, ({ text }) => text)].map(([text, same]) =>
    valueLine(
      text,
      same.map(({ environment }) => environment),
      same[0]?.places ?? [],
      link,
    ),
  );
  return paragraphs(l10n.t("**What kustomize renders**"), bullets(lines));
}

/** The base of hundreds of overlays is shown in so many. */
const mostEnvironments = 16;

function placesOf(origins: readonly Place[]): readonly Place[] {
  return [...new Map(origins.map((place) => [`${place.file} ${place.start}`, place])).values()];
}

function valueLine(text: string, environments: readonly Environment[], places: readonly Place[], link: Linker): string {
  const where = listText(environments.map(({ name }) => escaped(shortName(name))));
  const from = places.map((place) => linkTo(shortName(place.file), place, link));
  return from.length === 0
    ? l10n.t("{0} in {1}", code(text), where)
    : l10n.t("{0} in {1}, from {2}", code(text), where, from.join(" ← "));
}

/** The last two parts of a path, which tell overlays apart. */
export function shortName(name: string): string {
  return name.split("/").slice(-2).join("/");
}
