import * as l10n from "@vscode/l10n";
import { at, scalarText } from "../../base/json.ts";
import type { JsonValue } from "../../base/json.ts";
import type { FileContext } from "../context.ts";
import { operationAt, patchedBy } from "../json-patch.ts";
import type { PatchedScalar } from "../json-patch.ts";
import { bullets, code, linked, linkTo, paragraphs } from "../markdown.ts";
import type { Linker } from "../markdown.ts";
import type { Hover } from "./hover.ts";
import { shortName } from "./rendered.ts";

/** The objects that an operation of a JSON patch changes in the active environment, with the values before and after. */
export function jsonPatchHover(context: FileContext, offset: number, link: Linker): Hover | undefined {
  const [environment] = context.environments;
  const operation = operationAt(context, offset);
  if (environment === undefined || operation === undefined) return undefined;
  const changes = patchedBy(environment, context.file, operation).map((patched) => changeText(patched, link));
  if (changes.length === 0) return undefined;
  const title = l10n.t("**In {0}**", shortName(environment.name));
  return { span: operation.span, markdown: paragraphs(title, bullets(changes, 20)) };
}

function changeText({ resource, scalar: { path }, before }: PatchedScalar, link: Linker): string {
  const after = valueText(at(resource.object, ...path)) ?? "";
  // The values of Secrets are empty here.
  if (after === "") return `${linked(resource, link)}: ${code(path.join("."))}`;
  const former = before === undefined ? undefined : valueText(resource.writtenAt(before, path));
  const change =
    before === undefined || former === undefined || former === ""
      ? code(`${path.join(".")}: ${after}`)
      : `${code(path.join("."))}: ${linkTo(former, before, link)} → ${code(after)}`;
  return `${linked(resource, link)}: ${change}`;
}

function valueText(value: JsonValue | undefined): string | undefined {
  return typeof value === "boolean" || value === null ? String(value) : scalarText(value);
}
