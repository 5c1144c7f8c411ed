import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { templateCompletionsAt } from "../../server/src/features/charts/completion.ts";
import { templateContext } from "../../server/src/features/charts/context.ts";
import type { ChartTexts, TemplateContext } from "../../server/src/features/charts/context.ts";
import { templateHoverAt } from "../../server/src/features/charts/hover.ts";
import {
  templateDefinitionAt,
  templateOccurrencesAt,
  valueOccurrencesAt,
} from "../../server/src/features/charts/navigation.ts";
import { templateRenameRefusal } from "../../server/src/features/charts/rename.ts";
import { templateSymbolsOf } from "../../server/src/features/charts/symbols.ts";
import { workspaceSymbolsOf } from "../../server/src/features/symbols/workspace-symbols.ts";
import type { Place } from "../../server/src/index/types.ts";
import { cursorOf, rangesOf } from "../support/fixture.ts";
import { TestWorkspace } from "../support/workspace.ts";
import { chart, within } from "./chart-fixture.ts";

interface Asked {
  readonly context: TemplateContext;
  readonly offset: number;
  readonly textOf: ChartTexts;
  readonly workspace: TestWorkspace;
}

function ask(source: string): Asked {
  const workspace = new TestWorkspace(source);
  const { path, offset } = cursorOf(workspace.fixture);
  const chartOf = workspace.environments.templateOf(path);
  assert.ok(chartOf !== undefined, `${path} is no template`);
  const context = templateContext(workspace.context(path), chartOf);
  return { context, offset, textOf: (file) => workspace.readOf(file), workspace };
}

const text = ({ file, start, end }: Place): string => `${file} ${start}-${end}`;

function checkDefinition(source: string): void {
  const { context, offset, textOf, workspace } = ask(source);
  const wanted = rangesOf(workspace.fixture, "target").map(({ path, start, end }) => text({ file: path, start, end }));
  assert.deepEqual(templateDefinitionAt(context, offset, textOf).map(text), wanted);
}

function checkOccurrences(source: string): void {
  const { context, offset, textOf, workspace } = ask(source);
  const wanted = rangesOf(workspace.fixture, "place").map(({ path, start, end }) => text({ file: path, start, end }));
  const found = templateOccurrencesAt(context, offset, textOf).map(({ place }) => text(place));
  assert.deepEqual(found.sort(), wanted.sort());
}

describe("definition in a chart's templates", () => {
  test("from a value to its key", () => {
    checkDefinition(
      chart({
        "templates/deployment.yaml": within(".Values.image.tag", ".Values.image.t«|»ag"),
        "values.yaml": within("tag:", "«target»tag«/»:"),
      }),
    );
  });

  test("from the middle of a value's path to the map", () => {
    checkDefinition(
      chart({
        "templates/deployment.yaml": within(".Values.image.tag", ".Values.im«|»age.tag"),
        "values.yaml": within("\nimage:", "\n«target»image«/»:"),
      }),
    );
  });

  test("a value that values.yaml lacks leads nowhere", () => {
    const { context, offset, textOf } = ask(
      chart({ "templates/deployment.yaml": within(".Values.autoscaling", ".Values.auto«|»scaling") }),
    );
    assert.deepEqual(templateDefinitionAt(context, offset, textOf), []);
  });

  test("from include to define", () => {
    checkDefinition(
      chart({
        "templates/deployment.yaml": within('include "shop.labels"', 'include "shop.lab«|»els"'),
        "templates/_helpers.tpl": within('define "shop.labels"', 'define "«target»shop.labels«/»"'),
      }),
    );
  });

  test("from a Service's literal selector to the literal label of a template", () => {
    checkDefinition(
      chart({
        "templates/service.yaml": within("    app: web", "    ap«|»p: web"),
        "templates/deployment.yaml": within("        app: web", "        «target»app: web«/»"),
      }),
    );
  });

  test("from a port's name to the container", () => {
    checkDefinition(
      chart({
        "templates/service.yaml": within("targetPort: http", "targetPort: ht«|»tp"),
        "templates/deployment.yaml": within("- name: http", "- name: «target»http«/»"),
      }),
    );
  });

  test("from a name to a template that computes parts of its object", () => {
    checkDefinition(
      chart({
        "templates/deployment.yaml": within("name: settings", "name: sett«|»ings"),
        "templates/settings.yaml": within("name: settings", "name: «target»settings«/»"),
      }),
    );
  });

  test("what an action computes leads nowhere, and nothing leads to it", () => {
    const computed = within("app: web", "app: {{ .Chart.Name }}");
    const { context, offset, textOf } = ask(
      chart({
        "templates/service.yaml": (whole) => computed(whole).replace("app: {{", "app«|»: {{"),
        "templates/deployment.yaml": within("        app: web", "        app: {{ .Chart.Name }}"),
      }),
    );
    assert.deepEqual(templateDefinitionAt(context, offset, textOf), []);
  });

  test("charts inside of a chart share its definitions, and have values of their own", () => {
    const inner = `#- /shop/charts/cache/Chart.yaml
apiVersion: v2
name: cache
#- /shop/charts/cache/values.yaml
«value»image«/»: redis
#- /shop/charts/cache/templates/pod.yaml
apiVersion: v1
kind: Pod
metadata: {name: {{ include "shop.na«1»me" . }}}
spec: {containers: [{name: cache, image: {{ .Values.im«2»age }}}]}
`;
    const workspace = new TestWorkspace(chart({ add: () => inner }));
    const file = "/shop/charts/cache/templates/pod.yaml";
    const context = templateContext(workspace.context(file), workspace.environments.templateOf(file)!);
    const at = (name: string): readonly string[] =>
      templateDefinitionAt(context, cursorOf(workspace.fixture, name).offset, (each) => workspace.readOf(each)).map(
        (place) => place.file,
      );
    assert.deepEqual([at("1"), at("2")], [["/shop/templates/_helpers.tpl"], ["/shop/charts/cache/values.yaml"]]);
  });
});

