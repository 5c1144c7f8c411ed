import { existsSync, readdirSync, readFileSync, watch } from "node:fs";
import { basename, dirname, join } from "node:path";
import { launchBrowser, Workbench } from "../vscode/browser.ts";
import { vsix } from "../vscode/paths.ts";
import { tail, within } from "../vscode/process.ts";
import { type Session, startSession } from "../vscode/session.ts";
import { keyboardSession } from "./keyboard.ts";
import { packDriver, prepare, type Prepared } from "./prepare.ts";
import { closingLine, report, type Step } from "./report.ts";
import { type Desk, screenScenarios } from "./screen.ts";
import type { SuiteResult } from "./suite/harness.ts";

/** The packed extension in the workbench that npm ships, driven by Debian's Chromium: first the suite in the extension host, then a person at the keyboard. */
async function main(): Promise<void> {
  const prepared = await prepare();
  const session = await startSession({
    name: "e2e",
    folder: prepared.workspace,
    extensions: [vsix, await packDriver()],
    env: { ...prepared.env, DRYDOCK_E2E_SUITE: prepared.suite, DRYDOCK_E2E_RESULT: prepared.result },
    say: (line) => process.stdout.write(`${line}\n`),
  });
  const browser = await launchBrowser();
  const steps: Step[] = [];
  try {
    const workbench = await Workbench.open(browser, session.url);
    const desk: Desk = {
      picture: (name) => workbench.picture(join(prepared.pictures, `${name}.png`)),
      saved: (path) => readFileSync(join(prepared.workspace, path), "utf8"),
    };
    const { scenarios } = await within(120_000, "the suite", suiteResult(prepared), () => logsOf(session));
    steps.push(...scenarios.map((each) => report(each)));
    for (const { name, run } of [...screenScenarios, ...keyboardSession]) {
      const started = performance.now();
      const error = await run(workbench, desk).then(
        () => undefined,
        (reason: unknown) => (reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)),
      );
      const milliseconds = Math.round(performance.now() - started);
      if (error !== undefined) await desk.picture(`failed-${steps.length}`);
      steps.push(report({ name, milliseconds, ...(error === undefined ? {} : { error }) }));
      if (error !== undefined) await workbench.calmDown();
    }
  } finally {
    await browser.close();
    session.stop();
  }
  if (steps.some(({ error }) => error !== undefined)) process.stdout.write(`${logsOf(session)}\n`);
  process.exitCode = closingLine(steps);
}

/** The suite's result, once its file is there. */
function suiteResult({ result }: Prepared): Promise<SuiteResult> {
  return new Promise((resolve) => {
    const watcher = watch(dirname(result), (_, name) => {
      if (name === basename(result)) look();
    });
    const look = (): void => {
      const text = existsSync(result) ? readFileSync(result, "utf8") : "";
      if (!text.endsWith("}")) return;
      watcher.close();
      resolve(JSON.parse(text) as SuiteResult);
    };
    look();
  });
}

/** The ends of the logs that explain a failure: the extension host's and Drydock's own. */
function logsOf({ logs, process }: Session): string {
  const files = existsSync(logs)
    ? readdirSync(logs, { recursive: true, encoding: "utf8" }).filter((name) =>
        /(remoteexthost|Drydock)\.log$/.test(name),
      )
    : [];
  const texts = files.map((name) => `--- ${name}\n${tail(readFileSync(join(logs, name), "utf8"), 12)}`);
  return [...texts, `--- server\n${tail(process.output.join(""), 10)}`].join("\n");
}

await main();
