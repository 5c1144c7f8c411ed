import { refuse } from "./failure.ts";
import type { SourceRange } from "./types.ts";

/**
 * A regular expression in the syntax of Go (RE2), as JavaScript runs it. Look-around and back-references, which Go does not know, are refused,
 * and so is what neither understands.
 */
export function compileExpression(pattern: string, at: SourceRange | undefined): RegExp {
  const compiled = tryCompile(pattern);
  return compiled ?? refuse("other", `error parsing regexp: invalid syntax: \`${pattern}\``, at);
}

/** The same, `undefined` where the pattern is invalid. */
export function tryCompile(pattern: string): RegExp | undefined {
  const translated = translate(pattern);
  if (translated === undefined) return undefined;
  try {
    return new RegExp(translated.source, translated.flags);
  } catch {
    return undefined;
  }
}

interface Translated {
  readonly source: string;
  readonly flags: string;
}

function translate(pattern: string): Translated | undefined {
  let flags = "";
  const withoutFlags = pattern.replace(/^(\^?(?:\(\?:)?)\(\?([ims]+)\)/, (_, before: string, letters: string) => {
    flags = [...new Set(letters)].join("");
    return before;
  });
  const parts: string[] = [];
  let index = 0;
  while (index < withoutFlags.length) {
    const token =
      /^(?:\\Q[\s\S]*?(?:\\E|$)|\\[\s\S]?|\(\?P?<|\(\?|\[:\^?[a-z]+:\]|[\s\S])/.exec(withoutFlags.slice(index))?.[0] ??
      "";
    const translated = translateToken(token, withoutFlags.slice(index + token.length));
    if (token === "" || translated === undefined) return undefined;
    parts.push(translated);
    index += token.length;
  }
  return { source: parts.join(""), flags };
}

function translateToken(token: string, rest: string): string | undefined {
  if (token.startsWith("\\Q"))
    return token
      .slice(2)
      .replace(/\\E$/, "")
      .replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
  if (token.startsWith("\\")) return translateEscape(token);
  if (token === "(?P<" || token === "(?<") return /^[=!]/.test(rest) ? undefined : "(?<";
  if (token === "(?") return /^:|^[ims-]+:/.test(rest) ? "(?" : undefined;
  return posixClasses[token] ?? token;
}

function translateEscape(token: string): string | undefined {
  const letter = token.charAt(1);
  if (letter === "") return undefined;
  if (letter === "A") return "^";
  if (letter === "z") return "$";
  if (letter === "a") return "\\x07";
  if (/[1-9]/.test(letter)) return undefined;
  return /[A-Za-z]/.test(letter) && !/[bBdDsSwWftnrvx]/.test(letter) ? undefined : token;
}

const posixClasses: Readonly<Record<string, string>> = {
  "[:alnum:]": "0-9A-Za-z",
  "[:alpha:]": "A-Za-z",
  "[:digit:]": "0-9",
  "[:lower:]": "a-z",
  "[:upper:]": "A-Z",
  "[:space:]": "\\t\\n\\v\\f\\r ",
  "[:word:]": "0-9A-Za-z_",
  "[:xdigit:]": "0-9A-Fa-f",
  "[:punct:]": "!-\\/:-@\\[-`{-~",
};
