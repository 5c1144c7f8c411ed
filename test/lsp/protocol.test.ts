import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CancellationTokenSource } from "vscode-languageserver/node";
import { nodeHost } from "../../server/src/host/node/host.ts";
import { deployment } from "../index/workspace.ts";
import { largeCapabilities } from "../support/language-client.ts";
import { connect, folder, MemoryHost } from "./support.ts";

const webService = `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  ports:
    - port: 80
      targetPort: http
`;
const uri = `${folder}/shop/service.yaml`;

describe("the protocol", () => {
  test("a small client gets findings pushed, a large one pulls them", async () => {
    const files = { "shop/service.yaml": webService, "shop/web.yaml": deployment("web", { app: "web" }) };
    const small = await connect(new MemoryHost(files), { capabilities: {} });
    await small.client.untilReady();
    await small.client.openText(uri, webService);
    await small.client.untilPushed(uri, ["service/target-port-unknown"]);
    await small.close();
    const large = await connect(new MemoryHost(files));
    await large.client.untilReady();
    await large.client.openText(uri, webService);
    assert.deepEqual(
      (await large.client.diagnostics(uri)).map(({ code }) => code),
      ["service/target-port-unknown"],
    );
    await large.close();
  });

  test("an answer that is the same has the same id, and is not sent again", async () => {
    const { client, close } = await connect(new MemoryHost({}));
    await client.openText(uri, webService);
    const first = (await client.request("textDocument/diagnostic", { textDocument: { uri } })) as { resultId: string };
    const again = await client.request("textDocument/diagnostic", {
      textDocument: { uri },
      previousResultId: first.resultId,
    });
    assert.deepEqual(again, { kind: "unchanged", resultId: first.resultId });
    await close();
  });

  test("edits count in UTF-16 units behind CRLF and astral characters, and in bytes where the client counts so", async () => {
    for (const [encoding, character] of [
      ["utf-16", 13],
      ["utf-8", 15],
    ] as const) {
      const { client, connection, close } = await connect(new MemoryHost({}), {
        capabilities: { ...largeCapabilities, general: { positionEncodings: [encoding] } },
      });
      const text = webService.replace("kind: Service", "kind: Servic # 🚢🚢").replaceAll("\n", "\r\n");
      await client.openText(uri, text);
      const line = { line: 1, character: "kind: Servic".length };
      await connection.sendNotification("textDocument/didChange", {
        textDocument: { uri, version: 50 },
        contentChanges: [
          {
            range: { start: { line: 1, character: character + 2 }, end: { line: 1, character: character + 2 } },
            text: "",
          },
          { range: { start: line, end: line }, text: "e" },
        ],
      });
      const [finding] = await client.diagnostics(uri);
      assert.equal(finding?.code, "service/no-matching-pods");
      await close();
    }
  });

  test("unknown documents and settings that change harm nobody", async () => {
    const { client, connection, close } = await connect(new MemoryHost({ "shop/service.yaml": webService }));
    await client.untilReady();
    assert.deepEqual(await client.diagnostics(`${folder}/nowhere.yaml`), []);
    await client.openText(uri, webService);
    assert.equal((await client.diagnostics(uri)).length, 1);
    await connection.sendNotification("workspace/didChangeConfiguration", {
      settings: { drydock: { severities: { "service/no-matching-pods": "off" } } },
    });
    await client.untilCodes(uri, []);
    await close();
  });

  test("a request that is cancelled is answered as such", async () => {
    const { client, connection, close } = await connect(new MemoryHost({}));
    await client.openText(uri, webService);
    const source = new CancellationTokenSource();
    const answer = connection.sendRequest("textDocument/diagnostic", { textDocument: { uri } }, source.token);
    source.cancel();
    await assert.rejects(answer, { code: -32800 });
    await close();
  });

  test("a document that is emptied, closed and deleted while it is asked about gives stale answers to nobody", async () => {
    const host = new MemoryHost({
      "shop/service.yaml": webService,
      "shop/web.yaml": deployment("web", { app: "web" }),
    });
    const { client, connection, close } = await connect(host);
    await client.untilReady();
    await client.openText(uri, webService);
    const place = { textDocument: { uri }, position: { line: 6, character: 6 } };
    const asked = {
      "textDocument/hover": place,
      "textDocument/completion": place,
      "textDocument/definition": place,
      "textDocument/references": { ...place, context: { includeDeclaration: true } },
      "textDocument/rename": { ...place, newName: "shop" },
      "textDocument/documentSymbol": { textDocument: { uri } },
      "textDocument/codeLens": { textDocument: { uri } },
    };
    const ask = (): Promise<readonly PromiseSettledResult<unknown>[]> =>
      Promise.allSettled(Object.entries(asked).map(([method, params]) => client.request(method, params)));
    const before = ask();
    await client.changeText(uri, "# nothing is left\n".repeat(9));
    const emptied = ask();
    await client.closeText(uri);
    const change = { uri: host.write("shop/service.yaml", undefined), type: 3 };
    await connection.sendNotification("workspace/didChangeWatchedFiles", { changes: [change] });
    const gone = ask();
    const isNothing = (answer: PromiseSettledResult<unknown>): boolean => {
      if (answer.status === "rejected")
        return [-32800, -32801, -32803].includes((answer.reason as { code: number }).code);
      const { value } = answer;
      return (
        value === null || (Array.isArray(value) && value.length === 0) || JSON.stringify(value).includes('"items":[]')
      );
    };
    const methods = Object.keys(asked);
    for (const answers of await Promise.all([emptied, gone]))
      assert.deepEqual(
        methods.filter((_, index) => !isNothing(answers[index]!)),
        [],
      );
    assert.equal((await before).length, methods.length);
    assert.deepEqual(await client.diagnostics(uri), []);
    await close();
  });
});

