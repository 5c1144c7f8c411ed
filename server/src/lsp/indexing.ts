import { noticeText } from "../features/file-notice.ts";
import type { FileChange } from "../index/index.ts";
import { compareFiles, folderOf } from "../index/place.ts";
import type { FileId } from "../index/types.ts";
import type { FileFacts } from "../model/facts.ts";
import { statusNotification } from "../protocol/messages.ts";
import type { StatusParams } from "../protocol/messages.ts";
import { FactsKeeper } from "./facts-keeper.ts";
import { factsOfBytes } from "./file-facts.ts";
import type { FactsReaders } from "./host.ts";
import { fileLabel } from "./labels.ts";
import { IndexingProgress } from "./progress.ts";
import type { Session } from "./session.ts";

/** So long the server works before it gives waiting messages a turn, in milliseconds. */
const sliceMs = 10;

/** Files that change on disk within so many milliseconds are read as one change. */
const burstMs = 50;

/** From so many files on, threads help with reading. */
const manyFiles = 1000;

/** So many files a thread gets at a time. */
const batchSize = 100;

/** How files came to be known. */
export interface IndexingCounters {
  /** Read from disk. */
  filesRead: number;
  /** Known from an earlier run of the server. */
  filesRemembered: number;
  /** Changes of the index that were made of them. */
  updates: number;
}

/** Reads the files of the workspace into the index, in slices between messages, and again when they change on disk. */
export class Indexing {
  readonly counters: IndexingCounters = { filesRead: 0, filesRemembered: 0, updates: 0 };
  readonly #session: Session;
  readonly #onProgress: () => void;
  readonly #keeper: FactsKeeper;
  readonly #changed = new Set<string>();
  #cancelBurst: (() => void) | undefined;
  #run = 0;
  #done = 0;
  #total = 0;
  #notices = new Map<FileId, string>();

  constructor(session: Session, onProgress: () => void) {
    this.#session = session;
    this.#onProgress = onProgress;
    this.#keeper = new FactsKeeper(session);
  }

  get hasStarted(): boolean {
    return this.#run > 0;
  }

  /** Stops what is being read. */
  stop(): void {
    this.#run++;
    this.#cancelBurst?.();
    this.#keeper.stop();
  }

  /** Reads everything below the folders; a later call makes an earlier one stop. What is no longer there is forgotten. */
  async readFolders(folders: readonly string[]): Promise<void> {
    const run = ++this.#run;
    this.#done = 0;
    this.#total = 0;
    this.#notices = new Map();
    const progress = await IndexingProgress.start(this.#session);
    let isCancelled = false;
    const isWanted = (): boolean => run === this.#run && !isCancelled;
    progress?.onCancel(() => (isCancelled = true));
    try {
      await this.#keeper.load(folders);
      const uris = await this.#list(folders, isWanted);
      await this.#readAll(this.#closestFirst(uris), isWanted, progress);
      if (!isWanted()) return;
      this.#forgetAllBut(uris);
    } finally {
      progress?.done();
      if (run === this.#run) {
        this.#report("ready");
        this.#keeper.saveLater();
      }
    }
  }

  /** Files were created, changed or deleted on disk. What comes in one burst, as when a branch is checked out, is one change. */
  readAgain(uris: readonly string[]): void {
    for (const uri of uris) this.#changed.add(uri);
    this.#cancelBurst ??= this.#session.host.later(burstMs, () => {
      this.#cancelBurst = undefined;
      const burst = [...this.#changed];
      this.#changed.clear();
      void this.#readBurst(burst).catch((error: unknown) => this.#session.logger.error(`reading: ${String(error)}`));
    });
  }

  /** The facts of the file on disk, `undefined` when there is none. */
  async factsOnDisk(uri: string): Promise<FileFacts | undefined> {
    const { host, workspace } = this.#session;
    const limit = workspace.settings.maxFileSize * 1024;
    this.counters.filesRead++;
    const bytes = await host.readFile(uri, limit);
    if (bytes !== undefined) return factsOfBytes(bytes, uri, () => host.now());
    const stamp = host.local?.stamp(uri);
    if (stamp === undefined) return undefined;
    return { documents: [], notice: stamp.size > limit ? "too-large" : "unreadable" };
  }

