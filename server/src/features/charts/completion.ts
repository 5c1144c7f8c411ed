import * as l10n from "@vscode/l10n";
import { isArray, isObject } from "../../base/json.ts";
import type { JsonValue } from "../../base/json.ts";
import type { Span } from "../../base/span.ts";
import { actionsOf } from "../../yaml/template.ts";
import type { Completion } from "../completion/completion.ts";
import type { ChartTexts, TemplateContext } from "./context.ts";
import { ChartValues } from "./values.ts";

/** What may stand at an offset within an action: keys of the values behind `.Values`, definitions behind `include`. */
export function templateCompletionsAt(
  context: TemplateContext,
  offset: number,
  textOf: ChartTexts,
): readonly Completion[] {
  const typed = typedInAction(context.read.text, offset);
  if (typed === undefined) return [];
  const include = /\b(?:include|template)\s+"([^"]*)$/.exec(typed);
  if (include !== null) return definitions(context, { start: offset - include[1]!.length, end: offset });
  const value = /\.Values\.((?:[A-Za-z_]\w*\.)*)(\w*)$/.exec(typed);
  const text = value === null ? undefined : textOf(context.chart.values)?.text;
  if (value === null || text === undefined) return [];
  const [, above = "", key = ""] = value;
  const span = { start: offset - key.length, end: offset };
  return valueKeys(new ChartValues(context.chart.values, text), above.split(".").slice(0, -1), span);
}

/** The text of the action around an offset, up to there. */
function typedInAction(text: string, offset: number): string | undefined {
  const action = actionsOf(text).find(({ inside }) => inside.start <= offset && offset <= inside.end);
  return action === undefined || action.kind === "comment" ? undefined : text.slice(action.inside.start, offset);
}

function definitions({ chart }: TemplateContext, span: Span): readonly Completion[] {
  const names = chart.sharedNames().flatMap(({ name, place }) => (name.kind === "define" ? [{ name, place }] : []));
  return [...new Map(names.map((each) => [each.name.name, each])).values()].map(({ name, place }) =>
    completionOf(name.name, place.file.slice(chart.folder.length), "", span),
  );
}

function valueKeys(values: ChartValues, above: readonly string[], span: Span): readonly Completion[] {
  return values.keys(above).map((key) => {
    const path = [...above, key];
    return completionOf(key, kindOfValue(values.value(path)), values.comment(path), span);
  });
}

/** Of which kind a value is; the value itself may be a password. */
function kindOfValue(value: JsonValue | undefined): string {
  if (isArray(value)) return l10n.t("a list");
  if (isObject(value)) return l10n.t("a map");
  if (typeof value === "string") return l10n.t("a text");
  if (typeof value === "number") return l10n.t("a number");
  return typeof value === "boolean" ? l10n.t("true or false") : "";
}

function completionOf(text: string, detail: string, documentation: string, span: Span): Completion {
  return {
    label: text,
    kind: "value",
    detail,
    documentation: documentation === "" ? undefined : documentation,
    span,
    newText: text,
    sortText: text,
  };
}
