import assert from "node:assert/strict";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { nodeHost } from "../../server/src/host/node/host.ts";
import { folderWith } from "../cli/folder.ts";
import { connect } from "./support.ts";

test("a generator may name any file below its kustomization, and patches manifests alone", async (context) => {
  const path = folderWith(context, {
    "app/kustomization.yaml": "",
    "app/.gitignore": "*.env\n",
    "app/secret.env": "PASSWORD=sesame\n",
    "app/config/nginx.conf": "server {}\n",
    "app/web.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: web}\n",
    "app/own/kustomization.yaml": "resources: []\n",
    "app/own/other.conf": "",
    "above.conf": "",
  });
  const folder = pathToFileURL(path).href;
  const uri = `${folder}/app/kustomization.yaml`;
  const { client, close } = await connect(nodeHost(), { folder });
  context.after(close);
  await client.untilReady();
  const offeredFor = async (text: string): Promise<readonly string[]> => {
    await client.openText(uri, text);
    const position = { line: 0, character: text.indexOf("]") };
    const answer = await client.request("textDocument/completion", { textDocument: { uri }, position });
    await client.closeText(uri);
    return (answer as { readonly items: readonly { readonly label: string }[] }).items.map(({ label }) => label).sort();
  };
  const all = [".gitignore", "config/nginx.conf", "secret.env", "web.yaml"];
  assert.deepEqual(await offeredFor("configMapGenerator: [{name: a, files: []}]\n"), all);
  assert.deepEqual(await offeredFor("secretGenerator: [{name: a, envs: [se]}]\n"), ["secret.env"]);
  assert.deepEqual(await offeredFor("resources: []\n"), ["own", "web.yaml"]);
});

test("a wrong path of a generator may have meant any file beside, that of a patch manifests alone", async (context) => {
  const path = folderWith(context, {
    "app/secret.env": "PASSWORD=sesame\n",
    "app/config/nginx.conf": "server {}\n",
    "app/pods.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: web}\n",
    "app/pods.yml.bak": "",
  });
  const folder = pathToFileURL(path).href;
  const uri = `${folder}/app/kustomization.yaml`;
  const { client, close } = await connect(nodeHost(), { folder });
  context.after(close);
  await client.untilReady();
  const waysOutOf = async (text: string): Promise<readonly string[]> => {
    await client.openText(uri, text);
    await client.untilCodes(uri, ["kustomize/missing-file"]);
    const [finding] = await client.diagnostics(uri);
    const { range, message } = finding!;
    const params = { textDocument: { uri }, range, context: { diagnostics: [], only: ["quickfix"] } };
    const actions = (await client.request("textDocument/codeAction", params)) as readonly { readonly title: string }[];
    await client.closeText(uri);
    const meant = /Did you mean (.+?)\? /.exec(message)?.[1] ?? "nothing";
    return [meant, ...actions.map(({ title }) => title).filter((title) => title.startsWith("Change "))];
  };
  assert.deepEqual(await waysOutOf("secretGenerator: [{name: a, envs: [secrets.env]}]\n"), [
    "secret.env",
    "Change secrets.env to secret.env",
  ]);
  assert.deepEqual(await waysOutOf("configMapGenerator: [{name: a, files: [web=config/ngnix.conf]}]\n"), [
    "config/nginx.conf",
    "Change config/ngnix.conf to config/nginx.conf",
  ]);
  assert.deepEqual(await waysOutOf("resources: [pod.yml.bak]\n"), ["nothing"]);
});
