import type { LinkedWords } from "../page.ts";

/** One condition for endpoints. */
export interface Step {
  /** `wrong`: there are no endpoints because of it. `partly`: some are missing. `unknown`: something can't be seen. `note`: worth knowing. */
  readonly state: "right" | "wrong" | "partly" | "unknown" | "note";
  /** The condition as a sentence. */
  readonly title: string;
  readonly links?: readonly LinkedWords[];
  /** What proves it. */
  readonly evidence: readonly Evidence[];
  readonly fixes: readonly string[];
}

export interface Evidence {
  readonly text: string;
  readonly links: readonly LinkedWords[];
}

/** Evidence without links to places. */
export function plain(text: string): Evidence {
  return { text, links: [] };
}
