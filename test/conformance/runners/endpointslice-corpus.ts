import type { RunContext } from "../runner.ts";
export function runCorpus(_context: RunContext): void {}
