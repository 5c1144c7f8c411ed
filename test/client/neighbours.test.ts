import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { elsewhereAmong, neighbourSettings } from "../../client/src/neighbours.ts";

const beside = (
  extensions: readonly string[],
  settings: Readonly<Record<string, unknown>> = {},
): ReturnType<typeof elsewhereAmong> =>
  elsewhereAmong({ isInstalled: (id) => extensions.includes(id), setting: (name) => settings[name] });

const yaml = "redhat.vscode-yaml";
const json = "vscode.json-language-features";

describe("beside other extensions", () => {
  test("syntax errors are theirs, each in its notation, until they are told to be silent", () => {
    assert.deepEqual(beside([]).syntaxErrors, []);
    assert.deepEqual(beside([yaml]).syntaxErrors, ["yaml"]);
    assert.deepEqual(beside([json, yaml]).syntaxErrors, ["yaml", "json"]);
    assert.deepEqual(beside([json, yaml], { "yaml.validate": false }).syntaxErrors, ["json"]);
    assert.deepEqual(beside([json], { "json.validate.enable": false }).syntaxErrors, []);
    assert.deepEqual(beside([yaml], { "yaml.validate": true }).syntaxErrors, ["yaml"]);
  });

  test("fields are theirs where they have the schema of Kubernetes and complete by it", () => {
    const kubernetes = "ms-kubernetes-tools.vscode-kubernetes-tools";
    assert.equal(beside([]).fields, false);
    assert.equal(beside([yaml]).fields, false);
    assert.equal(beside([kubernetes]).fields, false);
    assert.equal(beside([yaml, kubernetes]).fields, true);
    assert.equal(beside([yaml, kubernetes], { "yaml.completion": false }).fields, false);
    assert.equal(beside([yaml], { "yaml.schemas": { kubernetes: "*.yaml" } }).fields, true);
    assert.equal(beside([yaml], { "yaml.schemas": { "https://json.schemastore.org/chart.json": "x" } }).fields, false);
  });

  test("an extension that only looks like one of them changes nothing", () => {
    assert.deepEqual(beside(["someone.vscode-yaml", "redhat.vscode-xml"]).syntaxErrors, []);
  });

  test("every setting that is asked for is followed", () => {
    const asked: string[] = [];
    elsewhereAmong({
      isInstalled: () => true,
      setting(name) {
        asked.push(name);
        return undefined;
      },
    });
    assert.deepEqual([...new Set(asked)].sort(), [...neighbourSettings].sort());
  });
});
