import { runScenarios } from "./harness.ts";
import { scenarios } from "./scenarios.ts";

/** The entry for both ways of running: the driver extension's, and `@vscode/test-electron`'s, which counts a rejection as failure. */
export async function run(): Promise<void> {
  const result = await runScenarios(scenarios);
  const failed = result.scenarios.filter(({ error }) => error !== undefined);
  if (failed.length > 0) throw new Error(failed.map(({ name, error }) => `${name}: ${error ?? ""}`).join("\n"));
}
