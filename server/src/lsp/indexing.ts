import type { FileChange } from "../index/index.ts";
import type { FileFacts } from "../model/facts.ts";
import { readFile } from "../model/read.ts";
import { statusNotification } from "../protocol/messages.ts";
import type { StatusParams } from "../protocol/messages.ts";
import { decodeText } from "../yaml/decode.ts";
import { isKustomizationFile } from "./environment-options.ts";
import type { Session } from "./session.ts";

/** So long the server works before it gives waiting messages a turn, in milliseconds. */
const sliceMs = 10;

/** Reads the files of the workspace into the index, in slices between messages, and again when they change on disk. */
export class Indexing {
  readonly #session: Session;
  readonly #onProgress: () => void;
  #run = 0;
  #done = 0;
  #total = 0;
  #notices = new Map<string, string>();

  constructor(session: Session, onProgress: () => void) {
    this.#session = session;
    this.#onProgress = onProgress;
  }

  get hasStarted(): boolean {
    return this.#run > 0;
  }

  /** Stops what is being read. */
  stop(): void {
    this.#run++;
  }

  /** Reads everything below the folders; a later call makes an earlier one stop. */
  async readFolders(folders: readonly string[]): Promise<void> {
    const run = ++this.#run;
    this.#done = 0;
    this.#total = 0;
    this.#notices = new Map();
    for (const folder of folders) {
      for await (const uris of this.#session.host.listFiles(folder, this.#session.workspace.settings.exclude)) {
        if (run !== this.#run) return;
        this.#total += uris.length;
        await this.#read(uris, () => run === this.#run);
      }
    }
    if (run === this.#run) this.#report("ready");
  }

  /** Files were created, changed or deleted on disk. */
  async readAgain(uris: readonly string[]): Promise<void> {
    this.#total += uris.length;
    await this.#read(uris, () => true);
    this.#report("ready");
  }

  /** The facts of the file on disk, `undefined` when there is none. */
  async factsOnDisk(uri: string): Promise<FileFacts | undefined> {
    const { host, workspace } = this.#session;
    const limit = workspace.settings.maxFileSize * 1024;
    const bytes = await host.readFile(uri, limit);
    if (bytes === undefined) return undefined;
    const decoded = decodeText(bytes);
    if (!("text" in decoded)) return { documents: [], notice: "binary" };
    return readFile(decoded.text, undefined, isKustomizationFile(workspace.fileOf(uri))).facts;
  }

  async #read(uris: readonly string[], isWanted: () => boolean): Promise<void> {
    const { host, workspace } = this.#session;
    let changes: FileChange[] = [];
    let sliceStarted = host.now();
    for (const uri of uris) {
      const file = workspace.fileOf(uri);
      if (!workspace.isOpen(file)) changes.push({ file, facts: await this.factsOnDisk(uri) });
      this.#done++;
      if (host.now() - sliceStarted < sliceMs) continue;
      this.#apply(changes);
      changes = [];
      this.#report("indexing");
      await host.nextTurn();
      if (!isWanted()) return;
      sliceStarted = host.now();
    }
    this.#apply(changes);
  }

  #apply(changes: readonly FileChange[]): void {
    const known = changes.filter(
      ({ file, facts }) => facts !== undefined || this.#session.workspace.index.file(file) !== undefined,
    );
    if (known.length > 0) this.#session.workspace.update(known);
    for (const { file, facts } of changes) {
      if (facts?.notice === undefined) this.#notices.delete(file);
      else this.#notices.set(file, `${file}: ${facts.notice}`);
    }
  }

  #report(phase: StatusParams["phase"]): void {
    this.#onProgress();
    if (this.#session.client.options.status !== true) return;
    const params: StatusParams = {
      phase,
      filesDone: this.#done,
      filesTotal: this.#total,
      resources: this.#session.workspace.resourceCount,
      notices: [...this.#notices.values()],
    };
    void this.#session.connection.sendNotification(statusNotification, params);
  }
}
