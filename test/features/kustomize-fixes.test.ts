import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { editsOf, newFilesOf } from "../../server/src/features/code-actions/edits.ts";
import { codes } from "../../server/src/features/diagnostics/codes.ts";
import type { Finding, Fix } from "../../server/src/features/finding.ts";
import { applyEdits } from "../../server/src/yaml/edit.ts";
import { TestWorkspace } from "../support/workspace.ts";
import { checkFix } from "./check.ts";

const mistakes = join(import.meta.dirname, "../../examples/mistakes");

/** Mistakes whose way out only a person knows, each with the reason. */
const withoutFix: Readonly<Record<string, string>> = {
  "kustomize/empty-kustomization": "no manifest stands beside it",
  "kustomize/invalid": "a folder where a file is wanted, and each of its files may be meant",
  "kustomize/invalid-yaml": "every name may be meant",
  "kustomize/multiple-kustomizations": "either file may be meant",
  "kustomize/outside-workspace": "it is no mistake",
  "kustomize/patch-fails": "the patch may be meant for another state of the object",
};

const settings = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {level: info}\n";

describe("fixes of kustomizations", () => {
  for (const { code } of codes) {
    if (!code.startsWith("kustomize/")) continue;
    test(`${code}: each way out ends the mistake`, () => {
      const files = exampleOf(code);
      const found = findingsOf(files, code);
      const fixes = found.flatMap((finding) => finding.fixes);
      assert.equal(fixes.length === 0, Object.hasOwn(withoutFix, code), `${fixes.length} fixes`);
      for (const fix of fixes) {
        const left = findingsOf(fixed(files, fix), code);
        assert.ok(left.length < found.length, `${fix.title}\n${left.map(({ message }) => message).join("\n")}`);
      }
    });
  }

  test("a misspelt field inside of a list takes the name of its structure's nearest field", () => {
    checkFix(
      `#- /a/kustomization.yaml\nresources: [settings.yaml]\nimages:\n  - name: web\n    newTagg: "2"\n#- /a/settings.yaml\n${settings}`,
      "Change newTagg to newTag",
      { "/a/kustomization.yaml": 'resources: [settings.yaml]\nimages:\n  - name: web\n    newTag: "2"\n' },
    );
  });

  test("bases become resources, behind those that are there", () => {
    checkFix(
      `#- /a/kustomization.yaml\nbases:\n  - ../b # all of it\nresources:\n  - settings.yaml\n#- /a/settings.yaml\n${settings}#- /b/kustomization.yaml\nnamePrefix: b-\nresources: [x.yaml]\n#- /b/x.yaml\n${settings}`,
      "Write bases the way that kustomize recommends",
      { "/a/kustomization.yaml": "resources:\n  - settings.yaml\n  - ../b\n" },
    );
    checkFix(
      `#- /a/kustomization.yaml\nbases:\n  - ../b # all of it\n#- /b/kustomization.yaml\nresources: [x.yaml]\n#- /b/x.yaml\n${settings}`,
      "Write bases the way that kustomize recommends",
      { "/a/kustomization.yaml": "resources:\n  - ../b # all of it\n" },
    );
  });

  test("patchesStrategicMerge become patches: files by their path, texts as texts", () => {
    const patch = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {level: debug}\n";
    const inline = patch.replace(/^/gm, "    ").trimEnd();
    checkFix(
      `#- /a/kustomization.yaml\nresources: [settings.yaml]\npatchesStrategicMerge:\n  - patch.yaml\n  - |\n${inline}\n#- /a/settings.yaml\n${settings}#- /a/patch.yaml\n${patch}`,
      "Write patchesStrategicMerge the way that kustomize recommends",
      {
        "/a/kustomization.yaml": `resources: [settings.yaml]\npatches:\n  - path: patch.yaml\n  - patch: |\n${inline.replace(/^ {4}/gm, "      ")}\n`,
      },
    );
  });

  test("commonLabels join labels, unless a key is there twice", () => {
    const source = (labels: string): string =>
      `#- /a/kustomization.yaml\nresources: [settings.yaml]\ncommonLabels:\n  app: web\nlabels:\n  - pairs: {${labels}: front}\n#- /a/settings.yaml\n${settings}`;
    checkFix(source("tier"), "Write commonLabels the way that kustomize recommends", {
      "/a/kustomization.yaml":
        "resources: [settings.yaml]\nlabels:\n  - pairs: {tier: front}\n  - includeSelectors: true\n    pairs:\n      app: web\n",
    });
    const twice = new TestWorkspace(source("app")).findings("/a/kustomization.yaml");
    assert.deepEqual(
      twice.filter(({ code }) => code === "kustomize/deprecated-field").flatMap(({ fixes }) => fixes),
      [],
    );
  });

  test("a file of a generator keeps its key when its path is mended", () => {
    checkFix(
      "#- /a/kustomization.yaml\nconfigMapGenerator:\n  - name: c\n    files:\n      - app.json=settigns.json\n#- /a/settings.json\n{}\n",
      "Change settigns.json to settings.json",
      { "/a/kustomization.yaml": "configMapGenerator:\n  - name: c\n    files:\n      - app.json=settings.json\n" },
    );
  });

  test("an empty kustomization takes the manifests beside it", () => {
    checkFix(
      `#- /a/kustomization.yaml\n# nothing yet\n#- /a/settings.yaml\n${settings}#- /a/values.yaml\na: b\n`,
      "Name the manifests of this folder",
      { "/a/kustomization.yaml": "# nothing yet\nresources:\n  - settings.yaml\n" },
    );
  });

  test("a kustomization without apiVersion and kind takes a file that it does not name yet", () => {
    checkFix(
      `#- /a/kustomization.yaml\nnamespace: shop\n#- /a/settings.yaml\n${settings}`,
      "Add settings.yaml to the resources of kustomization.yaml",
      { "/a/kustomization.yaml": "namespace: shop\nresources:\n- settings.yaml\n" },
    );
  });
});

type Files = ReadonlyMap<string, string>;

function exampleOf(code: string): Files {
  const folder = join(mistakes, code.replace("/", "-"));
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => /\.ya?ml$/.test(path));
  return new Map(paths.sort().map((path) => [`/a/${path}`, readFileSync(join(folder, path), "utf8")]));
}

function workspaceOf(files: Files): TestWorkspace {
  return new TestWorkspace([...files].map(([path, text]) => `#- ${path}\n${text}`).join(""));
}

function findingsOf(files: Files, code: string): readonly Finding[] {
  const workspace = workspaceOf(files);
  return workspace.files.flatMap((file) => workspace.findings(file)).filter((finding) => finding.code === code);
}

function fixed(files: Files, { changes, title }: Fix): Files {
  const workspace = workspaceOf(files);
  const edits = editsOf(changes, (file) => workspace.readOf(file));
  assert.ok(edits !== undefined, title);
  return new Map([
    ...files,
    ...newFilesOf(changes).map((file) => [file, ""] as const),
    ...edits.map((each) => [each.file, applyEdits(files.get(each.file)!, each.edits)] as const),
  ]);
}