  async #list(folders: readonly string[], isWanted: () => boolean): Promise<readonly string[]> {
    const { host, workspace } = this.#session;
    const uris = new Set<string>();
    for (const folder of folders) {
      for await (const found of host.listFiles(folder, workspace.settings.exclude)) {
        if (!isWanted()) return [...uris];
        for (const uri of found) uris.add(uri);
        this.#total = uris.size;
      }
    }
    return [...uris];
  }

  /** Files beside open documents first, then those below their folders' parents, then all others. */
  #closestFirst(uris: readonly string[]): readonly string[] {
    const { workspace } = this.#session;
    const folders = [...workspace.openDocuments()].map(({ uri }) => folderOf(workspace.fileOf(uri)));
    const parents = folders.map((folder) => folderOf(folder.slice(0, -1)));
    const distance = (file: FileId): number =>
      folders.includes(folderOf(file)) ? 0 : parents.some((parent) => file.startsWith(parent)) ? 1 : 2;
    return uris
      .map((uri) => ({ uri, distance: distance(workspace.fileOf(uri)) }))
      .sort((a, b) => a.distance - b.distance)
      .map(({ uri }) => uri);
  }

  async #readAll(
    uris: readonly string[],
    isWanted: () => boolean,
    progress: IndexingProgress | undefined,
  ): Promise<void> {
    const slices = new Slices(this, this.#session, isWanted, () => {
      this.#report("indexing");
      progress?.report(this.#done, this.#total);
    });
    const unknown: string[] = [];
    for (const uri of uris) {
      const known = this.#keeper.recall(uri);
      if (known === undefined) unknown.push(uri);
      else {
        this.counters.filesRemembered++;
        this.#done++;
        if (!(await slices.take(uri, known))) return;
      }
    }
    const readers = unknown.length >= manyFiles ? this.#session.host.local?.startReaders() : undefined;
    try {
      if (readers === undefined) await this.#readHere(unknown, slices);
      else await this.#readWith(readers, unknown, slices);
    } finally {
      readers?.stop();
      slices.flush();
    }
  }

  async #readHere(uris: readonly string[], slices: Slices): Promise<void> {
    const { workspace } = this.#session;
    for (const uri of uris) {
      this.#done++;
      if (workspace.isOpen(workspace.fileOf(uri))) continue;
      this.#keeper.note(uri);
      if (!(await slices.take(uri, await this.factsOnDisk(uri)))) return;
    }
  }

  /** Keeps all threads busy, and takes what they have read in the order of the files. */
  async #readWith(readers: FactsReaders, uris: readonly string[], slices: Slices): Promise<void> {
    const limit = this.#session.workspace.settings.maxFileSize * 1024;
    const batches = Array.from({ length: Math.ceil(uris.length / batchSize) }, (_, index) =>
      uris.slice(index * batchSize, (index + 1) * batchSize),
    );
    const answers: Promise<readonly (FileFacts | undefined)[] | undefined>[] = [];
    const ask = (): void => {
      const batch = batches[answers.length];
      if (batch === undefined) return;
      for (const uri of batch) this.#keeper.note(uri);
      answers.push(readers.read({ uris: batch, limit }).catch(() => undefined));
    };
    for (let index = 0; index < readers.count; index++) ask();
    for (const [index, batch] of batches.entries()) {
      const facts = await answers[index];
      ask();
      if (facts === undefined) {
        await this.#readHere(batch, slices);
        continue;
      }
      this.counters.filesRead += batch.length;
      this.#done += batch.length;
      for (const [at, uri] of batch.entries()) if (!(await slices.take(uri, facts[at]))) return;
    }
  }

  async #readBurst(uris: readonly string[]): Promise<void> {
    const { workspace } = this.#session;
    const changes: FileChange[] = [];
    this.#total += uris.length;
    let sliceStarted = this.#session.host.now();
    for (const uri of uris) {
      const file = workspace.fileOf(uri);
      this.#done++;
      if (workspace.isOpen(file)) continue;
      this.#keeper.note(uri);
      changes.push({ file, facts: await this.factsOnDisk(uri) });
      if (this.#session.host.now() - sliceStarted < sliceMs) continue;
      await this.#session.host.nextTurn();
      sliceStarted = this.#session.host.now();
    }
    if (this.#session.isStopped) return;
    this.apply(changes);
    this.#report("ready");
    this.#keeper.saveLater();
  }

  /** Files of the index that are not there any more: their folder has left the workspace, or they are excluded now. */
  #forgetAllBut(uris: readonly string[]): void {
    const { workspace } = this.#session;
    const left = new Set(uris.map((uri) => workspace.fileOf(uri)));
    const gone = workspace.index.filesBelow("").filter((file) => !left.has(file) && !workspace.isOpen(file));
    if (gone.length > 0) this.apply(gone.map((file) => ({ file, facts: undefined })));
  }

  /** Takes facts into the index, as one change. */
  apply(changes: readonly FileChange[]): void {
    const { workspace } = this.#session;
    const known = changes.filter(({ file, facts }) => facts !== undefined || workspace.index.file(file) !== undefined);
    if (known.length > 0) {
      this.counters.updates++;
      workspace.update([...known].sort((a, b) => compareFiles(a.file, b.file)));
    }
    for (const { file, facts } of changes) {
      this.#keeper.keep(file, facts);
      if (facts?.notice === undefined) this.#notices.delete(file);
      else
        this.#notices.set(
          file,
          `${fileLabel(this.#session, file)}: ${noticeText(facts.notice, "drydock.maxFileSize")}`,
        );
    }
  }

  #report(phase: StatusParams["phase"]): void {
    this.#onProgress();
    if (this.#session.client.options.status !== true || this.#session.isStopped) return;
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

/**
 * Collects facts and hands them to the index in portions that grow with it, since each portion copies a part of what is there;
 * gives waiting messages a turn in between.
 */
class Slices {
  readonly #indexing: Indexing;
  readonly #session: Session;
  readonly #isWanted: () => boolean;
  readonly #onTurn: () => void;
  #changes: FileChange[] = [];
  #taken = 0;
  #sliceStarted: number;
  #reported: number;

  constructor(indexing: Indexing, session: Session, isWanted: () => boolean, onTurn: () => void) {
    this.#indexing = indexing;
    this.#session = session;
    this.#isWanted = isWanted;
    this.#onTurn = onTurn;
    this.#sliceStarted = this.#reported = session.host.now();
  }

  /** Takes the facts of a file; false when the reading was stopped meanwhile. */
  async take(uri: string, facts: FileFacts | undefined): Promise<boolean> {
    const { host, workspace } = this.#session;
    const file = workspace.fileOf(uri);
    if (!workspace.isOpen(file)) this.#changes.push({ file, facts });
    if (host.now() - this.#sliceStarted < sliceMs) return true;
    if (this.#changes.length >= Math.max(leastPortion, growth * this.#taken)) this.flush();
    if (host.now() - this.#reported > reportMs) {
      this.#reported = host.now();
      this.#onTurn();
    }
    await host.nextTurn();
    this.#sliceStarted = host.now();
    return this.#isWanted();
  }

  flush(): void {
    this.#taken += this.#changes.length;
    this.#indexing.apply(this.#changes);
    this.#changes = [];
  }
}

/** Each portion is so many times what was known before it: what all of them copy together stays below a third of the whole. */
const growth = 4;

/** The first portions are small, so that the neighbours of open documents are known soon. */
const leastPortion = 100;

/** The client hears of progress this often, in milliseconds. */
const reportMs = 200;
