import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Browser } from "playwright-core";
import { english } from "../../client/webview/strings.ts";
import { launchBrowser } from "../vscode/browser.ts";
import { samples } from "./harness/samples.ts";
import { WebviewPage } from "./harness/webview.ts";
import { sample, withPage } from "./harness/with-page.ts";

let browser: Browser;
before(async () => {
  browser = await launchBrowser();
});
after(() => browser.close());

const status = (webview: WebviewPage): Promise<string> => webview.page.locator(".status").innerText();
const cursor = (webview: WebviewPage): Promise<string | null> =>
  webview.page.locator(".cursor").getAttribute("aria-valuenow");

describe("the simulator in a page", () => {
  test("shows the object, the states, kubectl's line, the figures and the events", () =>
    withPage(browser, "rollout", async ({ page }) => {
      assert.equal(await page.locator("h1").innerText(), "Deployment shop/web");
      assert.match(await page.locator(".header").innerText(), /overlays\/prod[\s\S]*web:1\.4[\s\S]*web:1\.5/);
      assert.match(
        await page.locator(".status").innerText(),
        /^Waiting for deployment "web" rollout to finish: \d out of 6/,
      );
      assert.match(await page.locator(".card", { hasText: english.lowestAvailable }).innerText(), /5 of 6/);
      const first = page.locator(".events tbody tr").first();
      assert.match(await first.innerText(), /Scaled up replica set web-<new> from 0 to 2[\s\S]*6 of 8/);
      assert.match(await page.locator(".chart").first().innerHTML(), /max pods 8[\s\S]*min available 5/);
    }));

  test("the knobs show what is effective, where it stands and what no manifest sets", () =>
    withPage(browser, "rollout", async (webview) => {
      const { page } = webview;
      const surge = page.locator(".knob", { has: page.locator("#knob-maxSurge") });
      assert.equal(await surge.locator("input.value").inputValue(), "25%");
      assert.match(await surge.innerText(), /= 2/);
      await surge.locator("button.source").click();
      assert.deepEqual(await webview.posted(), [
        { type: "reveal", location: sample("rollout").sources.fields["Deployment/web"]?.maxSurge },
      ]);
      const unset = page.locator(".knob", { has: page.locator("#knob-minReadySeconds") });
      assert.match((await unset.getAttribute("class")) ?? "", /unset/);
      assert.match(
        await page.locator(".knob", { has: page.locator("#knob-readyAfterMs") }).innerText(),
        /readinessProbe[\s\S]*periodSeconds 10/,
      );
      assert.match(await page.locator(".knob", { has: page.locator("#knob-startupMs") }).innerText(), /assumed/);
    }));

  test("time is moved by keys: steps, the ends, and playing", () =>
    withPage(browser, "rollout", async (webview) => {
      const { page } = webview;
      await page.keyboard.press("Home");
      assert.equal(await cursor(webview), "0");
      assert.match(await status(webview), /successfully rolled out/);
      await page.keyboard.press("ArrowRight");
      assert.match(await status(webview), /0 out of 6/);
      await page.keyboard.press("End");
      assert.match(await status(webview), /successfully rolled out/);
      await page.keyboard.press("ArrowLeft");
      await page.keyboard.press("Home");
      await page.keyboard.press(" ");
      await page.waitForFunction(() => Number(document.querySelector(".cursor")?.getAttribute("aria-valuenow")) > 0.5);
      await page.keyboard.press(" ");
      assert.equal(await page.locator(".transport button").nth(2).getAttribute("aria-label"), english.play);
    }));

  test("a click on the chart and on an event are places in time", () =>
    withPage(browser, "rollout", async (webview) => {
      const { page } = webview;
      const box = await page.locator(".cursor-area").boundingBox();
      assert.ok(box);
      await page.mouse.click(box.x + box.width * 0.8, box.y + 100);
      const late = Number(await cursor(webview));
      assert.ok(late > 20, `${late} s`);
      await page.locator(".events tbody tr").first().locator("button").click();
      assert.equal(await cursor(webview), "0");
    }));

  test("a knob moved by keys changes everything at once, and the figures name the difference", () =>
    withPage(browser, "rollout", async ({ page }) => {
      await page.locator("#knob-maxUnavailable").focus();
      for (let count = 0; count < 5; count++) await page.keyboard.press("ArrowLeft");
      await page.locator(".knob", { has: page.locator("#knob-maxUnavailable"), hasText: "= 0" }).waitFor();
      assert.match(await page.locator(".chart").first().innerHTML(), /min available 6/);
      await page.waitForFunction(() =>
        /against maxUnavailable/.test(document.querySelector(".cards")?.textContent ?? ""),
      );
    }));

  test("values are typed, wrong ones are refused, and Write to manifest hands the changed ones over", () =>
    withPage(browser, "rollout", async (webview) => {
      const { page } = webview;
      const field = page.locator(".knob", { has: page.locator("#knob-maxSurge") }).locator("input.value");
      await field.fill("many");
      assert.equal(await field.getAttribute("aria-invalid"), "true");
      await field.press("Enter");
      await field.fill("3");
      await field.press("Tab");
      await page.locator("button.primary").click();
      assert.deepEqual(await webview.posted(), [{ type: "write", object: "Deployment/web", values: { maxSurge: 3 } }]);
      await webview.send({ type: "written", outcome: "failed" });
      await page.getByText(english.writeFailed).waitFor();
    }));

  test("an image is typed: the header names the update, and Write to manifest hands it over", () =>
    withPage(browser, "rollout", async (webview) => {
      const { page } = webview;
      const field = page.locator("#knob-image-web");
      await field.fill("shop/web: 2");
      assert.equal(await field.getAttribute("aria-invalid"), "true");
      await field.fill("shop/web:2");
      await field.press("Enter");
      await page.locator(".header", { hasText: "web:2" }).waitFor();
      await page.getByRole("button", { name: english.write }).click();
      assert.deepEqual(await webview.posted(), [
        { type: "write", object: "Deployment/web", values: {}, images: { web: "shop/web:2" } },
      ]);
    }));

  test("a rollout goes back to a chosen revision, and the action can be taken back", () =>
    withPage(browser, "rollout", async ({ page }) => {
      await page.getByLabel(english.chosenRevision).selectOption("1");
      await page.getByRole("button", { name: english.undo, exact: true }).click();
      await page.locator(".done li", { hasText: "undo to revision 1" }).waitFor();
      await page.locator(".events", { hasText: "Scaled up replica set web-<old>" }).waitFor();
      await page.getByRole("button", { name: /^Remove: / }).click();
      await page.locator(".done").waitFor({ state: "detached" });
    }));

  test("each step is one sentence for screen readers", () =>
    withPage(browser, "rollout", async ({ page }) => {
      await page.keyboard.press("Home");
      await page.keyboard.press("ArrowRight");
      const said = await page.locator("[aria-live=polite]").innerText();
      assert.match(said, /^0\.0 s: Scaled up replica set web-<new> from 0 to 2\. Scaled down[\s\S]*new, starting 2/);
      const slider = page.locator(".cursor");
      assert.match((await slider.getAttribute("aria-valuetext")) ?? "", /Waiting for deployment/);
    }));

  test("the focus goes through header, knobs and view in the order that is seen", () =>
    withPage(browser, "rollout", async ({ page }) => {
      const seen: string[] = [];
      for (let count = 0; count < 60; count++) {
        await page.keyboard.press("Tab");
        const at = await page.evaluate(() => document.activeElement?.closest("header, aside, main")?.tagName ?? "");
        if (seen.at(-1) !== at) seen.push(at);
      }
      assert.deepEqual(seen.slice(0, 3), ["HEADER", "ASIDE", "MAIN"]);
      const visible = await page.evaluate(() => getComputedStyle(document.activeElement ?? document.body).outlineStyle);
      assert.notEqual(visible, "none");
    }));

  test("the tabs are a list of tabs, moved through by arrow keys", () =>
    withPage(browser, "rollout", async ({ page }) => {
      await page.locator("#tab-rollout").focus();
      await page.keyboard.press("ArrowRight");
      assert.equal(await page.locator("#tab-traffic").getAttribute("aria-selected"), "true");
      await page.getByText(english.whatIf).waitFor();
      await page.keyboard.press("ArrowRight");
      await page.locator(".flow").waitFor();
    }));
});

