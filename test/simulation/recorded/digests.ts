import { createHash } from "node:crypto";
import { balance } from "../../../server/src/simulation/proxy/balance.ts";
import { simulate } from "../../../server/src/simulation/simulate.ts";
import { recordedBalances } from "./balances.ts";
import { recordedScenarios } from "./scenarios.ts";

/** What the engine answered, as short hashes of its JSON. */
export interface Digests {
  readonly timelines: readonly string[];
  readonly balances: readonly string[];
}

export function digests(): Digests {
  return {
    timelines: recordedScenarios().map((scenario) => digest(simulate(scenario))),
    balances: recordedBalances().map((input) => digest(balance(input))),
  };
}

function digest(answer: object): string {
  return createHash("sha256").update(JSON.stringify(answer)).digest("base64url").slice(0, 16);
}
