import { realpathSync } from "node:fs";
import { isMainThread, parentPort, Worker } from "node:worker_threads";
import { run } from "./program.ts";

// This program is also what its threads run.
const port = isMainThread ? null : parentPort;
if (port === null) runCommandLine();
else void import("./check/thread.ts").then(({ runThread }) => runThread(port));

function runCommandLine(): void {
  const isColoured = process.stdout.isTTY && (process.env["NO_COLOR"] ?? "") === "";

  // A reader that has seen enough (`| head`) is no failure.
  process.stdout.on("error", () => process.exit(0));

  void run(
    process.argv.slice(2),
    {
      write: (text) => void process.stdout.write(text),
      writeError: (text) => void process.stderr.write(text),
      isColoured,
    },
    (workerData) => new Worker(realpathSync(process.argv[1] ?? ""), { workerData }),
  ).then((status) => {
    process.exitCode = status;
  });
}
