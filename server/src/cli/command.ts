import type { Arguments, CommandShape } from "./arguments.ts";
import type { Terminal } from "./output.ts";

/** How a command ended. */
export interface Ending {
  /** The exit status: 0 done, 1 findings or nothing of that name. */
  readonly status: number;
  /** What could not be read, for standard error. */
  readonly notices: readonly string[];
  /** Said on standard error when the status is 1 and nothing else says why. */
  readonly missing?: string;
}

/** One subcommand. */
export interface Command {
  readonly shape: CommandShape;
  run(options: Arguments, terminal: Terminal): Ending | Promise<Ending>;
}
