import * as l10n from "@vscode/l10n";
import { appliersOf } from "../../index/environment.ts";
import type { Applier, Environment, FileId } from "../../index/types.ts";
import { kustomizationOf } from "../diagnostics/kustomize.ts";
import type { FileContext } from "../context.ts";
import { PageWriter } from "../page.ts";
import type { Page } from "../page.ts";
import { reasonText } from "./reason.ts";

/** What environments and files are called for people. */
export interface Labels {
  environment(name: string): string;
  file(file: FileId): string;
}

/** Why a file is looked at in these environments: how they were found, what of them can't be seen, and which files belong to them. */
export function whyEnvironment({ file, environments }: FileContext, labels: Labels): Page {
  const writer = new PageWriter();
  const count = environments.length;
  writer.line(
    count === 1
      ? l10n.t("{0} belongs to one environment.", labels.file(file))
      : l10n.t("{0} belongs to {1} environments; the first one is active.", labels.file(file), count),
  );
  for (const [index, environment] of environments.entries()) {
    const name = labels.environment(environment.name) || ".";
    writer.heading(2, index === 0 ? l10n.t("{0} (active)", name) : name);
    writer.line(howFound(environment));
    writeAppliers(writer, appliersOf(environment));
    writer.line(l10n.t("Objects that name no namespace are in {0}.", environment.namespace));
    writeOpenness(writer, environment);
    if (index < detailed) writeFiles(writer, environment, labels);
  }
  return writer.page(labels.file(file));
}

/** Of further environments the files are not listed. */
const detailed = 6;

function howFound(environment: Environment): string {
  switch (environment.kind) {
    case "kustomization":
      return howKustomized(environment);
    case "directory":
      return l10n.t("A folder without a kustomization or a chart, whose manifests are applied as they stand.");
    case "settings":
      return l10n.t("Named in the setting drydock.environments, whose globs include the file.");
    case "folder":
      return l10n.t("The folder of the file: no kustomization reaches it, and no setting names it.");
    case "chart":
      return l10n.t(
        "The templates of a Helm chart. What they make is known once Helm has filled them in, so nothing is reported of them; Drydock: Preview Rendered Chart shows it.",
      );
    case "single":
      return l10n.t("All files together, as if they were applied as they stand.");
  }
}

function howKustomized(environment: Environment): string {
  if (appliersOf(environment).length === 0)
    return l10n.t(
      "Found by its kustomization, which no other one uses. What is shown is what kustomize renders, at the lines that cause it.",
    );
  return kustomizationOf(environment) !== undefined
    ? l10n.t(
        "Found by its kustomization, which is applied by itself. What is shown is what kustomize renders, at the lines that cause it.",
      )
    : l10n.t(
        "A folder without a kustomization, of which Flux makes one that names all manifests in it and below. What is shown is what kustomize renders, at the lines that cause it.",
      );
}

function writeAppliers(writer: PageWriter, appliers: readonly Applier[]): void {
  for (const { subject, place } of appliers) {
    const words = l10n.t("{0} names the folder.", subject);
    writer.line(`- ${words}`, { words, place });
  }
}

function writeOpenness(writer: PageWriter, { open }: Environment): void {
  writer.blank();
  if (open.length === 0) {
    writer.line(l10n.t("All of it is seen, so what is missing is called missing."));
    return;
  }
  writer.line(l10n.t("A part of it can't be seen, so nothing is called missing:")).blank();
  for (const reason of open.slice(0, 20)) {
    const words = reasonText(reason);
    const { place } = reason;
    if (place === undefined) writer.line(`- ${words}`);
    else writer.line(`- ${words}`, { words, place });
  }
}

function writeFiles(writer: PageWriter, environment: Environment, labels: Labels): void {
  const files = environment.files();
  writer
    .blank()
    .line(l10n.t("Objects: {0}. Files: {1}.", environment.resources().length, files.length))
    .blank();
  for (const file of files.slice(0, 200)) {
    const words = labels.file(file);
    writer.line(`- ${words}`, { words, place: { file, start: 0, end: 0 } });
  }
}
