import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { at, isObject, textAt } from "../../server/src/base/json.ts";
import type { JsonObject, JsonValue } from "../../server/src/base/json.ts";
import { folderWith } from "./folder.ts";
import { drydock } from "./terminal.ts";

const deployment = (image: string): string => `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  replicas: 4
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "${image}"}]}
`;

const service = `---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {selector: {app: web}, ports: [{name: http, port: 80}]}
`;

async function json(...words: readonly string[]): Promise<JsonObject> {
  const { out, error } = await drydock(...words, "--format", "json");
  assert.notEqual(out, "", error);
  const value = JSON.parse(out) as JsonValue;
  assert.ok(isObject(value));
  return value;
}

describe("rollout", () => {
  test("is the timeline of the user's own object", async (context) => {
    const folder = folderWith(context, { "web.yaml": deployment("web:1") });
    const timeline = await json("rollout", "web", folder);
    assert.deepEqual(at(timeline, "fenceposts"), {
      replicas: 4,
      maxSurge: 1,
      maxUnavailable: 1,
      maxPods: 5,
      minAvailable: 3,
    });
    assert.equal(at(timeline, "summary", "outcome"), "complete");
    assert.deepEqual(at(timeline, "before"), { how: "same-object", oldImage: "web:current", newImage: "web:next" });
  });

  test("--to takes the object after the change from another file, --image a new image", async (context) => {
    const folder = folderWith(context, { "web.yaml": deployment("web:1") });
    const next = folderWith(context, { "web.yaml": deployment("web:2") });
    assert.deepEqual(at(await json("rollout", "Deployment/web", folder, "--to", join(next, "web.yaml")), "before"), {
      how: "chosen",
      oldImage: "web:1",
      newImage: "web:2",
    });
    assert.deepEqual(at(await json("rollout", "shop/web", folder, "--image", "web=web:9"), "before"), {
      how: "same-object",
      oldImage: "web:1",
      newImage: "web:9",
    });
  });

  test("text reads like kubectl rollout status, Markdown and SVG are documents", async (context) => {
    const folder = folderWith(context, { "web.yaml": deployment("web:1") });
    assert.match((await drydock("rollout", "web", folder)).out, /deployment "web" successfully rolled out/);
    assert.match(
      (await drydock("rollout", "web", folder, "--format", "markdown")).out,
      /^### Deployment\/web in shop: web:current → web:next/,
    );
    assert.match(
      (await drydock("rollout", "web", folder, "--format", "svg")).out,
      /^<svg [^>]*role="img"[^]*<\/svg>\n$/,
    );
  });

  test("an object that the API server refuses shows its words", async (context) => {
    const folder = folderWith(context, { "web.yaml": deployment("web:1").replace("replicas: 4", "replicas: -4") });
    const timeline = await json("rollout", "web", folder);
    assert.equal(at(timeline, "summary", "outcome"), "rejected");
    assert.match(textAt(timeline, "summary", "messages", 0) ?? "", /must be greater than or equal to 0/);
    const lines = (await drydock("rollout", "web", folder)).out.trimEnd().split("\n");
    assert.equal(lines.length, 3, "a title, a blank line and the words: no table of nothing");
  });

  test("a scenario file is played, a wrong one refused with the field", async (context) => {
    const folder = folderWith(context, {});
    const path = join(folder, "scenario.json");
    writeFileSync(
      path,
      JSON.stringify({
        version: 1,
        objects: [
          { apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "web" }, spec: { replicas: 1, template: {} } },
        ],
      }),
    );
    assert.equal(at(await json("rollout", "--scenario", path), "version"), 1);
    writeFileSync(path, JSON.stringify({ version: 1, objects: [{ kind: 3 }] }));
    const { status, error } = await drydock("rollout", "--scenario", path);
    assert.equal(status, 2);
    assert.match(error, /objects\[0\]\.kind: must be a text/);
  });

  test("a workload that is not there is exit status 1", async (context) => {
    const { status, error } = await drydock(
      "rollout",
      "nothing",
      folderWith(context, { "web.yaml": deployment("web:1") }),
    );
    assert.equal(status, 1);
    assert.match(error, /there is no Deployment, StatefulSet or DaemonSet nothing/);
  });

  describe("that nobody can simulate is exit status 1", () => {
    const refused = deployment("web:1").replace("replicas: 4", "replicas: -4");
    const cases: readonly [string, manifest: string, name: readonly string[], status: number, error: RegExp][] = [
      ["refused", refused, ["web"], 1, /nothing was simulated: Deployment\/web in shop/],
      [
        "too large",
        deployment("web:1").replace("replicas: 4", "replicas: 100000000"),
        ["web"],
        1,
        /nothing was simulated/,
      ],
      ["one of two", `${refused}---\n${deployment("web:1").replaceAll("web", "next")}`, [], 0, /^$/],
      ["paused", deployment("web:1").replace("replicas: 4", "replicas: 4\n  paused: true"), ["web"], 0, /^$/],
    ];
    for (const [title, manifest, name, status, error] of cases) {
      test(title, async (context) => {
        const folder = folderWith(context, { "web.yaml": manifest });
        for (const format of ["text", "json", "markdown", "svg"]) {
          const result = await drydock("rollout", ...name, folder, "--format", format);
          assert.equal(result.status, status, format);
          assert.match(result.error, error);
          assert.notEqual(result.out, "");
        }
      });
    }

    test("a scenario that says so", async (context) => {
      const path = join(folderWith(context, {}), "scenario.json");
      writeFileSync(path, JSON.stringify({ version: 1, objects: [], rejected: ["spec.replicas: Invalid value: -4"] }));
      assert.equal((await drydock("rollout", "--scenario", path)).status, 1);
    });
  });
});

