import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { languages } from "../../client/src/manifest.ts";
import { clientCommands } from "../../server/src/protocol/messages.ts";
import { defaultSettings } from "../../server/src/protocol/settings.ts";
import { read, readJson } from "./sources.ts";

interface Property {
  readonly default?: unknown;
  readonly enum?: readonly string[];
  readonly description?: string;
  readonly markdownDescription?: string;
}

interface Manifest {
  readonly main: string;
  readonly browser: string;
  readonly bin: Readonly<Record<string, string>>;
  readonly activationEvents: readonly string[];
  readonly engines: { readonly vscode: string };
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly category: string; readonly title: string }[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string }[]>>;
    readonly configuration: readonly { readonly properties: Readonly<Record<string, Property>> }[];
  };
}

const manifest = readJson("package.json") as Manifest;
const contributed = manifest.contributes.commands.map(({ command }) => command);
const properties = Object.assign({}, ...manifest.contributes.configuration.map((each) => each.properties)) as Record<
  string,
  Property
>;

describe("manifest", () => {
  test("each contributed command is registered, and each registered one contributed or the protocol's", () => {
    const sources = read("client/src/**/*.ts").map(({ text }) => text);
    const literal = sources.flatMap((text) => [...text.matchAll(/register\(\s*"(drydock\.\w+)"/g)].map(([, id]) => id));
    const named = sources
      .flatMap((text) => [...text.matchAll(/register\(\s*clientCommands\.(\w+)/g)].map(([, key]) => key))
      .map((key) => Object.entries(clientCommands).find(([name]) => name === key)?.[1]);
    const registered = [...literal, ...named];
    assert.deepEqual(
      contributed.filter((command) => !registered.includes(command)),
      [],
    );
    const known = new Set<string | undefined>([...contributed, ...Object.values(clientCommands)]);
    assert.deepEqual(
      registered.filter((command) => !known.has(command)),
      [],
    );
  });

  test("commands stand in the palette below Drydock, and menus name contributed ones", () => {
    assert.deepEqual([...new Set(manifest.contributes.commands.map(({ category }) => category))], ["Drydock"]);
    const inMenus = Object.values(manifest.contributes.menus).flatMap((items) => items.map(({ command }) => command));
    assert.deepEqual(
      inMenus.filter((command) => !contributed.includes(command)),
      [],
    );
  });

  test("every %key% exists in every language, and no key is left over", () => {
    const used = new Set([...JSON.stringify(manifest).matchAll(/"%([^%"]+)%"/g)].map(([, key = ""]) => key));
    for (const { path, text } of read("package.nls*.json")) {
      const keys = Object.keys(JSON.parse(text) as object);
      assert.deepEqual(keys.sort(), [...used].sort(), path);
    }
  });

  test("the settings are those of the protocol, with the same defaults", () => {
    const inManifest = Object.fromEntries(
      Object.entries(properties).map(([name, property]) => [name.replace(/^drydock\./, ""), property.default]),
    );
    assert.deepEqual(inManifest, flatten(defaultSettings));
  });

  test("each setting is described, and each of a choice's values is valid", () => {
    for (const [name, property] of Object.entries(properties)) {
      assert.match(property.markdownDescription ?? property.description ?? "", /^%setting\..+%$/, name);
      if (property.enum !== undefined) assert.ok(property.enum.includes(property.default as string), name);
    }
  });

  test("the extension becomes active for the languages that it looks at, and for its panels", () => {
    assert.deepEqual(manifest.activationEvents, [
      ...languages.map((language) => `onLanguage:${language}`),
      "onWebviewPanel:drydock.simulator",
    ]);
  });

  test("the programs that it names are built", () => {
    const [script] = read("esbuild.mjs");
    for (const program of [manifest.main, manifest.browser, ...Object.values(manifest.bin)]) {
      const file = program.split("/").at(-1) ?? "";
      assert.ok(script?.text.includes(`out: "${file}"`), program);
    }
  });

  test("VS Code's types are those of the oldest supported version, and every package has one exact version", () => {
    assert.equal(`^${manifest.devDependencies["@types/vscode"] ?? ""}`, manifest.engines.vscode);
    const loose = Object.entries(manifest.devDependencies).filter(
      ([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version),
    );
    assert.deepEqual(loose, []);
  });
});

/** Nested groups of settings become dotted names, as in the manifest; lists and free maps are values. */
function flatten(settings: object, prefix = ""): Record<string, unknown> {
  const entries = Object.entries(settings).flatMap(([name, value]: [string, unknown]) => {
    const group = typeof value === "object" && value !== null && !Array.isArray(value) && Object.keys(value).length > 0;
    return group ? Object.entries(flatten(value, `${prefix}${name}.`)) : [[`${prefix}${name}`, value] as const];
  });
  return Object.fromEntries(entries);
}
