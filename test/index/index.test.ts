import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { Index } from "../../server/src/index/index.ts";
import { kindKey, nameKey, objectsKey, podLabelKey, selectorKey, workloadsKey } from "../../server/src/index/keys.ts";
import type { Resource } from "../../server/src/index/types.ts";
import { factsOf } from "../../server/src/model/read.ts";
import { deployment, indexOf, service } from "./workspace.ts";

const keys = [
  workloadsKey,
  kindKey("", "Service"),
  nameKey("apps", "Deployment", "a"),
  podLabelKey("app", "x"),
  podLabelKey("app", "y"),
  selectorKey("app", "x"),
];
const files = ["a.yaml", "b.yaml", "dir/a.yaml", "dir/sub/c.yaml", "dir2/a.yaml"];

const documents = fc.array(
  fc.constantFrom(
    deployment("a", { app: "x" }),
    deployment("b", { app: "y" }),
    service("a", { app: "x" }),
    "not: kubernetes\n",
    "apiVersion: v1\nkind: Pod\nmetadata: [\n",
  ),
  { maxLength: 4 },
);
const change = fc.record({
  file: fc.constantFrom(...files),
  text: fc.option(documents.map((each) => each.join("---\n"))),
});

describe("the index", () => {
  test("after any sequence of changes is the one made at once", () => {
    fc.assert(
      fc.property(fc.array(fc.array(change, { maxLength: 4 }), { maxLength: 8 }), (batches) => {
        let index = Index.empty;
        const texts = new Map<string, string>();
        for (const batch of batches) {
          const before = new Map(keys.map((key) => [key, index.posting(key)]));
          const update = index.apply(
            batch.map(({ file, text }) => ({ file, facts: text === null ? undefined : factsOf(text) })),
          );
          for (const { file, text } of batch) {
            if (text === null) texts.delete(file);
            else texts.set(file, text);
          }
          for (const key of keys)
            if (!update.touched.has(key)) assert.equal(update.index.posting(key), before.get(key));
          index = update.index;
        }
        const atOnce = indexOf(Object.fromEntries(texts));
        for (const key of keys) {
          assert.deepEqual(names(index.posting(key)), names(atOnce.posting(key)));
          for (const folder of ["", "dir/", "dir/sub/", "dir2/"]) {
            for (const below of [false, true]) {
              const inside = index
                .posting(key)
                .filter(({ file }) =>
                  below ? file.startsWith(folder) : file.slice(0, file.lastIndexOf("/") + 1) === folder,
                );
              assert.deepEqual(names(index.postingIn(key, folder, below)), names(inside));
            }
          }
        }
        assert.deepEqual(index.folders(), atOnce.folders());
        assert.deepEqual(index.filesBelow("dir/"), atOnce.filesBelow("dir/"));
      }),
      { seed: 7, numRuns: 150 },
    );
  });

  test("objects of an unchanged document stay the same objects", () => {
    const facts = factsOf(`${service("a", { app: "x" })}---\n${deployment("a", { app: "x" })}`);
    const { index } = Index.empty.apply([{ file: "a.yaml", facts }]);
    const [posting] = [index.posting(workloadsKey)];
    const again = index.apply([{ file: "a.yaml", facts }]);
    assert.equal(again.index.posting(workloadsKey), posting);
    assert.equal(again.touched.size, 0);
  });

  test("a keystroke in one of 5,000 Deployments with the same label rebuilds their posting once and little else", () => {
    const many = Object.fromEntries(
      Array.from({ length: 5000 }, (_, number) => [`dir/${number}.yaml`, deployment(`d${number}`, { app: "x" })]),
    );
    const index = indexOf(many);
    const { touched } = index.apply([
      { file: "dir/77.yaml", facts: factsOf(deployment("d77", { app: "x" }, { replicas: 2 })) },
    ]);
    assert.deepEqual(
      [...touched].sort(),
      [
        kindKey("apps", "Deployment"),
        nameKey("apps", "Deployment", "d77"),
        objectsKey,
        podLabelKey("app", "x"),
        workloadsKey,
      ].sort(),
    );
  });
});

function names(resources: readonly Resource[]): readonly string[] {
  return resources.map(({ file, kind, name, place }) => `${file}:${place.start} ${kind}/${name}`);
}
