/**
 * What a pattern of `directory.include` or `directory.exclude` matches, `undefined` where it is none: `*` and `?` match `/` as well, `{a,b}` is either,
 * `[a-z]` and `[!a-z]` are ranges. github.com/gobwas/glob, v0.2.3, without separators.
 */
export function matcherOf(pattern: string): ((path: string) => boolean) | undefined {
  const parts: string[] = [];
  let depth = 0;
  for (const [part] of pattern.matchAll(/\\.?|\[[^\]]*\]?|\*+|./gsu)) {
    if (part === "{") depth++;
    if (part === "}" && depth-- === 0) return undefined;
    const expression = expressionOf(part, depth > 0);
    if (expression === undefined) return undefined;
    parts.push(expression);
  }
  if (depth > 0) return undefined;
  const whole = new RegExp(`^${parts.join("")}$`, "su");
  return (path) => whole.test(path);
}

function expressionOf(part: string, isWithinChoice: boolean): string | undefined {
  if (part.startsWith("*")) return ".*";
  if (part.startsWith("[")) return classOf(part);
  if (part.startsWith("\\")) return part.length > 1 ? literal(part.slice(1)) : undefined;
  if (part === "?") return ".";
  if (part === "{") return "(?:";
  if (part === "}") return ")";
  return part === "," && isWithinChoice ? "|" : literal(part);
}

/** A range, or single characters, either of them negated by `!`. */
function classOf(part: string): string | undefined {
  const [, not, first, last, single] = /^\[(!?)(?:(\w)-(\w)|(\w+))\]$/u.exec(part) ?? [];
  const negated = not === "!" ? "^" : "";
  if (single !== undefined) return `[${negated}${single}]`;
  return first !== undefined && last !== undefined && first <= last ? `[${negated}${first}-${last}]` : undefined;
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, (character) => (character === "-" ? "\\x2d" : `\\${character}`));
}
