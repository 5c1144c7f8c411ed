import { type ChildProcess, spawn } from "node:child_process";
import { createWriteStream, readdirSync, readFileSync } from "node:fs";

/** Programs that were started and have not ended. They are in groups of their own, so nobody else ends them with us. */
const running = new Set<number>();

process.once("exit", () => running.forEach(killTree));
for (const [signal, number] of [
  ["SIGINT", 2],
  ["SIGTERM", 15],
  ["SIGHUP", 1],
] as const) {
  process.once(signal, () => process.exit(128 + number));
}

export interface RunOptions {
  readonly cwd: string;
  /** Added to the environment; `undefined` takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Where the output goes; without it a failure's message carries the last lines. */
  readonly logFile?: string;
  /** Milliseconds after which the program and its children are killed. */
  readonly deadline: number;
}

/** Runs a program to its end. Throws with the tail of its output when it fails or takes too long. */
export async function run(program: string, args: readonly string[], options: RunOptions): Promise<string> {
  const child = start(program, args, options);
  const timer = setTimeout(() => {
    child.output.push(`\n(killed after ${options.deadline} ms)\n`);
    killTree(child.pid);
  }, options.deadline);
  const code = await child.ended;
  clearTimeout(timer);
  const output = child.output.join("");
  if (code !== 0) throw new Error(`${[program, ...args].join(" ")} ended with ${code}:\n${tail(output)}`);
  return output;
}

export interface Started {
  readonly pid: number;
  /** What it wrote so far, both streams. */
  readonly output: string[];
  /** The exit status; -1 after a signal. */
  readonly ended: Promise<number>;
  /** Resolves when the output has the text; throws with the log's tail after the deadline or when the program ends before. */
  waitFor(text: string, deadline: number): Promise<void>;
}

/** Starts a program in a process group of its own, so that `killTree` reaches its children. */
export function start(program: string, args: readonly string[], options: Omit<RunOptions, "deadline">): Started {
  const env = { ...process.env, ...options.env };
  const child = spawn(program, args, { cwd: options.cwd, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  running.add(child.pid ?? -1);
  const output: string[] = [];
  const log = options.logFile === undefined ? undefined : createWriteStream(options.logFile, { flags: "a" });
  const listeners = new Set<() => void>();
  const receive = (chunk: Buffer): void => {
    output.push(chunk.toString());
    log?.write(chunk);
    for (const listener of listeners) listener();
  };
  child.stdout.on("data", receive);
  child.stderr.on("data", receive);
  const ended = endOf(child, output).finally(() => {
    running.delete(child.pid ?? -1);
    log?.end();
  });
  return {
    pid: child.pid ?? -1,
    output,
    ended,
    waitFor: (text, deadline) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (output.join("").includes(text)) finish(resolve);
        };
        const finish = (settle: () => void): void => {
          clearTimeout(timer);
          listeners.delete(look);
          settle();
        };
        const fail = (why: string): void =>
          finish(() => reject(new Error(`${program}: no "${text}" (${why}):\n${tail(output.join(""))}`)));
        const timer = setTimeout(() => fail(`waited ${deadline} ms`), deadline);
        listeners.add(look);
        void ended.then((code) => fail(`it ended with ${code}`));
        look();
      }),
  };
}

function endOf(child: ChildProcess, output: string[]): Promise<number> {
  return new Promise((resolve) => {
    child.on("error", (error) => {
      output.push(error.message);
      resolve(-1);
    });
    child.on("close", (code) => resolve(code ?? -1));
  });
}

/** Kills a process, its group and all its descendants: the children of VS Code's server outlive their parent. */
export function killTree(pid: number): void {
  if (pid <= 0) return;
  const family = [pid, ...descendants(pid)];
  for (const target of [-pid, ...family]) {
    try {
      process.kill(target, "SIGKILL");
    } catch {
      // It is gone already, which is what we want.
    }
  }
}

/** Process ids below `pid`. Empty where there is no /proc; the process group has to do there. */
function descendants(pid: number): readonly number[] {
  const children = new Map<number, number[]>();
  for (const entry of listProcesses()) {
    const siblings = children.get(entry.parent) ?? [];
    siblings.push(entry.pid);
    children.set(entry.parent, siblings);
  }
  const found: number[] = [];
  const collect = (parent: number): void => {
    for (const child of children.get(parent) ?? []) {
      found.push(child);
      collect(child);
    }
  };
  collect(pid);
  return found;
}

function listProcesses(): readonly { readonly pid: number; readonly parent: number }[] {
  try {
    return readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .flatMap((name) => {
        const parent = parentOf(name);
        return parent === undefined ? [] : [{ pid: Number(name), parent }];
      });
  } catch {
    return [];
  }
}

function parentOf(pid: string): number | undefined {
  try {
    // "pid (name) state parent …"; the name may hold spaces and brackets.
    return Number(/.*\) \S (\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, "utf8"))?.[1]);
  } catch {
    return undefined;
  }
}

/** The last lines of a log. */
export function tail(text: string, lines = 30): string {
  return text.trimEnd().split("\n").slice(-lines).join("\n");
}

/** The value, or an error that says what was waited for; `explain` adds what is known by then. */
export async function within<T>(
  deadline: number,
  what: string,
  promise: Promise<T>,
  explain: () => string = () => "",
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what}: not within ${deadline} ms\n${explain()}`)), deadline);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
