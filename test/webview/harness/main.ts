import { mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SimulatorTab } from "../../../server/src/protocol/webview.ts";
import { launchBrowser } from "../../vscode/browser.ts";
import { samples } from "./samples.ts";
import type { ThemeKind } from "./themes.ts";
import { WebviewPage } from "./webview.ts";

/**
 * `node test/webview/harness/main.ts [FOLDER [SAMPLE…]]`: pictures of the simulator's views with sample scenarios, for a person to look at.
 * Wide and narrow, in three themes; the bundle must have been built.
 */
const [folder = join(tmpdir(), "webview-shots"), ...names] = process.argv.slice(2);

const tabsOf: Readonly<Record<string, readonly SimulatorTab[]>> = {
  rollout: ["rollout", "traffic", "compare"],
  balancing: ["balancing"],
  ingress: ["balancing"],
  gateway: ["balancing"],
  mesh: ["balancing"],
  noEndpoints: ["balancing"],
};
const sizes = { wide: { width: 1280, height: 860 }, narrow: { width: 480, height: 860 } };
const themes: readonly ThemeKind[] = ["vscode-dark", "vscode-light", "vscode-high-contrast"];
/** These are looked at in every theme, the others in the dark one. */
const inAllThemes = ["rollout", "balancing"];

mkdirSync(folder, { recursive: true });
const browser = await launchBrowser();
try {
  for (const name of names.length > 0 ? names : Object.keys(samples)) {
    for (const theme of inAllThemes.includes(name) ? themes : themes.slice(0, 1)) await shoot(name, theme);
  }
} finally {
  await browser.close();
}

async function shoot(name: string, theme: ThemeKind): Promise<void> {
  const result = samples[name];
  if (result === undefined) throw new Error(`There is no sample ${name}`);
  for (const [size, viewport] of Object.entries(sizes)) {
    const webview = await WebviewPage.open(browser, { theme, viewport });
    for (const tab of tabsOf[name] ?? ["rollout"]) {
      await webview.show(result, tab);
      await webview.page.locator(`#tab-${tab}`).click();
      await webview.page.waitForLoadState("networkidle");
      await webview.page.waitForFunction(() => document.querySelector(".rollout, .flow, .empty, .rejected") !== null);
      await webview.page.waitForTimeout(600);
      await webview.page.screenshot({
        path: join(folder, `${name}-${tab}-${theme.replace("vscode-", "")}-${size}.png`),
      });
    }
    for (const complaint of webview.complaints) process.stdout.write(`${name} ${theme} ${size}: ${complaint}\n`);
    await webview.close();
  }
}
