import { fnv1a } from "../base/hash.ts";
import type { FileId } from "../index/types.ts";
import type { FileFacts } from "../model/facts.ts";
import { drydockVersion } from "../base/version.ts";
import { decodeFacts, encodeFacts, storeLimit } from "./facts-store.ts";
import type { StoredFacts } from "./facts-store.ts";
import type { FileStamp } from "./host.ts";
import type { Session } from "./session.ts";

/** Facts are written this long after the last change, in milliseconds. */
const quietMs = 3000;

/**
 * Keeps the facts of files from one run of the server to the next, in the folder that the client gives, one store for each set of workspace folders.
 * Files are told apart by path, size and times, so that a start reads none that is still the same.
 */
export class FactsKeeper {
  readonly #session: Session;
  readonly #stamps = new Map<FileId, FileStamp>();
  #stored: ReadonlyMap<FileId, StoredFacts> = new Map();
  #store: string | undefined;
  #hasNews = false;
  #cancel: (() => void) | undefined;

  constructor(session: Session) {
    this.#session = session;
  }

  /** Loads what was kept for these folders; nothing where it is damaged or of another version. */
  async load(folders: readonly string[]): Promise<void> {
    const { host, client } = this.#session;
    const folder = client.options.storage;
    if (typeof folder !== "string" || host.local === undefined || folders.length === 0) return;
    this.#store = `${folder.replace(/\/$/, "")}/facts-${fnv1a([...folders].sort().join("\n")).toString(36)}`;
    const bytes = await host.readFile(this.#store, storeLimit);
    this.#stored = bytes === undefined ? new Map<FileId, StoredFacts>() : decodeFacts(bytes, drydockVersion);
  }

  /** The facts of a file that has not changed since they were kept. */
  recall(uri: string): FileFacts | undefined {
    const { host, workspace } = this.#session;
    const file = workspace.fileOf(uri);
    const stored = this.#stored.get(file);
    if (stored === undefined || host.local === undefined) return undefined;
    const stamp = host.local.stamp(uri);
    if (stamp?.size !== stored.size || stamp.version !== stored.version) return undefined;
    if (stamp.size > workspace.settings.maxFileSize * 1024) return undefined;
    this.#stamps.set(file, stamp);
    return stored.facts;
  }

  /** The file is about to be read. */
  note(uri: string): void {
    if (this.#store === undefined) return;
    const file = this.#session.workspace.fileOf(uri);
    const stamp = this.#session.host.local?.stamp(uri);
    if (stamp === undefined) this.#stamps.delete(file);
    else this.#stamps.set(file, stamp);
    this.#hasNews = true;
  }

  /** Drops the stamp of a file of which nothing is worth keeping. */
  keep(file: FileId, facts: FileFacts | undefined): void {
    if (facts === undefined || facts.notice !== undefined) this.#stamps.delete(file);
  }

  /** Writes what is new when nothing has changed for a while. */
  saveLater(): void {
    this.#stored = new Map();
    if (!this.#hasNews || this.#store === undefined) return;
    this.#cancel?.();
    this.#cancel = this.#session.host.later(quietMs, () => void this.save());
  }

  /** Writes the facts of all closed files, if there are new ones. */
  async save(): Promise<void> {
    const { host, workspace, logger } = this.#session;
    this.#cancel?.();
    this.#cancel = undefined;
    if (!this.#hasNews || this.#store === undefined) return;
    this.#hasNews = false;
    const files = new Map<FileId, StoredFacts>();
    for (const [file, stamp] of this.#stamps) {
      const facts = workspace.isOpen(file) ? undefined : workspace.index.file(file)?.facts;
      if (facts !== undefined) files.set(file, { ...stamp, facts });
    }
    try {
      const bytes = encodeFacts(files, drydockVersion);
      if (bytes !== undefined) await host.local?.save(this.#store, bytes);
    } catch (error) {
      logger.error(`facts could not be kept: ${String(error)}`);
    }
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }
}
