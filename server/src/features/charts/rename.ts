import * as l10n from "@vscode/l10n";
import type { Refusal } from "../rename/subject.ts";
import { symbolAt } from "../symbol.ts";
import { actionNameAt } from "./context.ts";
import type { TemplateContext } from "./context.ts";

/** Why a name of a template is not renamed; `undefined` where nothing has a name. */
export function templateRenameRefusal(context: TemplateContext, offset: number): Refusal | undefined {
  const isName =
    actionNameAt(context, offset) !== undefined || symbolAt(context, context.chart.environment, offset) !== undefined;
  return isName
    ? { reason: l10n.t("Names in a Helm template can't be renamed: what else its actions make of them is not known.") }
    : undefined;
}
