import * as l10n from "@vscode/l10n";
import type { Span } from "../../base/span.ts";
import type { Index } from "../../index/index.ts";
import { acceptedBy } from "../../index/paths-beside.ts";
import { folderOf, isKustomizationFile } from "../../index/place.ts";
import type { FileId, FolderId } from "../../index/types.ts";
import { locate } from "../../yaml/path.ts";
import { quoteIfNeeded } from "../../yaml/quote.ts";
import type { Completion } from "../completion/completion.ts";
import type { FileContext } from "../context.ts";
import { generatorKey, pathFieldAt, writtenPathsOf } from "../document-links/document-links.ts";
import { relativePath } from "./relative.ts";

/**
 * Files and folders that a kustomization can name at an offset, those that it does not name yet first.
 * @param listAll the files of all kinds below a folder: generators take any, of which the index has manifests alone
 */
export function pathCompletionsAt(
  context: FileContext,
  offset: number,
  index: Index,
  listAll: (folder: FolderId) => readonly FileId[] = () => [],
): readonly Completion[] {
  const typed = isKustomizationFile(context.file) ? typedPath(context, offset) : undefined;
  if (typed === undefined) return [];
  const folder = folderOf(context.file).replace(/\/$/, "");
  const others = writtenPathsOf(context).filter(({ span }) => offset < span.start || span.end < offset);
  const named = new Set(others.map(({ path }) => path));
  const accepted = acceptedBy(typed.field);
  const candidates = [
    ...(accepted.folders ? foldersToName(context, index, typed.field === "components") : []),
    ...(accepted.files ? filesBelow(index, folder, accepted.ofAnyKind ? listAll : () => []) : []),
  ];
  const rank = (path: FileId): string => (named.has(path) ? "1" : "0");
  const wanted = typed.before.toLowerCase();
  return candidates
    .map((path) => ({ path, text: relativePath(folder, path) }))
    .filter(({ text }) => text.toLowerCase().includes(wanted))
    .slice(0, mostChoices)
    .map(({ path, text }) => ({
      label: text,
      kind: "value",
      detail: named.has(path) ? l10n.t("named already") : "",
      documentation: undefined,
      span: typed.span,
      newText: typed.written(text),
      sortText: `${rank(path)} ${text}`,
    }));
}

const mostChoices = 200;

interface TypedPath {
  /** As in `patches.path`. */
  readonly field: string;
  /** What stands before the cursor, without quotes, key and `./`. */
  readonly before: string;
  /** What a choice replaces, in offsets of the file. */
  readonly span: Span;
  /** A path as it is to be written there. */
  readonly written: (path: string) => string;
}

/** What is typed at an offset where a path may stand. */
function typedPath({ read }: FileContext, offset: number): TypedPath | undefined {
  const document = read.documents.findLast(({ placed }) => offset >= placed.start && offset <= placed.end);
  if (document === undefined) return undefined;
  const { text, placed } = document;
  const inside = offset - placed.start;
  const location = locate(document.parsed?.root ?? null, inside, text);
  const field = location?.part === "value" ? pathFieldAt(location.path) : undefined;
  const scalar = location?.node ?? undefined;
  if (field === undefined || (scalar !== undefined && scalar.type !== "scalar")) return undefined;
  if (scalar === undefined) {
    const gap = /[-:]$/.test(text.slice(0, inside)) ? " " : "";
    return { field, before: "", span: { start: offset, end: offset }, written: (path) => gap + quoteIfNeeded(path) };
  }
  const isQuoted = scalar.style === "double-quoted" || scalar.style === "single-quoted";
  const own = withoutQuotes(text, scalar.span, isQuoted);
  const key = field.endsWith(".files") ? generatorKey(text.slice(own.start, own.end)) : "";
  const lead = /^\.\//.exec(text.slice(own.start + key.length, own.end))?.[0] ?? "";
  const start = own.start + key.length + lead.length;
  return {
    field,
    before: text.slice(start, Math.max(start, inside)),
    span: { start: start + placed.start, end: own.end + placed.start },
    written: (path) => (isQuoted || key !== "" || lead !== "" ? path : quoteIfNeeded(path)),
  };
}

/** A scalar's text within its quotes, of which a half-typed one has the first alone. */
function withoutQuotes(text: string, { start, end }: Span, isQuoted: boolean): Span {
  if (!isQuoted) return { start, end };
  const isClosed = end > start + 1 && text[end - 1] === text[start];
  return { start: start + 1, end: isClosed ? end - 1 : end };
}

/** Folders whose kustomization can be included: components as components, all others elsewhere, and none that includes this one. */
function foldersToName({ file, environments }: FileContext, index: Index, components: boolean): readonly FileId[] {
  const own = folderOf(file);
  const users = new Set(environments.map(({ name }) => `${name}/`));
  const kustomizationOf = (folder: FolderId): FileId | undefined => index.filesIn(folder).find(isKustomizationFile);
  const isWanted = (folder: FolderId): boolean => {
    const kustomization = own.startsWith(folder) || users.has(folder) ? undefined : kustomizationOf(folder);
    return kustomization !== undefined && isComponent(index, kustomization) === components && sharesRoot(folder, own);
  };
  return index
    .folders()
    .filter(isWanted)
    .map((folder) => folder.replace(/\/$/, ""));
}

function isComponent(index: Index, kustomization: FileId): boolean {
  return index.file(kustomization)?.resources.some(({ kind }) => kind === "Component") === true;
}

/** Whether two paths lie in one file system: everything up to the first folder is the same. */
function sharesRoot(a: string, b: string): boolean {
  return a.split("/").slice(0, 4).join("/") === b.split("/").slice(0, 4).join("/") || !a.includes("://");
}

/** Files in and below the folder, but not in folders that are kustomizations of their own. */
function filesBelow(index: Index, folder: string, listAll: (folder: FolderId) => readonly FileId[]): readonly FileId[] {
  const own = `${folder}/`;
  const others = index
    .folders()
    .filter((each) => each !== own && each.startsWith(own) && index.filesIn(each).some(isKustomizationFile));
  return [...new Set([...index.filesBelow(own), ...listAll(own)])].filter(
    (file) => !isKustomizationFile(file) && !others.some((other) => file.startsWith(other)),
  );
}
