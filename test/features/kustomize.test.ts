import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { compareEnvironments } from "../../server/src/features/environments/compare.ts";
import { renderedPage } from "../../server/src/features/environments/rendered-page.ts";
import { verifyRendering } from "../../server/src/features/environments/verify.ts";
import { whyEnvironment } from "../../server/src/features/environments/why.ts";
import { cursorAt } from "../../server/src/features/context.ts";
import { definitionAt } from "../../server/src/features/definition/definition.ts";
import { cursorOf } from "../support/fixture.ts";
import { TestWorkspace } from "../support/workspace.ts";
import { checkDiagnostics, checkFix, hoverText } from "./check.ts";

/** A base and two overlays; `mark` puts a cursor somewhere. */
function shop(mark: (text: string) => string = (text) => text): string {
  return mark(`#- /base/kustomization.yaml
resources:
  - web.yaml
configMapGenerator:
  - name: settings
    literals:
      - LEVEL=info
#- /base/web.yaml
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 3
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers:
        - name: web
          image: registry.example/web:1
---
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector: {app: web}
  ports:
    - port: 80
#- /overlays/dev/kustomization.yaml
namespace: dev
resources:
  - ../../base
#- /overlays/prod/kustomization.yaml
namePrefix: live-
resources:
  - ../../base
images:
  - name: registry.example/web
    newTag: "2"
patches:
  - path: more.yaml
#- /overlays/prod/more.yaml
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 5
`);
}

const labels = { environment: (name: string) => name.slice(1), file: (file: string) => file.slice(1) };

function pageAt(source: string, make: (workspace: TestWorkspace, path: string, offset: number) => string | undefined) {
  const workspace = new TestWorkspace(source);
  const { path, offset } = cursorOf(workspace.fixture);
  return make(workspace, path, offset);
}

describe("objects of kustomizations", () => {
  test("a patch means the object that it changes", () => {
    const workspace = new TestWorkspace(shop((text) => text.replace("replicas: 5", "replicas: «|»5")));
    const { path, offset } = cursorOf(workspace.fixture);
    const subject = cursorAt(workspace.context(path), offset)?.subject;
    assert.equal(subject?.resource.name, "live-web");
    assert.equal(subject.resource.file, "/base/web.yaml");
    assert.deepEqual(subject.path, ["spec", "replicas"]);
  });

  test("an object of a base keeps its name where nothing changes it", () => {
    const workspace = new TestWorkspace(shop((text) => text.replace("kind: Service", "kind: Serv«|»ice")));
    const { path, offset } = cursorOf(workspace.fixture);
    const subject = cursorAt(workspace.context(path), offset)?.subject;
    assert.deepEqual([subject?.resource.kind, subject?.resource.namespace], ["Service", "dev"]);
  });

  test("hovering over a value tells what each overlay makes of it, and where", () => {
    const text = hoverText(shop((source) => source.replace("replicas: 3", "replicas: «|»3"))) ?? "";
    assert.match(text, /`3` in overlays\/dev, from \[base\/web\.yaml\]\(\/base\/web\.yaml:6\)/);
    assert.match(
      text,
      /`5` in overlays\/prod, from \[prod\/more\.yaml\]\(\/overlays\/prod\/more\.yaml:6\) ← \[base\/web\.yaml\]/,
    );
  });

  test("a value that stays the same everywhere is not talked about", () => {
    const text = hoverText(shop((source) => source.replace("port: 80", "port: «|»80"))) ?? "";
    assert.doesNotMatch(text, /kustomize renders/);
  });

  test("hovering over an entry of a kustomization tells what it does", () => {
    const resources =
      hoverText(shop((source) => source.replace("- ../../base\nimages", "- ../..«|»/base\nimages"))) ?? "";
    assert.match(resources, /Deployment live-web/);
    const image = hoverText(shop((source) => source.replace('newTag: "2"', 'newTag: "«|»2"'))) ?? "";
    assert.match(image, /spec\.template\.spec\.containers\.0\.image: registry\.example\/web:2/);
    const patch = hoverText(shop((source) => source.replace("path: more", "path: mo«|»re"))) ?? "";
    assert.match(patch, /Deployment live-web\S*: `spec\.replicas: 5`/);
  });
});

