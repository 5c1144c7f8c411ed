import type { Share } from "../model/balancing.ts";

export interface Version {
  readonly version: string;
  readonly generation: "old" | "new";
  readonly pods: number;
  readonly requests: number;
  /** The exact share as a number from 0 to 1. */
  readonly share: number;
}

/** The shares of all pods of a version together. */
export function versionsOf(shares: readonly Share[]): readonly Version[] {
  const versions = new Map<string, Version>();
  for (const { version, generation, share, requests } of shares) {
    const found = versions.get(version) ?? { version, generation, pods: 0, requests: 0, share: 0 };
    versions.set(version, {
      ...found,
      pods: found.pods + 1,
      requests: found.requests + requests,
      share: found.share + share.numerator / share.denominator,
    });
  }
  return [...versions.values()];
}
