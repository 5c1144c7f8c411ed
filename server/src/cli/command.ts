import type { Worker } from "node:worker_threads";
import type { Arguments, CommandShape } from "./arguments.ts";
import type { Terminal } from "./output.ts";

/** How a command ended. */
export interface Ending {
  /** The exit status: 0 done, 1 findings or nothing to answer with: no such object or port, an object that is refused. */
  readonly status: number;
  /** What could not be read, for standard error. */
  readonly notices: readonly string[];
  /** Said on standard error when the status is 1 and nothing else says why. */
  readonly missing?: string;
}

/** Starts this program once more as a thread of the same process, with something to work on. */
export type StartThread = (data: unknown) => Worker;

/** One subcommand. */
export interface Command {
  readonly shape: CommandShape;
  /** @param startThread left out where there are no threads */
  run(options: Arguments, terminal: Terminal, startThread?: StartThread): Ending | Promise<Ending>;
}
