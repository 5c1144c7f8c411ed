import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, test } from "node:test";
import { textAt, textMapAt } from "../../server/src/base/json.ts";
import { prepareRename } from "../../server/src/features/rename/rename.ts";
import type { Resource } from "../../server/src/index/types.ts";
import { podTemplatePath } from "../../server/src/kubernetes/pod-template.ts";
import { cursorOf } from "../support/fixture.ts";
import { TestWorkspace } from "../support/workspace.ts";
import { checkRename, renamed, renamedIn } from "./check.ts";

const service = (name: string, selector = "app: web"): string =>
  `apiVersion: v1\nkind: Service\nmetadata:\n  name: ${name}\n  namespace: shop\nspec:\n  selector: {${selector}}\n`;

const deployment = (name: string, label: string): string => `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: shop}
spec:
  selector: {matchLabels: {${label}}}
  template:
    metadata: {labels: {${label}}}
    spec: {containers: [{name: main, ports: [{name: http, containerPort: 80}, {name: admin, containerPort: 81}]}]}
`;

describe("a rename", () => {
  test("keeps quotes and comments", () => {
    const workload = deployment("web", "app: '«use»web«/»'").replace("'}}\n    spec", "'}} # the label\n    spec");
    checkRename(
      `#- /a.yaml\n${workload.replaceAll("'«use»web«/»'", "«use»'web'«/»")}#- /b.yaml\n${service("web", 'app: «use»"w«|»eb"«/»')}`,
      "shop",
      (text) => text.replace("web", "shop"),
    );
  });

  test("puts quotes around what YAML would misread", () => {
    const after = renamed(
      `#- /a.yaml\n${deployment("web", "app: web")}#- /b.yaml\n${service("web", "app: w«|»eb")}`,
      "on",
    );
    assert.ok(typeof after !== "string");
    assert.match(after.get("/b.yaml") ?? "", /selector: \{app: "on"\}/);
    assert.equal(after.get("/a.yaml")?.match(/app: "on"/g)?.length, 2);
  });

  test("ties workloads that one selector picks", () => {
    checkRename(
      `#- /a.yaml\n${deployment("web", "app: «use»web«/»")}#- /c.yaml\n${deployment("canary", "app: «use»web«/»")}#- /b.yaml\n${service("web", "app: «use»w«|»eb«/»")}`,
      "shop",
    );
  });

  test("of a Service reaches texts of which the index holds the beginning alone", () => {
    const lines = "    # a line of comment\n".repeat(40);
    checkRename(
      `#- /a.yaml\n${service("«use»d«|»b«/»")}#- /b.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: cfg, namespace: shop}\ndata:\n  app.conf: |\n${lines}    url = http://«use»db«/»:80/db\n    other = db.other.svc\n`,
      "renamed",
    );
  });

  test("of a key changes the key alone", () => {
    checkRename(
      `#- /a.yaml\n${deployment("web", "«use»app«/»: web")}#- /b.yaml\n${service("web", "«use»a«|»pp«/»: web")}`,
      "example.com/app",
    );
  });

  test("leaves other namespaces alone", () => {
    checkRename(
      `#- /a.yaml\n${deployment("web", "app: «use»web«/»")}#- /c.yaml\n${deployment("web", "app: web").replace("shop", "other")}#- /b.yaml\n${service("web", "app: «use»w«|»eb«/»")}`,
      "shop",
    );
  });
});

/** The reason of a refusal, "" for a rename that is made. */
function reasonOf(answer: ReadonlyMap<string, string> | string): string {
  return typeof answer === "string" ? answer : "";
}

describe("a rename is refused", () => {
  const workspace = (selector: string): string =>
    `#- /a.yaml\n${deployment("web", "app: web")}#- /c.yaml\n${deployment("api", "app: api")}#- /b.yaml\n${service("web", selector)}#- /d.yaml\n${service("api", "app: api")}`;

  test("for values and keys that no label can have", () => {
    assert.match(reasonOf(renamed(workspace("app: w«|»eb"), "a b")), /a b is no valid name here: a valid label/);
    assert.match(reasonOf(renamed(workspace("a«|»pp: web"), "a/b/c")), /a\/b\/c is no valid name here/);
  });

  test("for a value that other pods have", () => {
    assert.equal(renamed(workspace("app: w«|»eb"), "api"), "Deployment api has app=api already.");
  });

  test("for names of objects that are invalid or taken", () => {
    const source = workspace("app: web").replace("  name: web\n", "  name: w«|»eb\n");
    assert.match(reasonOf(renamed(source, "Web")), /Web is no valid name here/);
    assert.equal(renamed(source, "api"), "There is a Service api already.");
  });

  test("for ports and keys that are taken", () => {
    const port = workspace("app: web").replace("name: http", "name: ht«|»tp");
    assert.equal(renamed(port, "admin"), "Deployment web has admin already.");
    assert.match(reasonOf(renamed(port, "a-very-long-name")), /must be no more than 15 characters/);
    const key = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {le«|»vel: a, other: b}\n";
    assert.equal(renamed(key, "other"), "ConfigMap a has other already.");
  });

  test("for numbers, sealed names, placeholders, and what nobody declares", () => {
    assert.equal(renamed(workspace("app: web").replace("80}", "8«|»0}"), "81"), "A number is no name.");
    const sealed = "apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: {name: a«|»b}\n";
    assert.match(reasonOf(renamed(sealed, "c")), /is sealed/);
    assert.match(reasonOf(renamed(service("$«|»{NAME}"), "c")), /filled in by other software/);
    assert.match(reasonOf(renamed(service("web", "app: n«|»one"), "c")), /Nothing that is known here is called none/);
  });

  test("where nothing has a name", () => {
    const source = new TestWorkspace(service("web").replace("v1", "v«|»1"));
    const { path, offset } = cursorOf(source.fixture);
    assert.equal(prepareRename(source.context(path), offset), undefined);
  });
});

