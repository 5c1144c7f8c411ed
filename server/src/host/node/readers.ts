import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { dirname, join } from "node:path";
import { Worker } from "node:worker_threads";
import type { FactsReaders, FactsRequest } from "../../lsp/host.ts";
import type { FileFacts } from "../../model/facts.ts";
import { unpackFacts } from "../../model/packed-facts.ts";
import type { FactsAnswer } from "./facts-worker.ts";

/** More threads than this gain nothing: the server's own thread has to take in what they find. */
const mostThreads = 3;

/** A batch that takes longer ends its thread, in milliseconds: no text that people write takes a thousandth of it. */
const batchTimeLimit = 60_000;

/** Starts threads that read files. The program of the threads lies beside the server's own one; `undefined` where it does not. */
export function startReaders(program = programBeside(process.argv[1])): FactsReaders | undefined {
  if (program === undefined) return undefined;
  const readers = Array.from(
    { length: Math.max(1, Math.min(mostThreads, availableParallelism() - 1)) },
    () => new Reader(program),
  );
  let next = 0;
  return {
    count: readers.length * 2,
    read: (request) => readers[next++ % readers.length]!.read(request),
    stop() {
      for (const reader of readers) reader.stop();
    },
  };
}

function programBeside(main: string | undefined): string | undefined {
  const program = join(dirname(main ?? "."), "worker.cjs");
  return existsSync(program) ? program : undefined;
}

/** One thread. It answers in the order in which it was asked. */
class Reader {
  readonly #worker: Worker;
  readonly #waiting: { readonly take: (answer: FactsAnswer) => void; readonly fail: (error: Error) => void }[] = [];
  #timer: NodeJS.Timeout | undefined;
  #isStopped = false;

  constructor(program: string) {
    this.#worker = new Worker(program);
    this.#worker.unref();
    this.#worker.on("message", (answer: FactsAnswer) => {
      this.#waiting.shift()?.take(answer);
      this.#watch();
    });
    this.#worker.on("error", (error: Error) => this.#end(error));
    this.#worker.on("exit", () => this.#end(new Error("the thread has ended")));
  }

  async read(request: FactsRequest): Promise<readonly (FileFacts | undefined)[]> {
    if (this.#isStopped) throw new Error("the thread has ended");
    const { packed, missing } = await new Promise<FactsAnswer>((take, fail) => {
      this.#waiting.push({ take, fail });
      this.#worker.postMessage(request);
      this.#watch();
    });
    const facts = [...(unpackFacts(packed) ?? [])];
    const left = new Set(missing);
    return request.uris.map((_, index) => (left.has(index) ? undefined : facts.shift()));
  }

  stop(): void {
    this.#isStopped = true;
    void this.#worker.terminate();
  }

  #watch(): void {
    clearTimeout(this.#timer);
    this.#timer =
      this.#waiting.length === 0
        ? undefined
        : setTimeout(() => {
            this.#end(new Error("a file took too long"));
            this.stop();
          }, batchTimeLimit).unref();
  }

  #end(error: Error): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    for (const { fail } of this.#waiting.splice(0)) fail(error);
  }
}
