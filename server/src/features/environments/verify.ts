import * as l10n from "@vscode/l10n";
import { canonicalJson, isObject, textAt } from "../../base/json.ts";
import type { JsonObject } from "../../base/json.ts";
import { builtAlone } from "../../index/environment.ts";
import { renderedOf } from "../../index/rendered-resource.ts";
import type { Environment } from "../../index/types.ts";
import { parseDocument } from "../../yaml/parse.ts";
import { splitDocuments } from "../../yaml/split.ts";
import { PageWriter } from "../page.ts";
import type { Page } from "../page.ts";

export interface ToolRendering {
  /** What kustomize printed. */
  readonly printed: string;
  /** Files whose texts in the editor kustomize has not seen. */
  readonly unsaved: readonly string[];
}

/** Compares what Drydock renders with what kustomize printed, object by object, and in order. */
export function verifyRendering(environment: Environment, label: string, { printed, unsaved }: ToolRendering): Page {
  const theirs = byIdentity(objectsIn(printed));
  const ours = byIdentity(builtAlone(environment).map((resource) => renderedOf(resource)?.full ?? resource.object));
  const missing = [...theirs.keys()].filter((key) => !ours.has(key));
  const extra = [...ours.keys()].filter((key) => !theirs.has(key));
  const different = [...ours].flatMap(([key, text]) => (theirs.has(key) && theirs.get(key) !== text ? [key] : []));
  const writer = new PageWriter();
  for (const line of unsavedText(unsaved)) writer.line(line).blank();
  if (missing.length + extra.length + different.length === 0) {
    const isSameOrder = [...ours.keys()].join("\n") === [...theirs.keys()].join("\n");
    writer.line(
      isSameOrder
        ? l10n.t("{0}: all {1} objects are equal.", label, ours.size)
        : l10n.t("{0}: all {1} objects are equal, in another order.", label, ours.size),
    );
    return writer.page(label);
  }
  writer.line(l10n.t("{0}: the rendering differs from the one of kustomize.", label));
  writeList(writer, l10n.t("Only kustomize prints"), missing);
  writeList(writer, l10n.t("Only Drydock renders"), extra);
  writeList(writer, l10n.t("Different"), different);
  return writer.page(label);
}

/** Says that kustomize read other texts than Drydock. */
export function unsavedText(files: readonly string[]): readonly string[] {
  if (files.length === 0) return [];
  return [l10n.t("kustomize reads files as they are saved; these have changes that are not: {0}.", files.join(", "))];
}

function writeList(writer: PageWriter, title: string, keys: readonly string[]): void {
  if (keys.length === 0) return;
  writer.heading(2, title);
  for (const key of keys) writer.line(`- ${key}`);
}

function objectsIn(text: string): readonly JsonObject[] {
  return splitDocuments(text).flatMap(({ start, end }) => {
    const { value } = parseDocument(text.slice(start, end));
    return isObject(value) ? [value] : [];
  });
}

function byIdentity(objects: readonly JsonObject[]): ReadonlyMap<string, string> {
  return new Map(
    objects.map((object) => {
      const name = [textAt(object, "metadata", "namespace"), textAt(object, "metadata", "name")];
      const kind = [textAt(object, "apiVersion"), textAt(object, "kind")];
      return [`${kind.join("/")} ${name.filter((part) => part !== undefined).join("/")}`, canonicalJson(object)];
    }),
  );
}
