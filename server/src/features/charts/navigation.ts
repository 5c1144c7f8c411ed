import type { Chart, NamedPlace } from "../../index/charts.ts";
import type { Place } from "../../index/types.ts";
import { definitionAt } from "../definition/definition.ts";
import { occurrencesAt, placesOf } from "../references/references.ts";
import { actionNameAt } from "./context.ts";
import type { ChartTexts, TemplateContext } from "./context.ts";
import { ChartValues, usesOfValue, valuePathAt } from "./values.ts";

/** A place with the thing under the cursor. */
export interface ChartPlace {
  readonly place: Place;
  readonly isDeclaration: boolean;
}

/** The places that the thing at an offset of a template leads to. */
export function templateDefinitionAt(context: TemplateContext, offset: number, textOf: ChartTexts): readonly Place[] {
  const found = actionNameAt(context, offset);
  if (found === undefined) return definitionAt(context, offset);
  const all = placesOfActionName(context, found, offset, textOf);
  const isAtDeclaration = found.name.kind === "define";
  return all.filter(({ isDeclaration }) => isDeclaration !== isAtDeclaration).map(({ place }) => place);
}

/** Everything that declares or names the thing at an offset of a template, within its chart. */
export function templateOccurrencesAt(
  context: TemplateContext,
  offset: number,
  textOf: ChartTexts,
): readonly ChartPlace[] {
  const found = actionNameAt(context, offset);
  if (found !== undefined) return placesOfActionName(context, found, offset, textOf);
  const places = occurrencesAt(context, offset).flatMap((occurrence) =>
    placesOf([occurrence], textOf).map((place) => ({ place, isDeclaration: occurrence.isDeclaration })),
  );
  return [
    ...new Map(places.map((each) => [`${each.place.file} ${each.place.start} ${each.place.end}`, each])).values(),
  ];
}

/** Where templates read the value whose key stands at an offset of a chart's `values.yaml`, and the key itself. */
export function valueOccurrencesAt(chart: Chart, text: string, offset: number): readonly ChartPlace[] {
  const found = new ChartValues(chart.values, text).pathAt(offset);
  if (found === undefined) return [];
  const uses = usesOfValue(chart, found.path).map((place) => ({ place, isDeclaration: false }));
  return [{ place: { file: chart.values, ...found.span }, isDeclaration: true }, ...uses];
}

function placesOfActionName(
  { chart }: TemplateContext,
  found: NamedPlace,
  offset: number,
  textOf: ChartTexts,
): readonly ChartPlace[] {
  const { kind, name } = found.name;
  if (kind !== "value")
    return chart
      .sharedNames()
      .filter((each) => each.name.kind !== "value" && each.name.name === name)
      .map((each) => ({ place: each.place, isDeclaration: each.name.kind === "define" }));
  const path = valuePathAt(found, offset);
  const text = textOf(chart.values)?.text;
  const declared = text === undefined ? undefined : new ChartValues(chart.values, text).placeOf(path);
  return [
    ...(declared === undefined ? [] : [{ place: declared, isDeclaration: true }]),
    ...usesOfValue(chart, path).map((place) => ({ place, isDeclaration: false })),
  ];
}
