import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { whyEnvironmentRequest } from "../../server/src/protocol/messages.ts";
import { connect, folder, MemoryHost } from "./support.ts";

const template = `apiVersion: v1
kind: Service
metadata:
  name: web
  labels: {app: {{ include "shop.name" . }}}
spec:
  selector: {app: nobody}
  ports: [{port: {{ .Values.port }}}]
`;
const literal = `apiVersion: v1
kind: Service
metadata: {name: Wrong_Name}
spec: {selector: {app: nobody}, ports: [{port: 80}]}
`;
const files = {
  "shop/Chart.yaml": "apiVersion: v2\nname: shop\nversion: 1.0.0\n",
  "shop/values.yaml": "name: shop\nport: 80\n",
  "shop/templates/_helpers.tpl": '{{- define "shop.name" -}}\nshop\n{{- end -}}\n',
  "shop/templates/service.yaml": template,
  "shop/templates/literal.yaml": literal,
};
const uri = `${folder}/shop/templates/service.yaml`;

describe("a Helm chart over the protocol", () => {
  test("its templates lead to values and definitions, and have no findings, lenses or hints", async () => {
    const { client, close } = await connect(new MemoryHost(files));
    await client.untilReady();
    await client.openText(uri, template, "helm");
    await client.openText(`${folder}/shop/templates/literal.yaml`, literal);
    const ask = (method: string, line: number, character: number, more: object = {}): Promise<unknown> =>
      client.request(`textDocument/${method}`, { textDocument: { uri }, position: { line, character }, ...more });
    assert.deepEqual(await ask("definition", 7, 29), [
      {
        uri: `${folder}/shop/values.yaml`,
        range: { start: { line: 1, character: 0 }, end: { line: 1, character: 4 } },
      },
    ]);
    assert.deepEqual(await ask("definition", 4, 32), [
      {
        uri: `${folder}/shop/templates/_helpers.tpl`,
        range: { start: { line: 0, character: 12 }, end: { line: 0, character: 21 } },
      },
    ]);
    assert.match(JSON.stringify(await ask("hover", 7, 29)), /Values\.port/);
    assert.match(JSON.stringify(await ask("completion", 7, 28)), /"label":"port"/);
    const highlights = (await ask("documentHighlight", 7, 29)) as unknown[];
    assert.equal(highlights.length, 1);
    assert.deepEqual(await client.diagnostics(uri), []);
    assert.deepEqual(await client.diagnostics(`${folder}/shop/templates/literal.yaml`), []);
    assert.deepEqual((await client.request("textDocument/codeLens", { textDocument: { uri } })) ?? [], []);
    const range = { start: { line: 0, character: 0 }, end: { line: 8, character: 0 } };
    assert.deepEqual((await client.request("textDocument/inlayHint", { textDocument: { uri }, range })) ?? [], []);
    await assert.rejects(ask("prepareRename", 3, 9), /Helm template can't be renamed/);
    await assert.rejects(ask("rename", 3, 9, { newName: "other" }), /Helm template can't be renamed/);
    const why = (await client.request(whyEnvironmentRequest, { uri })) as { text: string };
    assert.match(why.text, /Preview Rendered Chart/);
    await close();
  });

  test("values lead to the templates that read them, also when these change", async () => {
    const { client, close } = await connect(new MemoryHost(files));
    await client.untilReady();
    const values = `${folder}/shop/values.yaml`;
    await client.openText(values, files["shop/values.yaml"]);
    const uses = async (line: number): Promise<readonly string[]> => {
      const found = await client.request("textDocument/references", {
        textDocument: { uri: values },
        position: { line, character: 1 },
        context: { includeDeclaration: false },
      });
      return (found as { uri: string; range: { start: { line: number } } }[]).map(
        (each) => `${each.uri.slice(folder.length + 1)}:${each.range.start.line + 1}`,
      );
    };
    assert.deepEqual(await uses(1), ["shop/templates/service.yaml:8"]);
    assert.deepEqual(await uses(0), []);
    await client.openText(uri, template.replace('{{ include "shop.name" . }}', "{{ .Values.name }}"), "helm");
    assert.deepEqual(await uses(0), ["shop/templates/service.yaml:5"]);
    await close();
  });
});