describe("JSON patches in files of their own", () => {
  const patched = (patch: string): string =>
    shop((text) =>
      text
        .replace("  - path: more.yaml\n", "  - path: more.yaml\n    target: {kind: Deployment}\n")
        .replace(/#- \/overlays\/prod\/more\.yaml\n[^]*$/, `#- /overlays/prod/more.yaml\n${patch}`),
    );

  test("hovering over an operation tells what it changes, before and after", () => {
    const replace =
      "# fewer\n- op: replace\n  path: /spec/repl«|»icas\n  value: 2\n- op: add\n  path: /spec/paused\n  value: true\n";
    assert.equal(
      hoverText(patched(replace)),
      "**In overlays/prod**\n\n- [Deployment live-web](/base/web.yaml:4): `spec.replicas`: [3](/base/web.yaml:6) → `2`",
    );
    assert.match(
      hoverText(patched(replace.replace("«|»", "").replace("value: true", "value: «|»true"))) ?? "",
      /live-web\]\(.*\): `spec\.paused: true`$/,
    );
    const json = '[{"op": "replace", "path": "/spec/replicas", "val«|»ue": 2}]';
    assert.match(hoverText(patched(json)) ?? "", /\[3\]\(.*\) → `2`$/);
  });

  test("the values of a Secret are not told, neither the former nor the new one", () => {
    const hover = hoverText(`#- /app/kustomization.yaml
resources: [key.yaml]
patches: [{path: more.yaml, target: {kind: Secret}}]
#- /app/key.yaml
apiVersion: v1
kind: Secret
metadata: {name: key}
stringData: {password: former}
#- /app/more.yaml
- {op: replace, path: /stringData/pass«|»word, value: newer}
`);
    assert.match(hover ?? "", /\[Secret key\]\(.*\): `stringData\.password`$/);
    assert.doesNotMatch(hover ?? "", /former|newer/);
  });

  test("hovering over what changes nothing, or is no operation, tells nothing", () => {
    assert.equal(hoverText(patched("- op: test\n  path: /spec/repl«|»icas\n  value: 3\n")), undefined);
    assert.equal(hoverText(patched("- path: /spec/repl«|»icas\n  value: 2\n")), undefined);
    assert.equal(hoverText("#- /list.yaml\n- op: add\n  path: /spec/repl«|»icas\n  value: 2\n"), undefined);
  });

  test("a path leads to the line that it replaces, or to the object to which something is added", () => {
    const linesAt = (patch: string): readonly string[] => {
      const workspace = new TestWorkspace(patched(patch));
      const { path, offset } = cursorOf(workspace.fixture);
      return definitionAt(workspace.context(path), offset).map(({ file, start }) => {
        const text = workspace.fixture.files.get(file)!.text;
        return `${file} ${text.slice(text.lastIndexOf("\n", start) + 1).split("\n")[0]}`;
      });
    };
    assert.deepEqual(linesAt("- op: replace\n  path: /spec/repl«|»icas\n  value: 2\n"), [
      "/base/web.yaml   replicas: 3",
    ]);
    assert.deepEqual(linesAt("- op: add\n  path: /metadata/anno«|»tations\n  value: {a: b, c: d}\n"), [
      "/base/web.yaml   name: web",
    ]);
    assert.deepEqual(linesAt("- op: replace\n  path: /spec/replicas\n  value: «|»2\n"), []);
  });
});

describe("pages about environments", () => {
  test("an object is shown as it is applied, and as it is written", () => {
    const source = shop((text) => text.replace("replicas: 5", "replicas: «|»5"));
    const active = pageAt(
      source,
      (workspace, path, offset) => renderedPage(workspace.context(path), offset, "active")?.text,
    );
    assert.match(active ?? "", /name: live-web[^]*replicas: 5[^]*image: registry\.example\/web:2/);
    const written = pageAt(
      source,
      (workspace, path, offset) => renderedPage(workspace.context(path), offset, "written")?.text,
    );
    assert.equal(written, "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 5\n");
  });

  test("a kustomization is shown with all that it renders, Secrets without their values", () => {
    const text = pageAt(
      "#- /kustomization.yaml\nsecretGenerator: [{name: key, literals: [word=open«|»]}]\n",
      (workspace, path, offset) => renderedPage(workspace.context(path), offset, "active")?.text,
    );
    assert.match(text ?? "", /kind: Secret/);
    assert.doesNotMatch(text ?? "", /b3Blbg/);
  });

  test("environments are compared side by side", () => {
    const source = shop((text) => text.replace("replicas: 3", "replicas: «|»3"));
    const text =
      pageAt(source, (workspace, path, offset) => compareEnvironments(workspace.context(path), offset, labels)?.text) ??
      "";
    assert.match(text, /\| *\| overlays\/dev *\| overlays\/prod *\|/);
    assert.match(text, /\| Replicas *\| 3 *\| 5 *\|/);
    assert.match(text, /\| Images *\| registry\.example\/web:1 *\| registry\.example\/web:2 *\|/);
  });

  test("the reason for an environment names its files and what is open", () => {
    const source =
      "#- /app/kustomization.yaml\nresources: [https://example.com/crds.yaml, web.yaml]\n#- /app/web.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: «|»web}\n";
    const text = pageAt(source, (workspace, path) => whyEnvironment(workspace.context(path), labels).text) ?? "";
    assert.match(text, /Found by its kustomization/);
    assert.match(text, /https:\/\/example\.com\/crds\.yaml lies elsewhere/);
    assert.match(text, /- app\/web\.yaml/);
  });

  test("the reason for an environment names the controller's object that applies it", () => {
    const fluxWith = (fields: string): string =>
      `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: apps}\nspec: {path: ./app${fields}}\n`;
    const flux = fluxWith("");
    const argo =
      "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: apps}\nspec: {source: {path: app}}\n";
    const why = (controller: string, kustomization = ""): string =>
      pageAt(
        `#- /cluster.yaml\n${controller}${kustomization}#- /app/web.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: «|»web}\n`,
        (workspace, path) => {
          const page = whyEnvironment(workspace.context(path), labels);
          const linked = page.links.map(({ place }) =>
            workspace.fixture.files.get(place.file)?.text.slice(place.start, place.end),
          );
          return `${page.text}\n${linked.join()}`;
        },
      ) ?? "";
    const own = "#- /app/kustomization.yaml\nresources: [web.yaml]\n";
    const renamed = fluxWith(", namePrefix: live-");
    assert.match(why(renamed), /of which Flux makes one[^]*- Kustomization apps names the folder\.[^]*\n\.\/app,/);
    assert.match(why(flux), /are applied as they stand[^]*- Kustomization apps names the folder\.[^]*\n\.\/app,/);
    assert.match(why(flux, own), /Found by its kustomization, which is applied by itself/);
    assert.match(why(argo), /are applied as they stand[^]*- Application apps names the folder\.[^]*\napp,/);
  });

  test("a rendering is compared with the tool's", () => {
    const workspace = new TestWorkspace(
      "#- /kustomization.yaml\nresources: [a.yaml]\n#- /a.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n",
    );
    const [environment] = workspace.environments.of("/a.yaml");
    assert.ok(environment !== undefined);
    const printed = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n";
    assert.match(verifyRendering(environment, "app", { printed, unsaved: [] }).text, /all 1 objects are equal/);
    assert.match(
      verifyRendering(environment, "app", { printed: printed.replace("a\n", "b\n"), unsaved: [] }).text,
      /Only kustomize prints\n\n- v1\/ConfigMap b/,
    );
    assert.match(
      verifyRendering(environment, "app", { printed, unsaved: ["a.yaml"] }).text,
      /^kustomize reads files as they are saved; these have changes that are not: a\.yaml\.\n\napp: all 1/,
    );
  });
});

