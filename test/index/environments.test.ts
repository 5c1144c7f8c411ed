import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Environments } from "../../server/src/index/environments.ts";
import type { Index } from "../../server/src/index/index.ts";
import { kindKey, podLabelKey, workloadsKey } from "../../server/src/index/keys.ts";
import { find, namespacesOf } from "../../server/src/index/queries.ts";
import { record, ReadsComparison } from "../../server/src/index/record.ts";
import type { Reads } from "../../server/src/index/record.ts";
import type { KustomizationRoot } from "../../server/src/index/environments.ts";
import type { Environment } from "../../server/src/index/types.ts";
import { factsOf, readFile } from "../../server/src/model/read.ts";
import { deployment, indexOf, manifest, service } from "./workspace.ts";

describe("folders", () => {
  const index = indexOf({
    "shop/web.yaml": `${service("web", { app: "web" })}---\n${deployment("web", { app: "web" })}`,
    "shop/web-dev.yaml": deployment("web", { app: "web" }, { replicas: 9 }),
    "shop/api.yaml": deployment("api", { app: "api" }),
    "shop/deep/other.yaml": deployment("other", { app: "web" }),
    "top.yaml": manifest("v1", "Namespace", { name: "shop" }),
  });
  const environments = new Environments(index);

  test("a folder is an environment, without the folders below", () => {
    const [environment] = environments.of("shop/api.yaml");
    assert.equal(environment?.name, "shop");
    assert.deepEqual(workloads(environment), ["shop/api.yaml api", "shop/web-dev.yaml web", "shop/web.yaml web"]);
  });

  test("what a file defines itself hides other definitions of it", () => {
    assert.deepEqual(workloads(environments.of("shop/web.yaml")[0]!), ["shop/api.yaml api", "shop/web.yaml web"]);
    assert.deepEqual(workloads(environments.of("shop/web-dev.yaml")[0]!), [
      "shop/api.yaml api",
      "shop/web-dev.yaml web",
    ]);
  });

  test("objects that only get their names in the cluster hide nothing", () => {
    const job = (label: string): string =>
      manifest(
        "batch/v1",
        "Job",
        { generateName: "job-" },
        { spec: { template: { metadata: { labels: { app: label } } } } },
      );
    const jobs = new Environments(indexOf({ "a/a.yaml": job("a"), "a/b.yaml": job("b") }));
    assert.equal(jobs.of("a/a.yaml")[0]?.posting(workloadsKey).length, 2);
  });

  test("stepping up takes the whole subtree of the parent and ends at the top", () => {
    const wider = environments.of("shop/deep/other.yaml")[0]!.wider();
    assert.equal(wider?.name, "shop");
    assert.equal(workloads(wider).length, 4);
    assert.equal(wider?.wider()?.name, "");
    assert.equal(wider?.wider()?.wider(), undefined);
    const [limited] = new Environments(index, { tops: ["shop/deep/"] }).of("shop/deep/other.yaml");
    assert.equal(limited?.wider(), undefined);
  });

  test("all environments, each once", () => {
    assert.deepEqual(
      environments.all().map(({ name }) => name),
      ["", "shop", "shop/deep"],
    );
    assert.deepEqual([...namespacesOf(environments.named("")!)].sort(), [
      "default",
      "kube-node-lease",
      "kube-public",
      "kube-system",
      "shop",
    ]);
  });

  test("the namespace of objects that name none", () => {
    const [environment] = new Environments(index, { namespace: "prod" }).of("shop/api.yaml");
    assert.equal(
      find(environment!, { group: "apps", kind: "Deployment", namespace: "prod", name: "api" })[0]?.writtenNamespace,
      undefined,
    );
    const [cluster] = new Environments(index, { namespace: "prod" }).of("top.yaml");
    assert.equal(cluster?.posting(kindKey("", "Namespace"))[0]?.namespace, null);
  });
});

test("environments of the settings win", () => {
  const index = indexOf({
    "a/one.yaml": deployment("one", { app: "x" }),
    "b/two.yaml": deployment("two", { app: "x" }),
    "b/three.yaml": deployment("three", { app: "x" }),
  });
  const environments = new Environments(index, {
    defined: [{ name: "prod", namespace: "live", includes: (file) => !file.includes("three") }],
  });
  const [prod] = environments.of("b/two.yaml");
  assert.deepEqual([prod?.name, prod?.kind], ["prod", "settings"]);
  assert.deepEqual(
    prod?.posting(podLabelKey("app", "x")).map(({ name, namespace }) => [name, namespace]),
    [
      ["one", "live"],
      ["two", "live"],
    ],
  );
  assert.deepEqual(
    environments.all().map(({ name }) => name),
    ["prod", "b"],
  );
});

test("the files of a kustomization belong to it and not to their folder", () => {
  const index = indexOf({
    "base/web.yaml": deployment("web", { app: "web" }),
    "base/loose.yaml": deployment("loose", { app: "web" }),
  });
  const environment = { name: "overlay" } as Environment;
  const root: KustomizationRoot = {
    folder: "overlay/",
    files: ["base/web.yaml", "overlay/kustomization.yaml"],
    environment: () => environment,
  };
  const environments = new Environments(index, {
    kustomizations: { roots: [root], claims: new Map(root.files.map((file) => [file, [root]])), partial: new Set() },
  });
  assert.deepEqual(environments.of("base/web.yaml"), [environment]);
  assert.deepEqual(workloads(environments.of("base/loose.yaml")[0]!), ["base/loose.yaml loose"]);
});

