import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { describe, test } from "node:test";
import oniguruma from "vscode-oniguruma";
import textmate from "vscode-textmate";
import { root } from "../house/sources.ts";

const injection = "drydock.kubernetes.injection";
const path = join(root, "syntaxes/kubernetes.injection.tmLanguage.json");

/** Just enough YAML: what the injection has to leave alone, and a scope to be injected into. */
const yaml = {
  scopeName: "source.yaml",
  patterns: [
    { name: "comment.line", match: "(?<=^|\\s)#.*$" },
    { name: "string.quoted.double", begin: '"', end: '"' },
    { name: "entity.name.tag", match: "[-\\w./]+(?=:(?:\\s|$))" },
  ],
};

let loaded: Promise<textmate.IGrammar> | undefined;

function loadGrammar(): Promise<textmate.IGrammar> {
  loaded ??= (async () => {
    const wasm = createRequire(import.meta.url).resolve("vscode-oniguruma/release/onig.wasm");
    await oniguruma.loadWASM(readFileSync(wasm));
    const registry = new textmate.Registry({
      onigLib: Promise.resolve({
        createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
        createOnigString: (text) => new oniguruma.OnigString(text),
      }),
      loadGrammar: (scope) =>
        Promise.resolve(
          scope === injection
            ? textmate.parseRawGrammar(readFileSync(path, "utf8"), path)
            : textmate.parseRawGrammar(JSON.stringify(yaml), "yaml.json"),
        ),
      getInjections: (scope) => (scope === "source.yaml" ? [injection] : undefined),
    });
    const grammar = await registry.loadGrammar("source.yaml");
    assert.ok(grammar !== null);
    return grammar;
  })();
  return loaded;
}

/** The injected scopes of a line, each with its text. */
async function marked(line: string): Promise<readonly string[]> {
  const { tokens } = (await loadGrammar()).tokenizeLine(line, textmate.INITIAL);
  return tokens.flatMap(({ scopes, startIndex, endIndex }) => {
    const scope = scopes.at(-1) ?? "";
    return scope.endsWith(".drydock") ? [`${scope.replace(".drydock", "")}: ${line.slice(startIndex, endIndex)}`] : [];
  });
}

describe("colours of Kubernetes in YAML", () => {
  test("labels: of a selector in one line, and the usual ones anywhere", async () => {
    assert.deepEqual(await marked('  selector: {run: web, "zone": "a"}'), [
      "variable.other.enummember.label-value: web",
      "variable.other.enummember.label-value: a",
    ]);
    assert.deepEqual(await marked("    app.kubernetes.io/name: web # x"), [
      "variable.other.enummember.label-value: web",
    ]);
    assert.deepEqual(await marked("    app: web"), ["variable.other.enummember.label-value: web"]);
    assert.deepEqual(await marked("    my-app: web"), []);
    assert.deepEqual(await marked("    other: {run: web}"), []);
  });

  test("image references: registry, repository, tag, digest", async () => {
    assert.deepEqual(await marked("  image: registry.example.com:5000/shop/web:1.4.2"), [
      "entity.name.namespace.image-registry: registry.example.com:5000/",
      "entity.name.type.image: shop/web",
      "punctuation.separator.image-tag: :",
      "constant.numeric.image-tag: 1.4.2",
    ]);
    assert.deepEqual(await marked('- {image: "nginx@sha256:0123abcd"}'), [
      "entity.name.type.image: nginx",
      "punctuation.separator.image-digest: @",
      "constant.other.image-digest: sha256:0123abcd",
    ]);
  });

  test("quantities, where a field holds one", async () => {
    assert.deepEqual(await marked("  requests: {cpu: 250m, memory: 64Mi}"), [
      "constant.numeric.quantity: 250",
      "keyword.other.unit.quantity: m",
      "constant.numeric.quantity: 64",
      "keyword.other.unit.quantity: Mi",
    ]);
    assert.deepEqual(await marked('  storage: "1.5Gi"'), [
      "constant.numeric.quantity: 1.5",
      "keyword.other.unit.quantity: Gi",
    ]);
    assert.deepEqual(await marked("  name: 250m-runner"), []);
  });

  test("durations", async () => {
    assert.deepEqual(await marked("  interval: 1m30s"), ["constant.numeric.duration: 1m30s"]);
    assert.deepEqual(await marked("  name: 30seconds"), []);
  });

  test("names of cluster DNS, also within texts", async () => {
    assert.deepEqual(await marked('  value: "http://mysql-0.mysql.shop.svc.cluster.local:3306/x"'), [
      "markup.underline.link.cluster-dns: mysql-0.mysql.shop.svc.cluster.local",
    ]);
    assert.deepEqual(await marked("  value: mysql.shop.svc"), ["markup.underline.link.cluster-dns: mysql.shop.svc"]);
    assert.deepEqual(await marked("  value: example.svc"), []);
  });

  test("comments are left alone", async () => {
    assert.deepEqual(await marked("# image: nginx:1 at mysql.shop.svc"), []);
  });
});
