import { decodeText, decodeUtf8 } from "../yaml/decode.ts";
import type { FileId } from "../index/types.ts";
import type { StoredFile } from "./kustomizations.ts";
import type { Session } from "./session.ts";

/** So long files are read before waiting messages get a turn, in milliseconds. */
const sliceMs = 10;

/** Larger inputs of generators are not read, in bytes; the API server takes no object of that size. */
const leastLimit = 4 * 1024 * 1024;

/** Bases are named round by round, each one level deeper; more levels are nobody's intention. */
const mostRounds = 100;

/** Reads the files that kustomizations name, when they are first needed and when they change. */
export class KustomizeReading {
  readonly #session: Session;
  #cancel: (() => void) | undefined;
  #running: Promise<boolean> = Promise.resolve(false);

  constructor(session: Session) {
    this.#session = session;
    session.workspace.onNeed(() => this.#schedule());
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  /** Resolves when all kustomizations have the files that they name: for answers about the whole workspace. */
  async settle(file?: FileId): Promise<void> {
    const { workspace } = this.#session;
    for (let round = 0; round < mostRounds; round++) {
      const { environments } = workspace;
      for (const each of file === undefined ? environments.all() : environments.of(file)) each.resources();
      const wasReading = await this.#running;
      const hasRead = await this.#start();
      if (!wasReading && !hasRead) return;
    }
  }

  #start(): Promise<boolean> {
    this.#running = this.#read().catch((error: unknown) => {
      this.#session.logger.error(`kustomize: ${String(error)}`);
      return false;
    });
    return this.#running;
  }

  #schedule(): void {
    this.#cancel ??= this.#session.host.later(0, () => {
      this.#cancel = undefined;
      void this.#start();
    });
  }

  /** Reads what is needed now; whether there was anything. */
  async #read(): Promise<boolean> {
    const { host, workspace, publishing } = this.#session;
    const files = new Map<FileId, StoredFile | undefined>();
    let sliceStarted = host.now();
    for (const file of workspace.takeNeeded()) {
      files.set(file, await this.#stored(file));
      if (host.now() - sliceStarted < sliceMs) continue;
      await host.nextTurn();
      sliceStarted = host.now();
    }
    if (files.size === 0 || this.#session.isStopped) return false;
    workspace.give(files);
    publishing.changed();
    return true;
  }

  async #stored(file: FileId): Promise<StoredFile | undefined> {
    const { host, workspace } = this.#session;
    const limit = Math.max(leastLimit, workspace.settings.maxFileSize * 1024);
    const bytes = await host.readFile(workspace.uriOf(file), limit);
    if (bytes === undefined) return undefined;
    const decoded = decodeText(bytes);
    return { bytes, text: "text" in decoded ? decoded.text : decodeUtf8(bytes) };
  }
}