describe("paths that lead nowhere", () => {
  const settings = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\n";

  test("each is told in words of its own, with what stands beside it, before kustomize's", () => {
    checkDiagnostics(`#- /app/kustomization.yaml
openapi:
  path: schema.jsn # want[kustomize/missing-file:error] openapi.path: schema.jsn does not exist. Did you mean schema.json? kustomize refuses
resources:
  - settings.yaml
  - ../bas # want[kustomize/missing-file:error] resources: ../bas does not exist. Did you mean ../base? kustomize refuses to build this: evalsymlink failure
  - gone/away.yaml # want[kustomize/missing-file:error] resources: gone/away.yaml does not exist. kustomize refuses to build this: evalsymlink
components:
  - ../bas/ # want[kustomize/missing-file:error] components: ../bas/ does not exist. Did you mean ../base?
patches:
  - path: setings.yaml # want[kustomize/missing-file:error] patches.path: setings.yaml does not exist. Did you mean settings.yaml?
configMapGenerator:
  - name: more
    files:
      - key=scheme.json # want[kustomize/missing-file:error] configMapGenerator.files: scheme.json does not exist. Did you mean schema.json?
#- /app/settings.yaml
${settings}#- /app/schema.json
{}
#- /base/kustomization.yaml
configMapGenerator: [{name: base, literals: [a=b]}]
`);
  });

  test("a folder that is misspelt takes the name of the nearest kustomization", () => {
    checkFix(
      "#- /app/kustomization.yaml\nresources: [../bas]\n#- /base/kustomization.yaml\nconfigMapGenerator: [{name: a, literals: [a=b]}]\n",
      "Change ../bas to ../base",
      { "/app/kustomization.yaml": "resources: [../base]\n" },
    );
  });
});

describe("a kustomization that can't be read", () => {
  test("is told of once, and nothing is said of the files that it may name", () => {
    const settings = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\n";
    checkDiagnostics(
      `#- /a/kustomization.yaml\nresources: [settings.yaml\nnamePrefix: a- # want[yaml/syntax:error] is expected here\n#- /a/settings.yaml\n${settings}`,
    );
    checkDiagnostics(
      `#- /a/kustomization.yaml\nresources: [settings.yaml]\n<<<<<<< HEAD # want[yaml/conflict-markers:error] conflict markers\nnamePrefix: a-\n=======\nnamePrefix: b-\n>>>>>>> other\n#- /a/settings.yaml\n${settings}`,
    );
  });

  test("a template that other software fills in is not judged, nor are the files beside it", () => {
    checkDiagnostics(`#- /a/kustomization.yaml
{{- if .Values.x }}
resources: [a.yaml]
{{- end }}
#- /a/a.yaml
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
`);
  });
});
