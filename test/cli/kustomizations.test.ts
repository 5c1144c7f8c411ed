import assert from "node:assert/strict";
import { relative } from "node:path";
import { describe, test } from "node:test";
import { arrayAt, at, numberAt, textAt } from "../../server/src/base/json.ts";
import { deployment, manifest, service } from "../index/workspace.ts";
import { definitionHead } from "../kustomize/support.ts";
import { folderWith } from "./folder.ts";
import { drydock, json } from "./terminal.ts";

describe("kustomizations", () => {
  const files = {
    "base/kustomization.yaml": "resources: [web.yaml]\n",
    "base/web.yaml": `${service("web", { app: "web" })}---\n${deployment("web", { app: "web" })}`,
    "prod/kustomization.yaml": "namespace: live\nnamePrefix: p-\nresources: [../base]\npatches: [{path: more.yaml}]\n",
    "prod/more.yaml": manifest("apps/v1", "Deployment", { name: "web" }, { spec: { replicas: 5 } }),
    "dev/kustomization.yaml": "resources: [../base]\n",
    "broken/kustomization.yaml": "resources: [../base, gone.yaml]\n",
    "round/one/kustomization.yaml": "resources: [../two]\n",
    "round/two/kustomization.yaml": "resources: [../one]\n",
  };

  test("each root is an environment, its objects are rendered and point at their sources", async (context) => {
    const folder = folderWith(context, files);
    const services = arrayAt(await json("endpoints", folder), "services");
    assert.deepEqual(
      services.map((each) => [
        textAt(each, "environment")?.split("/").at(-1),
        textAt(each, "namespace"),
        textAt(each, "name"),
        textAt(each, "path")?.split("/").slice(-2).join("/"),
        at(each, "workloads", 0, "replicas"),
      ]),
      [
        ["broken", "default", "web", "base/web.yaml", 1],
        ["dev", "default", "web", "base/web.yaml", 1],
        ["prod", "live", "p-web", "base/web.yaml", 5],
      ],
    );
  });

  test("folders that Flux and Argo CD apply are environments, also where there is no kustomization", async (context) => {
    const spec = { path: "./flux", targetNamespace: "team" };
    const source = { path: "argo", directory: { recurse: true } };
    const folder = folderWith(context, {
      "live.yaml": `${manifest("kustomize.toolkit.fluxcd.io/v1", "Kustomization", { name: "a" }, { spec })}---\n${manifest("argoproj.io/v1alpha1", "Application", { name: "b" }, { spec: { source, destination: { namespace: "shop" } } })}`,
      "flux/web.yaml": service("web", { app: "web" }),
      "flux/pods/web.yaml": deployment("web", { app: "web" }),
      "argo/api.yaml": service("api", { app: "api" }),
      "argo/pods/api.yaml": deployment("api", { app: "api" }),
    });
    assert.deepEqual(
      arrayAt(await json("endpoints", folder), "services").map((each) => [
        textAt(each, "environment")?.split("/").at(-1),
        textAt(each, "namespace"),
        arrayAt(each, "workloads").length,
      ]),
      [
        ["argo", "shop", 1],
        ["flux", "team", 1],
      ],
    );
  });

  test("definitions are judged as kustomize leaves them, whether it changes their schemas or not", async (context) => {
    const definition = (type: string): string => `${definitionHead}  - name: v1
    schema:
      openAPIV3Schema:
        type: ${type}
    served: true
    storage: true
`;
    const patched = "resources: [ships.yaml]\npatches: [{path: type.yaml, target: {kind: CustomResourceDefinition}}]\n";
    const patch = (type: string): string =>
      `- {op: replace, path: /spec/versions/0/schema/openAPIV3Schema/type, value: ${type}}\n`;
    const labelled = "resources: [ships.yaml]\nlabels: [{pairs: {fleet: a}}]\n";
    const folder = folderWith(context, {
      "right/kustomization.yaml": labelled,
      "right/ships.yaml": definition("object"),
      "wrong/kustomization.yaml": labelled,
      "wrong/ships.yaml": definition("ship"),
      "broken/kustomization.yaml": patched,
      "broken/ships.yaml": definition("object"),
      "broken/type.yaml": patch("ship"),
      "mended/kustomization.yaml": patched,
      "mended/ships.yaml": definition("ship"),
      "mended/type.yaml": patch("object"),
    });
    const findings = arrayAt(await json("check", folder), "findings").map((finding) => {
      const path = textAt(finding, "path")?.split("/").slice(-2).join("/");
      return `${path} ${numberAt(finding, "range", "start", "line") ?? "nowhere"} ${textAt(finding, "severity")}`;
    });
    assert.deepEqual([...new Set(findings)], ["broken/type.yaml 0 error", "wrong/ships.yaml 12 error"]);
  });

  test("patches are not judged as objects, and what misses makes the environment open", async (context) => {
    const folder = folderWith(context, files);
    const report = await json("check", folder);
    const environments = arrayAt(report, "environments").map((each) => [
      textAt(each, "name")?.split("/").slice(4).join("/") ?? "",
      at(each, "closed"),
    ]);
    assert.deepEqual(
      arrayAt(report, "findings").map((finding) => at(finding, "code")),
      ["kustomize/missing-file", "kustomize/cycle"],
    );
    assert.deepEqual(
      environments.map(([, closed]) => closed),
      [false, true, true, false],
    );
  });

  test("a wrong path of a generator may have meant any file beside", async (context) => {
    const folder = folderWith(context, {
      "kustomization.yaml": "configMapGenerator: [{name: a, files: [app.propertys]}]\n",
      "app.properties": "LEVEL=info\n",
    });
    assert.match(textAt(await json("check", folder), "findings", 0, "message") ?? "", /Did you mean app\.properties\?/);
  });

  test("-e takes one of them", async (context) => {
    const folder = folderWith(context, files);
    const found = await json("endpoints", folder, "-e", `${relative(".", folder)}/prod`);
    assert.equal(arrayAt(found, "services").length, 1);
    const { status, error } = await drydock("endpoints", folder, "-e", "nowhere");
    assert.equal(status, 2);
    assert.match(error, /^drydock: there is no environment nowhere; there are .*prod/);
  });
});
