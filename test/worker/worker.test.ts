import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { resolve } from "node:path";
import { after, before } from "node:test";
import type { Browser, Page } from "playwright-core";
import {
  AbstractMessageReader,
  AbstractMessageWriter,
  createMessageConnection,
  type DataCallback,
  Disposable,
  type Message,
} from "vscode-languageserver/node";
import {
  listFilesRequest,
  readFilesRequest,
  type ListFilesResult,
  type ReadFilesParams,
  type ReadFilesResult,
} from "../../server/src/protocol/messages.ts";
import type { Wire } from "../support/language-client.ts";
import { protocolSuite } from "../support/protocol-suite.ts";
import { launchBrowser } from "../vscode/browser.ts";

/** `dist/server-web.js` as a worker of a page, with files that only the client can read. */
const bundle = resolve(import.meta.dirname, "../../dist/server-web.js");
const folder = "vscode-vfs://github/drydock/shop";

let browser: Browser;
const http = createServer((request, response) => {
  const script = request.url === "/server-web.js";
  response.setHeader("content-type", script ? "text/javascript" : "text/html");
  response.setHeader(
    "content-security-policy",
    "default-src 'none'; script-src 'self' 'unsafe-inline'; worker-src 'self'",
  );
  response.end(script ? readFileSync(bundle) : "<!doctype html><title>worker</title>");
});

before(async () => {
  await new Promise<void>((listening) => http.listen(0, "127.0.0.1", listening));
  browser = await launchBrowser();
});

after(async () => {
  await browser.close();
  http.close();
});

protocolSuite({
  name: "messages of a web worker",
  start: async (files) => ({ wire: await startWorker(files), folder }),
  initializationOptions: { clientFiles: true },
  exits: false,
});

async function startWorker(files: Readonly<Record<string, string>>): Promise<Wire> {
  const page = await browser.newPage();
  const log: string[] = [];
  page.on("console", (message) => log.push(`${message.text()}\n`));
  page.on("pageerror", (error) => log.push(`${error.message}\n`));
  const reader = new PageReader();
  await page.exposeFunction("fromWorker", (message: Message) => reader.receive(message));
  const address = http.address();
  await page.goto(`http://127.0.0.1:${typeof address === "object" ? (address?.port ?? 0) : 0}/`);
  await page.evaluate(runWorker);
  const connection = createMessageConnection(reader, new PageWriter(page));
  serveFiles(connection, files);
  return { connection, log, ended: new Promise(() => undefined) };
}

/** Runs in the page. */
function runWorker(): void {
  const scope = globalThis as unknown as { worker: Worker; fromWorker(message: unknown): void };
  scope.worker = new Worker("/server-web.js");
  scope.worker.onmessage = ({ data }) => scope.fromWorker(data);
  scope.worker.onerror = ({ message }) => console.error(message);
}

function serveFiles(connection: Wire["connection"], files: Readonly<Record<string, string>>): void {
  const texts = new Map(Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]));
  connection.onRequest(listFilesRequest, (): ListFilesResult => ({ uris: [...texts.keys()] }));
  connection.onRequest(readFilesRequest, ({ uris }: ReadFilesParams): ReadFilesResult => ({
    contents: uris.map((uri) => {
      const text = texts.get(uri);
      return text === undefined ? null : Buffer.from(text).toString("base64");
    }),
  }));
}

class PageReader extends AbstractMessageReader {
  #callback: DataCallback | undefined;
  readonly #early: Message[] = [];

  listen(callback: DataCallback): Disposable {
    this.#callback = callback;
    for (const message of this.#early.splice(0)) callback(message);
    return Disposable.create(() => (this.#callback = undefined));
  }

  receive(message: Message): void {
    if (this.#callback === undefined) this.#early.push(message);
    else this.#callback(message);
  }
}

class PageWriter extends AbstractMessageWriter {
  readonly #page: Page;

  constructor(page: Page) {
    super();
    this.#page = page;
  }

  async write(message: Message): Promise<void> {
    await this.#page.evaluate((sent) => {
      (globalThis as unknown as { worker: Worker }).worker.postMessage(sent);
    }, message as unknown);
  }

  end(): void {
    void this.#page.close();
  }
}
