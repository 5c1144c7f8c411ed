import assert from "node:assert/strict";
import * as vscode from "vscode";
import { codesOf, hoverAt, open, placeAfter, replace, type Scenario, until, uriOf } from "./harness.ts";

const extensionId = "drydock.drydock";

/** What a person must be able to rely on, through the API that every VS Code has. */
export const scenarios: readonly Scenario[] = [
  { name: "a YAML file that is not Kubernetes' is left in peace", run: leavesOthersAlone },
  { name: "a manifest activates the extension", run: activates },
  { name: "every contributed command is there", run: hasCommands },
  { name: "a hover on a selector names the selected workload", run: hovers },
  { name: "a code lens on a Service counts its pods", run: hasCodeLens },
  { name: "definition leads from the selector to the template's label", run: finds },
  { name: "a finding comes and goes with a change in another file", run: reportsAcrossFiles },
  { name: "a severity setting works at once", run: followsSettings },
  { name: "a syntax error that VS Code reports itself is not reported twice", run: sharesSyntaxErrors },
  { name: "the preview follows the text", run: previews },
  { name: "the preview says what to do without a file", run: previewsNothing },
  // The stand-in for Helm is a shell script.
  ...(process.platform === "win32"
    ? []
    : [{ name: "what helm makes of the file's chart is shown", run: previewsChart }]),
  { name: "the report has versions and nothing of a manifest", run: reportsIssue },
  { name: "the server answers again after a restart", run: restarts },
];

async function leavesOthersAlone(): Promise<void> {
  const { document } = await open("values.yaml");
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    "vscode.executeHoverProvider",
    document.uri,
    placeAfter(document, "selector"),
  );
  assert.deepEqual([hovers.length, codesOf(document.uri)], [0, []]);
}

async function activates(): Promise<void> {
  await open("shop.yaml");
  await until("activation", () => vscode.extensions.getExtension(extensionId)?.isActive === true || undefined);
}

async function hasCommands(): Promise<void> {
  const manifest = vscode.extensions.getExtension<unknown>(extensionId)?.packageJSON as {
    readonly contributes: { readonly commands: readonly { readonly command: string }[] };
  };
  const present = new Set(await vscode.commands.getCommands(true));
  assert.deepEqual(
    manifest.contributes.commands.map(({ command }) => command).filter((command) => !present.has(command)),
    [],
  );
}

async function hovers(): Promise<void> {
  const { document } = await open("shop.yaml");
  const text = await hoverAt(document, placeAfter(document, "selector:\n    app"));
  assert.match(text, /Deployment/);
  assert.match(text, /web/);
}

async function hasCodeLens(): Promise<void> {
  const { document } = await open("shop.yaml");
  let seen: readonly string[] = [];
  await until(
    "a code lens with the pods",
    async () => {
      const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        "vscode.executeCodeLensProvider",
        document.uri,
        20,
      );
      seen = lenses.map(({ command }) => command?.title ?? "");
      return seen.find((title) => /3 pods/.test(title));
    },
    () => seen,
  );
}

async function finds(): Promise<void> {
  const { document } = await open("shop.yaml");
  const from = placeAfter(document, "selector:\n    app: we");
  const found = await until("a definition", async () => {
    const answers = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
      "vscode.executeDefinitionProvider",
      document.uri,
      from,
    );
    return answers.length > 0 ? answers : undefined;
  });
  const lines = found.map((each) => ("range" in each ? each.range : each.targetRange).start.line);
  assert.ok(lines.includes(placeAfter(document, "labels:\n        app").line), `definitions in lines ${lines.join()}`);
}

async function reportsAcrossFiles(): Promise<void> {
  const service = (await open("api/service.yaml")).document;
  const deployment = (await open("api/deployment.yaml")).document;
  const noPods = (): true | undefined => codesOf(service.uri).includes("service/no-matching-pods") || undefined;
  assert.equal(noPods(), undefined);
  await replace(deployment, "labels: { app: api }", "labels: { app: apj }");
  await until("the finding", noPods, () => codesOf(service.uri));
  await replace(deployment, "labels: { app: apj }", "labels: { app: api }");
  await until(
    "no finding",
    () => (noPods() === true ? undefined : true),
    () => codesOf(service.uri),
  );
}

