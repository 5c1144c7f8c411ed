import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { FindingsMemo, checkFile } from "../../server/src/features/diagnostics/file.ts";
import { DiskWorkspace } from "./kustomize-workspace.ts";

const deployment = (replicas: number, image = "registry.example/web:1"): string => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: ${replicas}
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers:
        - name: web
          image: ${image}
`;

const patch = "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 5\n";

const shop = {
  "base/kustomization.yaml": "resources: [web.yaml]\nconfigMapGenerator: [{name: settings, envs: [settings.env]}]\n",
  "base/settings.env": "LEVEL=info\n",
  "base/web.yaml": deployment(3),
  "overlays/dev/kustomization.yaml": "resources: [../../base]\n",
  "overlays/prod/kustomization.yaml": "resources: [../../base]\npatches: [{path: more.yaml}]\n",
  "overlays/prod/more.yaml": patch,
};

function codes(disk: DiskWorkspace, path: string): readonly string[] {
  const context = disk.workspace.contextOf(disk.uri(path));
  assert.ok(context !== undefined, `${path} is open`);
  const options = { kubernetesVersion: "1.36", yamlSyntax: true };
  const isPartial = disk.workspace.environments.isPartial(context.file);
  return checkFile(context, new FindingsMemo(), options, isPartial).map(({ code }) => code);
}

describe("kustomizations of the workspace", () => {
  test("a base has the environments of its roots, rendered", () => {
    const disk = new DiskWorkspace(shop);
    assert.deepEqual(disk.replicasIn("base/web.yaml"), ["overlays/dev: 3", "overlays/prod: 5"]);
    assert.deepEqual(disk.replicasIn("overlays/prod/more.yaml"), ["overlays/prod: 5"]);
  });

  test("a base behind a symbolic link is the one that it leads to", () => {
    const files = { ...shop, "overlays/linked/kustomization.yaml": "resources: [../../link]\n" };
    const disk = new DiskWorkspace(files, { link: "file:///shop/base" });
    assert.deepEqual(disk.replicasIn("base/web.yaml"), ["overlays/dev: 3", "overlays/linked: 3", "overlays/prod: 5"]);
    disk.open("overlays/linked/kustomization.yaml");
    assert.deepEqual(codes(disk, "overlays/linked/kustomization.yaml"), []);
  });

  test("a link out of the workspace is not followed, and not called missing", () => {
    const files = { "overlay/kustomization.yaml": "resources: [../link]\n" };
    const disk = new DiskWorkspace(files, { link: "file:///elsewhere/base" });
    disk.open("overlay/kustomization.yaml");
    assert.deepEqual(codes(disk, "overlay/kustomization.yaml"), ["kustomize/outside-workspace"]);
    assert.deepEqual(
      disk.reads.filter((file) => !file.startsWith("file:///shop/")),
      [],
    );
  });

  test("a folder without one that Flux applies is rendered where Flux changes it, and again when that changes", () => {
    const flux = (path: string, prefix = ""): string =>
      `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: shop\nspec:\n  path: ${path}\n${prefix}`;
    const prefixed = flux("./apps", "  namePrefix: live-\n");
    const disk = new DiskWorkspace({ ...shop, "apps/web.yaml": deployment(2), "clusters/live.yaml": prefixed });
    const kindOf = (): string | undefined => disk.workspace.environments.of(disk.uri("apps/web.yaml"))[0]?.kind;
    assert.equal(kindOf(), "kustomization");
    disk.replicasIn("apps/web.yaml");
    disk.settle();
    assert.deepEqual(disk.replicasIn("apps/web.yaml"), ["apps: 2"]);
    disk.open("apps/web.yaml", deployment(6));
    assert.deepEqual(disk.replicasIn("apps/web.yaml"), ["apps: 6"]);
    assert.deepEqual(codes(disk, "apps/web.yaml"), []);
    disk.write("clusters/live.yaml", flux("./apps"));
    disk.settle();
    assert.equal(kindOf(), "directory");
    disk.write("clusters/live.yaml", prefixed);
    disk.settle();
    assert.equal(kindOf(), "kustomization");
    assert.deepEqual(disk.replicasIn("apps/web.yaml"), ["apps: 6"]);
    disk.write("clusters/live.yaml", flux("./elsewhere"));
    disk.settle();
    assert.equal(kindOf(), "folder");
  });

  test("the active one comes first", () => {
    const disk = new DiskWorkspace(shop);
    disk.workspace.activate(["file:///shop/elsewhere", "file:///shop/overlays/prod"]);
    assert.deepEqual(disk.replicasIn("base/web.yaml"), ["overlays/prod: 5", "overlays/dev: 3"]);
  });

  test("an unsaved text counts, and a file on disk is read again when it changes", () => {
    const disk = new DiskWorkspace(shop);
    disk.open("base/web.yaml", deployment(4));
    assert.deepEqual(disk.replicasIn("base/web.yaml"), ["overlays/dev: 4", "overlays/prod: 5"]);
    disk.write("overlays/prod/more.yaml", patch.replace("5", "7"));
    disk.settle();
    assert.deepEqual(disk.replicasIn("base/web.yaml"), ["overlays/dev: 4", "overlays/prod: 7"]);
  });

  test("nothing is said while files are still to be read", () => {
    const disk = new DiskWorkspace({ ...shop, "base/kustomization.yaml": "resources: [web.yaml]\n" });
    disk.open("base/kustomization.yaml");
    assert.deepEqual(codes(disk, "base/kustomization.yaml"), []);
    disk.workspace.open(disk.uri("base/kustomization.yaml"), 2, "resources: [web.yaml, other.json]\n");
    assert.deepEqual(codes(disk, "base/kustomization.yaml"), []);
    disk.settle();
    assert.deepEqual(codes(disk, "base/kustomization.yaml"), ["kustomize/missing-file"]);
  });

  test("each file is read once, and only where a kustomization names it", () => {
    const disk = new DiskWorkspace({ ...shop, "aside.yaml": deployment(1) });
    disk.replicasIn("base/web.yaml");
    assert.deepEqual(
      disk.reads.filter((file) => /\.(env|yaml)$/.test(file)).sort(),
      Object.keys(shop)
        .map((path) => disk.uri(path))
        .sort(),
    );
  });

  test("500 overlays of one base: a keystroke renders what is asked alone", () => {
    const overlays = Array.from({ length: 500 }, (_, number) => [
      `overlays/${number}/kustomization.yaml`,
      "resources: [../../base]\n",
    ]);
    const disk = new DiskWorkspace({ ...shop, ...(Object.fromEntries(overlays) as Record<string, string>) });
    disk.open("base/web.yaml", deployment(4));
    const environments = disk.workspace.environments.of(disk.uri("base/web.yaml"));
    assert.equal(environments.length, 502);
    assert.deepEqual(codes(disk, "base/web.yaml"), []);
  });
});
