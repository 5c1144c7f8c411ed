import type { Span } from "../base/span.ts";

/** An action `{{ … }}` of a template. */
export interface TemplateAction {
  /** With its delimiters; an action that nobody has closed ends with its line. */
  readonly span: Span;
  /** What stands between the delimiters, trim markers aside. */
  readonly inside: Span;
  readonly kind: "comment" | "control" | "value";
}

/**
 * What actions that print something are masked with: a character for private use, which no manifest has. A text with it is one that nobody knows before
 * the template is filled in.
 */
export const actionMask = "\uE000";

/** The actions of a text. Go, text/template/parse/lex.go, lexLeftDelim and lexInsideAction, Go 1.24. */
export function actionsOf(text: string): readonly TemplateAction[] {
  const actions: TemplateAction[] = [];
  for (let start = text.indexOf("{{"); start >= 0; start = text.indexOf("{{", start)) {
    const action = actionAt(text, start);
    actions.push(action);
    start = Math.max(action.span.end, start + 2);
  }
  return actions;
}

/**
 * The text with its actions masked, at equal length, so that what is left of it reads as YAML: lines of actions alone become blank, an action beside
 * other text becomes a piece of text that is not known.
 */
export function maskActions(text: string, actions: readonly TemplateAction[] = actionsOf(text)): string {
  let masked = "";
  let end = 0;
  for (const group of linesOf(text, actions)) {
    for (const [index, { span, kind }] of group.actions.entries()) {
      const isLeading = group.isBare || (kind !== "value" && index < group.leading);
      masked += text.slice(end, span.start) + maskOf(text, span, isLeading);
      end = span.end;
    }
  }
  return masked + text.slice(end);
}

function actionAt(text: string, start: number): TemplateAction {
  const comment = /^\{\{(?:-\s)?\s*\/\*/.exec(text.slice(start, start + 40));
  const close = comment === null ? closeOf(text, start + 2) : closeOfComment(text, start + comment[0].length);
  const end = close ?? lineEnd(text, start);
  const inside = insideOf(text, { start, end }, close !== undefined);
  return { span: { start, end }, inside, kind: comment === null ? kindOf(text, inside) : "comment" };
}

/** Behind the `}}` that ends an action; `undefined` where another one begins before, or a quote stays open. */
function closeOf(text: string, from: number): number | undefined {
  for (let at = from; at < text.length; at++) {
    if (text.startsWith("}}", at)) return at + 2;
    if (text.startsWith("{{", at)) return undefined;
    const character = text.charAt(at);
    if (character !== '"' && character !== "'" && character !== "`") continue;
    const close = closeOfQuote(text, at, character);
    if (close === undefined) return closeOnLine(text, at);
    at = close;
  }
  return undefined;
}

function closeOfComment(text: string, from: number): number | undefined {
  const end = text.indexOf("*/", from);
  const close = end < 0 ? null : /^\*\/\s*-?\}\}/.exec(text.slice(end, end + 40));
  return close === null ? undefined : end + close[0].length;
}

function closeOfQuote(text: string, start: number, quote: string): number | undefined {
  for (let at = start + 1; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === quote) return at;
    if (quote === "`") continue;
    if (character === "\n") return undefined;
    if (character === "\\") at++;
  }
  return undefined;
}

/** A quote that is still being typed does not reach beyond the end of its action. */
function closeOnLine(text: string, from: number): number | undefined {
  const close = text.indexOf("}}", from);
  return close >= 0 && close < lineEnd(text, from) ? close + 2 : undefined;
}

function lineEnd(text: string, from: number): number {
  const end = text.slice(from).search(/[\n\r]/);
  return end < 0 ? text.length : from + end;
}

/** Trim markers are a dash with a blank beside it. */
function insideOf(text: string, { start, end }: Span, isClosed: boolean): Span {
  const first = /^\{\{-[\s]/.test(text.slice(start, start + 4)) ? start + 3 : start + 2;
  if (!isClosed) return { start: Math.min(first, end), end };
  const last = /\s-\}\}$/.test(text.slice(Math.max(first, end - 4), end)) ? end - 3 : end - 2;
  return { start: first, end: Math.max(first, last) };
}

function kindOf(text: string, { start, end }: Span): TemplateAction["kind"] {
  return /^\s*(?:(?:if|else|end|range|with|define|block|break|continue)\b|\$\w*\s*:?=)/.test(text.slice(start, end))
    ? "control"
    : "value";
}

/** Actions whose lines touch. */
interface ActionLine {
  readonly actions: readonly TemplateAction[];
  /** Nothing else stands on these lines. */
  readonly isBare: boolean;
  /** So many of them stand before everything else. */
  readonly leading: number;
}

function linesOf(text: string, actions: readonly TemplateAction[]): readonly ActionLine[] {
  const lines: TemplateAction[][] = [];
  let end = -1;
  for (const action of actions) {
    if (action.span.start < end) lines.at(-1)!.push(action);
    else lines.push([action]);
    end = lineEnd(text, action.span.end);
  }
  return lines.map((line) => {
    const first = line[0]!.span.start;
    const before = text.slice(lineStart(text, first), first);
    const behind = line.map(({ span }, index) =>
      text.slice(span.end, line[index + 1]?.span.start ?? lineEnd(text, span.end)),
    );
    const isClear = before.trim() === "";
    const blank = behind.findIndex((piece) => piece.trim() !== "");
    const isBare = isClear && (blank < 0 || (blank === behind.length - 1 && /^\s*#/.test(behind[blank]!)));
    return { actions: line, isBare, leading: !isClear ? 0 : blank < 0 ? line.length : blank + 1 };
  });
}

function lineStart(text: string, from: number): number {
  return Math.max(text.lastIndexOf("\n", from - 1), text.lastIndexOf("\r", from - 1)) + 1;
}

/** Behind a key without a blank (`labels:{{ … }}`) the blank is put in. */
function maskOf(text: string, { start, end }: Span, isBlank: boolean): string {
  const action = text.slice(start, end);
  if (isBlank) return action.replace(/[^\n\r]/g, " ");
  const isBehindKey = /^\s*(?:-\s+)*[\w./-]+:$/.test(text.slice(lineStart(text, start), start));
  const mask = actionMask.repeat(action.length);
  return isBehindKey ? ` ${mask.slice(1)}` : mask;
}
