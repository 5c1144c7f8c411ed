import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Browser } from "playwright-core";
import { launchBrowser } from "../vscode/browser.ts";
import { withPage } from "./harness/with-page.ts";

let browser: Browser;
before(async () => {
  browser = await launchBrowser();
});
after(() => browser.close());

describe("what the pictures show", () => {
  test("ordinals have their places whether their pods are there or not, and the partition stands between them", () =>
    withPage(browser, "statefulset", async ({ page }) => {
      const places = page.locator(".ordinals > li");
      const texts = async (): Promise<readonly string[]> =>
        places.evaluateAll((items) => items.map((item) => item.firstElementChild?.textContent ?? "|"));
      assert.deepEqual(await texts(), ["0", "1", "|", "2", "3", "4", "5"]);
      await page.keyboard.press("Home");
      await page.getByLabel("replicas", { exact: true }).last().fill("4");
      await page.getByRole("button", { name: "scale to 4" }).click();
      await page.keyboard.press("Escape");
      await page.locator(".transport button").last().click();
      await page.locator(".tile.missing").first().waitFor();
      assert.deepEqual(await texts(), ["0", "1", "|", "2", "3", "4", "5"]);
      assert.equal(await page.locator(".tile.missing").count(), 2);
    }));

  test("a node is a place while its pod is away", () =>
    withPage(browser, "daemonset", async ({ page }) => {
      await page.keyboard.press("Home");
      for (let step = 0; step < 6; step++) {
        assert.equal(await page.locator(".node").count(), 6);
        await page.keyboard.press("ArrowRight");
      }
    }));

  test("an autoscaler's own bounds are drawn where nothing is rolled out", () =>
    withPage(browser, "autoscaled", async ({ page }) => {
      assert.deepEqual(await page.locator(".fencepost text").allTextContents(), ["maxReplicas 24", "minReplicas 2"]);
    }));

  test("a rollout that never ends is opened where it stands still", () =>
    withPage(browser, "stalled", async ({ page }) => {
      assert.match(await page.locator(".status").innerText(), /exceeded its progress deadline/);
    }));

  test("of a million replicas the bounds are told, with a notice", () =>
    withPage(browser, "million", async ({ page }) => {
      assert.match(
        await page.locator(".say").innerText(),
        /^1,000,000 replicas are more than are simulated \(100,000\)/,
      );
      assert.deepEqual(await page.locator(".card b").allInnerTexts(), ["1,000,000", "1,250,000", "750,000"]);
    }));

  test("a narrow flow and narrow settings cut no text that can be wrapped", () =>
    withPage(
      browser,
      "ingress",
      async ({ page }) => {
        const flow = await page.locator(".flow svg").innerHTML();
        assert.doesNotMatch(flow, /…/);
        assert.match(flow, />10,000</);
      },
      { viewport: { width: 480, height: 860 } },
    ));

  test("a long choice has the room it needs", () =>
    withPage(browser, "rollout", async ({ page }) => {
      const chosen = page.locator("#knob-strategy");
      await chosen.selectOption("ingress-canary");
      const own = await chosen.evaluate((select: HTMLSelectElement) => {
        const copy = select.cloneNode(true) as HTMLSelectElement;
        copy.value = select.value;
        document.body.append(copy);
        return [select.offsetWidth, copy.offsetWidth];
      });
      assert.equal(own[0], own[1]);
    }));

  test("a Service without endpoints has a sentence instead of an empty table", () =>
    withPage(browser, "noEndpoints", async ({ page }) => {
      assert.match(await page.locator(".say").innerText(), /^Nothing answers behind this Service/);
      assert.equal(await page.locator("table").count(), 0);
    }));
});

describe("what is drawn anew", () => {
  test("a step of the time cursor changes no knob, no figure and no chart", () =>
    withPage(browser, "rollout", async ({ page }) => {
      await page.keyboard.press("Home");
      const changed = await page.evaluate(async () => {
        const seen = new Set<string>();
        const observer = new MutationObserver((records) => {
          for (const { target } of records) {
            const element = target instanceof Element ? target : target.parentElement;
            seen.add(element?.closest(".knob, .cards, .chart:not(.strip), .header")?.className.toString() ?? "");
          }
        });
        observer.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
        window.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight" }));
        await new Promise((resolve) => requestAnimationFrame(resolve));
        return [...seen];
      });
      assert.deepEqual(changed, [""]);
    }));
});
