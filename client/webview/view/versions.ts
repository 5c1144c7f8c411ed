import type { Balance, Share } from "../model/balancing.ts";

export interface Version {
  readonly version: string;
  readonly generation: "old" | "new";
  readonly pods: number;
  readonly requests: number;
  /** The exact share as a number from 0 to 1. */
  readonly share: number;
}

/** The shares of all pods of a version together; none where nobody can tell them. */
export function versionsOf({ shares, stages }: Pick<Balance, "shares" | "stages">): readonly Version[] {
  const versions = new Map<string, Version>();
  for (const { version, generation, share, requests, stage } of shares) {
    const found = versions.get(version) ?? { version, generation, pods: 0, requests: 0, share: 0 };
    const ofPod = share === null ? partOfPod({ shares, stages }, stage) : { share: valueOf(share), requests };
    if (ofPod === undefined) return [];
    versions.set(version, {
      ...found,
      pods: found.pods + 1,
      requests: found.requests + ofPod.requests,
      share: found.share + ofPod.share,
    });
  }
  return [...versions.values()];
}

/** Where all pods of a Service are of one version, it does not matter how they share: the whole is the Service's. */
function partOfPod(
  { shares, stages }: Pick<Balance, "shares" | "stages">,
  stage: number,
): Pick<Version, "share" | "requests"> | undefined {
  const pods = shares.filter((each) => each.stage === stage && each.share === null);
  const part = stages[stage];
  if (part === undefined || pods.some(({ version }) => version !== pods[0]?.version)) return undefined;
  return { share: valueOf(part.part) / pods.length, requests: part.requests / pods.length };
}

/** A fraction as a number. */
export function valueOf({ numerator, denominator }: NonNullable<Share["share"]>): number {
  return numerator / denominator;
}
