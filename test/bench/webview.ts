import type { CDPSession, Page } from "playwright-core";
import { findChromium, launchBrowser } from "../vscode/browser.ts";
import { deployment, resultOf } from "../webview/harness/samples.ts";
import { WebviewPage } from "../webview/harness/webview.ts";
import { type Durations, summary } from "./figures.ts";

/** What one view feels like, in milliseconds. */
export interface WebviewFigures {
  readonly name: string;
  /** From the event to the end of the frame that shows it, or from one frame to the next: with the wait for the display, and for a busy machine. */
  readonly seen: Durations;
  /** The processor's time of it on the page's main thread: script, layout and paint. */
  readonly work: Durations;
}

/** The simulator in Chromium: how soon a moved knob is painted, and how evenly a rollout plays. None where there is no Chromium. */
export async function measureWebview(): Promise<readonly WebviewFigures[]> {
  if (findChromium() === undefined) return [];
  const browser = await launchBrowser();
  const measured = async (name: string, size: Size, measure: Measure): Promise<WebviewFigures> => {
    const webview = await WebviewPage.open(browser);
    try {
      await webview.show(update(size));
      await webview.page.locator(".rollout .chart").first().waitFor();
      return { name, ...figuresOf(await measure(webview.page)) };
    } finally {
      await webview.close();
    }
  };
  try {
    return [
      await measured("knob to paint, 50 pods", fifty, moveKnob),
      await measured("cursor to paint, 50 pods", fifty, moveCursor),
      await measured("frames, 50 pods", fifty, play),
      await measured("cursor to paint, 10,000 pods", oneByOne, moveCursor),
      await measured("frames, 10,000 pods", { replicas: 10_000, readyJitterMs: 0 }, play),
      await measured("frames, 10,000 pods, one by one", oneByOne, play),
    ];
  } finally {
    await browser.close();
  }
}

interface Size {
  readonly replicas: number;
  /** Pods that get ready at times of their own are a step each. */
  readonly readyJitterMs: number;
}

const fifty: Size = { replicas: 50, readyJitterMs: 2500 };
const oneByOne: Size = { replicas: 10_000, readyJitterMs: 20_000 };

type Measure = (page: Page) => Promise<readonly Sample[]>;

function update({ replicas, readyJitterMs }: Size): ReturnType<typeof resultOf> {
  const [before, after] = ["shop/web:1.4", "shop/web:1.5"].map((image) => deployment(image, { replicas }));
  const result = resultOf({ before: before!, after: after! });
  const pods = { default: { ...result.scenario.pods?.default, readyJitterMs } };
  return { ...result, scenario: { ...result.scenario, pods } };
}

const presses = 60;

/** A slider moved by keys, back and forth: each press simulates the rollout anew. */
async function moveKnob(page: Page): Promise<readonly Sample[]> {
  await page.locator("#knob-maxUnavailable").focus();
  return pressed(page, "input", (round) => (round % 20 < 10 ? "ArrowRight" : "ArrowLeft"));
}

/** The time cursor moved by keys, one step of the controllers at a time. */
async function moveCursor(page: Page): Promise<readonly Sample[]> {
  await page.keyboard.press("Home");
  return pressed(page, "keydown", () => "ArrowRight");
}

async function pressed(page: Page, event: string, key: (round: number) => string): Promise<readonly Sample[]> {
  return traced(page, async () => {
    await page.evaluate(markPaints, event);
    for (let round = 0; round < presses; round++) {
      await page.keyboard.press(key(round));
      await page.waitForFunction((count) => performance.getEntriesByName("drydock end").length > count, round);
    }
  });
}

/** From the first step to the last at the speed that the view chooses. */
async function play(page: Page): Promise<readonly Sample[]> {
  await page.keyboard.press("Home");
  return traced(page, async () => {
    await page.evaluate(markFrames);
    await page.keyboard.press(" ");
    await page.locator(".cursor:not([aria-valuenow='0'])").waitFor();
    await page.waitForFunction(hasPlayed, undefined, { timeout: 120_000, polling: 500 });
  });
}

interface Sample {
  readonly seenMs: number;
  readonly workMs: number;
}

/** A mark of the page in Chromium's trace: times in microseconds, of the clock and of the thread. */
interface Mark {
  readonly name: string;
  readonly ts: number;
  readonly tts: number;
}

/** What passes between the page's marks while something is done; from a frame to the next where nothing else begins. */
async function traced(page: Page, act: () => Promise<void>): Promise<readonly Sample[]> {
  const session = await page.context().newCDPSession(page);
  const marks = await marksOf(session, act);
  const samples: Sample[] = [];
  for (const [index, { name, ts, tts }] of marks.entries()) {
    const before = marks[index - 1];
    if (name !== "drydock end" || before === undefined) continue;
    samples.push({ seenMs: (ts - before.ts) / 1000, workMs: (tts - before.tts) / 1000 });
  }
  return samples;
}

async function marksOf(session: CDPSession, act: () => Promise<void>): Promise<readonly Mark[]> {
  const marks: Mark[] = [];
  session.on("Tracing.dataCollected", ({ value }) => {
    for (const event of value as unknown as readonly Mark[]) if (event.name.startsWith("drydock ")) marks.push(event);
  });
  await session.send("Tracing.start", { traceConfig: { includedCategories: ["blink.user_timing"] } });
  await act();
  const complete = new Promise<void>((resolve) => session.once("Tracing.tracingComplete", () => resolve()));
  await session.send("Tracing.end");
  await complete;
  return marks.sort((a, b) => a.ts - b.ts);
}

/** The first tenth warms up and does not count. */
function figuresOf(samples: readonly Sample[]): Omit<WebviewFigures, "name"> {
  const warm = samples.slice(Math.ceil(samples.length / 10));
  return { seen: summary(warm.map(({ seenMs }) => seenMs)), work: summary(warm.map(({ workMs }) => workMs)) };
}

/** Runs in the page. A task that was posted within a frame comes when that frame is painted. */
function markPaints(type: string): void {
  const mark = (): void => {
    performance.mark("drydock begin");
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => performance.mark("drydock end");
      port2.postMessage(undefined);
    });
  };
  window.addEventListener(type, mark, { capture: true });
}

/** Runs in the page: marks the end of each frame, as long as the page lives. */
function markFrames(): void {
  requestAnimationFrame(function frame(): void {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => performance.mark("drydock end");
    port2.postMessage(undefined);
    requestAnimationFrame(frame);
  });
}

/** Runs in the page: whether the time cursor stands at the end. */
function hasPlayed(): boolean {
  const cursor = document.querySelector(".cursor");
  return cursor?.getAttribute("aria-valuenow") === cursor?.getAttribute("aria-valuemax");
}
