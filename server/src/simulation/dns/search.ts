/** One name that a resolver asks for. */
export interface QueriedName {
  /** Absolute, with a final dot. */
  readonly name: string;
  /** The suffix of resolv.conf that was added, `undefined` for the name as it was given. */
  readonly search: string | undefined;
}

const defaultNdots = 1;
const maxNdots = 15;

/**
 * The names that glibc asks for, in its order; the first that exists ends the search. With fewer dots than `ndots` the suffixes come first,
 * otherwise the name itself does, and with a final dot nothing else is tried. Imitates glibc, resolv/res_query.c, __res_context_search.
 */
export function queriedNames(name: string, searches: readonly string[], ndots: number): readonly QueriedName[] {
  const asGiven: QueriedName = { name: absolute(name), search: undefined };
  if (name.endsWith(".")) return [asGiven];
  const dots = name.split(".").length - 1;
  const suffixed = searches.map((search) =>
    search === "." || search === "" ? asGiven : { name: absolute(`${name}.${search}`), search },
  );
  const ordered = dots >= ndots ? [asGiven, ...suffixed] : [...suffixed, asGiven];
  return ordered.filter((query, index) => ordered.findIndex((other) => other.name === query.name) === index);
}

/** `ndots` of resolver options: 1 without one, at most 15 (glibc, resolv/res_init.c, res_setoptions). */
export function ndotsOf(options: readonly string[]): number {
  let ndots = defaultNdots;
  for (const option of options) {
    const digits = /^ndots:([0-9]*)/.exec(option)?.[1];
    if (digits !== undefined) ndots = Math.min(Number(digits), maxNdots);
  }
  return ndots;
}

function absolute(name: string): string {
  return name.endsWith(".") ? name : `${name}.`;
}
