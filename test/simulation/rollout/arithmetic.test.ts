import assert from "node:assert/strict";
import { describe, test } from "node:test";

import fc from "fast-check";

import type { JsonObject, JsonValue } from "../../../server/src/base/json.ts";
import { scaledValue } from "../../../server/src/kubernetes/int-or-percent.ts";
import { surgeCount, unavailableCount } from "../../../server/src/simulation/rollout/daemon-set-arithmetic.ts";
import * as deployments from "../../../server/src/simulation/rollout/deployment-arithmetic.ts";

function deployment(replicas: number, maxSurge: JsonValue, maxUnavailable: JsonValue): JsonObject {
  return { spec: { replicas, strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge, maxUnavailable } } } };
}

describe("fenceposts", () => {
  test("round surge up and unavailability down", () => {
    assert.deepEqual(deployments.resolveFenceposts("25%", "25%", 5).value, { surge: 2, unavailable: 1 });
  });

  test("that both come out as zero let one pod be missing", () => {
    assert.deepEqual(deployments.resolveFenceposts("0%", "10%", 5).value, { surge: 0, unavailable: 1 });
  });

  test("refuse numbers in quotes, but not odd percentages", () => {
    assert.equal(
      scaledValue("5", 10, { roundUp: true }).error,
      "invalid value for IntOrString: invalid type: string is not a percentage",
    );
    assert.equal(scaledValue("+25%", 10, { roundUp: true }).value, 3);
    assert.equal(scaledValue(null, 10, { roundUp: true }).error, "nil value for IntOrString");
  });

  test("keep a Deployment moving without going below its minimum", () => {
    const amount = fc.oneof(
      fc.nat(20),
      fc.nat(100).map((percent) => `${percent}%`),
    );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), amount, amount, (replicas, maxSurge, maxUnavailable) => {
        const object = deployment(replicas, maxSurge, maxUnavailable);
        const unavailable = deployments.maxUnavailable(object);
        assert.ok(deployments.maxSurge(object) + unavailable > 0);
        assert.equal(deployments.minAvailable(object), replicas - unavailable);
        assert.ok(unavailable <= replicas);
      }),
      { seed: 20_261_121 },
    );
  });
});

describe("the new ReplicaSet", () => {
  test("grows as far as the surge allows, never beyond what is desired", () => {
    fc.assert(
      fc.property(fc.nat(100), fc.nat(100), fc.nat(100), fc.nat(20), (replicas, newReplicas, oldReplicas, surge) => {
        const total = newReplicas + oldReplicas;
        const { value } = deployments.newReplicaSetReplicas(deployment(replicas, surge, 1), total, newReplicas);
        assert.ok(value !== undefined);
        assert.ok(value <= Math.max(replicas, newReplicas));
        if (value > newReplicas) assert.ok(value + oldReplicas <= replicas + surge);
      }),
      { seed: 20_261_121 },
    );
  });

  test("of an unknown strategy is an error", () => {
    const object = { spec: { replicas: 1, strategy: { type: "BlueGreen" } } };
    assert.equal(deployments.newReplicaSetReplicas(object, 0, 0).error, "deployment type BlueGreen isn't supported");
  });
});

describe("scaling in the middle of a rollout", () => {
  test("gives each ReplicaSet its share, halves rounded away from zero", () => {
    const object = { ...deployment(15, 0, 1), status: { replicas: 10 } };
    assert.equal(deployments.replicaSetFraction({ replicas: 5, maxReplicas: "10" }, object), 3);
    assert.equal(deployments.replicaSetProportion({ replicas: 5, maxReplicas: "10" }, object, 2, 0), 2);
    assert.equal(deployments.replicaSetFraction({ replicas: 5, maxReplicas: "none" }, object), 3);
  });

  test("counts annotations that are whole numbers alone", () => {
    assert.equal(deployments.replicaCountAnnotation(undefined), undefined);
    assert.equal(deployments.replicaCountAnnotation("13")?.value, 13);
    assert.notEqual(deployments.replicaCountAnnotation("-1")?.error, undefined);
    assert.notEqual(deployments.replicaCountAnnotation("2147483648")?.error, undefined);
  });
});

test("a DaemonSet rounds both numbers up, and needs maxUnavailable", () => {
  const daemonSet = { spec: { updateStrategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: "10%" } } } };
  assert.equal(unavailableCount(daemonSet, 11).value, 2);
  assert.equal(surgeCount(daemonSet, 11).value, 0);
  const empty = { spec: { updateStrategy: { type: "RollingUpdate", rollingUpdate: {} } } };
  assert.equal(unavailableCount(empty, 11).error, "nil value for IntOrString");
});
