import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { checkFile, checkNext } from "../../server/src/features/diagnostics/file.ts";
import type { Finding } from "../../server/src/features/finding.ts";
import { deployment } from "../index/workspace.ts";
import { DiskWorkspace } from "./kustomize-workspace.ts";
import { connect, folder, MemoryHost } from "./support.ts";

const service =
  "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {selector: {app: web}, ports: [{port: 80}]}\n";
const count = 500;

/** A base and its overlays, the last two of which give the pods another label. */
const files: Readonly<Record<string, string>> = {
  "base/kustomization.yaml": "resources: [web.yaml, service.yaml]\n",
  "base/web.yaml": deployment("web", { app: "web" }),
  "base/service.yaml": service,
  ...Object.fromEntries(
    Array.from({ length: count }, (_, index) => {
      const other =
        "patches: [{target: {kind: Deployment}, patch: '- {op: replace, path: /spec/template/metadata/labels/app, value: other}'}]";
      return [
        `overlays/o${String(index).padStart(3, "0")}/kustomization.yaml`,
        `resources: [../../base]\nnamePrefix: o${index}-\n${index >= count - 2 ? other : ""}\n`,
      ];
    }),
  ),
};

const options = { kubernetesVersion: "1.36", yamlSyntax: true };
const file = "base/service.yaml";

describe("the base of hundreds of overlays", () => {
  const disk = new DiskWorkspace(files);
  disk.open(file);
  const { workspace } = disk;
  const uri = disk.uri(file);
  const found = (): readonly Finding[] => checkFile(workspace.contextOf(uri)!, workspace.memo, options);
  const lookFurther = (): number => {
    let looks = 0;
    while (checkNext(workspace.contextOf(uri)!, workspace.memo, options)) looks++;
    return looks;
  };

  test("is looked at in a few of them at once, in the others one after the other, and in none of them twice", () => {
    assert.deepEqual(found(), []);
    assert.equal(lookFurther(), count - 16);
    assert.deepEqual(
      found().map(({ code, severity, environments }) => ({ code, severity, environments })),
      [
        {
          code: "service/no-matching-pods",
          severity: "hint",
          environments: [498, 499].map((number) => disk.uri(`overlays/o${number}`)),
        },
      ],
    );
    assert.equal(lookFurther(), 0);
  });

  test("a change of one overlay makes it look at that one alone", () => {
    const before = workspace.memo.counters.resourcesChecked;
    disk.write("overlays/o498/kustomization.yaml", "resources: [../../base]\n");
    disk.settle();
    found();
    assert.equal(lookFurther(), 1);
    assert.equal(workspace.memo.counters.resourcesChecked - before, 1);
    assert.deepEqual(
      found().flatMap(({ environments }) => environments),
      [disk.uri("overlays/o499")],
    );
  });

  test("a keystroke in the base costs the same few environments, however many there are", () => {
    const before = workspace.memo.counters.resourcesChecked;
    disk.open(file, service.replace("80", "81"));
    found();
    assert.equal(workspace.memo.counters.resourcesChecked - before, 16);
  });
});

describe("further environments over the protocol", () => {
  test("their findings come by themselves", async () => {
    const { client, close } = await connect(new MemoryHost(files), { capabilities: {} });
    await client.untilReady();
    const uri = `${folder}/${file}`;
    await client.openText(uri, service);
    await client.untilPushed(uri, ["service/no-matching-pods"]);
    assert.match(client.pushed(uri)[0]?.message ?? "", /\(in o498 and o499\)$/);
    await close();
  });
});
