import * as l10n from "@vscode/l10n";
import { isArray, isObject, scalarText } from "../../base/json.ts";
import type { JsonValue } from "../../base/json.ts";
import type { NamedPlace } from "../../index/charts.ts";
import { targetsOfSymbol } from "../definition/definition.ts";
import type { Hover } from "../hover/hover.ts";
import { bullets, code, escaped, linked, linkTo, paragraphs } from "../markdown.ts";
import type { Linker } from "../markdown.ts";
import { symbolAt } from "../symbol.ts";
import { actionNameAt } from "./context.ts";
import type { ChartTexts, TemplateContext } from "./context.ts";
import { ChartValues, valuePathAt } from "./values.ts";

/** What the name at an offset of a template leads to. Nothing is said of what the cluster would make of it. */
export function templateHoverAt(
  context: TemplateContext,
  offset: number,
  textOf: ChartTexts,
  link: Linker,
): Hover | undefined {
  const found = actionNameAt(context, offset);
  if (found === undefined) return literalHover(context, offset, link);
  const markdown =
    found.name.kind === "value"
      ? valueText(context, found, offset, textOf, link)
      : definitionText(context, found, link);
  const { start, end } = found.place;
  return markdown === undefined ? undefined : { span: { start, end }, markdown };
}

/** The objects that a literal name or label means within the chart. */
function literalHover(context: TemplateContext, offset: number, link: Linker): Hover | undefined {
  const symbol = symbolAt(context, context.chart.environment, offset);
  const targets = symbol === undefined ? [] : targetsOfSymbol(symbol);
  const objects = new Map(targets.map(({ resource }) => [resource, linked(resource, link)]));
  if (symbol === undefined || objects.size === 0) return undefined;
  return {
    span: symbol.span,
    markdown: paragraphs(l10n.t("In the templates of this chart:"), bullets([...objects.values()])),
  };
}

function definitionText({ chart }: TemplateContext, { name }: NamedPlace, link: Linker): string | undefined {
  const places = chart
    .sharedNames()
    .flatMap((each) => (each.name.kind === "define" && each.name.name === name.name ? [each.place] : []));
  if (places.length === 0) return undefined;
  const files = places.map((place) => linkTo(place.file.slice(place.file.lastIndexOf("/") + 1), place, link));
  return paragraphs(code(name.name), bullets(files));
}

function valueText(
  context: TemplateContext,
  found: NamedPlace,
  offset: number,
  textOf: ChartTexts,
  link: Linker,
): string | undefined {
  const { chart } = context;
  const text = textOf(chart.values)?.text;
  const values = text === undefined ? undefined : new ChartValues(chart.values, text);
  const path = valuePathAt(found, offset);
  const place = values?.placeOf(path);
  if (values === undefined || place === undefined) return undefined;
  const value = isInSecret(context, offset) ? undefined : shown(values.value(path));
  return paragraphs(
    `${code([".Values", ...path].join("."))} · ${linkTo("values.yaml", place, link)}`,
    value === undefined ? undefined : code(value),
    escaped(values.comment(path)),
  );
}

/** What a Secret is filled with is not shown. */
function isInSecret({ read }: TemplateContext, offset: number): boolean {
  const document = read.documents.find(({ placed }) => placed.start <= offset && offset <= placed.end);
  return document?.placed.facts.resources.some(({ kind }) => kind === "Secret") === true;
}

function shown(value: JsonValue | undefined): string | undefined {
  if (isArray(value) || isObject(value)) return undefined;
  const text = typeof value === "boolean" ? String(value) : scalarText(value);
  return text === undefined || text.length > longest || text.includes("\n") ? undefined : text;
}

const longest = 100;