const corpus = join(import.meta.dirname, "../../../shared/corpus/dev");

/** Every so many folders of the corpus, each as a workspace. */
function sampledFolders(count: number): readonly string[] {
  const folders = new Set(
    readdirSync(corpus, { recursive: true, encoding: "utf8" })
      .filter((path) => /\.ya?ml$/.test(path))
      .sort()
      .map((path) => dirname(join(corpus, path))),
  );
  const every = Math.max(1, Math.floor(folders.size / count));
  return [...folders].filter((_, index) => index % every === 0);
}

function workspaceOf(folder: string): TestWorkspace | undefined {
  const texts = readdirSync(folder)
    .filter((name) => /\.ya?ml$/.test(name))
    .map((name) => [name, readFileSync(join(folder, name), "utf8")] as const)
    .filter(([, text]) => !/[«»]|^#- /m.test(text) && text.endsWith("\n") && text.length < 40_000);
  return texts.length === 0 || texts.length > 40
    ? undefined
    : new TestWorkspace(texts.map(([name, text]) => `#- /w/${name}\n${text}`).join(""));
}

test("there and back restores every byte of other people's manifests", (context) => {
  if (!existsSync(corpus)) {
    context.diagnostic(`there is no ${corpus}`);
    return;
  }
  let count = 0;
  for (const folder of sampledFolders(60)) {
    const workspace = workspaceOf(folder);
    for (const file of workspace?.files ?? []) count += workspace === undefined ? 0 : thereAndBack(workspace, file);
  }
  assert.ok(count > 100, String(count));
  context.diagnostic(`${count} renames`);
});

/** Renames objects and the labels of their pods; what changes are names, and the way back leads to the same texts. */
function thereAndBack(workspace: TestWorkspace, file: string): number {
  const resources = (each: TestWorkspace): readonly Resource[] => each.environments.index.file(file)!.resources;
  let count = 0;
  for (const [index, resource] of resources(workspace).slice(0, 4).entries()) {
    if (isDefinedTwice(workspace, file, resource)) continue;
    for (const path of [["metadata", "name"], ...labelPaths(resource)]) {
      const start = startOf(workspace, resource, path);
      const after = start === undefined ? "" : renameOrReason(workspace, file, start, "renamed-x");
      if (start === undefined || typeof after === "string") continue;
      const there = new TestWorkspace([...after].map(([name, text]) => `#- ${name}\n${text}`).join(""));
      const back = renameOrReason(
        there,
        file,
        startOf(there, resources(there)[index]!, path) ?? 0,
        textAt(resource.object, ...path) ?? "",
      );
      // Others have the old name as well: to become one with them is refused.
      if (typeof back === "string" && back.endsWith(" already.")) continue;
      assert.ok(typeof back !== "string", `${file} ${path.join(".")}: ${typeof back === "string" ? back : ""}`);
      for (const each of workspace.files) assert.equal(back.get(each), workspace.readOf(each)!.text, each);
      count++;
    }
  }
  return count;
}

/** Alternatives hide each other: after a rename they are two objects, and the way back is refused. */
function isDefinedTwice({ files, environments }: TestWorkspace, file: string, { kind, name }: Resource): boolean {
  return files
    .filter((other) => other !== file)
    .flatMap((other) => environments.index.file(other)?.resources ?? [])
    .some((other) => other.kind === kind && other.name === name);
}

function renameOrReason(
  workspace: TestWorkspace,
  file: string,
  offset: number,
  name: string,
): ReadonlyMap<string, string> | string {
  const prepared = prepareRename(workspace.context(file), offset);
  return prepared === undefined || "reason" in prepared ? "nothing" : renamedIn(workspace, file, offset, name);
}

/** Behind the first character (or quote) of the value at a path. */
function startOf(workspace: TestWorkspace, resource: Resource, path: readonly string[]): number | undefined {
  const place = resource.origin(path);
  const text = place === undefined ? undefined : workspace.readOf(place.file)?.text.slice(place.start, place.end);
  return place === undefined || text === undefined || text === "" ? undefined : place.start + 1;
}

function labelPaths({ object, group, kind }: Resource): readonly (readonly string[])[] {
  const template = podTemplatePath(group, kind)?.map(String);
  if (template === undefined) return [];
  const labels = [...template, "metadata", "labels"];
  return Object.keys(textMapAt(object, ...labels)).map((key) => [...labels, key]);
}
