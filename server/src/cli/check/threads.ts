import type { Worker } from "node:worker_threads";
import { UsageError } from "../arguments.ts";
import { readKustomizations } from "../kustomize.ts";
import type { NamedByKustomizations } from "../kustomize.ts";
import type { World } from "../world.ts";
import { makeWorld } from "../world.ts";
import { checkPart, readPart } from "./part.ts";
import type { CheckTask, EnvironmentPart, TextFindings } from "./part.ts";
import { joinFacts, sendFacts } from "./sent-facts.ts";
import type { SentFacts } from "./sent-facts.ts";
import type { ThreadMessage } from "./thread.ts";

/** What all threads together found. */
export interface AllParts extends TextFindings {
  readonly world: World;
  /** In the order of the world's environments. */
  readonly environments: readonly EnvironmentPart[];
}

/**
 * Reads and checks everything in this thread and others. Each is told what kustomizations name, reads a share of the files, is told the facts of all others,
 * and checks a share of the environments. Throws what a thread has failed with.
 */
export async function checkTogether(task: CheckTask, workers: readonly Worker[]): Promise<AllParts> {
  const threads = workers.map((worker) => new Thread(worker));
  try {
    const kustomizations = readKustomizations(task.listed.files.keys(), task.options);
    for (const thread of threads) thread.tell(kustomizations);
    const own = readPart(task, kustomizations);
    const sent = sendFacts(own);
    const reads = await Promise.all(threads.map((thread) => thread.next("read")));
    const others = reads.map(({ facts }) => facts);
    for (const [index, thread] of threads.entries()) thread.tell([sent, ...others.toSpliced(index, 1)]);
    const world = makeWorld(task.listed, joinFacts(own, others), kustomizations, task.options);
    const parts = [...checkPart(world, task)];
    for (const { parts: theirs } of await Promise.all(threads.map((thread) => thread.next("checked"))))
      parts.push(...theirs);
    return {
      world,
      found: joined([own, ...reads.map(({ findings }) => findings)].map(({ found }) => found)),
      directives: joined([own, ...reads.map(({ findings }) => findings)].map(({ directives }) => directives)),
      environments: parts.sort((a, b) => a.place - b.place),
    };
  } finally {
    for (const thread of threads) thread.end();
  }
}

function joined<Key, Value>(maps: readonly ReadonlyMap<Key, Value>[]): ReadonlyMap<Key, Value> {
  return new Map(maps.flatMap((map) => [...map]));
}

/** One of the other threads; its messages wait until somebody asks. */
class Thread {
  readonly #worker: Worker;
  readonly #messages: ThreadMessage[] = [];
  #failure: Error | undefined;
  #wake: () => void = () => undefined;

  constructor(worker: Worker) {
    this.#worker = worker;
    worker.on("message", (message: ThreadMessage) => {
      this.#messages.push(message);
      this.#wake();
    });
    worker.on("error", (error: Error) => this.#fail(error));
    worker.on("exit", () => this.#fail(new Error("a thread has ended early")));
  }

  async next<Kind extends ThreadMessage["kind"]>(kind: Kind): Promise<Extract<ThreadMessage, { readonly kind: Kind }>> {
    while (this.#messages.length === 0 && this.#failure === undefined) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    const message = this.#messages.shift();
    if (message === undefined) throw this.#failure ?? new Error("a thread has ended early");
    if (message.kind === "failed") throw message.isUsage ? new UsageError(message.message) : new Error(message.message);
    if (message.kind !== kind) throw new Error(`a thread told ${message.kind} instead of ${kind}`);
    return message as Extract<ThreadMessage, { readonly kind: Kind }>;
  }

  tell(message: NamedByKustomizations | readonly SentFacts[]): void {
    this.#worker.postMessage(message);
  }

  end(): void {
    void this.#worker.terminate();
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    this.#wake();
  }
}
