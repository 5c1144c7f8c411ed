import type { JsonPath, JsonValue } from "../../base/json.ts";
import { shift } from "../../base/span.ts";
import { readFile } from "../../model/read.ts";
import type { ReadDocument, ReadFile } from "../../model/read.ts";
import type { FileId, Resource } from "../../index/types.ts";
import { applyEdits, removeEntry, renameKey, setValue } from "../../yaml/edit.ts";
import type { TextEdit } from "../../yaml/edit.ts";
import { documentText } from "../../yaml/new-document.ts";
import type { YamlNode } from "../../yaml/node.ts";
import { nodeAtPath } from "../../yaml/path.ts";
import type { Change, Fix, PathChange } from "../finding.ts";

/** Edits of one file, in offsets of its text. */
export interface FileEdits {
  readonly file: FileId;
  readonly edits: readonly TextEdit[];
}

/** The files whose texts are needed to turn changes into edits. */
export function filesOf(changes: readonly Change[]): readonly FileId[] {
  return [...new Set(changes.filter(isOfText).map(fileOfChange))];
}

/** The files that changes make. */
export function newFilesOf(changes: readonly Change[]): readonly FileId[] {
  return changes.flatMap((change) => (change.kind === "new-file" ? [change.file] : []));
}

type TextChange = Exclude<Change, { readonly kind: "new-file" }>;

function isOfText(change: Change): change is TextChange {
  return change.kind !== "new-file";
}

/** Changes as minimal text edits that keep comments and quoting. `undefined` when one of them can't be made any more, since the text has changed meanwhile. */
export function editsOf(
  changes: readonly Change[],
  textOf: (file: FileId) => ReadFile | undefined,
): readonly FileEdits[] | undefined {
  const files = filesOf(changes).map((file) => {
    const read = textOf(file);
    const own = changes.filter(isOfText).filter((change) => fileOfChange(change) === file);
    const edits = read === undefined ? undefined : editsOfFile(own, read);
    return edits === undefined ? undefined : { file, edits };
  });
  return files.every((each) => each !== undefined) ? files : undefined;
}

/** One edit for each change where they touch different places; where they meet (two fields of a map that is not there yet), one after the other. */
function editsOfFile(changes: readonly TextChange[], read: ReadFile): readonly TextEdit[] | undefined {
  const apart = changes.map((change) => editOfChange(change, read));
  if (!apart.every((edit) => edit !== undefined)) return undefined;
  const sorted = apart.toSorted((a, b) => a.span.start - b.span.start);
  const meets = sorted.some((edit, index) => index > 0 && edit.span.start <= sorted[index - 1]!.span.end);
  return meets ? oneAfterTheOther(changes, read) : sorted;
}

function oneAfterTheOther(changes: readonly TextChange[], read: ReadFile): readonly TextEdit[] | undefined {
  let current = read;
  for (const change of changes) {
    const edit = editOfChange(change, current);
    if (edit === undefined) return undefined;
    current = readFile(applyEdits(current.text, [edit]), current);
  }
  return [difference(read.text, current.text)];
}

/** The smallest single edit that makes one text of another. */
function difference(before: string, after: string): TextEdit {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start++;
  let tail = 0;
  while (tail < most - start && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  return { span: { start, end: before.length - tail }, newText: after.slice(start, after.length - tail) };
}

function fileOfChange(change: TextChange): FileId {
  return "resource" in change
    ? (change.resource.origin(change.path, "entry")?.file ?? change.resource.file)
    : change.place.file;
}

function editOfChange(change: TextChange, read: ReadFile): TextEdit | undefined {
  if (change.kind === "replace") {
    const { start, end } = change.place;
    return end <= read.text.length ? { span: { start, end }, newText: change.text } : undefined;
  }
  if (change.kind === "new-object") return newDocument(read, change);
  const found = change.kind === "document" ? documentAt(read, change.place.start) : documentOf(read, change.resource);
  const root = found?.document.parsed?.root ?? null;
  if (found === undefined || root === null) return undefined;
  const own = change.kind === "document" ? change.change : change;
  const edit = localEdit({ ...own, path: [...found.base, ...own.path] }, found.document.text, root);
  if (edit === undefined) return undefined;
  return { span: shift(edit.span, found.document.placed.start), newText: edit.newText };
}

/** In the layout of the document that it stands behind. JSON has no documents. */
function newDocument(
  read: ReadFile,
  { place, object }: Extract<Change, { readonly kind: "new-object" }>,
): TextEdit | undefined {
  const document = documentAt(read, place.start)?.document;
  if (document === undefined || /^\s*\{/.test(document.text)) return undefined;
  const end = document.placed.start + document.text.trimEnd().length;
  const newText = documentText(object, document.text, document.parsed?.root ?? null);
  return { span: { start: end, end }, newText };
}

interface Found {
  readonly document: ReadDocument;
  /** Where paths begin. */
  readonly base: JsonPath;
}

function documentAt(read: ReadFile, start: number): Found | undefined {
  const document = read.documents.find(({ placed }) => placed.start <= start && start <= placed.end);
  return document === undefined ? undefined : { document, base: [] };
}

function documentOf(read: ReadFile, { place, name, kind }: Resource): Found | undefined {
  const found = documentAt(read, place.start);
  const facts = found?.document.placed.facts.resources.find((each) => each.name === name && each.kind === kind);
  return found === undefined || facts === undefined ? undefined : { ...found, base: facts.at };
}

function localEdit(change: PathChange, text: string, root: YamlNode): TextEdit | undefined {
  switch (change.kind) {
    case "set":
      return setValue(text, root, change.path, change.value);
    case "rename-key":
      return renameKey(text, root, change.path, change.name);
    case "remove":
      return removeEntry(text, root, change.path);
    case "append":
      return appendItem(text, root, change.path, change.value);
    case "remove-item":
      return removeItem(text, root, change.path, change.value);
  }
}

function appendItem(text: string, root: YamlNode, path: JsonPath, value: JsonValue): TextEdit | undefined {
  const list = nodeAtPath(root, path);
  if (list?.type === "sequence") return setValue(text, root, [...path, list.items.length], value);
  return setValue(text, root, path, [value]);
}

function removeItem(text: string, root: YamlNode, path: JsonPath, value: string): TextEdit | undefined {
  const list = nodeAtPath(root, path);
  const item = list?.type === "sequence" ? list.items.findLastIndex((node) => isText(node, value)) : -1;
  return item < 0 ? undefined : removeEntry(text, root, [...path, item]);
}

/** Paths compare without `./` in front. */
function isText(node: YamlNode | null, text: string): boolean {
  return node?.type === "scalar" && node.text.replace(/^\.\//, "") === text;
}

/** The fixes that can be made together: one whose edits meet those of an earlier one waits for the next time. */
export function fixesTogether(fixes: readonly Fix[], textOf: (file: FileId) => ReadFile | undefined): readonly Fix[] {
  const taken = new Map<FileId, TextEdit[]>();
  return fixes.filter(({ changes }) => {
    const edits = editsOf(changes, textOf);
    if (edits === undefined) return false;
    const meets = edits.some(({ file, edits: own }) =>
      own.some(({ span }) =>
        taken.get(file)?.some((other) => span.start <= other.span.end && other.span.start <= span.end),
      ),
    );
    if (meets) return false;
    for (const { file, edits: own } of edits) taken.set(file, [...(taken.get(file) ?? []), ...own]);
    return true;
  });
}
