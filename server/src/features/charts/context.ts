import type { Chart, NamedPlace } from "../../index/charts.ts";
import type { FileId } from "../../index/types.ts";
import type { ReadFile } from "../../model/read.ts";
import type { FileContext } from "../context.ts";

/** A template of a chart that somebody looks at. */
export interface TemplateContext extends FileContext {
  readonly chart: Chart;
}

/** A file of a chart as it is now, as far as it is at hand. */
export type ChartTexts = (file: FileId) => Pick<ReadFile, "text"> | undefined;

/**
 * A template as features for finding one's way see it: with the nodes around its actions, and the objects that stand there literally. Its one environment
 * is the chart's own.
 */
export function templateContext(context: Omit<FileContext, "environments">, chart: Chart): TemplateContext {
  const documents = context.read.documents.map((document) => {
    if (document.template === undefined) return document;
    const { parsed, facts } = document.template;
    const placed = { ...document.placed, facts: { ...document.placed.facts, resources: facts.objects } };
    return { ...document, parsed, placed };
  });
  return { ...context, chart, read: { ...context.read, documents }, environments: [chart.environment] };
}

/** The name in an action at an offset. */
export function actionNameAt({ chart, file }: TemplateContext, offset: number): NamedPlace | undefined {
  return chart.names().find(({ place }) => place.file === file && place.start <= offset && offset <= place.end);
}