describe("references in a chart", () => {
  test("of a value: its key and everything that reads it", () => {
    checkOccurrences(
      chart({
        "values.yaml": within("repository:", "«place»repository«/»:"),
        "templates/deployment.yaml": within(".Values.image.repository", ".Values.image.«place»repo«|»sitory«/»"),
        "templates/settings.yaml": within(".Values.image.repository", ".Values.image.«place»repository«/»"),
      }),
    );
  });

  test("of a definition", () => {
    checkOccurrences(
      chart({
        "templates/_helpers.tpl": (whole) =>
          whole
            .replace('define "shop.name"', 'define "«place»shop.na«|»me«/»"')
            .replace('include "shop.name"', 'include "«place»shop.name«/»"'),
        "templates/deployment.yaml": within('include "shop.name"', 'include "«place»shop.name«/»"'),
      }),
    );
  });

  test("of a literal name", () => {
    checkOccurrences(
      chart({
        "templates/settings.yaml": within("name: settings", "name: «place»sett«|»ings«/»"),
        "templates/deployment.yaml": within("name: settings", "name: «place»settings«/»"),
      }),
    );
  });

  test("from values.yaml to the templates, also for a map of which only parts are read", () => {
    const workspace = new TestWorkspace(
      chart({
        "values.yaml": within("\nimage:", "\n«place»im«|»age«/»:"),
        "templates/deployment.yaml": (whole) => whole.replaceAll(".Values.image", ".Values.«place»image«/»"),
        "templates/settings.yaml": within(".Values.image", ".Values.«place»image«/»"),
      }),
    );
    const { path, offset } = cursorOf(workspace.fixture);
    const found = valueOccurrencesAt(workspace.environments.valuesOf(path)!, workspace.readOf(path)!.text, offset).map(
      ({ place }) => text(place),
    );
    const wanted = rangesOf(workspace.fixture, "place").map((each) => text({ ...each, file: each.path }));
    assert.deepEqual(found.sort(), wanted.sort());
  });
});

describe("completion in actions", () => {
  const labels = (source: string): readonly string[] => {
    const { context, offset, textOf } = ask(source);
    return templateCompletionsAt(context, offset, textOf).map(({ label, detail }) => `${label}: ${detail}`);
  };

  test("keys of the values, with what they are", () => {
    assert.deepEqual(labels(chart({ "templates/deployment.yaml": within(".Values.replicaCount", ".Values.«|»") })), [
      "replicaCount: a number",
      "image: a map",
      "ingress: a map",
      "password: a text",
    ]);
  });

  test("keys below a map, without those that templates can't name, while the action is open", () => {
    assert.deepEqual(
      labels(chart({ "templates/deployment.yaml": within("{{ .Values.replicaCount }}", "{{ .Values.ingress.«|»") })),
      ["enabled: true or false"],
    );
  });

  test("definitions behind include", () => {
    assert.deepEqual(labels(chart({ "templates/service.yaml": within("name: web", 'name: {{ include "«|»') })), [
      "shop.name: templates/_helpers.tpl",
      "shop.labels: templates/_helpers.tpl",
    ]);
  });

  test("nothing outside of actions", () => {
    assert.deepEqual(labels(chart({ "templates/service.yaml": within("name: web", "name: we«|»b") })), []);
  });
});

