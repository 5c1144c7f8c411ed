import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { deployment } from "../index/workspace.ts";
import { connect, folder, MemoryHost } from "./support.ts";

const service = `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector: 
  ports:
    - port: 80
`;
const files = { "shop/web.yaml": deployment("web", { app: "web" }) };
const uri = `${folder}/shop/service.yaml`;

interface Item {
  readonly label: string;
  readonly insertTextMode?: number;
  readonly insertTextFormat?: number;
  readonly textEdit: { readonly newText: string };
}

interface Renamed {
  readonly changes?: Readonly<Record<string, readonly unknown[]>>;
  readonly documentChanges?: readonly { readonly edits: readonly { readonly annotationId: string }[] }[];
  readonly changeAnnotations?: Readonly<Record<string, { readonly needsConfirmation?: boolean }>>;
}

describe("what an editor is told to change", () => {
  test("lines that a completion begins keep their blanks, where the editor would add its own", async () => {
    const asked = async (capabilities: object): Promise<Item | undefined> => {
      const { client, close } = await connect(new MemoryHost(files), { capabilities });
      await client.untilReady();
      await client.openText(uri, service);
      const params = { textDocument: { uri }, position: { line: 5, character: 12 } };
      const { items } = (await client.request("textDocument/completion", params)) as { items: readonly Item[] };
      await close();
      return items.find(({ label }) => label === "app: web");
    };
    const completionItem = { insertTextModeSupport: { valueSet: [1, 2] } };
    const told = await asked({ textDocument: { completion: { completionItem } } });
    assert.deepEqual([told?.textEdit.newText, told?.insertTextMode], ["\n    app: web", 1]);
    assert.equal((await asked({}))?.insertTextMode, undefined);
  });

  test("a label is renamed in the selector of its workload too, and that this can't be applied is said", async () => {
    for (const capabilities of [
      {},
      { workspace: { workspaceEdit: { documentChanges: true, changeAnnotationSupport: {} } } },
    ]) {
      const { client, connection, close } = await connect(new MemoryHost(files), { capabilities });
      const messages: string[] = [];
      connection.onNotification("window/showMessage", ({ message }: { message: string }) => {
        messages.push(message);
      });
      await client.untilReady();
      await client.openText(uri, service.replace("selector: ", "selector: {app: web}"));
      const place = { textDocument: { uri }, position: { line: 5, character: 19 } };
      const params = { ...place, newName: "front" };
      const {
        changes = {},
        documentChanges = [],
        changeAnnotations = {},
      } = (await client.request("textDocument/rename", params)) as Renamed;
      const edits = [...Object.values(changes).flat(), ...documentChanges.flatMap((change) => change.edits)];
      assert.equal(edits.length, 3);
      assert.ok(Object.values(changeAnnotations).every(({ needsConfirmation }) => needsConfirmation !== true));
      assert.match(messages.join("\n"), /can't be changed in a running cluster/);
      await close();
    }
  });
});

describe("what other extensions do already", () => {
  const broken = "apiVersion: v1\nkind: Service\nmetadata: {name: web\n";
  const doubled = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  name: b\n";
  const codes = ["yaml/syntax", "yaml/duplicate-key"];
  const uris = ["broken.yaml", "doubled.yaml", "broken.json"].map((name) => `${folder}/${name}`);

  test("is not done twice, unless the setting wants it, and is done again when they are gone", async () => {
    const { client, connection, close } = await connect(new MemoryHost({}), {
      initializationOptions: { elsewhere: { syntaxErrors: ["yaml"] } },
    });
    await client.untilReady();
    for (const [index, text] of [broken, doubled, broken].entries()) await client.openText(uris[index] ?? "", text);
    const found = async (): Promise<readonly (readonly string[])[]> =>
      Promise.all(uris.map(async (each) => (await client.diagnostics(each)).map(({ code }) => code)));
    assert.deepEqual(await found(), [[], [], ["yaml/syntax"]]);
    await connection.sendNotification("drydock/elsewhere", { syntaxErrors: ["json"] });
    assert.deepEqual(await found(), [[codes[0]], [codes[1]], []]);
    await connection.sendNotification("workspace/didChangeConfiguration", { settings: { yamlSyntax: "on" } });
    assert.deepEqual(await found(), [[codes[0]], [codes[1]], [codes[0]]]);
    await connection.sendNotification("workspace/didChangeConfiguration", { settings: { yamlSyntax: "off" } });
    assert.deepEqual(await found(), [[], [], []]);
    await close();
  });

  test("templates of fields are snippets where the editor knows them, plain text elsewhere, and none where a schema completes", async () => {
    const templatesOf = async (completionItem: object, elsewhere: object, settings: object = {}): Promise<unknown> => {
      const { client, close } = await connect(new MemoryHost(files), {
        capabilities: { textDocument: { completion: { completionItem } } },
        initializationOptions: { elsewhere, settings },
      });
      await client.untilReady();
      await client.openText(uri, "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  po\n");
      const params = { textDocument: { uri }, position: { line: 5, character: 4 } };
      const { items } = (await client.request("textDocument/completion", params)) as { items: readonly Item[] };
      await close();
      return items.map(({ label, insertTextFormat = 1, textEdit }) => [label, insertTextFormat, textEdit.newText]);
    };
    const lines = (name: string, port: string): string => `ports:\n    - name: ${name}\n      port: ${port}`;
    assert.deepEqual(await templatesOf({ snippetSupport: true }, {}), [["ports", 2, lines("${1:http}", "${2:80}")]]);
    assert.deepEqual(await templatesOf({}, {}), [["ports", 1, lines("http", "80")]]);
    assert.deepEqual(await templatesOf({}, { fields: true }), []);
    assert.deepEqual(await templatesOf({}, { fields: true }, { templates: "on" }), [["ports", 1, lines("http", "80")]]);
    assert.deepEqual(await templatesOf({}, {}, { templates: "off" }), []);
  });

  test("whole manifests are offered in documents with nothing else, where the editor does not know them itself", async () => {
    const manifests = async (text: string, line: number, elsewhere: object): Promise<readonly Item[]> => {
      const { client, close } = await connect(new MemoryHost(files), {
        capabilities: { textDocument: { completion: { completionItem: { snippetSupport: true } } } },
        initializationOptions: { elsewhere },
      });
      await client.untilReady();
      await client.openText(uri, text);
      const character = text.split("\n")[line]?.length ?? 0;
      const params = { textDocument: { uri }, position: { line, character } };
      const { items } = (await client.request("textDocument/completion", params)) as { items: readonly Item[] };
      await close();
      return items;
    };
    const [first] = await manifests("k8s-pdb", 0, {});
    assert.equal(first?.label, "k8s-pdb");
    assert.match(first?.textEdit.newText ?? "", /^apiVersion: policy\/v1\n[^]*\$\{1:/);
    assert.ok((await manifests("# of the shop\n\n", 2, {})).length > 20);
    assert.ok((await manifests(`${service}---\n`, 9, {})).length > 20);
    assert.deepEqual(await manifests("k8s-pdb", 0, { snippets: true }), []);
    assert.deepEqual(await manifests("kind: Service\nk8s", 1, {}), []);
    assert.deepEqual(await manifests("text: |\n  k8s", 1, {}), []);
  });
});
