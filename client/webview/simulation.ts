import { predictSlices } from "../../server/src/simulation/endpoints/predict.ts";
import { sliceOf } from "../../server/src/simulation/endpoints/slice.ts";
import { balanceIngress } from "../../server/src/simulation/ingress/balance.ts";
import { canaryPolicyOf, ingressAnnotations, ingressBalancer } from "../../server/src/simulation/ingress/canary.ts";
import { podsOf } from "../../server/src/simulation/pods.ts";
import { balance } from "../../server/src/simulation/proxy/balance.ts";
import {
  scenarioForBlueGreen,
  scenarioForCanaryByReplicas,
  scenarioForCanaryByWeight,
} from "../../server/src/simulation/scenario/strategies.ts";
import { record, simulate } from "../../server/src/simulation/simulate.ts";

/** The simulator's engine as the views use it: the same source as in the server and on the command line. */
export const engine = {
  record,
  simulate,
  balance,
  balanceIngress,
  canaryPolicyOf,
  ingressAnnotations,
  ingressBalancer,
  podsOf,
  predictSlices,
  sliceOf,
  scenarioForBlueGreen,
  scenarioForCanaryByReplicas,
  scenarioForCanaryByWeight,
} as const;

export type Engine = typeof engine;

/** The engine is a script of its own, which the page loads first; it hands itself over under this name. */
declare global {
  interface Window {
    drydockSimulation?: Engine;
  }
}

if (typeof window !== "undefined") window.drydockSimulation = engine;
