import { compareCodePoints } from "../base/json.ts";
import { failure, success } from "../base/outcome.ts";
import type { Outcome } from "../base/outcome.ts";
import { quote } from "./go-text.ts";
import { checkQualifiedName } from "./names.ts";
import { newRequirement, sortedByKey } from "./selector.ts";
import type { Requirement, Selector, SelectorOperator } from "./selector.ts";

type TokenKind = "identifier" | "word" | "symbol" | "end";

interface Token {
  /** A `word` is `in` or `notin`, which may also be a key or a value. */
  readonly kind: TokenKind;
  readonly text: string;
}

const symbols: ReadonlySet<string> = new Set([")", ",", "!", "==", "=", ">", "<", "!=", "("]);
const symbolCharacters = "=!(),><";
const whitespace = " \t\r\n";
const endToken: Token = { kind: "end", text: "" };

const operators: ReadonlyMap<string, SelectorOperator> = new Map([
  ["in", "in"],
  ["notin", "notin"],
  ["=", "="],
  ["==", "=="],
  ["!=", "!="],
  [">", "gt"],
  ["<", "lt"],
]);

/**
 * Reads a label query as kubectl's `--selector` takes it: `app=web,tier in (a, b),!legacy`. Errors are Go's.
 * Imitates apimachinery, pkg/labels/selector.go, Parse, v1.36.
 */
export function parseSelector(text: string): Outcome<Selector> {
  const tokens = new TokenReader(text);
  const requirements: Requirement[] = [];
  while (tokens.next.kind !== "end") {
    if (!isIdentifier(tokens.next) && tokens.next.text !== "!") {
      return failure(`found '${tokens.next.text}', expected: !, identifier, or 'end of string'`);
    }
    const requirement = parseRequirement(tokens);
    if (requirement.error !== undefined) return failure(`unable to parse requirement: ${requirement.error}`);
    requirements.push(requirement.value);
    const separator = tokens.take();
    if (separator.kind === "end") break;
    if (separator.text !== ",") return failure(`found '${separator.text}', expected: ',' or 'end of string'`);
    if (!isIdentifier(tokens.next) && tokens.next.text !== "!") {
      return failure(`found '${tokens.next.text}', expected: identifier after ','`);
    }
  }
  return success({ nothing: false, requirements: sortedByKey(requirements) });
}

function parseRequirement(tokens: TokenReader): Outcome<Requirement> {
  const negated = tokens.next.text === "!";
  if (negated) tokens.take();
  const key = tokens.take();
  if (!isIdentifier(key)) return failure(`found '${key.text}', expected: identifier`);
  const messages = checkQualifiedName(key.text);
  if (messages.length > 0) return failure(`<nil>: Invalid value: ${quote(key.text)}: ${messages.join("; ")}`);
  // Behind a negated key nothing but a comma may follow; the caller complains about anything else.
  if (negated) return newRequirement(key.text, "!", []);
  if (endsRequirement(tokens.next)) return newRequirement(key.text, "exists", []);
  return parseRestriction(tokens, key.text);
}

function parseRestriction(tokens: TokenReader, key: string): Outcome<Requirement> {
  const token = tokens.take();
  const operator = operators.get(token.text);
  if (operator === undefined) return failure(`found '${token.text}', expected: in, notin, =, ==, !=, gt, lt`);
  const values = operator === "in" || operator === "notin" ? parseValues(tokens) : parseExactValue(tokens);
  if (values.error !== undefined) return values;
  return newRequirement(key, operator, [...values.value].sort(compareCodePoints));
}

/** `(a, b)`; empty places are empty values: `()` is `("")`. */
function parseValues(tokens: TokenReader): Outcome<ReadonlySet<string>> {
  const open = tokens.take();
  if (open.text !== "(") return failure(`found '${open.text}' expected: '('`);
  if (tokens.next.text === ")") {
    tokens.take();
    return success(new Set([""]));
  }
  if (isIdentifier(tokens.next) || tokens.next.text === ",") return parseValueList(tokens);
  return failure(`found '${tokens.next.text}', expected: ',', ')' or identifier`);
}

function parseValueList(tokens: TokenReader): Outcome<ReadonlySet<string>> {
  const values = new Set<string>();
  for (;;) {
    const token = tokens.take();
    if (isIdentifier(token)) {
      values.add(token.text);
      if (tokens.next.text !== "," && tokens.next.text !== ")") {
        return failure(`found '${tokens.next.text}', expected: ',' or ')'`);
      }
    } else if (token.text === ",") {
      if (values.size === 0 || tokens.next.text === "," || tokens.next.text === ")") values.add("");
    } else {
      return failure(`found '${token.text}', expected: ',', or identifier`);
    }
    if (tokens.next.text === ")") {
      tokens.take();
      return success(values);
    }
  }
}

function parseExactValue(tokens: TokenReader): Outcome<ReadonlySet<string>> {
  if (endsRequirement(tokens.next)) return success(new Set([""]));
  const token = tokens.take();
  if (isIdentifier(token)) return success(new Set([token.text]));
  return failure(`found '${token.text}', expected: identifier`);
}

function endsRequirement(token: Token): boolean {
  return token.kind === "end" || token.text === ",";
}

function isIdentifier(token: Token): boolean {
  return token.kind === "identifier" || token.kind === "word";
}

/** The query's tokens with one of lookahead (selector.go, Lexer). */
class TokenReader {
  readonly #text: string;
  #position = 0;
  #next: Token;

  constructor(text: string) {
    this.#text = text;
    this.#next = this.#scan();
  }

  get next(): Token {
    return this.#next;
  }

  take(): Token {
    const token = this.#next;
    if (token.kind !== "end") this.#next = this.#scan();
    return token;
  }

  #scan(): Token {
    while (this.#at(whitespace)) this.#position += 1;
    // A NUL ends the text for Go's lexer.
    if (this.#position >= this.#text.length || this.#at("\0")) return endToken;
    return this.#at(symbolCharacters) ? this.#scanSymbol() : this.#scanIdentifier();
  }

  #scanIdentifier(): Token {
    const start = this.#position;
    while (this.#position < this.#text.length && !this.#at(symbolCharacters + whitespace + "\0")) this.#position += 1;
    const text = this.#text.slice(start, this.#position);
    if (this.#at("\0")) this.#position += 1;
    return { kind: text === "in" || text === "notin" ? "word" : "identifier", text };
  }

  /** The longest symbol that is one; every single character here is. */
  #scanSymbol(): Token {
    const start = this.#position;
    let end = start + 1;
    while (end < this.#text.length && symbols.has(this.#text.slice(start, end + 1))) end += 1;
    this.#position = end;
    return { kind: "symbol", text: this.#text.slice(start, end) };
  }

  #at(characters: string): boolean {
    const character = this.#text[this.#position];
    return character !== undefined && characters.includes(character);
  }
}
