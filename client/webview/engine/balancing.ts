import { predictSlices } from "../../../server/src/simulation/endpoints/predict.ts";
import { podsBehind } from "../../../server/src/simulation/ingress/backend-pods.ts";
import { balanceIngress } from "../../../server/src/simulation/ingress/balance.ts";
import { balanceRoute } from "../../../server/src/simulation/ingress/balance-route.ts";
import { canaryPolicyOf, ingressAnnotations, ingressBalancer } from "../../../server/src/simulation/ingress/canary.ts";
import { ingressesTo } from "../../../server/src/simulation/ingress/ingresses.ts";
import { routesTo } from "../../../server/src/simulation/ingress/routes.ts";
import { podsOf } from "../../../server/src/simulation/pods.ts";
import { balance } from "../../../server/src/simulation/proxy/balance.ts";

/** Proxies, Ingresses and routes, as the views use them: the same source as in the server and on the command line. */
export const balancing = {
  balance,
  balanceIngress,
  balanceRoute,
  canaryPolicyOf,
  ingressAnnotations,
  ingressBalancer,
  ingressesTo,
  podsBehind,
  podsOf,
  predictSlices,
  routesTo,
} as const;

export type Balancing = typeof balancing;
