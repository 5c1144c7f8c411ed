import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { pageOf } from "../../../client/src/simulator/html.ts";
import type {
  HostMessage,
  ScenarioResult,
  SimulatorTab,
  WebviewMessage,
} from "../../../server/src/protocol/webview.ts";
import { root } from "../../vscode/paths.ts";
import { type ThemeKind, themes } from "./themes.ts";

const origin = "https://drydock.test";

/** How the page is opened; all of it has a default. */
export interface OpenOptions extends Pick<
  BrowserContextOptions,
  "reducedMotion" | "forcedColors" | "viewport" | "deviceScaleFactor"
> {
  readonly theme?: ThemeKind;
  /** What VS Code kept of an earlier page. */
  readonly kept?: unknown;
}

/** The simulator in a page of Chromium, with the real bundle, the real policy and a VS Code that is played. */
export class WebviewPage {
  readonly page: Page;
  /** What the browser complained about: errors, and violations of the policy. */
  readonly complaints: string[] = [];

  private constructor(page: Page) {
    this.page = page;
  }

  static async open(browser: Browser, options: OpenOptions = {}): Promise<WebviewPage> {
    const { theme = "vscode-dark", kept, ...contextOptions } = options;
    const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, ...contextOptions });
    const page = await context.newPage();
    const webview = new WebviewPage(page);
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") webview.complaints.push(message.text());
    });
    page.on("pageerror", (error) => webview.complaints.push(String(error)));
    await page.addInitScript(playVsCode, { variables: themes[theme], theme, kept: kept ?? null });
    await page.route(`${origin}/**`, (route) => route.fulfill(answerTo(new URL(route.request().url()).pathname)));
    await page.goto(`${origin}/`);
    await page.waitForFunction(() => window.drydockTest.posted.length > 0);
    return webview;
  }

  async send(message: HostMessage): Promise<void> {
    await this.page.evaluate((data: unknown) => window.postMessage(data, "*"), message as unknown);
  }

  async show(
    result: ScenarioResult,
    tab: SimulatorTab = "rollout",
    texts: Readonly<Record<string, string>> = {},
  ): Promise<void> {
    await this.send({ type: "scenario", result, texts, tab });
    await this.page.waitForSelector(".app, .empty");
  }

  /** What the page told the extension, except the greeting. */
  async posted(): Promise<readonly WebviewMessage[]> {
    const all = await this.page.evaluate(() => window.drydockTest.posted);
    return all.filter(({ type }) => type !== "ready");
  }

  async kept(): Promise<unknown> {
    return this.page.evaluate(() => window.drydockTest.kept);
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}

declare global {
  interface Window {
    /** `workers`: how many the page has started. */
    drydockTest: { readonly posted: WebviewMessage[]; kept: unknown; workers: number };
    acquireVsCodeApi: () => object;
  }
}

interface Played {
  readonly variables: Readonly<Record<string, string>>;
  readonly theme: string;
  readonly kept: unknown;
}

/** Runs in the page before its scripts: what VS Code puts into a webview. */
function playVsCode({ variables, theme, kept }: Played): void {
  window.drydockTest = { posted: [], kept, workers: 0 };
  const { Worker } = window;
  window.Worker = class extends Worker {
    constructor(script: string | URL) {
      super(script);
      window.drydockTest.workers++;
    }
  };
  window.acquireVsCodeApi = () => ({
    postMessage: (message: WebviewMessage) => void window.drydockTest.posted.push(message),
    getState: () => window.drydockTest.kept ?? undefined,
    setState: (state: unknown) => void (window.drydockTest.kept = state),
  });
  document.addEventListener("DOMContentLoaded", () => {
    document.body.classList.add(theme, ...(theme === "vscode-high-contrast-light" ? ["vscode-high-contrast"] : []));
    for (const [name, value] of Object.entries(variables))
      document.documentElement.style.setProperty(`--vscode-${name}`, value);
  });
}

/** The bundle as it is when the first page is opened. */
const bundle = new Map<string, string>();

function built(path: string): string {
  const found = bundle.get(path) ?? readFileSync(join(root, "dist", path), "utf8");
  bundle.set(path, found);
  return found;
}

function answerTo(path: string): { readonly body: string; readonly contentType: string } {
  if (path === "/") return { body: page(), contentType: "text/html; charset=utf-8" };
  const contentType = path.endsWith(".css") ? "text/css" : "text/javascript";
  const isKnown = ["/simulation.js", "/balancing.js", "/webview.js", "/webview.css"].includes(path);
  return {
    body: isKnown ? built(path) : "",
    contentType: `${contentType}; charset=utf-8`,
  };
}

function page(): string {
  return pageOf({
    cspSource: origin,
    scripts: ["simulation.js", "balancing.js", "webview.js"].map((name) => `${origin}/${name}`),
    style: `${origin}/webview.css`,
    nonce: "bm9uY2UtZm9yLXRlc3Rz",
    language: "en",
    title: "Simulator",
  });
}
