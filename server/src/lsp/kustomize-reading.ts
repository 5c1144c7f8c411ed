import { decodeText, decodeUtf8 } from "../yaml/decode.ts";
import type { FileId } from "../index/types.ts";
import type { StoredFile } from "./kustomizations.ts";
import type { Session } from "./session.ts";

/** So long files are read before waiting messages get a turn, in milliseconds. */
const sliceMs = 10;

/** Larger inputs of generators are not read, in bytes; the API server takes no object of that size. */
const leastLimit = 4 * 1024 * 1024;

/** Reads the files that kustomizations name, when they are first needed and when they change. */
export class KustomizeReading {
  readonly #session: Session;
  #cancel: (() => void) | undefined;

  constructor(session: Session) {
    this.#session = session;
    session.workspace.onNeed(() => this.#schedule());
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #schedule(): void {
    this.#cancel ??= this.#session.host.later(0, () => {
      this.#cancel = undefined;
      void this.#read().catch((error: unknown) => this.#session.logger.error(`kustomize: ${String(error)}`));
    });
  }

  async #read(): Promise<void> {
    const { host, workspace, publishing } = this.#session;
    const files = new Map<FileId, StoredFile | undefined>();
    let sliceStarted = host.now();
    for (const file of workspace.takeNeeded()) {
      files.set(file, await this.#stored(file));
      if (host.now() - sliceStarted < sliceMs) continue;
      await host.nextTurn();
      sliceStarted = host.now();
    }
    if (files.size === 0 || this.#session.isStopped) return;
    workspace.give(files);
    publishing.changed();
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
