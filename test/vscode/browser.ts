import { type Browser, chromium, type Page } from "playwright-core";
import { findProgram } from "./paths.ts";

/** Chromium as Debian packages it, or the one that `CHROMIUM` names. */
export function findChromium(): string | undefined {
  return process.env["CHROMIUM"] ?? findProgram("chromium", "chromium-browser", "google-chrome");
}

export async function launchBrowser(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error("There is no chromium on PATH: sudo apt-get install chromium");
  return chromium.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/** A person at the keyboard of a workbench. Every wait has a deadline; nothing sleeps. */
export class Workbench {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
    page.setDefaultTimeout(30_000);
  }

  /** Opens the workbench and waits until it can be used. */
  static async open(browser: Browser, url: string, size = { width: 1280, height: 800 }): Promise<Workbench> {
    const page = await browser.newPage({ viewport: size });
    const workbench = new Workbench(page);
    await page.goto(url);
    await workbench.#ready();
    return workbench;
  }

  /** Reloads the window, as `Developer: Reload Window` does. */
  async reload(): Promise<void> {
    await this.page.reload();
    await this.#ready();
  }

  /** Keeps what is on the screen. */
  async picture(path: string): Promise<void> {
    await this.page.screenshot({ path });
  }

  /** After a failure: closes what may be open, without asking. */
  async calmDown(): Promise<void> {
    for (let count = 0; count < 3; count++) await this.page.keyboard.press("Escape");
    await this.command("File: Revert File").catch(() => undefined);
    await this.command("View: Close All Editors").catch(() => undefined);
  }

  async #ready(): Promise<void> {
    await this.page.locator(".monaco-workbench .part.editor").waitFor({ timeout: 60_000 });
    await this.page.locator(".explorer-folders-view .monaco-list-row").first().waitFor({ timeout: 60_000 });
  }

  /** Runs a command by its name in the palette, as a person does. */
  async command(name: string): Promise<void> {
    await this.pick(`>${name}`);
  }

  /** Opens a file by its path through quick open. */
  async open(path: string): Promise<void> {
    await this.pick(path);
    const file = path.split("/").at(-1) ?? path;
    await this.page.locator(`.tab.active[data-resource-name="${file}"]`).waitFor();
    await this.page.locator(".editor-group-container.active .view-line").first().waitFor();
  }

  /** Puts the cursor to a place, both counted from 1, and scrolls there. */
  async goTo(line: number, column: number): Promise<void> {
    await this.pick(`:${line}:${column}`);
    await this.page.locator(".statusbar-item", { hasText: `Ln ${line}, Col ${column}` }).waitFor();
  }

  /** Shows the hover at the cursor and returns what it says. */
  async hover(): Promise<string> {
    await this.command("Show or Focus Hover");
    const hover = this.page.locator(".monaco-resizable-hover:visible, .monaco-hover:visible").first();
    await hover.waitFor();
    return hover.innerText();
  }

  /** The text of the editor that has the name in its tab. */
  editor(name: string | RegExp): ReturnType<Page["locator"]> {
    const tab = this.page.locator(".tab.active", { hasText: name });
    return this.page.locator(".editor-group-container", { has: tab }).locator(".view-lines");
  }

  /** Types what a quick input takes, waits for its first answer to fit and accepts it. */
  async pick(text: string): Promise<void> {
    await this.page.keyboard.press("F1");
    const input = this.page.locator(".quick-input-widget:visible input[type=text]").first();
    await input.waitFor();
    await input.fill(text);
    const wanted = text.replace(/^[>:]/, "").split("/").at(-1) ?? "";
    const row = this.page.locator(".quick-input-list .monaco-list-row.focused");
    if (text.startsWith(":")) await row.first().waitFor();
    else await row.filter({ hasText: wanted }).first().waitFor();
    await this.page.keyboard.press("Enter");
    await this.page.locator(".quick-input-widget").waitFor({ state: "hidden" });
  }
}
