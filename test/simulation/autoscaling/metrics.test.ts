import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { JsonObject } from "../../../server/src/base/json.ts";
import { proposalOf } from "../../../server/src/simulation/autoscaling/metrics.ts";
import type { ScaledPod } from "../../../server/src/simulation/autoscaling/samples.ts";

const pods = Array.from({ length: 2 }, (_, index): ScaledPod => ({
  name: `web-${index}`,
  phase: "Running",
  deleting: false,
  ready: "True",
  readySince: 0,
  startTime: 0,
  spec: {},
}));

/** What a metric of two ready pods asks for that measures 12 as a whole. */
function proposed(metric: JsonObject): readonly (string | number | undefined)[] {
  const source = {
    pods,
    resource: () => undefined,
    podsMetric: () => undefined,
    objectMetric: () => 12_000n,
    externalMetric: () => [7000n, 5000n],
  };
  const tolerances = { scaleUp: 0.1, scaleDown: 0.1 };
  const calculation = { source, tolerances, now: 600, specReplicas: 2, statusReplicas: 2 };
  const result = proposalOf(metric, calculation, "shop");
  if ("failure" in result) return [result.failure.error];
  const { replicas, current } = result.proposal;
  return [replicas, current.value, current.averageValue];
}

describe("a metric of the whole", () => {
  const object = (target: JsonObject): JsonObject => ({
    type: "Object",
    object: { metric: { name: "queue" }, describedObject: { kind: "Service", name: "web" }, target },
  });
  const external = (target: JsonObject): JsonObject => ({
    type: "External",
    external: { metric: { name: "queue" }, target },
  });
  // Beside each target stands one of the other type, which nobody asks about.
  const average = { type: "AverageValue", averageValue: "3", value: "1" };
  const cases: readonly [string, JsonObject, readonly (string | number | undefined)[]][] = [
    [
      "of an object, against a value: the pods that are there times the ratio",
      object({ type: "Value", value: "4", averageValue: "1" }),
      [6, "12", undefined],
    ],
    ["of an object, against a share: as many pods as shares", object(average), [4, undefined, "6"]],
    ["from outside, against a value", external({ type: "Value", value: "4" }), [6, "12", undefined]],
    ["from outside, against a share", external(average), [4, undefined, "6"]],
  ];
  for (const [name, metric, expected] of cases) test(name, () => assert.deepEqual(proposed(metric), expected));
});
