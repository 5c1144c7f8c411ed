import { arrayAt, at, numberAt, objectAt, textAt } from "../../../../server/src/base/json.ts";
import type { JsonObject } from "../../../../server/src/base/json.ts";
import { scaledValue } from "../../../../server/src/kubernetes/int-or-percent.ts";
import { surgeCount, unavailableCount } from "../../../../server/src/simulation/rollout/daemon-set-arithmetic.ts";
import * as deployment from "../../../../server/src/simulation/rollout/deployment-arithmetic.ts";
import { answerOf } from "./answer.ts";
import type { FunctionAnswers } from "./answer.ts";

export const intOrPercentAnswers: FunctionAnswers = {
  "intstr.GetScaledValueFromIntOrPercent": (input) =>
    answerOf(
      scaledValue(at(input, "value"), numberAt(input, "total") ?? 0, { roundUp: at(input, "roundUp") === true }),
      (value) => value,
    ),
  "deployment/util.ResolveFenceposts": (input) =>
    answerOf(
      deployment.resolveFenceposts(at(input, "maxSurge"), at(input, "maxUnavailable"), numberAt(input, "desired") ?? 0),
      ({ surge, unavailable }) => ({ surge, unavailable }),
    ),
  "deployment/util.MaxSurge, MaxUnavailable, MinAvailable": (input) => ({
    out: {
      maxSurge: deployment.maxSurge(input),
      maxUnavailable: deployment.maxUnavailable(input),
      minAvailable: deployment.minAvailable(input),
    },
  }),
  "deployment/util.NewRSNewReplicas": (input) => {
    const newReplicas = numberAt(input, "newReplicaSet") ?? 0;
    const total = arrayAt(input, "oldReplicaSets").reduce<number>((sum, size) => sum + Number(size), newReplicas);
    return answerOf(deployment.newReplicaSetReplicas(input, total, newReplicas), (value) => value);
  },
  "deployment/util.GetReplicaSetProportion": (input) => ({ out: proportion(input) }),
  "daemon/util.SurgeCount": (input) => answerOf(surgeCount({ spec: input }, numberAt(input, "nodes") ?? 0), (n) => n),
  "daemon/util.UnavailableCount": (input) =>
    answerOf(unavailableCount({ spec: input }, numberAt(input, "nodes") ?? 0), (n) => n),
};

function proportion(input: JsonObject): number {
  const size = {
    replicas: numberAt(input, "replicaSet") ?? 0,
    maxReplicas: textAt(input, "annotations", "deployment.kubernetes.io/max-replicas"),
  };
  const object = {
    spec: objectAt(input, "spec") ?? {},
    status: { replicas: numberAt(input, "statusReplicas") ?? 0 },
  };
  const replicasToAdd = numberAt(input, "replicasToAdd") ?? 0;
  return deployment.replicaSetProportion(size, object, replicasToAdd, numberAt(input, "replicasAdded") ?? 0);
}
