import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { launchBrowser, Workbench } from "./browser.ts";
import { packExtension } from "./package.ts";
import { cache, examples, root, vsix } from "./paths.ts";
import { withPalette } from "./palette.ts";
import { run } from "./process.ts";
import { scenes } from "./scenes.ts";
import { startSession } from "./session.ts";

/**
 * `npm run screenshots [SCENE…]`: plays each scene in the real VS Code, in each theme, and keeps the picture in `.vscode-test/screenshots`.
 * The scenes that the README shows are kept in `images/`, too, those of the simulator in `images/simulator/`, with a palette instead of all colours.
 * Pictures are for people to look at; no test compares them.
 */
const themes = {
  dark: "Default Dark Modern",
  light: "Default Light Modern",
  "high-contrast": "Default High Contrast",
} as const;

const size = { width: 1280, height: 800 };

const pictures = join(cache, "screenshots");

async function main(names: readonly string[]): Promise<void> {
  await run(process.execPath, ["esbuild.mjs"], { cwd: root, deadline: 120_000 });
  await packExtension();
  mkdirSync(pictures, { recursive: true });
  const folder = join(cache, "screenshots-workspace/shop");
  rmSync(folder, { recursive: true, force: true });
  cpSync(examples, folder, { recursive: true });
  for (const theme of ["dark", "light", "high-contrast"] as const) await playAll(theme, folder, names);
}

async function playAll(theme: keyof typeof themes, folder: string, names: readonly string[]): Promise<void> {
  const settings = {
    "workbench.colorTheme": themes[theme],
    "editor.fontSize": 14,
    "editor.minimap.enabled": false,
    "window.title": "${activeEditorShort} - ${rootName} - Visual Studio Code",
  };
  const session = await startSession({ name: `screenshots-${theme}`, folder, extensions: [vsix], settings, say });
  const browser = await launchBrowser();
  try {
    const workbench = await Workbench.open(browser, session.url, size);
    for (const scene of scenes.filter(({ name }) => names.length === 0 || names.includes(name))) {
      await scene.play(workbench);
      const path = join(pictures, `${scene.name}-${theme}.png`);
      await workbench.picture(path);
      // The package, which holds the latter, has no room for the former.
      if (scene.readme === "every") keep(path, join(root, "images/simulator"), `${scene.name}-${theme}.png`);
      if (scene.readme === theme) keep(path, join(root, "images"), `${scene.name}.png`);
      say(path);
      await workbench.calmDown();
    }
  } finally {
    await browser.close();
    session.stop();
  }
}

function keep(path: string, folder: string, name: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), withPalette(readFileSync(path)));
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

await main(process.argv.slice(2));
