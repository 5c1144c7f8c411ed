import type { Span } from "../../base/span.ts";

/** Something that may stand at a place. */
export interface Choice {
  readonly text: string;
  /** What it is, in a few words. */
  readonly detail: string;
  /** What it would lead to or select. */
  readonly documentation: string | undefined;
  /** Better ones first: 0 fits everything that is written, 1 fits the place alone. */
  readonly rank: number;
  /** A number stays one. */
  readonly isNumber?: boolean;
  /** The value that belongs to a key. */
  readonly value?: string;
  /** Where it goes, within the typed text; all of it when absent. */
  readonly span?: Span;
}