describe("files on disk", () => {
  test("a burst of changes is one reading, and refreshes the open documents that it concerns", async () => {
    const host = new MemoryHost({ "shop/service.yaml": webService });
    const { client, connection, close } = await connect(host);
    await client.untilReady();
    await client.openText(uri, webService);
    await client.untilCodes(uri, ["service/no-matching-pods"]);
    host.reads.length = 0;
    const changes = Array.from({ length: 1000 }, (_, number) => ({
      uri: host.write(`shop/d${number}.yaml`, deployment(`d${number}`, { app: number === 500 ? "web" : `x${number}` })),
      type: 1,
    }));
    await connection.sendNotification("workspace/didChangeWatchedFiles", { changes: [...changes, ...changes] });
    await client.untilCodes(uri, ["service/target-port-unknown"]);
    assert.equal(host.reads.length, 1000, "what comes twice in a burst is read once");
    await close();
  });

  test("a second start reads no YAML, and reads again what has changed meanwhile", async () => {
    const files = Object.fromEntries(
      Array.from({ length: 300 }, (_, number) => [
        `shop/d${number}.yaml`,
        deployment(`d${number}`, { app: `x${number}` }),
      ]),
    );
    const host = new MemoryHost({
      ...files,
      "shop/secret.yaml": "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {password: hunter2}\n",
    });
    const storage = "file:///storage";
    const manifests = (): readonly string[] => host.reads.filter((read) => read.startsWith(folder));
    const stored = (): string | undefined => [...host.files.keys()].find((file) => file.startsWith(storage));
    const first = await connect(host, { initializationOptions: { storage } });
    await first.client.untilReady();
    assert.equal(manifests().length, 301);
    while (stored() === undefined) await host.nextTurn();
    await first.close();
    assert.ok(!Buffer.from(host.files.get(stored()!)!).includes("hunter2"), "no value of a Secret is kept");

    host.reads.length = 0;
    host.write("shop/d7.yaml", deployment("d7", { app: "other" }));
    const second = await connect(host, { initializationOptions: { storage } });
    assert.equal((await second.client.untilReady()).resources, 301);
    assert.deepEqual(manifests(), [`${folder}/shop/d7.yaml`]);
    await second.close();

    const damaged = Uint8Array.from(host.files.get(stored()!) as Uint8Array);
    damaged[damaged.length - 8]! ^= 1;
    host.files.set(stored()!, damaged);
    host.reads.length = 0;
    const third = await connect(host, { initializationOptions: { storage } });
    assert.equal((await third.client.untilReady()).resources, 301);
    assert.equal(manifests().length, 301, "a damaged store is ignored");
    await third.close();
  });

  test("files over the limit have a notice, and files that vanish have none", async () => {
    const host = new MemoryHost({ "big.yaml": `# ${"x".repeat(20 * 1024 * 1024)}\n`, "gone.yaml": webService });
    host.onRead = (path) => {
      if (path.endsWith("gone.yaml")) host.files.delete(path);
    };
    const { client, close } = await connect(host);
    const { notices, resources } = await client.untilReady();
    assert.deepEqual(notices, ["big.yaml: not read, it is larger than drydock.maxFileSize allows"]);
    assert.equal(resources, 0);
    await close();
  });

  test("a file that takes too long is read in part, and the rest goes on", async () => {
    const many = Array.from({ length: 50 }, () => webService).join("---\n");
    const host = new MemoryHost({ "a.yaml": many, "b.yaml": webService });
    let now = 0;
    host.now = () => (now += 100);
    const { client, close } = await connect(host);
    const { notices, resources } = await client.untilReady();
    assert.deepEqual(notices, ["a.yaml: read in part, it takes too long"]);
    assert.ok(resources > 1 && resources < 51, `${resources} objects`);
    const found = (await client.request("workspace/symbol", { query: "web" })) as { location: { uri: string } }[];
    assert.ok(found.some(({ location }) => location.uri === `${folder}/b.yaml`));
    await close();
  });

  test("links in a circle and folders that may not be read leave the rest as it is", async () => {
    const top = mkdtempSync(join(tmpdir(), "drydock-"));
    try {
      mkdirSync(join(top, "a"));
      mkdirSync(join(top, "closed"), { mode: 0 });
      writeFileSync(join(top, "a/service.yaml"), webService);
      symlinkSync(top, join(top, "a/loop"));
      const found: string[] = [];
      for await (const uris of nodeHost().listFiles(pathToFileURL(top).href, [])) found.push(...uris);
      assert.deepEqual(found, [pathToFileURL(join(top, "a/service.yaml")).href]);
    } finally {
      rmSync(top, { recursive: true, force: true });
    }
  });

  test("10,000 documents in one file are answered", async () => {
    const { client, close } = await connect(new MemoryHost({}));
    const maps = Array.from(
      { length: 9_999 },
      (_, number) => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c${number}}\n`,
    );
    await client.openText(uri, [...maps, webService].join("---\n"));
    const [finding] = await client.diagnostics(uri);
    assert.equal(finding?.code, "service/no-matching-pods");
    assert.equal(finding.range.start.line, 9_999 * 4 + 6);
    await close();
  });
});
