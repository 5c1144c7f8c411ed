import { ParseCache } from "./cache.ts";
import { BuildContext } from "./context.ts";
import { fileText, readSettings } from "./documents.ts";
import { attempt, Refusal, refuse } from "./failure.ts";
import { fileReferences } from "./file-references.ts";
import { kustomizationNames, loadKustomization } from "./kustomization.ts";
import { Settings } from "./settings/settings.ts";
import type { Closure, FileReference, KustomizationSummary, KustomizeFiles, OpenReason } from "./types.ts";

/**
 * What the kustomization of a folder names, without rendering anything; `undefined` where the folder has none.
 * A kustomization with mistakes still answers with what can be read.
 */
export function readKustomization(
  folder: string,
  files: KustomizeFiles,
  cache: ParseCache = new ParseCache(),
): KustomizationSummary | undefined {
  const own = kustomizationFiles(folder, files);
  const [file] = own;
  const text = file === undefined ? undefined : files.text(file);
  if (file === undefined || text === undefined) return undefined;
  const loaded = attempt(() => loadKustomization(folder, new BuildContext(files, cache, false)));
  const settings = loaded instanceof Refusal ? rawSettings(file, text) : loaded.settings;
  const namespace = settings.text("namespace");
  return {
    folder,
    file,
    files: own,
    kind: settings.text("kind") === "Component" ? "Component" : "Kustomization",
    references: fileReferences(folder, settings, files),
    open: openReasons(settings),
    ...(namespace === "" ? {} : { namespace }),
    ...(loaded instanceof Refusal ? { error: loaded.error } : {}),
  };
}

/** The kustomization files of a folder: more than one is a mistake. */
function kustomizationFiles(folder: string, files: KustomizeFiles): readonly string[] {
  return kustomizationNames
    .map((name) => (folder === "" ? name : `${folder}/${name}`))
    .filter((path) => files.text(path) !== undefined);
}

/** Settings that were not checked: what has the wrong type reads as absent. */
function rawSettings(file: string, text: string): Settings {
  const node = attempt(() =>
    readSettings(fileText(file, text), (message, at) => refuse("invalid-kustomization", message, at)),
  );
  return new Settings(node instanceof Refusal ? undefined : node);
}

function openReasons(settings: Settings): readonly OpenReason[] {
  const charts = [...settings.children("helmCharts"), ...settings.children("helmChartInflationGenerator")];
  return charts.flatMap((chart): readonly OpenReason[] => {
    const subject = chart.text("name") || chart.text("chartName");
    return chart.origin === undefined ? [] : [{ kind: "helm", subject, at: chart.origin }];
  });
}

/**
 * All files that a kustomization reaches through the folders that it names, without rendering anything.
 * Folders that name each other are visited once.
 * @param summaryOf what `readKustomization` says of a folder
 */
export function closure(folder: string, summaryOf: (folder: string) => KustomizationSummary | undefined): Closure {
  const folders: string[] = [];
  const found = new Set<string>();
  const missing: FileReference[] = [];
  const open: OpenReason[] = [];
  const waiting = [folder];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const summary = folders.includes(next) ? undefined : summaryOf(next);
    if (summary === undefined) continue;
    folders.push(next);
    for (const file of summary.files) found.add(file);
    open.push(...summary.open);
    for (const reference of summary.references) {
      if (reference.kind === "file" && reference.path !== undefined) found.add(reference.path);
      else if (reference.kind === "folder" && reference.path !== undefined) waiting.push(reference.path);
      else if (reference.kind === "remote") open.push({ kind: "remote", subject: reference.text, at: reference.at });
      else missing.push(reference);
    }
  }
  return { files: [...found].sort(), folders, missing, open };
}