describe("hover in a chart's templates", () => {
  const hover = (source: string): string | undefined => {
    const { context, offset, textOf } = ask(source);
    return templateHoverAt(context, offset, textOf, () => undefined)?.markdown;
  };

  test("a value with its default and the comment above it", () => {
    assert.equal(
      hover(chart({ "templates/deployment.yaml": within(".Values.image.tag", ".Values.image.t«|»ag") })),
      "`.Values.image.tag` · values.yaml\n\n`1.27`\n\nOverrides the version of the chart.",
    );
  });

  test("all lines of a comment, and no value for a map", () => {
    assert.equal(
      hover(chart({ "templates/deployment.yaml": within(".Values.image.tag", ".Values.i«|»mage.tag") })),
      "`.Values.image` · values.yaml\n\nWhere the image comes from.\nAll containers use it.",
    );
  });

  test("what fills a Secret stays hidden", () => {
    const secret =
      "#- /shop/templates/secret.yaml\napiVersion: v1\nkind: Secret\nmetadata: {name: db}\ndata: {password: {{ .Values.pass«|»word | b64enc }}}\n";
    assert.equal(hover(chart({ add: () => secret })), "`.Values.password` · values.yaml");
  });

  test("the objects that a literal name means", () => {
    assert.equal(
      hover(chart({ "templates/deployment.yaml": within("name: settings", "name: sett«|»ings") })),
      "In the templates of this chart:\n\n- ConfigMap settings",
    );
  });
});

describe("symbols of a chart", () => {
  test("of a template: its objects by their names, computed ones as they are written", () => {
    const { context } = ask(chart({ "templates/deployment.yaml": within("replicas", "re«|»plicas") }));
    assert.deepEqual(
      templateSymbolsOf(context).map(({ name, detail }) => `${name} ${detail}`.trimEnd()),
      ['Deployment {{ include "shop.name" . }}'],
    );
  });

  test("of helpers: the definitions", () => {
    const { context } = ask(chart({ "templates/_helpers.tpl": within("trunc", "tr«|»unc") }));
    assert.deepEqual(
      templateSymbolsOf(context).map(({ name }) => name),
      ["shop.name", "shop.labels"],
    );
  });

  test("of the workspace: what has a literal name", () => {
    const { workspace } = ask(chart({ "templates/deployment.yaml": within("replicas", "re«|»plicas") }));
    assert.deepEqual(
      workspaceSymbolsOf(workspace.environments.index, "", 10).map(({ name }) => name),
      ["Service web", "ConfigMap settings"],
    );
  });
});

describe("what a chart's templates are kept out of", () => {
  test("answers about the cluster: no environment has their objects", () => {
    const { workspace } = ask(chart({ "templates/service.yaml": within("port: 80", "p«|»ort: 80") }));
    const all = workspace.environments.all().flatMap((environment) => environment.resources());
    assert.deepEqual(all, []);
  });

  test("renaming, with a reason", () => {
    for (const [from, to] of [
      [".Values.image.tag", ".Values.image.t«|»ag"],
      ["        app: web", "        ap«|»p: web"],
      ['"shop.name"', '"shop.«|»name"'],
    ] as const) {
      const { context, offset } = ask(chart({ "templates/deployment.yaml": within(from, to) }));
      assert.match(templateRenameRefusal(context, offset)?.reason ?? "", /Helm template can't be renamed/);
    }
  });

  test("kustomizations decide about files that they name", () => {
    const workspace = new TestWorkspace(`${chart()}#- /shop/kustomization.yaml\nresources: [templates/service.yaml]\n`);
    assert.equal(workspace.environments.templateOf("/shop/templates/service.yaml"), undefined);
    assert.notEqual(workspace.environments.templateOf("/shop/templates/settings.yaml"), undefined);
  });

  test("files beside no Chart.yaml are templates of no chart", () => {
    const workspace = new TestWorkspace(
      "#- /a/templates/pod.yaml\napiVersion: v1\nkind: Pod\nmetadata: {name: {{ x }}}\n",
    );
    assert.equal(workspace.environments.templateOf("/a/templates/pod.yaml"), undefined);
  });
});
