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
