import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { root } from "./vscode/paths.ts";
import { run } from "./vscode/process.ts";

/** `npm run typecheck`: compiles every TypeScript project of the repository, side by side. A project without sources is left out. */
const projects = [...globSync("tsconfig.*.json", { cwd: root }), "client/webview/tsconfig.json"]
  .filter((path) => !path.includes("base") && hasSources(path))
  .sort();

const results = await Promise.allSettled(
  projects.map((project) =>
    run(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-p", project], {
      cwd: root,
      deadline: 300_000,
    }),
  ),
);
for (const [index, result] of results.entries()) {
  const verdict = result.status === "fulfilled" ? "no errors" : String(result.reason);
  process.stdout.write(`${projects[index] ?? ""}: ${verdict}\n`);
}
process.exitCode = results.every(({ status }) => status === "fulfilled") ? 0 : 1;

function hasSources(project: string): boolean {
  const { include } = JSON.parse(readFileSync(join(root, project), "utf8")) as { readonly include: readonly string[] };
  const folders = include.map((folder) => join(dirname(project), folder));
  return folders.some((folder) => globSync(`${folder}/**/*.{ts,tsx}`, { cwd: root }).length > 0);
}
