import type { Terminal } from "../../server/src/cli/output.ts";
import { run } from "../../server/src/cli/program.ts";

export interface Result {
  readonly status: number;
  readonly out: string;
  readonly error: string;
}

/** Runs a command line in this process, without colours. */
export async function drydock(...words: readonly string[]): Promise<Result> {
  let out = "";
  let error = "";
  const terminal: Terminal = {
    write: (text) => void (out += text),
    writeError: (text) => void (error += text),
    isColoured: false,
  };
  const status = await run(words, terminal);
  return { status, out, error };
}
