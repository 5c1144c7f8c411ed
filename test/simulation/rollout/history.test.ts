import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { JsonObject } from "../../../server/src/base/json.ts";
import { newSetAnnotations } from "../../../server/src/simulation/rollout/deployment-revisions.ts";
import { annotation } from "../../../server/src/simulation/rollout/deployment-state.ts";
import { RevisionTally } from "../../../server/src/simulation/rollout/revision-tally.ts";
import { withinHistory, withUpdateRevision } from "../../../server/src/simulation/rollout/controller-revisions.ts";

const template = (image: string): JsonObject => ({ spec: { containers: [{ name: "web", image }] } });
const revisions = [1, 2, 3].map((revision) => ({
  name: `web-${revision}`,
  revision,
  template: template(`${revision}`),
}));

function kept(live: readonly string[], limit: number): readonly string[] {
  return withinHistory(revisions, new Set(live), limit).map(({ name }) => name);
}

describe("the revisions of StatefulSets and DaemonSets", () => {
  test("a limit counts those that no pod needs, and drops the lowest", () => {
    assert.deepEqual(kept(["web-3"], 1), ["web-2", "web-3"]);
    assert.deepEqual(kept(["web-1", "web-3"], 0), ["web-1", "web-3"]);
  });

  test("as many as the limit stay, and a limit of 0 leaves none", () => {
    assert.deepEqual(kept(["web-3"], 2), ["web-1", "web-2", "web-3"]);
    assert.deepEqual(kept(["web-3"], 0), ["web-3"]);
  });

  test("a template that was there before takes the next number instead of a new revision", () => {
    const names = { old: "web-1", made: "web-<new>" };
    const again = withUpdateRevision(revisions, template("1"), () => names.made);
    assert.deepEqual(
      again.map(({ name, revision }) => [name, revision]),
      [
        ["web-2", 2],
        ["web-3", 3],
        [names.old, 4],
      ],
    );
    assert.equal(
      withUpdateRevision(revisions, template("3"), () => names.made),
      revisions,
    );
    assert.equal(withUpdateRevision(revisions, template("4"), () => names.made).at(-1)?.revision, 4);
  });
});

describe("revisions that have pods", () => {
  const pod = {
    name: "web-0",
    uid: 1,
    ordinal: 0,
    revision: "web-1",
    node: "node-1",
    phase: "Running",
    ready: true,
    available: true,
    deletedAt: undefined,
  } as const;

  test("are those of pods that are there, ending ones included, and none whose pods are gone", () => {
    const tally = new RevisionTally();
    tally.count(pod, 1);
    tally.count({ ...pod, revision: "web-2", deletedAt: 5 }, 1);
    assert.deepEqual([...tally.live()], ["web-1", "web-2"]);
    tally.count(pod, -1);
    assert.deepEqual([...tally.live()], ["web-2"]);
    assert.deepEqual([tally.total, tally.ready, tally.available], [1, 1, 1]);
  });
});

describe("the former revisions of a ReplicaSet that is taken again", () => {
  const deployment = { annotations: {} } as Parameters<typeof newSetAnnotations>[0];
  const historyOf = (former: string): string | undefined =>
    newSetAnnotations(deployment, { [annotation.revision]: "7", [annotation.revisionHistory]: former }, 9)[
      annotation.revisionHistory
    ];

  test("are noted up to 2,000 characters; beyond, the oldest go", () => {
    const exact = `12,${"3".repeat(1995)}`;
    assert.equal(historyOf(exact), `${exact},7`);
    assert.equal(historyOf(`1${exact}`), `${"3".repeat(1995)},7`);
  });
});
