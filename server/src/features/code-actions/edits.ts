import { shift } from "../../base/span.ts";
import { readFile } from "../../model/read.ts";
import type { ReadFile } from "../../model/read.ts";
import type { FileId } from "../../index/types.ts";
import { applyEdits, removeEntry, renameKey, setValue } from "../../yaml/edit.ts";
import type { TextEdit } from "../../yaml/edit.ts";
import type { Change } from "../finding.ts";

/** Edits of one file, in offsets of its text. */
export interface FileEdits {
  readonly file: FileId;
  readonly edits: readonly TextEdit[];
}

/** The files whose texts are needed to turn changes into edits. */
export function filesOf(changes: readonly Change[]): readonly FileId[] {
  return [...new Set(changes.map(fileOfChange))];
}

/** Changes as minimal text edits that keep comments and quoting. `undefined` when one of them can't be made any more, since the text has changed meanwhile. */
export function editsOf(
  changes: readonly Change[],
  textOf: (file: FileId) => ReadFile | undefined,
): readonly FileEdits[] | undefined {
  const files = filesOf(changes).map((file) => {
    const read = textOf(file);
    const own = changes.filter((change) => fileOfChange(change) === file);
    const edits = read === undefined ? undefined : editsOfFile(own, read);
    return edits === undefined ? undefined : { file, edits };
  });
  return files.every((each) => each !== undefined) ? files : undefined;
}

/** One edit for each change where they touch different places; where they meet (two fields of a map that is not there yet), one after the other. */
function editsOfFile(changes: readonly Change[], read: ReadFile): readonly TextEdit[] | undefined {
  const apart = changes.map((change) => editOfChange(change, read));
  if (!apart.every((edit) => edit !== undefined)) return undefined;
  const sorted = apart.toSorted((a, b) => a.span.start - b.span.start);
  const meets = sorted.some((edit, index) => index > 0 && edit.span.start <= sorted[index - 1]!.span.end);
  return meets ? oneAfterTheOther(changes, read) : sorted;
}

function oneAfterTheOther(changes: readonly Change[], read: ReadFile): readonly TextEdit[] | undefined {
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

function fileOfChange(change: Change): FileId {
  return change.kind === "replace" ? change.place.file : fileOf(change);
}

function fileOf({ resource, path }: Exclude<Change, { readonly kind: "replace" }>): FileId {
  return resource.origin(path, "entry")?.file ?? resource.file;
}

function editOfChange(change: Change, read: ReadFile): TextEdit | undefined {
  if (change.kind === "replace") {
    const { start, end } = change.place;
    return end <= read.text.length ? { span: { start, end }, newText: change.text } : undefined;
  }
  const { resource } = change;
  const document = read.documents.find(
    ({ placed }) => placed.start <= resource.place.start && resource.place.start <= placed.end,
  );
  const facts = document?.placed.facts.resources.find(
    ({ name, kind }) => name === resource.name && kind === resource.kind,
  );
  const root = document?.parsed?.root ?? null;
  if (document === undefined || facts === undefined || root === null) return undefined;
  const path = [...facts.at, ...change.path];
  const edit = localEdit(change, document.text, root, path);
  return edit === undefined ? undefined : { span: shift(edit.span, document.placed.start), newText: edit.newText };
}

function localEdit(
  change: Exclude<Change, { readonly kind: "replace" }>,
  text: string,
  root: Parameters<typeof setValue>[1],
  path: Parameters<typeof setValue>[2],
): TextEdit | undefined {
  switch (change.kind) {
    case "set":
      return setValue(text, root, path, change.value);
    case "rename-key":
      return renameKey(text, root, path, change.name);
    case "remove":
      return removeEntry(text, root, path);
  }
}
