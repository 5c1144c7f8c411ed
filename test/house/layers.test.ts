import assert from "node:assert/strict";
import { posix } from "node:path";
import { describe, test } from "node:test";
import { type Import, importsOf, productSources, type Source } from "./sources.ts";

/** The layers from the bottom up, and of which others each may import. `types` may only be named, not run. */
const layers: Readonly<Record<string, { readonly below: readonly string[]; readonly types?: readonly string[] }>> = {
  base: { below: [] },
  yaml: { below: ["base"] },
  kubernetes: { below: ["base"] },
  model: { below: ["base", "yaml", "kubernetes"] },
  kustomize: { below: ["base", "yaml", "kubernetes", "model"] },
  index: { below: ["base", "kubernetes"], types: ["model", "kustomize"] },
  simulation: { below: ["base", "kubernetes"] },
  resolve: { below: ["base", "kubernetes", "model", "index", "simulation"] },
  features: {
    below: ["base", "yaml", "kubernetes", "model", "kustomize", "index", "simulation", "resolve"],
    types: ["protocol"],
  },
  protocol: { below: [], types: ["base", "simulation"] },
};
const pure = Object.keys(layers);
const others: typeof layers = {
  lsp: { below: pure },
  "host/node": { below: [...pure, "lsp"] },
  "host/browser": { below: [...pure, "lsp"] },
  cli: { below: [...pure, "lsp", "host/node"] },
  client: { below: ["protocol"] },
  webview: { below: ["protocol", "simulation"] },
};
const table = { ...layers, ...others };

/** Packages that only some layers may import. */
const reserved: readonly { readonly name: RegExp; readonly layers: readonly string[] }[] = [
  { name: /^yaml(\/|$)/, layers: ["yaml"] },
  { name: /^vscode-languageserver(\/|$)/, layers: ["lsp"] },
  { name: /^vscode-languageclient(\/|$)/, layers: ["client"] },
  { name: /^vscode$/, layers: ["client"] },
  { name: /^vscode-uri$/, layers: ["lsp", "host/node", "host/browser", "client", "cli"] },
  { name: /^node:/, layers: ["host/node", "cli"] },
  { name: /^(preact|@preact|d3-)/, layers: ["webview"] },
  { name: /^@vscode\/l10n$/, layers: ["features", "lsp", "cli"] },
];

describe("layers", () => {
  test("every source belongs to a layer", () => {
    assert.deepEqual(
      productSources()
        .map(({ path }) => path)
        .filter((path) => layerOf(path) === undefined),
      [],
    );
  });

  test("imports point down only", () => {
    assert.deepEqual(productSources().flatMap(wrongImports), []);
  });

  test("packages stay in their layers", () => {
    assert.deepEqual(productSources().flatMap(wrongPackages), []);
  });

  test("the checks see a wrong import", () => {
    const source = (path: string, text: string): Source => ({ path, text });
    assert.equal(wrongImports(source("server/src/base/a.ts", 'import { b } from "../yaml/b.ts";')).length, 1);
    assert.equal(wrongImports(source("server/src/index/a.ts", 'import { b } from "../model/b.ts";')).length, 1);
    assert.equal(wrongImports(source("server/src/index/a.ts", 'import type { B } from "../model/b.ts";')).length, 0);
    assert.equal(
      wrongImports(source("client/src/a.ts", 'import {\n  b,\n} from "../../server/src/lsp/b.ts";')).length,
      1,
    );
    assert.equal(wrongPackages(source("server/src/model/a.ts", 'import { parse } from "yaml";')).length, 1);
    assert.equal(wrongPackages(source("server/src/lsp/a.ts", 'import "node:fs";')).length, 1);
  });
});

function wrongImports(source: Source): readonly string[] {
  const layer = layerOf(source.path);
  const rules = layer === undefined ? undefined : table[layer];
  if (rules === undefined) return [];
  return importsOf(source)
    .filter(({ from }) => from.startsWith("."))
    .filter((each) => !isAllowed(source.path, each, layer, rules))
    .map(({ from }) => `${source.path} imports ${from}`);
}

function isAllowed(
  path: string,
  { from, typeOnly }: Import,
  layer: string | undefined,
  rules: (typeof table)[string],
): boolean {
  const target = layerOf(posix.join(posix.dirname(path), from));
  if (target === undefined) return from.endsWith(".css") || from.endsWith(".json");
  return target === layer || rules.below.includes(target) || (typeOnly && rules.types?.includes(target) === true);
}

function wrongPackages(source: Source): readonly string[] {
  const layer = layerOf(source.path) ?? "";
  return importsOf(source)
    .filter(({ from }) => reserved.some(({ name, layers: owners }) => name.test(from) && !owners.includes(layer)))
    .map(({ from }) => `${source.path} imports ${from}`);
}

function layerOf(path: string): string | undefined {
  if (path.startsWith("client/src/")) return "client";
  if (path.startsWith("client/webview/")) return "webview";
  const found = /^server\/src\/(host\/[^/]+|[^/]+)\//.exec(path)?.[1];
  return found !== undefined && found in table ? found : undefined;
}