describe("what comes and goes", () => {
  test("an answer of an older revision changes nothing; the file that changes does", () =>
    withPage(browser, "rollout", async (webview) => {
      const { page } = webview;
      await webview.show({ ...sample("rollout"), revision: 7, namespace: "seventh" });
      await page.getByText("Deployment seventh/web").waitFor();
      await webview.show({ ...sample("rollout"), revision: 3, namespace: "third" });
      await webview.send({ type: "written", outcome: "written" });
      await page.getByText(english.written).waitFor();
      assert.equal(await page.locator("h1").innerText(), "Deployment seventh/web");
    }));

  test("knobs, tab and place come back after a reload", async () => {
    let kept: unknown;
    await withPage(browser, "rollout", async (webview) => {
      const field = webview.page
        .locator(".knob", { has: webview.page.locator("#knob-replicas") })
        .locator("input.value");
      await field.fill("9");
      await field.press("Tab");
      await webview.page.locator("#tab-traffic").click();
      kept = await webview.kept();
    });
    const again = await WebviewPage.open(browser, { kept });
    try {
      await again.show(sample("rollout"));
      assert.equal(await again.page.locator("#tab-traffic").getAttribute("aria-selected"), "true");
      const field = again.page.locator(".knob", { has: again.page.locator("#knob-replicas") }).locator("input.value");
      assert.equal(await field.inputValue(), "9");
    } finally {
      await again.close();
    }
  });

  test("the API server's words lead to their line; the object that is gone and the missing server say so", () =>
    withPage(browser, "rejected", async (webview) => {
      const { page } = webview;
      await page.getByRole("button", { name: /maxSurge: Invalid value: "lots"/ }).click();
      assert.equal((await webview.posted())[0]?.type, "reveal");
      await webview.send({ type: "nothing", revision: 1, why: "no-object", object: "Deployment/web", texts: {} });
      await page.getByText("Deployment/web is not in the file any more", { exact: false }).waitFor();
      assert.equal(await page.locator(".rejected").count(), 1, "what was shown last stays");
      await webview.send({ type: "nothing", revision: 1, why: "no-server", texts: {} });
      await page.getByText(english.noServer).waitFor();
    }));

  test("a half-typed file keeps the last picture, its knobs and its place, with a notice until it can be read again", () =>
    withPage(browser, "rollout", async (webview) => {
      const { page } = webview;
      await page.keyboard.press("End");
      const place = await cursor(webview);
      await webview.send({ type: "nothing", revision: 2, why: "no-object", object: "Deployment/web", texts: {} });
      await page.locator(".stale", { hasText: english.lastState }).waitFor();
      assert.equal(await page.locator(".chart").first().isVisible(), true);
      assert.equal(await cursor(webview), place);
      await webview.show({ ...sample("rollout"), revision: 3 });
      await page.locator(".stale").waitFor({ state: "detached" });
    }));

  test("without any picture the panel says what is missing", async () => {
    const webview = await WebviewPage.open(browser);
    try {
      await webview.send({ type: "nothing", revision: 1, why: "no-object", texts: {} });
      await webview.page.getByText(english.noObject).waitFor();
    } finally {
      await webview.close();
    }
  });

  test("no sample leaves the panel blank", async () => {
    for (const name of Object.keys(samples)) {
      await withPage(browser, name, async ({ page }) => {
        for (const tab of ["rollout", "traffic", "balancing", "compare"]) {
          await page.locator(`#tab-${tab}`).click();
          await page.locator("#view:not(:has([aria-busy]))").waitFor();
          const text = await page.locator("#view").innerText();
          assert.ok(text.trim().length > 20, `${name}, ${tab}`);
          assert.doesNotMatch(text, /undefined|NaN|\[object/, `${name}, ${tab}`);
        }
      });
    }
  });

  test("texts come from the translations", () =>
    withPage(browser, "rollout", async (webview) => {
      await webview.show(sample("rollout"), "rollout", { [english.takes]: "dauert" });
      await webview.page.getByText("dauert").waitFor();
    }));

  test("a name that looks like markup stays a name", () =>
    withPage(browser, "rollout", async (webview) => {
      await webview.show({ ...sample("rollout"), namespace: "</script><img src=x>", revision: 2 });
      assert.equal(await webview.page.locator("img").count(), 0);
      assert.match(await webview.page.locator("h1").innerText(), /<\/script><img src=x>/);
    }));
});
