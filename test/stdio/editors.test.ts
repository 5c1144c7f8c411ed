import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { type Diagnostic, LanguageClient } from "../support/language-client.ts";
import { startProgram, writeFolder } from "../support/stdio.ts";

/** What an editor announces in `initialize`, recorded from its source. */
interface Editor {
  readonly origin: string;
  readonly capabilities: {
    readonly general: { readonly positionEncodings: readonly string[] };
    readonly textDocument: Readonly<Record<string, unknown>>;
  };
}

function editor(name: string): Editor {
  return JSON.parse(readFileSync(join(import.meta.dirname, "editors", `${name}.json`), "utf8")) as Editor;
}

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "web:1"}]}
`;

/** The selector stands behind letters of several bytes, so that the encodings differ. */
const service = `apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop, annotations: {note: "端点 🚢"}}
spec: {type: "ClusterIP", ports: [{port: 80, appProtocol: "中文"}], selector: {app: wbe}}
`;

/** The column of the first occurrence in the last line, in the editor's units. */
function columnOf(text: string, encoding: string): number {
  const line = service.split("\n")[3] ?? "";
  const before = line.slice(0, line.indexOf(text));
  return encoding === "utf-8" ? Buffer.byteLength(before) : before.length;
}

for (const name of ["helix", "zed"]) {
  const { capabilities } = editor(name);
  describe(`an editor that announces what ${name} does`, () => {
    test("shakes hands, gets findings in its own units, and answers", async () => {
      const folder = writeFolder({ "web.yaml": deployment, "service.yaml": service });
      const wire = startProgram("server.cjs", ["--stdio"]);
      const { client, initialized } = await LanguageClient.open(wire, { folder, capabilities });
      try {
        const [encoding = ""] = capabilities.general.positionEncodings;
        const agreed = initialized as { readonly capabilities: { readonly positionEncoding: string } };
        assert.equal(agreed.capabilities.positionEncoding, encoding);
        const uri = `${folder}/service.yaml`;
        await client.untilReady();
        await client.openText(uri, service);
        const [finding] = await findings(client, uri, "diagnostic" in capabilities.textDocument);
        assert.equal(finding?.range.start.character, columnOf("app: wbe", encoding));
        const hover = await client.request("textDocument/hover", {
          textDocument: { uri },
          position: { line: 3, character: columnOf("wbe", encoding) },
        });
        assert.match(JSON.stringify(hover), /Deployment web/);
      } finally {
        assert.equal(await client.end(), 0);
        wire.connection.dispose();
      }
    });
  });
}

/** What the editor shows: it asks if it announced that it does, else it is told. */
async function findings(client: LanguageClient, uri: string, asks: boolean): Promise<readonly Diagnostic[]> {
  const code = "service/no-matching-pods";
  const all = asks
    ? await client.untilCodes(uri, codes).then(() => client.diagnostics(uri))
    : await client.untilPushed(uri, codes).then(() => client.pushed(uri));
  return all.filter((each) => each.code === code);
}

const codes = ["api/invalid", "service/no-matching-pods"];
