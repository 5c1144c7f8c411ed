import * as l10n from "@vscode/l10n";
import type { Index } from "../../index/index.ts";
import { folderOf, isKustomizationFile } from "../../index/place.ts";
import type { FileId } from "../../index/types.ts";
import type { Completion } from "../completion/completion.ts";
import type { FileContext } from "../context.ts";
import { holdsPaths, writtenPathsOf } from "../document-links/document-links.ts";
import { relativePath } from "./relative.ts";

/** Files and folders that a kustomization can name at an offset, those that it does not name yet first. */
export function pathCompletionsAt(context: FileContext, offset: number, index: Index): readonly Completion[] {
  const typed = isKustomizationFile(context.file) ? typedPath(context.read.text, offset) : undefined;
  if (typed === undefined) return [];
  const folder = folderOf(context.file).replace(/\/$/, "");
  const named = new Set(writtenPathsOf(context).map(({ path }) => path));
  const candidates = [
    ...(typed.takesFolders ? foldersWithKustomization(index, context.file) : []),
    ...(typed.takesFiles ? filesBelow(index, folder) : []),
  ];
  const rank = (path: FileId): string => (named.has(path) ? "1" : "0");
  return candidates
    .map((path) => ({ path, text: relativePath(folder, path) }))
    .filter(({ text }) => text.startsWith(typed.text))
    .slice(0, mostChoices)
    .map(({ path, text }) => ({
      label: text,
      kind: "value",
      detail: named.has(path) ? l10n.t("named already") : "",
      documentation: undefined,
      span: { start: offset - typed.text.length, end: offset },
      newText: text,
      sortText: `${rank(path)} ${text}`,
    }));
}

const mostChoices = 200;

interface TypedPath {
  readonly text: string;
  readonly takesFolders: boolean;
  readonly takesFiles: boolean;
}

/** What is typed at an offset where a path may stand. */
function typedPath(text: string, offset: number): TypedPath | undefined {
  const lines = text.slice(0, offset).split("\n");
  const line = lines.at(-1) ?? "";
  const written = /^\s*(?:-\s+)?(?:(\w+):\s+)?["']?(?:[\w.-]+=)?([^\s"'=:{}[\]]*)$/.exec(line);
  const field = lines.map((each) => /^(\w+):/.exec(each)?.[1]).findLast((name) => name !== undefined);
  if (written === null || field === undefined || !holdsPaths(field) || line.startsWith(field)) return undefined;
  const [, key, path = ""] = written;
  const isItem = /^\s*-/.test(line);
  if (key === undefined ? !isItem : !/^(path|env|valuesFile)$/.test(key)) return undefined;
  const isFolderField = /^(resources|bases|components)$/.test(field);
  return { text: path, takesFolders: isFolderField, takesFiles: !/^(bases|components)$/.test(field) };
}

function foldersWithKustomization(index: Index, from: FileId): readonly FileId[] {
  const own = folderOf(from);
  const folders = index.folders().filter((folder) => folder !== own && index.filesIn(folder).some(isKustomizationFile));
  return folders.map((folder) => folder.replace(/\/$/, "")).filter((folder) => sharesRoot(folder, own));
}

/** Whether two paths lie in one file system: everything up to the first folder is the same. */
function sharesRoot(a: string, b: string): boolean {
  return a.split("/").slice(0, 4).join("/") === b.split("/").slice(0, 4).join("/") || !a.includes("://");
}

/** Files in and below the folder, but not in folders that are kustomizations of their own. */
function filesBelow(index: Index, folder: string): readonly FileId[] {
  const own = `${folder}/`;
  const others = index
    .folders()
    .filter((each) => each !== own && each.startsWith(own) && index.filesIn(each).some(isKustomizationFile));
  return index
    .filesBelow(own)
    .filter((file) => !isKustomizationFile(file) && !others.some((other) => file.startsWith(other)));
}
