import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { at, isArray, isObject, textAt } from "../../server/src/base/json.ts";
import type { JsonPath, JsonValue } from "../../server/src/base/json.ts";
import { LineIndex } from "../../server/src/base/lines.ts";
import { spanAt } from "../../server/src/base/span-table.ts";
import type { ResourceFacts } from "../../server/src/model/facts.ts";
import { positionIn } from "../../server/src/model/position.ts";
import { factsOf, readFile } from "../../server/src/model/read.ts";

const service = `apiVersion: v1
kind: Service
metadata:
  name: web
  namespace: shop
spec:
  selector: {app: web}
  ports:
    - port: 80
      targetPort: "http"
`;

describe("documents of a file", () => {
  test("each document has a state and its resources", () => {
    const text = [
      service,
      "name: values\n",
      "apiVersion: v1\nkind: {{ .Values.kind }}\n",
      "apiVersion: v1\nkind: Pod\nmetadata: [\n",
    ].join("---\n");
    const { documents } = factsOf(text);
    assert.deepEqual(
      documents.map(({ facts }) => facts.state),
      ["read", "foreign", "templated", "broken"],
    );
    assert.deepEqual(
      documents.map(({ line }) => line),
      [0, 11, 13, 16],
    );
    const [resource] = documents[0]!.facts.resources;
    assert.deepEqual(
      [resource?.apiVersion, resource?.kind, resource?.namespace, resource?.name],
      ["v1", "Service", "shop", "web"],
    );
  });

  test("a List holds several objects, a typed list names their kind", () => {
    const list = `apiVersion: apps/v1\nkind: DeploymentList\nitems:\n- metadata: {name: a}\n- kind: Service\n  apiVersion: v1\n  metadata: {name: b}\n- 7\n`;
    const resources = resourcesOf(list);
    assert.deepEqual(
      resources.map(({ apiVersion, kind, name, at: path }) => [apiVersion, kind, name, path]),
      [
        ["apps/v1", "Deployment", "a", ["items", 0]],
        ["v1", "Service", "b", ["items", 1]],
      ],
    );
    assert.equal(textAtPlace(list, resources[1]!, ["metadata", "name"]), "b");
  });

  test("wrong types anywhere are no reason to fail", () => {
    for (const metadata of ["null", "[]", "7", "{name: 7, namespace: [a], labels: 3}"]) {
      const [resource] = resourcesOf(`apiVersion: v1\nkind: Pod\nmetadata: ${metadata}\nspec: []\n`);
      assert.deepEqual([resource?.name, resource?.namespace], ["", undefined]);
    }
  });

  test("an unchanged document is not read again, wherever it moves", () => {
    const former = readFile(`${service}---\n${service}`);
    const later = readFile(`# a remark\nname: new\n---\n${service}`, former);
    assert.equal(later.documents[1]?.parsed, former.documents[1]?.parsed);
    assert.equal(later.documents[1]?.placed.facts, former.documents[1]?.placed.facts);
    assert.equal(later.documents[1]?.placed.line, 3);
  });

  test("a broken document keeps its last good resources", () => {
    const former = readFile(`${service}---\napiVersion: v1\nkind: Pod\nmetadata: {name: one}\n`);
    const broken = readFile(
      `${service.replace("{app: web}", "{app: ")}---\napiVersion: v1\nkind: Pod\nmetadata: {name: one}\n`,
      former,
    );
    assert.equal(broken.documents[0]?.placed.facts.state, "broken");
    assert.equal(broken.documents[0]?.placed.facts.resources[0]?.name, "web");
    const mended = readFile(former.text, broken);
    assert.equal(mended.documents[0]?.placed.facts.state, "read");
  });

  test("placeholders count in names and labels, not in scripts", () => {
    const object = (labels: string, args: string): boolean =>
      factsOf(
        `apiVersion: v1\nkind: Pod\nmetadata: {name: a, labels: ${labels}}\nspec: {containers: [{args: ${args}}]}\n`,
      ).documents[0]!.facts.hasPlaceholders;
    assert.equal(object("{app: web}", "['${HOME}/bin']"), false);
    assert.equal(object("{app: '${APP}'}", "[]"), true);
  });
});