describe("balance", () => {
  test("gives exact shares and a sample that the seed repeats", async (context) => {
    const folder = folderWith(context, { "web.yaml": deployment("web:1") + service });
    const result = await json("balance", "web", folder, "--proxy", "iptables", "--requests", "1000", "--seed", "7");
    assert.deepEqual(at(result, "endpoints", 0, "expectedShare"), { numerator: 1, denominator: 4 });
    assert.equal(at(result, "requests"), 1000);
    assert.deepEqual(
      await json("balance", "web", folder, "--proxy", "iptables", "--requests", "1000", "--seed", "7"),
      result,
    );
  });

  test("routes that lead to the Service follow it, with exact shares and what is lost", async (context) => {
    const route = `---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: way, namespace: shop}
spec: {rules: [{backendRefs: [{name: web, port: 80, weight: 3}, {name: lost, port: 80}]}]}
`;
    const folder = folderWith(context, { "web.yaml": deployment("web:1") + service + route });
    const result = await json("balance", "shop/web", folder, "--requests", "1000");
    assert.equal(at(result, "routes", 0, "route"), "HTTPRoute/shop/way");
    assert.deepEqual(at(result, "routes", 0, "backends", 0, "expectedShare"), { numerator: 3, denominator: 4 });
    assert.equal(at(result, "routes", 0, "failed"), at(result, "routes", 0, "backends", 1, "requests"));
    const { out } = await drydock("balance", "shop/web", folder);
    assert.match(out, /HTTPRoute\/shop\/way · rule 1/);
    assert.match(out, /shop\/lost +1 +no such Service: 500 +1\/4 = 25\.0 %/);
    assert.match((await drydock("balance", "shop/web", folder, "--format", "markdown")).out, /\| shop\/web \| 3 \|/);
    assert.match((await drydock("balance", "shop/web", folder, "--format", "svg")).out, /no such Service: 500/);
  });

  test("a Service without endpoints refuses everything", async (context) => {
    const folder = folderWith(context, { "web.yaml": service });
    const result = await json("balance", "web", folder);
    assert.equal(at(result, "rejected"), at(result, "requests"));
  });

  test("Markdown shows invented names and images as they stand", async (context) => {
    const folder = folderWith(context, { "web.yaml": deployment("web:1") + service });
    assert.match((await drydock("balance", "web", folder, "--format", "markdown")).out, /^\| web-\\<1\\> \|/m);
    const words = ["rollout", "web", folder, "--image", "web=web:<a|*>", "--format", "markdown"];
    const { out } = await drydock(...words);
    assert.match(out, /^### .*→ web:\\<a\\\|\\\*\\>/);
    assert.match(out, /Created pod: web-\\<new\\>-\\<1\\> \|/);
  });

  test("long names stay in the picture, and times are exact", async (context) => {
    const long = deployment("web:1").replace("name: web, namespace", `name: ${"very-".repeat(9)}long, namespace`);
    const folder = folderWith(context, { "web.yaml": long + service });
    assert.match((await drydock("balance", "web", folder, "--format", "svg")).out, /textLength="248" [^>]*>very-/);
    const { out } = await drydock("rollout", folder, "--image", "web=web:2", "--format", "svg");
    assert.match(out, /textLength="692" [^>]*>Deployment\/very-/);
    const ticks = [...out.matchAll(/>([\d.]+ s)</g)].map(([, tick]) => tick);
    assert.equal(new Set(ticks).size, 6);
  });

  test("a port that no Service has is exit status 1", async (context) => {
    const other = service.replaceAll("web", "next").replace("name: http, port: 80", "name: grpc, port: 90");
    const folder = folderWith(context, { "web.yaml": deployment("web:1") + service + other });
    const cases: readonly [string, name: readonly string[], status: number, error: RegExp][] = [
      ["http", ["web"], 0, /^$/],
      ["80", ["web"], 0, /^$/],
      ["grpc", ["web"], 1, /there is no port grpc in shop\/web$/m],
      ["90", [], 0, /^$/],
      ["7", [], 1, /there is no port 7 in shop\/next, shop\/web$/m],
    ];
    for (const [port, name, status, error] of cases) {
      const result = await drydock("balance", ...name, folder, "--port", port, "--requests", "10");
      assert.equal(result.status, status, `${name.join("")} ${port}`);
      assert.match(result.error, error);
      assert.match(result.out, status === 0 ? /nftables picks|refused/ : /no such port/);
    }
  });

  test("wrong options are wrong use", async (context) => {
    const folder = folderWith(context, { "web.yaml": service });
    for (const words of [
      ["--proxy", "magic"],
      ["--scheduler", "xx"],
      ["--requests", "many"],
    ])
      assert.equal((await drydock("balance", "web", folder, ...words)).status, 2);
  });
});
