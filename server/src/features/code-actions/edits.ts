import { shift } from "../../base/span.ts";
import type { ReadFile } from "../../model/read.ts";
import type { FileId } from "../../index/types.ts";
import { removeEntry, renameKey, setValue } from "../../yaml/edit.ts";
import type { TextEdit } from "../../yaml/edit.ts";
import type { Change } from "../finding.ts";

/** Edits of one file, in offsets of its text. */
export interface FileEdits {
  readonly file: FileId;
  readonly edits: readonly TextEdit[];
}

/** The files whose texts are needed to turn changes into edits. */
export function filesOf(changes: readonly Change[]): readonly FileId[] {
  return [...new Set(changes.map((change) => (change.kind === "replace" ? change.place.file : fileOf(change))))];
}

/** Changes as minimal text edits that keep comments and quoting. `undefined` when one of them can't be made any more, since the text has changed meanwhile. */
export function editsOf(
  changes: readonly Change[],
  textOf: (file: FileId) => ReadFile | undefined,
): readonly FileEdits[] | undefined {
  const byFile = new Map<FileId, TextEdit[]>();
  for (const change of changes) {
    const file = change.kind === "replace" ? change.place.file : fileOf(change);
    const read = textOf(file);
    const edits = read === undefined ? undefined : editsOfChange(change, read);
    if (edits === undefined) return undefined;
    byFile.set(file, [...(byFile.get(file) ?? []), ...edits]);
  }
  return [...byFile].map(([file, edits]) => ({ file, edits: [...edits].sort((a, b) => a.span.start - b.span.start) }));
}

function fileOf({ resource, path }: Exclude<Change, { readonly kind: "replace" }>): FileId {
  return resource.origin(path, "entry")?.file ?? resource.file;
}

function editsOfChange(change: Change, read: ReadFile): readonly TextEdit[] | undefined {
  if (change.kind === "replace") {
    const { start, end } = change.place;
    return end <= read.text.length ? [{ span: { start, end }, newText: change.text }] : undefined;
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
  return edit === undefined ? undefined : [{ span: shift(edit.span, document.placed.start), newText: edit.newText }];
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
