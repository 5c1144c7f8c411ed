import {
  scenarioForBlueGreen,
  scenarioForCanaryByReplicas,
  scenarioForCanaryByWeight,
} from "../../../server/src/simulation/scenario/strategies.ts";
import { record, simulate } from "../../../server/src/simulation/simulate.ts";

/** The controllers, as the views use them: the same source as in the server and on the command line. */
export const rollouts = {
  record,
  simulate,
  scenarioForBlueGreen,
  scenarioForCanaryByReplicas,
  scenarioForCanaryByWeight,
} as const;

export type Rollouts = typeof rollouts;
