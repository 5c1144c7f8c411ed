import assert from "node:assert/strict";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { CancellationTokenSource } from "vscode-languageserver/node";
import { nodeHost } from "../../server/src/host/node/host.ts";
import { runTool } from "../../server/src/host/node/tool.ts";
import { toolRequest } from "../../server/src/protocol/messages.ts";
import type { PageResult } from "../../server/src/protocol/messages.ts";
import { connect } from "./support.ts";

const configMap = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n";

/** Programs that stand in for those of a person's machine: they write down how they were called. */
const record = (name: string, rest: string): string =>
  `#!/bin/sh\n{ pwd; for word in "$@"; do echo "$word"; done; } > "$(dirname "$0")/${name}.called"\n${rest}\n`;

const top = mkdtempSync(join(tmpdir(), "drydock-"));
const programs = join(top, "programs");
const workspace = join(top, "workspace");
const folder = pathToFileURL(workspace).href;
const path = process.env["PATH"];

function write(name: string, text: string): void {
  mkdirSync(dirname(join(top, name)), { recursive: true });
  writeFileSync(join(top, name), text);
}

function install(name: string, rest: string): void {
  write(`programs/${name}`, record(name, rest));
  chmodSync(join(programs, name), 0o755);
}

function calledWith(name: string): readonly string[] {
  return readFileSync(join(programs, `${name}.called`), "utf8")
    .trimEnd()
    .split("\n");
}

/** What `drydock/tool` answers for a file of the workspace. */
async function ask(
  kind: "chart" | "verify",
  file: string,
  { isTrusted = true, unsaved }: { readonly isTrusted?: boolean; readonly unsaved?: string } = {},
): Promise<PageResult | null> {
  const { client, close } = await connect(nodeHost(), { folder });
  try {
    await client.untilReady();
    const uri = `${folder}/${file}`;
    await client.openText(uri, unsaved ?? readFileSync(join(workspace, file), "utf8"));
    return (await client.request(toolRequest, { kind, uri, isTrusted })) as PageResult | null;
  } finally {
    await close();
  }
}