describe("an environment is open", () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ["for a template", "apiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ .Values.name }}\n", "template"],
    ["for a placeholder", manifest("v1", "Pod", { name: "${NAME}" }), "placeholder"],
    ["for a document that does not parse", "apiVersion: v1\nkind: Pod\nmetadata: [\n", "broken-document"],
    [
      "for an operator's object",
      manifest("postgresql.cnpg.io/v1", "Cluster", { name: "db" }, { spec: { instances: 3 } }),
      "pod-maker",
    ],
    [
      "for an unknown kind with an image",
      manifest("example.com/v1", "App", { name: "a" }, { spec: { server: { image: "a" } } }),
      "pod-maker",
    ],
  ];
  for (const [title, text, code] of cases) {
    test(title, () => {
      const [environment] = new Environments(indexOf({ "a.yaml": text })).of("a.yaml");
      assert.deepEqual(
        environment?.open.map((reason) => reason.code),
        [code],
      );
    });
  }

  test("not for what only configures", () => {
    const texts = [
      deployment("a", { app: "a" }),
      manifest("monitoring.coreos.com/v1", "ServiceMonitor", { name: "a" }, { spec: { selector: {} } }),
      manifest("cert-manager.io/v1", "Certificate", { name: "a" }, { spec: { privateKey: { size: 2048 } } }),
    ];
    assert.deepEqual(new Environments(indexOf({ "a.yaml": texts.join("---\n") })).of("a.yaml")[0]?.open, []);
  });

  test("for a file that is not read", () => {
    const { index } = indexOf({}).apply([{ file: "a.yaml", facts: { documents: [], notice: "too-large" } }]);
    assert.deepEqual(
      new Environments(index).of("a.yaml")[0]?.open.map(({ code, subject }) => [code, subject]),
      [["unread-file", "too-large"]],
    );
  });
});

describe("a recorded answer", () => {
  const files = {
    "a/web.yaml": deployment("web", { app: "web" }),
    "a/api.yaml": deployment("api", { app: "api" }),
    "b/far.yaml": deployment("far", { app: "far" }),
  };
  const index = indexOf(files);
  const after = (file: string, text: string): Environment =>
    new Environments(index.apply([{ file, facts: factsOf(text) }]).index).of("a/web.yaml")[0]!;

  const isSame = (reads: Reads, environment: Environment): boolean =>
    new ReadsComparison().differenceTo(environment, reads) === "none";

  test("holds until something that it read is different", () => {
    const recording = record(new Environments(index).of("a/web.yaml")[0]!);
    recording.environment.shared("web pods", (environment) => environment.posting(podLabelKey("app", "web")).length);
    const reads = recording.reads();
    assert.ok(isSame(reads, after("a/api.yaml", deployment("api", { app: "other" }))));
    assert.ok(isSame(reads, after("b/far.yaml", deployment("far", { app: "web" }))), "another folder");
    assert.ok(!isSame(reads, after("a/api.yaml", deployment("api", { app: "web" }))));
  });

  test("knows when objects have only moved within their file", () => {
    const read = readFile(deployment("api", { app: "api" }));
    const before = index.apply([{ file: "a/api.yaml", facts: read.facts }]).index;
    const lower = readFile(`# above\n---\n${read.text}`, read);
    const { index: later, touched } = before.apply([{ file: "a/api.yaml", facts: lower.facts }]);
    assert.equal(touched.size, 0, "postings stay as they are");
    const [wasAt] = new Environments(before).of("a/web.yaml")[0]!.posting(podLabelKey("app", "api"));
    const [isAt] = new Environments(later).of("a/web.yaml")[0]!.posting(podLabelKey("app", "api"));
    assert.equal(isAt!.identity, wasAt!.identity);
    assert.equal(isAt!.place.start, wasAt!.place.start + "# above\n---\n".length);
    const reads = recordedIn(before);
    assert.equal(new ReadsComparison().differenceTo(new Environments(later).of("a/web.yaml")[0]!, reads), "places");
  });

  test("knows whether it looked further up and at what can't be seen", () => {
    const recording = record(new Environments(index).of("a/web.yaml")[0]!);
    recording.environment.wider()?.posting(podLabelKey("app", "web"));
    assert.equal(recording.environment.open.length, 0);
    const reads = recording.reads();
    assert.ok(isSame(reads, after("b/far.yaml", deployment("far", { app: "other" }))));
    assert.ok(!isSame(reads, after("b/far.yaml", deployment("far", { app: "web" }))));
    assert.ok(!isSame(reads, after("a/api.yaml", "apiVersion: v1\nkind: Pod\nmetadata: [\n")));
  });
});

function recordedIn(index: Index): Reads {
  const recording = record(new Environments(index).of("a/web.yaml")[0]!);
  recording.environment.posting(podLabelKey("app", "api"));
  return recording.reads();
}

function workloads(environment: Environment): readonly string[] {
  return environment.posting(workloadsKey).map(({ file, name }) => `${file} ${name}`);
}
