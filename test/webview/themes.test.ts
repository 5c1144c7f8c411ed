import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, describe, test } from "node:test";
import type { Browser } from "playwright-core";
import { english } from "../../client/webview/strings.ts";
import { launchBrowser } from "../vscode/browser.ts";
import type { ThemeKind } from "./harness/themes.ts";
import { withPage } from "./harness/with-page.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let browser: Browser;
before(async () => {
  browser = await launchBrowser();
});
after(() => browser.close());

describe("themes, motion and size", () => {
  const kinds: readonly ThemeKind[] = [
    "vscode-dark",
    "vscode-light",
    "vscode-high-contrast",
    "vscode-high-contrast-light",
  ];

  test("nothing of weight is wrong for assistive technology, in any theme and view", async () => {
    for (const theme of kinds) {
      for (const [name, tabs] of [
        ["rollout", ["rollout", "traffic", "compare"]],
        ["balancing", ["balancing"]],
        ["hundreds", ["rollout"]],
      ] as const) {
        await withPage(
          browser,
          name,
          async ({ page }) => {
            await page.evaluate(axe);
            for (const tab of tabs) {
              await page.locator(`#tab-${tab}`).click();
              assert.deepEqual(await page.evaluate(findViolations), [], `${theme}, ${name}, ${tab}`);
            }
          },
          { theme },
        );
      }
    }
  });

  test("colours are the theme's own", async () => {
    const backgrounds = new Set<string>();
    for (const theme of kinds.slice(0, 3)) {
      await withPage(
        browser,
        "rollout",
        async ({ page }) =>
          void backgrounds.add(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)),
        { theme },
      );
    }
    assert.equal(backgrounds.size, 3);
  });

  test("states differ by more than colour", () =>
    withPage(
      browser,
      "rollout",
      async ({ page }) => {
        await page.keyboard.press("Home");
        await page.keyboard.press("ArrowRight");
        const styleOf = (state: string): Promise<string> =>
          page
            .locator(`.tile.${state}`)
            .first()
            .evaluate((tile) => getComputedStyle(tile).borderTopStyle);
        assert.deepEqual([await styleOf("ready"), await styleOf("starting")], ["solid", "dashed"]);
        const struck = await page
          .locator(".tile.ending span")
          .first()
          .evaluate((text) => getComputedStyle(text).textDecorationLine);
        assert.equal(struck, "line-through");
        const filled = await page
          .locator(".tile.ready")
          .first()
          .evaluate((tile) => getComputedStyle(tile).backgroundColor);
        const empty = await page
          .locator(".tile.starting")
          .first()
          .evaluate((tile) => getComputedStyle(tile).backgroundColor);
        assert.notEqual(filled, empty);
      },
      { forcedColors: "active" },
    ));

  test("nothing moves for who wants less motion", () =>
    withPage(
      browser,
      "balancing",
      async ({ page }) => {
        assert.ok((await page.locator(".dot").count()) > 0);
        assert.equal(await page.locator(".dot").first().isVisible(), false);
      },
      { reducedMotion: "reduce" },
    ));

  test("a narrow panel folds the knobs into a bar, and nothing runs out of it", () =>
    withPage(
      browser,
      "rollout",
      async ({ page }) => {
        assert.equal(await page.locator("#knob-replicas").isVisible(), false);
        const bar = page.locator(".fold");
        assert.match(await bar.innerText(), /RollingUpdate · 25% \/ 25% · 6/);
        await bar.click();
        assert.equal(await page.locator("#knob-replicas").isVisible(), true);
        for (const tab of ["rollout", "traffic", "balancing", "compare"]) {
          await page.locator(`#tab-${tab}`).click();
          const excess = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
          assert.ok(excess <= 0, `${tab} is ${excess} px too wide`);
        }
      },
      { viewport: { width: 420, height: 800 } },
    ));

  test("twice the size fits as well", () =>
    withPage(
      browser,
      "rollout",
      async ({ page }) => {
        const excess = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        assert.ok(excess <= 0, `${excess} px too wide`);
        assert.equal(await page.locator(".fold").isVisible(), true);
      },
      { viewport: { width: 640, height: 430 }, deviceScaleFactor: 2 },
    ));

  test("a rollout of 10,000 pods is simulated beside the page, and the last setting of a moved knob is the one that is shown", () =>
    withPage(browser, "thousands", async ({ page }) => {
      assert.equal(await page.evaluate(() => window.drydockTest.workers), 1, "the page itself simulates nothing");
      await page.locator(".density").first().waitFor();
      const before = await page.evaluate(() => window.drydockTest.workers);
      await page.locator("#knob-maxSurge").press("ArrowRight");
      await page.locator("#knob-maxSurge").press("ArrowRight");
      await page
        .locator(".fencepost", { hasText: "max pods 13,500" })
        .or(page.locator(".fencepost", { hasText: "max pods 13500" }))
        .waitFor();
      assert.ok((await page.evaluate(() => window.drydockTest.workers)) > before);
      await page.locator("#tab-compare").click();
      await page.selectOption("#other-preset", { label: english.presetRecreate });
      await page.locator(".differences").waitFor();
    }));

  test("10,000 pods are strips with counts, and stay quick", () =>
    withPage(browser, "thousands", async ({ page }) => {
      await page.locator(".density").first().waitFor();
      assert.equal(await page.locator(".tile").count(), 0);
      const slowest = await page.evaluate(async () => {
        let worst = 0;
        for (const key of ["Home", ...Array.from({ length: 12 }, () => "ArrowRight")]) {
          const started = performance.now();
          window.dispatchEvent(new KeyboardEvent("keydown", { key }));
          await new Promise((resolve) => requestAnimationFrame(resolve));
          worst = Math.max(worst, performance.now() - started);
        }
        return worst;
      });
      assert.ok(slowest < 250, `${Math.round(slowest)} ms for a step`);
    }));
});

/** Runs in the page: serious and critical findings of axe. */
async function findViolations(): Promise<readonly string[]> {
  const { axe: found } = window as unknown as { axe: { run(): Promise<{ violations: readonly Violation[] }> } };
  const { violations } = await found.run();
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(" | ")}`);
}

interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string }[];
}
