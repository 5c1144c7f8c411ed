import { resolvePlain } from "./resolve.ts";

/**
 * A text as a scalar: plain where every YAML 1.1 and 1.2 reader sees this very string, in double quotes elsewhere.
 * `inFlow` says that it stands within `[]` or `{}`.
 */
export function quoteIfNeeded(text: string, inFlow = false): string {
  return isSafePlain(text) && !(inFlow && /[,?[\]{}]/.test(text)) ? text : quoteDouble(text);
}

/** The text in double quotes, on one line. */
export function quoteDouble(text: string): string {
  return JSON.stringify(text).replace(
    needsEscape,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** The text in single quotes, `undefined` where it holds line breaks or unprintable characters. */
export function quoteSingle(text: string): string | undefined {
  return isPrintableLine(text) ? `'${text.replaceAll("'", "''")}'` : undefined;
}

/** Whether a text can stand on one line without escapes. */
export function isPrintableLine(text: string): boolean {
  return !unprintable.test(text);
}

const needsEscape = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;
const unprintable = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/;

function isSafePlain(text: string): boolean {
  if (text === "" || text.trim() !== text || !isPrintableLine(text)) return false;
  if (/^(?:[,[\]{}#&*!|>'"%@`=]|[-?:](?:\s|$)|---|\.\.\.|<<$)/.test(text)) return false;
  if (/:(?:\s|$)|\s#/.test(text)) return false;
  return resolvePlain(text) === text && !otherTypes.test(text);
}

/** What other readers than go-yaml take for a number or a time: sexagesimals, dates, floats of any size, `0o17`. */
const otherTypes =
  /^(?:[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt\s].*)?|[-+]?(?:\.[0-9_]+|[0-9][0-9_]*(?:\.[0-9_]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?0[oxb][0-9a-fA-F_]+)$/;
