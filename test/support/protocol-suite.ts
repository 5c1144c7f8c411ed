import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import {
  explainRequest,
  previewRequest,
  reportRequest,
  revealSecretRequest,
  treeObjectsRequest,
  treeRequest,
} from "../../server/src/protocol/messages.ts";
import { type ClientOptions, LanguageClient, type Wire } from "./language-client.ts";

/** One way to start a server. */
export interface Transport {
  readonly name: string;
  /** Starts a server that can read these files (paths below `folder`). */
  readonly start: (
    files: Readonly<Record<string, string>>,
  ) => Promise<{ readonly wire: Wire; readonly folder: string }>;
  readonly initializationOptions?: ClientOptions["initializationOptions"];
  /** Whether `exit` ends the server; a worker is ended by its page. */
  readonly exits: boolean;
}

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
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
          image: registry.example/private-image:1
          ports: [{name: http, containerPort: 8080}]
`;

const service = `apiVersion: v1
kind: Service
metadata:
  name: web
  namespace: shop
spec:
  selector:
    app: web
  ports: [{name: http, port: 80, targetPort: http}]
`;

const providers = [
  "hoverProvider",
  "definitionProvider",
  "referencesProvider",
  "documentHighlightProvider",
  "renameProvider",
  "completionProvider",
  "codeLensProvider",
  "codeActionProvider",
  "diagnosticProvider",
  "documentLinkProvider",
  "documentSymbolProvider",
  "foldingRangeProvider",
  "inlayHintProvider",
  "selectionRangeProvider",
  "semanticTokensProvider",
  "workspaceSymbolProvider",
];

/** What every way of running the server has to do alike: the bundle starts, speaks, follows changes, survives nonsense and ends. */
export function protocolSuite({ name, start, initializationOptions = {}, exits }: Transport): void {
  describe(`protocol over ${name}`, () => {
    let client: LanguageClient;
    let initialized: unknown;
    let wire: Wire;
    let folder: string;
    const uriOf = (path: string): string => `${folder}/${path}`;

    before(async () => {
      ({ wire, folder } = await start({ "deployment.yaml": deployment, "service.yaml": service }));
      ({ client, initialized } = await LanguageClient.open(wire, { folder, initializationOptions }));
    });

    after(async () => {
      if (exits) assert.equal(await client.end(), 0);
      wire.connection.dispose();
    });

    test("says who it is and what it can do", () => {
      const { capabilities, serverInfo } = initialized as {
        readonly capabilities: Readonly<Record<string, unknown>>;
        readonly serverInfo: { readonly name: string };
      };
      assert.equal(serverInfo.name, "Drydock");
      for (const provider of providers) {
        assert.ok(capabilities[provider] !== undefined && capabilities[provider] !== false, provider);
      }
    });

    test("indexes the folder", async () => {
      const { filesTotal, resources } = await client.untilReady();
      assert.deepEqual({ filesTotal, resources }, { filesTotal: 2, resources: 2 });
    });

    test("answers a hover from a file that is not open", async () => {
      await client.openText(uriOf("service.yaml"), service);
      const hover = await client.request("textDocument/hover", {
        textDocument: { uri: uriOf("service.yaml") },
        position: { line: 7, character: 5 },
      });
      assert.match(JSON.stringify(hover), /Deployment/);
    });

    test("follows, completes and renames a label across files", async () => {
      const textDocument = { uri: uriOf("service.yaml") };
      const position = { line: 7, character: 10 };
      const ask = async (method: string, params: object = {}): Promise<string> =>
        JSON.stringify(await client.request(`textDocument/${method}`, { textDocument, position, ...params }));
      assert.match(await ask("definition"), /deployment\.yaml/);
      assert.equal((await ask("references", { context: { includeDeclaration: true } })).match(/"uri"/g)?.length, 3);
      assert.match(await ask("documentHighlight"), /"line":7/);
      assert.match(await ask("completion"), /"label":"web"/);
      assert.match(await ask("prepareRename"), /"placeholder":"web"/);
      assert.equal((await ask("rename", { newName: "shop" })).match(/"newText":"shop"/g)?.length, 3);
      await assert.rejects(() => ask("rename", { newName: "no label" }), /no valid name/);
    });

    test("answers what is shown of a file: hints, symbols, folds, words, actions", async () => {
      const textDocument = { uri: uriOf("service.yaml") };
      const start = { line: 0, character: 0 };
      const range = { start, end: { line: 8, character: 0 } };
      const answers: readonly (readonly [method: string, params: object, answer: RegExp])[] = [
        ["textDocument/inlayHint", { range }, /3 pods/],
        ["textDocument/documentSymbol", {}, /Service web/],
        ["textDocument/foldingRange", {}, /"startLine":2/],
        ["textDocument/selectionRange", { positions: [{ line: 3, character: 9 }] }, /"parent"/],
        ["textDocument/semanticTokens/full", {}, /"data":\[\d+/],
        ["textDocument/semanticTokens/range", { range }, /"data":\[\d+/],
        ["textDocument/documentLink", {}, /^\[\]$/],
        ["textDocument/codeAction", { range, context: { diagnostics: [], only: ["quickfix"] } }, /^\[\]$/],
      ];
      for (const [method, params, answer] of answers)
        assert.match(JSON.stringify(await client.request(method, { textDocument, ...params })), answer, method);
      assert.match(JSON.stringify(await client.request("workspace/symbol", { query: "web" })), /Deployment web/);
    });

    test("reveals the value of a Secret only when asked, and never in a hover", async () => {
      const uri = uriOf("secret.yaml");
      await client.openText(uri, "apiVersion: v1\nkind: Secret\nmetadata: {name: keys}\ndata: {password: c2VzYW0=}\n");
      const place = { textDocument: { uri }, position: { line: 3, character: 20 } };
      assert.doesNotMatch(JSON.stringify(await client.request("textDocument/hover", place)), /sesam|c2Vz/);
      const revealed = await client.request(revealSecretRequest, { uri, position: place.position });
      assert.deepEqual(revealed, { key: "password", value: "sesam" });
      await client.closeText(uri);
    });

    test("a finding comes and goes with the text of another file", async () => {
      await client.untilCodes(uriOf("service.yaml"), []);
      await client.openText(uriOf("deployment.yaml"), deployment.replaceAll("app: web", "app: wbe"));
      await client.untilCodes(uriOf("service.yaml"), ["service/no-matching-pods"]);
      await client.changeText(uriOf("deployment.yaml"), deployment);
      await client.untilCodes(uriOf("service.yaml"), []);
    });

    test("an unsaved text counts until it is closed", async () => {
      await client.changeText(uriOf("deployment.yaml"), "");
      await client.untilCodes(uriOf("service.yaml"), ["service/no-matching-pods"]);
      await client.closeText(uriOf("deployment.yaml"));
      await client.untilCodes(uriOf("service.yaml"), []);
    });

    test("previews DNS names and endpoints", async () => {
      const preview = await client.request(previewRequest, { uri: uriOf("service.yaml") });
      assert.match(JSON.stringify(preview), /web\.shop\.svc\.cluster\.local/);
    });

    test("explains endpoints with links into files that are not open", async () => {
      const page = (await client.request(explainRequest, { uri: uriOf("service.yaml") })) as {
        readonly text: string;
        readonly links: readonly { readonly target: { readonly uri: string } }[];
      };
      assert.match(page.text, /Deployment web/);
      assert.ok(page.links.some(({ target }) => target.uri === uriOf("deployment.yaml")));
    });

    test("tells the tree of environments, and nothing where nothing has changed", async () => {
      const tree = (await client.request(treeRequest, { uri: uriOf("service.yaml") })) as {
        readonly revision: number;
        readonly environments: readonly {
          readonly id: string;
          readonly isActive: boolean;
          readonly services: number;
        }[];
      };
      const [environment] = tree.environments;
      assert.deepEqual([environment?.isActive, environment?.services], [true, 1]);
      const objects = await client.request(treeObjectsRequest, { id: environment?.id ?? "" });
      assert.match(JSON.stringify(objects), /"name":"web","detail":"ClusterIP · 3 pods"/);
      assert.equal(await client.request(treeRequest, { revision: tree.revision }), null);
    });

    test("its report says nothing of a manifest", async () => {
      const report = JSON.stringify(await client.request(reportRequest, {}));
      assert.match(report, /"kubernetesVersion":"1\.\d+"/);
      assert.doesNotMatch(report, /shop|web|image/);
    });

    test("survives requests for places and files that are not there", async () => {
      for (const method of ["textDocument/hover", "textDocument/definition"]) {
        for (const position of [
          { line: 1_000_000, character: 0 },
          { line: 2, character: 1_000_000 },
        ]) {
          assert.doesNotThrow(() => client.request(method, { textDocument: { uri: uriOf("service.yaml") }, position }));
        }
        const answer = await client.request(method, {
          textDocument: { uri: "file:///nowhere/at-all.yaml" },
          position: { line: 0, character: 0 },
        });
        assert.ok(answer === null || (Array.isArray(answer) && answer.length === 0), method);
      }
      assert.deepEqual(await client.diagnostics("file:///nowhere/at-all.yaml"), []);
    });

    test("survives texts that are no manifests", async () => {
      const uri = uriOf("odd.yaml");
      for (const text of [
        "",
        "\0\uFFFF",
        "metadata: null\nkind: [Service]\napiVersion: {}",
        "a: &a [*a]",
        "\t- x: {",
        "---\n".repeat(2000),
      ]) {
        await client.openText(uri, text);
        await client.diagnostics(uri);
        await client.closeText(uri);
      }
      assert.deepEqual(await client.diagnostics(uriOf("service.yaml")), []);
    });
  });

  describe(`protocol over ${name}, with an editor of few abilities`, () => {
    test("pushes findings, and speaks plain LSP", async () => {
      const { wire, folder } = await start({ "deployment.yaml": deployment.replaceAll("app: web", "app: wbe") });
      const options = { folder, capabilities: {}, initializationOptions: { ...initializationOptions, status: false } };
      const { client } = await LanguageClient.open(wire, options);
      await client.openText(`${folder}/service.yaml`, service);
      await client.untilPushed(`${folder}/service.yaml`, ["service/no-matching-pods"]);
      await client.closeText(`${folder}/service.yaml`);
      await client.untilPushed(`${folder}/service.yaml`, []);
      if (exits) assert.equal(await client.end(), 0);
      wire.connection.dispose();
    });
  });
}