describe("programs of a person's machine", { skip: process.platform === "win32" }, () => {
  before(() => {
    write("workspace/chart/Chart.yaml", "apiVersion: v2\nname: chart\nversion: 1.0.0\n");
    write("workspace/chart/templates/settings.yaml", configMap.replace("settings", "{{ .Values.name }}"));
    write("workspace/overlay/kustomization.yaml", "namePrefix: prod-\nresources: [settings.yaml]\n");
    write("workspace/overlay/settings.yaml", configMap);
    write("workspace/plain/settings.yaml", configMap);
    mkdirSync(programs);
    process.env["PATH"] = `${programs}${delimiter}${path ?? ""}`;
  });
  after(() => {
    process.env["PATH"] = path;
    rmSync(top, { recursive: true, force: true });
  });

  test("Preview Rendered Chart shows what helm prints for the chart of the file", async () => {
    install("helm", `echo "# rendered"`);
    assert.equal((await ask("chart", "chart/templates/settings.yaml"))?.text, "# rendered\n");
    assert.deepEqual(calledWith("helm"), [join(workspace, "chart"), "template", "preview", "."]);
  });

  test("what helm complains about is shown instead", async () => {
    install("helm", "echo 'nil pointer evaluating' >&2; exit 1");
    assert.match((await ask("chart", "chart/Chart.yaml"))?.text ?? "", /^helm ended with an error:\n\nnil pointer/);
  });

  test("nothing runs outside of charts, or where the workspace is not trusted", async () => {
    install("helm", "true");
    rmSync(join(programs, "helm.called"), { force: true });
    assert.equal(await ask("chart", "plain/settings.yaml"), null);
    assert.equal(await ask("chart", "chart/Chart.yaml", { isTrusted: false }), null);
    assert.equal(existsSync(join(programs, "helm.called")), false);
  });

  test("Verify Rendering says that all is equal, and what is not", async () => {
    install("kustomize", `sed 's/name: settings/name: prod-settings/' settings.yaml`);
    assert.match((await ask("verify", "overlay/settings.yaml"))?.text ?? "", /all 1 objects are equal/);
    assert.deepEqual(calledWith("kustomize"), [join(workspace, "overlay"), "build", "."]);
    install("kustomize", `cat settings.yaml; echo "data: {a: b}"`);
    const text = (await ask("verify", "overlay/kustomization.yaml"))?.text ?? "";
    assert.match(text, /Only kustomize prints\n\n?- v1\/ConfigMap settings/);
    assert.match(text, /Only Drydock renders\n\n?- v1\/ConfigMap prod-settings/);
  });

  test("Verify Rendering compares without what a controller adds, and only what kustomize can build", async () => {
    const flux = (name: string): string =>
      `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: ${name}}\nspec: {path: ./${name}, nameSuffix: -live}\n`;
    write("workspace/live.yaml", `${flux("overlay")}---\n${flux("plain")}`);
    install("kustomize", `sed 's/name: settings/name: prod-settings/' settings.yaml`);
    assert.match((await ask("verify", "overlay/settings.yaml"))?.text ?? "", /all 1 objects are equal/);
    assert.equal(await ask("verify", "plain/settings.yaml"), null);
    rmSync(join(workspace, "live.yaml"));
  });

  test("Verify Rendering says which texts the tool has not seen", async () => {
    install("kustomize", `sed 's/name: settings/name: prod-settings/' settings.yaml`);
    const unsaved = configMap.replace("settings", "other");
    assert.match(
      (await ask("verify", "overlay/settings.yaml", { unsaved }))?.text ?? "",
      /^kustomize reads files as they are saved; these have changes that are not: overlay\/settings\.yaml\.\n/,
    );
  });

  test("kubectl does where there is no kustomize", async () => {
    rmSync(join(programs, "kustomize"), { force: true });
    install("kubectl", `sed 's/name: settings/name: prod-settings/' settings.yaml`);
    assert.match((await ask("verify", "overlay/settings.yaml"))?.text ?? "", /all 1 objects are equal/);
    assert.deepEqual(calledWith("kubectl"), [join(workspace, "overlay"), "kustomize", "."]);
  });

  test("a request that is cancelled ends the program", async () => {
    install("helm", "sleep 600");
    const { client, connection, close } = await connect(nodeHost(), { folder });
    await client.untilReady();
    const uri = `${folder}/chart/Chart.yaml`;
    const cancellation = new CancellationTokenSource();
    const answer = connection.sendRequest(toolRequest, { kind: "chart", uri, isTrusted: true }, cancellation.token);
    cancellation.cancel();
    await assert.rejects(answer, /cancelled/);
    await close();
  });

  const call = (onStarted: (stop: () => void) => void = () => undefined) =>
    ({ program: "helm", words: ["$(echo shell)", "a b", "*"], folder: `${folder}/chart`, onStarted }) as const;

  test("no shell reads the arguments", async () => {
    install("helm", "true");
    assert.equal((await runTool(call()))?.succeeded, true);
    assert.deepEqual(calledWith("helm").slice(1), ["$(echo shell)", "a b", "*"]);
  });

  test("a program that takes too long is ended, and so are those that wait for its children", async () => {
    install("helm", "sleep 600 & sleep 600");
    const result = await runTool(call(), 100);
    assert.deepEqual([result?.succeeded, result?.isOutOfTime], [false, true]);
  });

  test("a program that is stopped comes to an end at once", async () => {
    install("helm", "sleep 600");
    const result = await runTool(call((stop) => stop()));
    assert.deepEqual([result?.succeeded, result?.isOutOfTime], [false, false]);
  });

  test("a program that can't be started says why, one that is missing says nothing", async () => {
    install("helm", "true");
    chmodSync(join(programs, "helm"), 0o644);
    const found = await runTool(call());
    if (found !== undefined) assert.match(found.errors, /EACCES/);
    process.env["PATH"] = join(top, "nowhere");
    assert.equal(await runTool(call()), undefined);
    process.env["PATH"] = `${programs}${delimiter}${path ?? ""}`;
  });
});
