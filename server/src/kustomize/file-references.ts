import { inlineText, readObjects } from "./documents.ts";
import { attempt, Refusal } from "./failure.ts";
import { parseFileSource } from "./generators/key-values.ts";
import { isGitUrl, isWebAddress } from "./git-url.ts";
import { join } from "./paths.ts";
import type { LocatedText } from "./resource.ts";
import type { Settings } from "./settings/settings.ts";
import { field } from "./tree/fields.ts";
import type { Node } from "./tree/node.ts";
import type { FileReference, KustomizeFiles } from "./types.ts";

/** An entry that names something, and whether that may be a folder. */
interface Entry extends LocatedText {
  readonly field: string;
  readonly accepts: "file" | "folder" | "both";
}

/** The files, folders and URLs that the settings of a kustomization name, in the order of the text. Wrong types are passed over. */
export function fileReferences(folder: string, settings: Settings, files: KustomizeFiles): readonly FileReference[] {
  const references = allEntries(settings).flatMap((entry) => toReference(folder, entry, files) ?? []);
  return references.sort((a, b) => a.at.span.start - b.at.span.start);
}

function allEntries(settings: Settings): readonly Entry[] {
  return [
    ...list(settings, "resources", "both"),
    ...list(settings, "bases", "both"),
    ...list(settings, "components", "folder"),
    ...list(settings, "crds", "file"),
    ...list(settings, "configurations", "file"),
    ...["patchesStrategicMerge", "generators", "transformers", "validators"].flatMap((name) =>
      notInline(settings, name),
    ),
    ...["patches", "patchesJson6902", "replacements"].flatMap((name) =>
      settings.children(name).flatMap((entry) => single(entry, `${name}.path`, "path")),
    ),
    ...single(settings.child("openapi"), "openapi.path", "path"),
    ...["configMapGenerator", "secretGenerator"].flatMap((name) =>
      settings.children(name).flatMap((entry) => generatorEntries(name, entry)),
    ),
    ...settings.children("helmCharts").flatMap((chart) => [
      ...single(chart, "helmCharts.valuesFile", "valuesFile"),
      ...list(chart, "additionalValuesFiles", "file").map((entry) => ({
        ...entry,
        field: "helmCharts.additionalValuesFiles",
      })),
    ]),
  ];
}

function list(settings: Settings, name: string, accepts: Entry["accepts"]): readonly Entry[] {
  return settings.texts(name).map((entry) => ({ ...entry, field: name, accepts }));
}

function single(settings: Settings, name: string, setting: string): readonly Entry[] {
  return settings.lacks(setting) ? [] : [{ ...settings.located(setting), field: name, accepts: "file" }];
}

/** Entries that hold objects instead of a path are left out. */
function notInline(settings: Settings, name: string): readonly Entry[] {
  const accepts = name === "patchesStrategicMerge" ? "file" : "both";
  const paths = (field(settings.node, name)?.items ?? []).filter((node) => !isInline(node));
  return paths.map(({ text, origin }) => ({ text, origin, field: name, accepts }));
}

function isInline(node: Node): boolean {
  return !(attempt(() => readObjects(inlineText(node, undefined))) instanceof Refusal);
}

function generatorEntries(name: string, settings: Settings): readonly Entry[] {
  const sources = settings.texts("files").flatMap(({ text, origin }): readonly Entry[] => {
    const source = attempt(() => parseFileSource(text, origin));
    return source instanceof Refusal ? [] : [{ text: source.path, origin, field: `${name}.files`, accepts: "file" }];
  });
  const envs = list(settings, "envs", "file").map((entry) => ({ ...entry, field: `${name}.envs` }));
  return [...sources, ...envs, ...single(settings, `${name}.env`, "env")];
}

function toReference(
  folder: string,
  { field: name, text, origin, accepts }: Entry,
  files: KustomizeFiles,
): FileReference | undefined {
  if (origin === undefined || text === "") return undefined;
  const reference = { field: name, text, at: origin };
  const written = text.startsWith("/") ? undefined : join(folder, text);
  const path = written === undefined ? undefined : (files.realPath?.(written) ?? written);
  if (path !== undefined && !isWebAddress(text)) {
    if (accepts !== "folder" && files.text(path) !== undefined) return { ...reference, kind: "file", path };
    if (accepts !== "file" && files.isFolder(path)) return { ...reference, kind: "folder", path };
  }
  if (isWebAddress(text) || (accepts !== "file" && isGitUrl(text))) return { ...reference, kind: "remote" };
  return path === undefined ? { ...reference, kind: "outside" } : { ...reference, kind: "missing", path };
}
