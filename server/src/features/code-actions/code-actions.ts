import type { Span } from "../../base/span.ts";
import type { Finding, Fix } from "../finding.ts";

/** A fix that a person may choose at some place, and the finding that it mends. */
export interface FixOffer {
  readonly finding: Finding;
  readonly fix: Fix;
}

/** The fixes of all findings that touch a range. */
export function fixesIn(findings: readonly Finding[], range: Span): readonly FixOffer[] {
  return findings
    .filter(({ place }) => place.start <= range.end && range.start <= place.end)
    .flatMap((finding) => finding.fixes.map((fix) => ({ finding, fix })));
}
