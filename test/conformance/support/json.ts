/** Parses JSON without losing digits: integers beyond 2^53 become bigint. */
export function parseExact(text: string): unknown {
  return JSON.parse(text, keepDigits) as unknown;
}

function keepDigits(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  if (typeof value !== "number" || Number.isSafeInteger(value)) return value;
  const source = context?.source ?? "";
  return /^-?[0-9]+$/.test(source) ? BigInt(source) : value;
}

/** `JSON.rawJSON` of Node 22 and later, which the compiler's library does not know yet. */
const exact = JSON as typeof JSON & { rawJSON(text: string): unknown };

/** JSON for people and files: bigints with all their digits, what JSON cannot say as text. */
export function printExact(value: unknown): string {
  const text: string | undefined = JSON.stringify(value, (_key, part: unknown) => (typeof part === "bigint" ? exact.rawJSON(part.toString()) : part));
  return text ?? "nothing";
}
