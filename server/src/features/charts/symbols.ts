import * as l10n from "@vscode/l10n";
import type { DocumentSymbol } from "../symbols/symbols.ts";
import { documentSymbolsOf } from "../symbols/symbols.ts";
import type { TemplateContext } from "./context.ts";

/** The objects of a template and the definitions that other templates include, in the order of the file. */
export function templateSymbolsOf(context: TemplateContext): readonly DocumentSymbol[] {
  const definitions = context.read.documents.flatMap(({ template, placed }) =>
    (template?.facts.names ?? []).flatMap(({ kind, name, start, end }): readonly DocumentSymbol[] => {
      const span = { start: start + placed.start, end: end + placed.start };
      if (kind !== "define") return [];
      return [{ type: "key", name, detail: l10n.t("definition"), span, selection: span, children: [] }];
    }),
  );
  return [...documentSymbolsOf(context), ...definitions].sort((a, b) => a.span.start - b.span.start);
}