async function followsSettings(): Promise<void> {
  const { document } = await open("mistake/service.yaml");
  const found = (): boolean => codesOf(document.uri).includes("service/no-matching-pods");
  await until(
    "the finding",
    () => found() || undefined,
    () => codesOf(document.uri),
  );
  const settings = vscode.workspace.getConfiguration("drydock");
  try {
    await settings.update("severities", { "service/no-matching-pods": "off" }, vscode.ConfigurationTarget.Workspace);
    await until(
      "silence",
      () => !found() || undefined,
      () => codesOf(document.uri),
    );
  } finally {
    await settings.update("severities", undefined, vscode.ConfigurationTarget.Workspace);
  }
  await until(
    "the finding again",
    () => found() || undefined,
    () => codesOf(document.uri),
  );
}

async function sharesSyntaxErrors(): Promise<void> {
  const { document } = await open("broken.json");
  const sources = (): readonly string[] =>
    vscode.languages
      .getDiagnostics(document.uri)
      .filter(({ severity }) => severity === vscode.DiagnosticSeverity.Error)
      .map(({ source = "" }) => source);
  const only = (wanted: string): (() => true | undefined) => {
    return () => (sources().length > 0 && sources().every((source) => source === wanted)) || undefined;
  };
  await until("an error of VS Code's JSON support alone", only("json"), sources);
  const settings = vscode.workspace.getConfiguration("json");
  try {
    await settings.update("validate.enable", false, vscode.ConfigurationTarget.Workspace);
    await until("an error of Drydock alone", only("drydock"), sources);
  } finally {
    await settings.update("validate.enable", undefined, vscode.ConfigurationTarget.Workspace);
  }
  await until("an error of VS Code's JSON support again", only("json"), sources);
}

async function previews(): Promise<void> {
  const { document } = await open("shop.yaml");
  await vscode.commands.executeCommand("drydock.preview");
  const preview = await until("a preview", () =>
    vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === "drydock-preview"),
  );
  const has = (text: string): Promise<true> =>
    until(
      `"${text}" in the preview`,
      () => preview.getText().includes(text) || undefined,
      () => preview.getText(),
    );
  await has("web.shop.svc.cluster.local");
  await replace(
    document,
    "name: web\n  namespace: shop\nspec:\n  selector:\n    app",
    "name: front\n  namespace: shop\nspec:\n  selector:\n    app",
  );
  await has("front.shop.svc.cluster.local");
}

async function previewsNothing(): Promise<void> {
  await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  await vscode.commands.executeCommand("drydock.preview");
  assert.equal(vscode.window.activeTextEditor, undefined);
}

async function previewsChart(): Promise<void> {
  await open("chart/templates/settings.yaml");
  await vscode.commands.executeCommand("drydock.previewChart");
  const shown = (): string => vscode.window.activeTextEditor?.document.getText() ?? "";
  await until("what helm printed", () => shown().startsWith("# chart: template preview .\n") || undefined, shown);
}

async function reportsIssue(): Promise<void> {
  await open("shop.yaml");
  await vscode.commands.executeCommand("drydock.reportIssue");
  const text = vscode.window.activeTextEditor?.document.getText() ?? "";
  assert.match(text, new RegExp(`"vscode": "${vscode.version}"`));
  assert.match(text, /"kubernetesVersion": "1\.\d+"/);
  assert.doesNotMatch(text, /private-image/);
  assert.doesNotMatch(text, /containerPort/);
}

async function restarts(): Promise<void> {
  const { document } = await open("shop.yaml");
  await vscode.commands.executeCommand("drydock.restartServer");
  assert.match(await hoverAt(document, placeAfter(document, "selector:\n    app")), /web/);
  assert.deepEqual(codesOf(uriOf("shop.yaml")), []);
}
