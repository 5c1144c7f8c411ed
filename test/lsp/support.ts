import { PassThrough } from "node:stream";
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from "vscode-languageserver/node";
import type { Host, LocalHost } from "../../server/src/lsp/host.ts";
import { serveStreams } from "../../server/src/lsp/transports/node.ts";
import { LanguageClient } from "../support/language-client.ts";
import type { ClientOptions, Wire } from "../support/language-client.ts";

export const folder = "file:///workspace";

/** Files in memory, with what was asked of them. Timers end at once, in the order in which they were set. */
export class MemoryHost implements Host {
  readonly files: Map<string, string | Uint8Array>;
  readonly local: LocalHost;
  /** Symbolic links, and where they lead. */
  readonly links = new Map<string, string>();
  /** URIs of files that were read, in order. */
  readonly reads: string[] = [];
  /** Called just before a file is read. */
  onRead: (uri: string) => void = () => undefined;
  readonly #versions = new Map<string, number>();

  constructor(files: Readonly<Record<string, string>>) {
    this.files = new Map(Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]));
    this.local = {
      stamp: (uri) => {
        const content = this.files.get(uri);
        return content === undefined
          ? undefined
          : { size: content.length, version: String(this.#versions.get(uri) ?? 0) };
      },
      realPath: (uri) => this.links.get(uri) ?? uri,
      save: (uri, bytes) => {
        this.files.set(uri, bytes);
        return Promise.resolve();
      },
      filesIn: (uri, most) => {
        const above = `${uri.replace(/\/$/, "")}/`;
        const isOwn = (file: string): boolean => file.startsWith(above) && !file.includes("/", above.length);
        return [...this.files.keys()].filter(isOwn).slice(0, most);
      },
      filesBelow: (uri, most) =>
        [...this.files.keys()].filter((file) => file.startsWith(`${uri.replace(/\/$/, "")}/`)).slice(0, most),
      startReaders: () => undefined,
    };
  }

  /** Writes a file behind the server's back. */
  write(path: string, text: string | undefined): string {
    const uri = `${folder}/${path}`;
    this.#versions.set(uri, (this.#versions.get(uri) ?? 0) + 1);
    if (text === undefined) this.files.delete(uri);
    else this.files.set(uri, text);
    return uri;
  }

  now(): number {
    return performance.now();
  }

  wallTime(): number {
    return 0;
  }

  nextTurn(): Promise<void> {
    return new Promise((resolve) => void setImmediate(resolve));
  }

  later(_ms: number, work: () => void): () => void {
    const timer = setImmediate(work);
    return () => clearImmediate(timer);
  }

  readFile(uri: string, limit: number): Promise<Uint8Array | undefined> {
    this.reads.push(uri);
    this.onRead(uri);
    const content = this.files.get(uri);
    const bytes = typeof content === "string" ? Buffer.from(content) : content;
    return Promise.resolve(bytes === undefined || bytes.length > limit ? undefined : bytes);
  }

  async *listFiles(top: string): AsyncIterable<readonly string[]> {
    yield await Promise.resolve([...this.files.keys()].filter((uri) => uri.startsWith(`${top}/`)));
  }

  exit(code: number): void {
    throw new Error(`ended with ${code}`);
  }
}

export interface Connected {
  readonly client: LanguageClient;
  readonly connection: Wire["connection"];
  /** Shuts the server down. It gets no `exit`, with which the library would end this process. */
  readonly close: () => Promise<void>;
}

/** A server in this process, and an editor that talks to it. */
export async function connect(host: Host, options: Partial<ClientOptions> = {}): Promise<Connected> {
  const [toServer, toClient] = [new PassThrough(), new PassThrough()];
  serveStreams(toServer, toClient, host);
  const connection = createMessageConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));
  const ended = new Promise<number>(() => undefined);
  const { client } = await LanguageClient.open({ connection, log: [], ended }, { folder, ...options });
  return {
    client,
    connection,
    async close() {
      await client.request("shutdown", undefined);
      connection.dispose();
    },
  };
}
