import type { FileFacts } from "../model/facts.ts";

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
  /** What only a machine with a file system offers; absent in a browser. */
  readonly local?: LocalHost;
  /** The files below a workspace folder as a commit has them, by URI; `undefined` without git, outside of a repository, or for an unknown commit. Absent where there is no git at all. */
  readonly committedFiles?: (folder: string, commit: string) => Promise<CommittedFiles | undefined>;
  /** Runs a program of the person's machine; absent in a browser. */
  readonly runTool?: (call: ToolCall) => Promise<ToolResult | undefined>;
  /** Ends the process (a no-op in a worker, which its page ends). */
  exit(code: number): void;
}

/** A program and its arguments, which no shell ever reads. */
export interface ToolCall {
  readonly program: "helm" | "kubectl" | "kustomize";
  readonly words: readonly string[];
  /** URI of the folder in which it runs. */
  readonly folder: string;
  /** Is handed a function that ends the program early. */
  readonly onStarted: (stop: () => void) => void;
}

/** What a program printed. A call that there is no program for has no result at all. */
export interface ToolResult {
  readonly succeeded: boolean;
  readonly output: string;
  readonly errors: string;
  /** It was ended, since it took longer than it may. */
  readonly isOutOfTime?: boolean;
}

/** A file system at hand: files can be compared without being read, things can be kept, and threads can read along. */
export interface LocalHost {
  /** What tells states of a file apart without reading it; `undefined` where there is none. */
  stamp(uri: string): FileStamp | undefined;
  /** The URI of what a path leads to when symbolic links are followed; `undefined` where there is nothing. */
  realPath(uri: string): string | undefined;
  /** Keeps bytes under a URI, in a folder that is made if need be. The file is there as a whole or not at all. */
  save(uri: string, bytes: Uint8Array): Promise<void>;
  /** The URIs of files of all kinds directly in a folder: so many at most. */
  filesIn(folder: string, most: number): readonly string[];
  /** The URIs of files of all kinds below a folder, also of those that `.gitignore` leaves out: so many at most. */
  filesBelow(folder: string, most: number): readonly string[];
  /** Threads that read files; `undefined` where there are none to be had. */
  startReaders(): FactsReaders | undefined;
}

export interface FileStamp {
  /** In bytes. */
  readonly size: number;
  /** Changes whenever the file is written or replaced. */
  readonly version: string;
}

/** Threads that read files and make facts of them. */
export interface FactsReaders {
  /** So many batches are worked on at a time. */
  readonly count: number;
  /** The facts of files, in their order; `undefined` where there is none. Rejects when the thread has come to an end. */
  read(request: FactsRequest): Promise<readonly (FileFacts | undefined)[]>;
  stop(): void;
}

export interface FactsRequest {
  readonly uris: readonly string[];
  /** Larger files are not read, in bytes. */
  readonly limit: number;
}

/** Contents of a commit by URI. */
export type CommittedFiles = ReadonlyMap<string, Uint8Array>;

/** Asks the client something; rejects when it does not answer. */
export type RequestSender = <Result>(method: string, params: unknown) => Promise<Result>;