describe("what is kept", () => {
  test("no status, no values of Secrets, no schemas, no long texts", () => {
    const [secret] = resourcesOf(
      `apiVersion: v1\nkind: Secret\nmetadata: {name: a, managedFields: [{a: 1}]}\ndata: {password: c2VjcmV0}\nstringData: {user: root}\nstatus: {a: 1}\n`,
    );
    assert.deepEqual(secret?.object, {
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: "a" },
      data: { password: "" },
      stringData: { user: "" },
    });
    const [definition] = resourcesOf(
      `apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: a}\nspec: {scope: Cluster, versions: [{name: v1, schema: {openAPIV3Schema: {}}}]}\n`,
    );
    assert.deepEqual(at(definition?.object, "spec"), { scope: "Cluster", versions: [{ name: "v1" }] });
    const [long] = resourcesOf(
      `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {text: ${"x".repeat(10_000)}}\n`,
    );
    assert.ok((textAt(long?.object, "data", "text") ?? "").length < 500);
  });

  test("places of keys and values, through anchors and merges too", () => {
    const text = `apiVersion: v1\nkind: Pod\nmetadata:\n  labels: &labels\n    app: web\n  annotations:\n    <<: *labels\n    other: "yes"\n  name:\n`;
    const [pod] = resourcesOf(text);
    assert.equal(textAtPlace(text, pod!, ["metadata", "labels", "app"], "key"), "app");
    assert.equal(textAtPlace(text, pod!, ["metadata", "labels", "app"], "entry"), "app: web");
    assert.equal(textAtPlace(text, pod!, ["metadata", "annotations", "app"]), "web");
    assert.equal(textAtPlace(text, pod!, ["metadata", "annotations", "other"]), '"yes"');
    assert.equal(spanAt(pod!.object, pod!.spans, ["metadata", "nowhere"]), undefined);
  });

  test("every text's place holds that text", () => {
    const texts = fc.array(fc.tuple(fc.stringMatching(/^[a-z]{1,8}$/), fc.stringMatching(/^[a-zA-Z0-9 é😀]{0,20}$/u)), {
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(texts, fc.boolean(), (entries, isJson) => {
        const unique = Object.fromEntries(entries.map(([key, value]) => [`k-${key}`, value]));
        const object = {
          apiVersion: "v1",
          kind: "ConfigMap",
          metadata: { name: "a" },
          data: unique,
          list: Object.values(unique),
        };
        const text = isJson ? JSON.stringify(object, undefined, 1) : yamlOf(object);
        const [resource] = resourcesOf(text);
        for (const path of pathsOf(resource!.object))
          assert.equal(JSON.parse(textAtPlace(text, resource!, path) ?? "0"), at(object, ...path));
      }),
      { seed: 7, numRuns: 200 },
    );
  });
});

test("positions without the text are those of the text", () => {
  const line = fc.constantFrom("apiVersion: v1", "kind: Pod", "---", "a: b", "# é😀", "", "--- # remark");
  fc.assert(
    fc.property(fc.array(line, { maxLength: 20 }), fc.constantFrom("\n", "\r\n"), (lines, end) => {
      const text = lines.join(end);
      const { facts, documents } = readFile(text);
      const index = new LineIndex(text);
      for (const { placed } of documents) {
        for (let offset = placed.start; offset < placed.end; offset++)
          assert.deepEqual(positionIn(facts, offset), index.positionAt(offset));
      }
    }),
    { seed: 7, numRuns: 300 },
  );
});

function resourcesOf(text: string): readonly ResourceFacts[] {
  return factsOf(text).documents.flatMap(({ facts }) => facts.resources);
}

function textAtPlace(
  text: string,
  resource: ResourceFacts,
  path: JsonPath,
  part: "value" | "key" | "entry" = "value",
): string | undefined {
  const span = spanAt(resource.object, resource.spans, path, part);
  return span === undefined ? undefined : text.slice(span.start, span.end);
}

function pathsOf(value: JsonValue, path: JsonPath = []): readonly JsonPath[] {
  if (path[0] !== "data" && path[0] !== "list" && path.length > 0) return [];
  if (isArray(value)) return value.flatMap((item, index) => pathsOf(item, [...path, index]));
  if (isObject(value)) return Object.entries(value).flatMap(([key, item]) => pathsOf(item, [...path, key]));
  return [path];
}

function yamlOf(object: { readonly data: object; readonly list: readonly string[] }): string {
  const data = Object.entries(object.data).map(([key, value]) => `  ${key}: ${JSON.stringify(value)}\n`);
  return `# remark\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n${data.join("")}list:\n${object.list.map((item) => `- ${JSON.stringify(item)}\n`).join("")}`;
}
