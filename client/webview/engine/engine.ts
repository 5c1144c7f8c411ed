import { balancing, type Balancing } from "./balancing.ts";
import type { carryOut } from "./jobs.ts";
import { rollouts, type Rollouts } from "./rollouts.ts";

/** The whole engine. The page has it in two scripts, of which each stays small and one runs in workers, too. */
export const engine: Engine = { ...rollouts, ...balancing };

export type Engine = Rollouts & Balancing;

/** The scripts of the engine hand it over under these names; the page loads them first. */
declare global {
  interface Window {
    drydockSimulation?: Rollouts;
    drydockBalancing?: Balancing;
    drydockCarryOut?: typeof carryOut;
  }
}
