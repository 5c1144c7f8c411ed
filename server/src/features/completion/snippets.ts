import snippets from "../../../../snippets/kubernetes.json" with { type: "json" };
import type { FileContext } from "../context.ts";
import type { Completion } from "./completion.ts";

/** Whole manifests where a document has nothing yet but the word that is being typed: the snippets that VS Code knows from the extension. */
export function snippetsAt({ read }: FileContext, offset: number): readonly Completion[] {
  const before = read.text.slice(0, offset);
  const after = read.text.slice(offset);
  const word = /(?:^|\n)([\w-]*)$/.exec(before)?.[1];
  if (word === undefined || !isAlone(before.slice(0, offset - word.length), after)) return [];
  return Object.values(snippets)
    .filter(({ prefix }) => prefix.includes(word.toLowerCase()))
    .map(({ prefix, description, body }, index) => ({
      label: prefix,
      kind: "template",
      detail: description,
      documentation: undefined,
      span: { start: offset - word.length, end: offset },
      newText: plain(body.join("\n")),
      snippet: body.join("\n"),
      sortText: String(index).padStart(4, "0"),
    }));
}

/** Whether nothing but comments and blank lines stands in the document around. */
function isAlone(before: string, after: string): boolean {
  const [above = ""] = before.split(/^---.*$/m).slice(-1);
  const [below = ""] = after.split(/^---.*$/m);
  return /^(?:\s*(?:#.*)?(?:\n|$))*$/.test(above) && below.trim() === "";
}

/** What stands there when every default is accepted. */
function plain(snippet: string): string {
  return snippet
    .replace(/\$\{\d+\|([^,|]*)[^|]*\|\}/g, "$1")
    .replace(/\$\{\d+:([^{}]*)\}/g, "$1")
    .replace(/\$\d+/g, "");
}
