import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { killTree, run, start, within } from "./process.ts";
import { root } from "./paths.ts";

/** A program with a child in a group of its own, which prints its own and the child's id and never ends by itself. */
const family = `
const { spawn } = require("node:child_process");
const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { detached: true, stdio: "ignore" });
console.log(process.pid + " " + child.pid + " born");
setInterval(() => {}, 1000);`;

describe("programs that tests start", () => {
  test("are killed with their descendants, also with those in other groups", async () => {
    const parent = start(process.execPath, ["-e", family], { cwd: root });
    await parent.waitFor("born", 20_000);
    const [, pid, child] = /(\d+) (\d+) born/.exec(parent.output.join("")) ?? [];
    killTree(Number(pid));
    await parent.ended;
    await within(20_000, "the end of both", Promise.all([goneOf(Number(pid)), goneOf(Number(child))]));
  });

  test("are waited for with a deadline whose error shows the log", async () => {
    const child = start(process.execPath, ["-e", "console.log('hello'); setInterval(() => {}, 1000)"], { cwd: root });
    await child.waitFor("hello", 20_000);
    await assert.rejects(child.waitFor("good-bye", 1), /waited 1 ms.*hello/s);
    killTree(child.pid);
    await child.ended;
  });

  test("fail with the tail of their output", async () => {
    const args = ["-e", "console.error('what went wrong'); process.exitCode = 3"];
    await assert.rejects(
      run(process.execPath, args, { cwd: root, deadline: 20_000 }),
      /ended with 3.*what went wrong/s,
    );
  });
});

/** The kernel ends a process some time after the signal. */
async function goneOf(pid: number): Promise<void> {
  while (!isGone(pid)) await new Promise((resolve) => setImmediate(resolve));
}

/** Whether a process has ended; one that nobody has waited for yet counts as ended. */
function isGone(pid: number): boolean {
  try {
    return /^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return true;
  }
}
