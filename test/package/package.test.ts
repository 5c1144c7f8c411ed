import assert from "node:assert/strict";
import { existsSync, statSync } from "node:fs";
import { matchesGlob } from "node:path";
import { describe, test } from "node:test";
import { readJson } from "../house/sources.ts";
import { packedFiles } from "../vscode/package.ts";
import { vsix } from "../vscode/paths.ts";

/** Everything that may be in the package. What is not named here is packed by mistake. */
const allowed = [
  "package.json",
  "package.nls.json",
  "package.nls.*.json",
  "README.md",
  "CHANGELOG.md",
  "LICENSE",
  "images/*.png",
  "dist/{command-line,drydock,extension,server,worker}.cjs",
  "dist/{extension-web,server-web,simulation,balancing,webview}.js",
  "dist/webview.css",
  "dist/licenses.txt",
  "docs/codes.md",
  "docs/walkthrough/{example,preview,explain,rollout}.md",
  "docs/walkthrough/example.yaml",
  "l10n/bundle.l10n*.json",
  "syntaxes/*.json",
  "snippets/*.json",
];

/** What no package may lack: the programs, and what the marketplace shows. */
const required = [
  "package.json",
  "package.nls.json",
  "README.md",
  "LICENSE",
  "images/icon.png",
  "dist/extension.cjs",
  "dist/extension-web.js",
  "dist/server.cjs",
  "dist/server-web.js",
  "dist/licenses.txt",
];

const largest = 2 * 1024 * 1024;

describe("package", () => {
  test("holds what is allowed, and all that is needed", async () => {
    const files = await packedFiles();
    const odd = files.filter((file) => !allowed.some((pattern) => matchesGlob(file, pattern)));
    assert.deepEqual(odd, []);
    assert.deepEqual(
      required.filter((file) => !files.includes(file)),
      [],
    );
  });

  test("is smaller than 2 MB", () => {
    assert.ok(existsSync(vsix), "there is no drydock.vsix: npm run package");
    const { size } = statSync(vsix);
    assert.ok(size < largest, `${Math.round(size / 1024)} KiB`);
  });

  test("asks for no package at run time", () => {
    const manifest = readJson("package.json") as { readonly dependencies?: object };
    assert.equal(manifest.dependencies, undefined);
  });
});
