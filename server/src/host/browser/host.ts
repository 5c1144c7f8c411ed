import type { Host, RequestSender } from "../../lsp/host.ts";
import { listFilesRequest, readFilesRequest } from "../../protocol/messages.ts";
import type { ListFilesParams, ListFilesResult, ReadFilesParams, ReadFilesResult } from "../../protocol/messages.ts";

/** So many files are listed and read at a time. */
const batchSize = 200;

/** The server's surroundings in a worker: no files of its own, the client reads them. */
export function browserHost(send: RequestSender): Host {
  const cache = new Prefetch(send);
  return {
    now: () => performance.now(),
    wallTime: () => Date.now(),
    nextTurn: () => new Promise((resolve) => void setTimeout(resolve, 0)),
    later(ms, work) {
      const timer = setTimeout(work, ms);
      return () => clearTimeout(timer);
    },
    readFile: (uri, limit) => cache.read(uri, limit),
    async *listFiles(folder, exclude) {
      const params: ListFilesParams = { folder, exclude };
      const { uris } = await send<ListFilesResult>(listFilesRequest, params);
      for (let start = 0; start < uris.length; start += batchSize) {
        const batch = uris.slice(start, start + batchSize);
        cache.expect(batch);
        yield batch;
      }
    },
    exit() {
      close();
    },
  };
}

/** Files that were just listed are asked for together: one message for two hundred files instead of one for each. */
class Prefetch {
  readonly #send: RequestSender;
  #expected: readonly string[] = [];
  #contents = new Map<string, Promise<Uint8Array | undefined>>();

  constructor(send: RequestSender) {
    this.#send = send;
  }

  expect(uris: readonly string[]): void {
    this.#expected = uris;
  }

  read(uri: string, limit: number): Promise<Uint8Array | undefined> {
    if (this.#expected.includes(uri)) this.#fetch(this.#expected, limit);
    const known = this.#contents.get(uri);
    this.#contents.delete(uri);
    return known ?? this.#ask([uri], limit).then(([bytes]) => bytes);
  }

  #fetch(uris: readonly string[], limit: number): void {
    this.#expected = [];
    const answer = this.#ask(uris, limit);
    this.#contents = new Map(uris.map((uri, index) => [uri, answer.then((contents) => contents[index])]));
  }

  async #ask(uris: readonly string[], limit: number): Promise<readonly (Uint8Array | undefined)[]> {
    const params: ReadFilesParams = { uris, limit };
    const { contents } = await this.#send<ReadFilesResult>(readFilesRequest, params);
    return contents.map((content) =>
      content === null ? undefined : Uint8Array.from(atob(content), (unit) => unit.charCodeAt(0)),
    );
  }
}
