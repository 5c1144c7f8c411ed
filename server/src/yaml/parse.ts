import type { JsonValue } from "../base/json.ts";
import { compose } from "./compose.ts";
import type { Composed } from "./compose.ts";
import { Cursor } from "./cursor.ts";
import { composeJson } from "./json-text.ts";
import type { YamlNode } from "./node.ts";
import { Unreadable, problem } from "./problem.ts";
import type { YamlProblem } from "./problem.ts";
import { recover } from "./recover.ts";
import { conflictMarker } from "./sniff.ts";
import { evaluate } from "./value.ts";

export interface YamlDocument {
  /** `null` for an empty document, and for one that is too deeply nested. */
  readonly root: YamlNode | null;
  /** What the API server decodes; `undefined` where its reader fails. */
  readonly value: JsonValue | undefined;
  readonly problems: readonly YamlProblem[];
}

/**
 * Reads the text of one document (a slice of `splitDocuments`) as the API server does. Never throws.
 *
 * Scanner and composer are our own, after go-yaml v2: general parsers differ from it in what they accept (continuation
 * lines of quoted text, tabs, long keys, what follows the document) and in what values they see, and following its rules
 * is both exact and several times faster than correcting another parser's result. The npm package `yaml` reads what
 * go-yaml refuses, so that half-typed documents still have nodes.
 */
export function parseDocument(text: string): YamlDocument {
  return orRecovered(text, () => {
    const { root, problems } = read(text);
    return valued(root, problems);
  });
}

/** The nodes alone, for readers that make values of them by rules of their own. They may follow every alias: too many are a problem here, too. */
export function parseNodes(text: string): Pick<YamlDocument, "root" | "problems"> {
  return orRecovered(text, () => {
    const { root, problems, hasAliases } = read(text);
    return hasAliases ? valued(root, problems) : { root, value: undefined, problems };
  });
}

function orRecovered(text: string, parse: () => YamlDocument): YamlDocument {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    if (error.problem.kind === "limit") return { root: null, value: undefined, problems: [error.problem] };
    const marker = conflictMarker(text);
    const found = marker === undefined ? error.problem : problem("syntax", "conflict-markers", marker);
    return { root: recover(text), value: undefined, problems: [found] };
  }
}

function read(text: string): Pick<Composed, "root" | "problems" | "hasAliases"> {
  const json = composeJson(text);
  if (json !== undefined) return { root: json, problems: [], hasAliases: false };
  const source = text.endsWith("\n") ? `${text}\0` : `${text}\n\0`;
  const cursor = new Cursor(source);
  const control = text.search(controlCharacter);
  if (control >= 0) cursor.fail("control-character", control, control + 1);
  const { root, problems, hasAliases, end } = compose(cursor);
  const lost = lostContent(text, end);
  return { root, problems: lost === undefined ? problems : [...problems, lost], hasAliases };
}

function valued(root: YamlNode | null, composeProblems: readonly YamlProblem[]): YamlDocument {
  try {
    const { value, problems } = evaluate(root);
    const all = [...composeProblems, ...problems];
    return { root, value: all.some(({ kind }) => kind === "value") ? undefined : value, problems: all };
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return { root, value: undefined, problems: [...composeProblems, error.problem] };
  }
}

/** go-yaml v2, readerc.go: the characters that YAML forbids. */
const controlCharacter = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\ufffe\uffff]/;

/** Anything but comments, `---` and `...` behind the first document. */
function lostContent(text: string, end: number): YamlProblem | undefined {
  if (end >= text.length) return undefined;
  const rest = /^[ \t]*(?!#|(?:---|\.\.\.)[ \t]*(?:#.*)?\r?$)[^\s].*/m.exec(text.slice(end));
  if (rest === null) return undefined;
  const start = end + rest.index + (rest[0].length - rest[0].trimStart().length);
  return problem("lost-content", "lost-content", { start, end: text.trimEnd().length });
}
