import { execFile } from "node:child_process";
import type { ToolCall, ToolResult } from "../../lsp/host.ts";
import { pathOf } from "./paths.ts";

/** So long a program may take, in milliseconds. */
const timeLimit = 30_000;

/** So much it may print, in bytes. */
const outputLimit = 1 << 26;

/** Runs a program without a shell; `undefined` where there is no such program, or no folder to run it in. */
export function runTool({ program, words, folder, onStarted }: ToolCall): Promise<ToolResult | undefined> {
  const cwd = pathOf(folder);
  if (cwd === undefined) return Promise.resolve(undefined);
  return new Promise((resolve) => {
    const child = execFile(
      program,
      [...words],
      { cwd, encoding: "utf8", timeout: timeLimit, maxBuffer: outputLimit, windowsHide: true },
      (error, output, errors) => {
        const isAbsent = error !== null && "code" in error && error.code === "ENOENT";
        resolve(isAbsent ? undefined : { succeeded: error === null, output, errors });
      },
    );
    onStarted(() => child.kill());
  });
}
