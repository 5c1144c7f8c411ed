import { execFile } from "node:child_process";
import type { ExecFileException } from "node:child_process";
import type { ToolCall, ToolResult } from "../../lsp/host.ts";
import { pathOf } from "./paths.ts";

/** So long a program may take, in milliseconds. */
const timeLimit = 30_000;

/** So much it may print, in bytes. */
const outputLimit = 1 << 26;

/** Runs a program without a shell; `undefined` where there is no such program, or no folder to run it in. */
export function runTool(
  { program, words, folder, onStarted }: ToolCall,
  limit = timeLimit,
): Promise<ToolResult | undefined> {
  const cwd = pathOf(folder);
  if (cwd === undefined) return Promise.resolve(undefined);
  return new Promise((resolve) => {
    let isOutOfTime = false;
    const child = execFile(
      program,
      [...words],
      { cwd, encoding: "utf8", maxBuffer: outputLimit, windowsHide: true },
      (error, output, errors) => {
        clearTimeout(timer);
        resolve(error?.code === "ENOENT" ? undefined : { ...resultOf(error, output, errors), isOutOfTime });
      },
    );
    // A program that has children of its own would be waited for as long as these hold its output.
    const end = (): void => {
      child.kill("SIGKILL");
      child.stdout?.destroy();
      child.stderr?.destroy();
    };
    const timer = setTimeout(() => {
      isOutOfTime = true;
      end();
    }, limit);
    onStarted(end);
  });
}

/** A program that could not even start has said nothing itself. */
function resultOf(error: ExecFileException | null, output: string, errors: string): ToolResult {
  return { succeeded: error === null, output, errors: error !== null && errors === "" ? error.message : errors };
}
