/** Cases that still differ, each with the reason. */
export interface KnownGaps {
  /** The reason of a case, `undefined` for one that must agree. */
  reasonOf(component: string, id: string): string | undefined;
}

/** Reads `component case-id reason` lines (a gap of `functions/quantity` is one of `functions` too); empty lines and those that start with `#` are comments. */
export function parseGaps(text: string): KnownGaps {
  const reasons = new Map<string, string>();
  for (const line of text.split("\n")) {
    if (line.trim() === "" || line.startsWith("#")) continue;
    const [component, id, ...reason] = line.trim().split(/\s+/);
    if (reason.length === 0) throw new Error(`known-gaps.txt: “${line}” names no reason`);
    reasons.set(`${component} ${id}`, reason.join(" "));
  }
  const functions = [...reasons].filter(([key]) => key.startsWith("functions/"));
  const totals = new Map(functions.map(([key, reason]) => [key.replace(/^functions\/\S+/, "functions"), reason]));
  return { reasonOf: (component, id) => reasons.get(`${component} ${id}`) ?? totals.get(`${component} ${id}`) };
}
