import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { describe, test } from "node:test";
import oniguruma from "vscode-oniguruma";
import textmate from "vscode-textmate";
import { root } from "../house/sources.ts";

/** Scopes of Drydock's own in a line, with the text that each covers. */
async function scopesOf(line: string): Promise<readonly (readonly [string, string])[]> {
  const grammar = await loadGrammar();
  const { tokens } = grammar.tokenizeLine(line, textmate.INITIAL);
  return tokens.flatMap(({ scopes, startIndex, endIndex }) => {
    const scope = scopes.at(-1) ?? "";
    return scope.startsWith("text.")
      ? []
      : [[scope.replace(".drydock-preview", ""), line.slice(startIndex, endIndex)] as const];
  });
}

let loaded: Promise<textmate.IGrammar> | undefined;

function loadGrammar(): Promise<textmate.IGrammar> {
  loaded ??= (async () => {
    const wasm = createRequire(import.meta.url).resolve("vscode-oniguruma/release/onig.wasm");
    await oniguruma.loadWASM(readFileSync(wasm));
    const path = join(root, "syntaxes/preview.tmLanguage.json");
    const registry = new textmate.Registry({
      onigLib: Promise.resolve({
        createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
        createOnigString: (text) => new oniguruma.OnigString(text),
      }),
      loadGrammar: () => Promise.resolve(textmate.parseRawGrammar(readFileSync(path, "utf8"), path)),
    });
    const grammar = await registry.loadGrammar("text.drydock-preview");
    assert.ok(grammar !== null);
    return grammar;
  })();
  return loaded;
}

describe("colours of the preview", () => {
  test("headings", async () => {
    assert.deepEqual(await scopesOf("## Endpoints"), [["markup.heading", "## Endpoints"]]);
  });

  test("DNS names", async () => {
    assert.deepEqual(await scopesOf("web.shop.svc.cluster.local"), [
      ["string.unquoted.dns", "web.shop.svc.cluster.local"],
    ]);
  });

  test("DNS records, which stand below their names", async () => {
    assert.deepEqual(await scopesOf("    A     <clusterIP of shop/web>"), [
      ["keyword.other.record-type", "A"],
      ["variable.other.placeholder", "<clusterIP of shop/web>"],
    ]);
    for (const type of ["AAAA", "CNAME", "PTR", "SRV", "TXT"]) {
      assert.deepEqual((await scopesOf(`    ${type.padEnd(5)} 0`))[0], ["keyword.other.record-type", type]);
    }
    assert.deepEqual(await scopesOf("A plain sentence"), []);
  });

  test("a placeholder within a placeholder", async () => {
    assert.deepEqual(await scopesOf("<dashed podIP of shop/blog-<1>>.blog"), [
      ["variable.other.placeholder", "<dashed podIP of shop/blog-<1>>"],
    ]);
  });

  test("ports", async () => {
    assert.deepEqual(await scopesOf("EndpointSlice IPv4 · http 8002/TCP"), [["constant.numeric.port", "8002/TCP"]]);
  });
});
