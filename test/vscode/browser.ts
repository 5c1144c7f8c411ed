import { type Browser, chromium, type FrameLocator, type Page } from "playwright-core";
import { findProgram } from "./paths.ts";
import { within } from "./process.ts";

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

  /** Reloads the window once the workbench has kept the editors, which it does every few seconds: what it keeps has all of these texts. */
  async reload(...kept: readonly string[]): Promise<void> {
    await within(30_000, `${kept.join(" and ")} among the kept editors`, this.page.evaluate(untilStored, kept));
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

  /** Waits for a text in the simulator. */
  async simulatorShows(text: RegExp): Promise<void> {
    await this.simulator().getByText(text).first().waitFor();
  }

  /** The simulator, which is a frame within a frame. */
  simulator(): FrameLocator {
    return this.page.frameLocator("iframe.webview.ready").frameLocator("#active-frame");
  }

  /** Saves the active editor, and waits until that is done. */
  async save(): Promise<void> {
    await this.page.keyboard.press("Control+S");
    await this.page.locator(".editor-group-container.active .tab.active:not(.dirty)").waitFor();
  }

  /** A line of the active editor that has the text; lines stand in no certain order on the page, and with hints between the words. */
  line(text: string | RegExp): ReturnType<Page["locator"]> {
    return this.page.locator(".editor-group-container.active .view-line", { hasText: text });
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
    // A command may ask something in the same widget, which then does not hide.
    await this.page.waitForFunction((typed) => {
      const widget = document.querySelector<HTMLElement>(".quick-input-widget");
      const box = widget?.querySelector<HTMLInputElement>("input[type=text]");
      return widget === null || widget.style.display === "none" || box?.value !== typed;
    }, text);
  }

  /** A squiggle in the active editor; `info` is how the workbench calls information. */
  squiggle(severity: "error" | "warning" | "info"): ReturnType<Page["locator"]> {
    return this.page.locator(`.editor-group-container.active .squiggly-${severity}`).first();
  }

  /** A choice of the completion list that is open. */
  suggestion(label: string): ReturnType<Page["locator"]> {
    return this.page.locator(".suggest-widget.visible .monaco-list-row", { hasText: label }).first();
  }

  /** The focused choice of the light bulb's list. */
  action(title: string): ReturnType<Page["locator"]> {
    return this.page.locator(".action-widget:visible .monaco-list-row.action.focused", { hasText: title });
  }

  /**
   * Opens the light bulb's list, which has a choice of that title. The workbench closes it, or finds nothing, when the findings are renewed at the same
   * moment: then a person presses once more.
   */
  async openActions(title: string): Promise<void> {
    const choice = this.page.locator(".action-widget:visible .monaco-list-row.action", { hasText: title }).first();
    for (let presses = 1; presses < 5; presses++) {
      await this.page.keyboard.press("Control+.");
      const isOpen = choice.waitFor({ timeout: 6000 }).then(
        () => true,
        () => false,
      );
      if (await isOpen) return;
    }
    await this.page.keyboard.press("Control+.");
    await choice.waitFor();
  }

  /** Goes down in the light bulb's list until the choice of that title has the focus. */
  async goToAction(title: string): Promise<void> {
    const rows = this.page.locator(".action-widget:visible .monaco-list-row.action");
    await rows.filter({ hasText: title }).first().waitFor();
    const count = await rows.count();
    for (let step = 0; step < count && !(await this.action(title).isVisible()); step++)
      await this.page.keyboard.press("ArrowDown");
    await this.action(title).waitFor();
  }
}

/** Looks with every frame into the workbench's own database, in which it finds its editors again after a reload, until these texts are there. */
async function untilStored(texts: readonly string[]): Promise<void> {
  const requested = <Result>(request: IDBRequest<Result>): Promise<Result> =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(new Error(request.error?.message ?? "no answer"));
    });
  const stored = async (): Promise<string> => {
    const states = [];
    for (const { name = "" } of await indexedDB.databases()) {
      if (!name.startsWith("vscode-web-state-db-")) continue;
      const database = await requested(indexedDB.open(name));
      const table = database.transaction("ItemTable").objectStore("ItemTable");
      states.push(await requested<unknown>(table.get("memento/workbench.parts.editor")));
      database.close();
    }
    return states.join("\n");
  };
  for (let state = ""; !texts.every((text) => state.includes(text)); state = await stored())
    await new Promise((resolve) => requestAnimationFrame(resolve));
}
