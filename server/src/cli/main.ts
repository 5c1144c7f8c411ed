import { run } from "./program.ts";

const isColoured = process.stdout.isTTY && (process.env["NO_COLOR"] ?? "") === "";

// A reader that has seen enough (`| head`) is no failure.
process.stdout.on("error", () => process.exit(0));

void run(process.argv.slice(2), {
  write: (text) => void process.stdout.write(text),
  writeError: (text) => void process.stderr.write(text),
  isColoured,
}).then((status) => {
  process.exitCode = status;
});
