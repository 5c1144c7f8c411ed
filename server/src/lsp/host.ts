/** Where the server says what it does. Never given a document's content. */
export interface Logger {
  trace(message: string): void;
  info(message: string): void;
  error(message: string): void;
}

/** What the server needs from the place it runs in: Node (stdio, ipc) or a browser's worker. */
export interface Host {
  /** Milliseconds of a clock that never runs backwards. */
  now(): number;
  /** The time by the clock on the wall, in epoch milliseconds. */
  wallTime(): number;
  /** Resolves in the next turn of the event loop. */
  nextTurn(): Promise<void>;
  /** Runs `work` after `ms` milliseconds unless the returned function was called before. */
  later(ms: number, work: () => void): () => void;
  /** The bytes of a file, `undefined` when it is gone, unreadable, a folder, or larger than `limit` bytes. */
  readFile(uri: string, limit: number): Promise<Uint8Array | undefined>;
  /**
   * The URIs of the YAML and JSON files below a workspace folder, without what `.gitignore`, `exclude` and the usual folders (`.git`, `node_modules`) leave out.
   * Delivered in batches, so that the first files are indexed while the last folders are still being walked.
   */
  listFiles(folder: string, exclude: readonly string[]): AsyncIterable<readonly string[]>;
  /** Ends the process (a no-op in a worker, which its page ends). */
  exit(code: number): void;
}

/** Asks the client something; rejects when it does not answer. */
export type RequestSender = <Result>(method: string, params: unknown) => Promise<Result>;
