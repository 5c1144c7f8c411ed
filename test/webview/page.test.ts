import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, describe, test } from "node:test";
import type { Browser } from "playwright-core";
import { english } from "../../client/webview/strings.ts";
import type { ScenarioResult } from "../../server/src/protocol/webview.ts";
import { launchBrowser } from "../vscode/browser.ts";
import { samples } from "./harness/samples.ts";
import type { ThemeKind } from "./harness/themes.ts";
import { type OpenOptions, WebviewPage } from "./harness/webview.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let browser: Browser;
before(async () => {
  browser = await launchBrowser();
});
after(() => browser.close());

/** Opens a sample, lets `use` work with it, and fails where the page complained: scripts, styles, the content security policy. */
async function withPage(
  name: string,
  use: (webview: WebviewPage) => Promise<void>,
  options: OpenOptions = {},
): Promise<void> {
  const webview = await WebviewPage.open(browser, options);
  try {
    const result = sample(name);
    await webview.show(result, result.object.startsWith("Service/") ? "balancing" : "rollout");
    await use(webview);
    assert.deepEqual(webview.complaints, []);
  } finally {
    await webview.close();
  }
}

function sample(name: string): ScenarioResult {
  const found = samples[name];
  assert.ok(found, name);
  return found;
}

const status = (webview: WebviewPage): Promise<string> => webview.page.locator(".status").innerText();
const cursor = (webview: WebviewPage): Promise<string | null> =>
  webview.page.locator(".cursor").getAttribute("aria-valuenow");

describe("the simulator in a page", () => {
  test("shows the object, the states, kubectl's line, the figures and the events", () =>
    withPage("rollout", async ({ page }) => {
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
    withPage("rollout", async (webview) => {
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
    withPage("rollout", async (webview) => {
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
    withPage("rollout", async (webview) => {
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
    withPage("rollout", async ({ page }) => {
      await page.locator("#knob-maxUnavailable").focus();
      for (let count = 0; count < 5; count++) await page.keyboard.press("ArrowLeft");
      await page.locator(".knob", { has: page.locator("#knob-maxUnavailable"), hasText: "= 0" }).waitFor();
      assert.match(await page.locator(".chart").first().innerHTML(), /min available 6/);
      await page.waitForFunction(() =>
        /against maxUnavailable/.test(document.querySelector(".cards")?.textContent ?? ""),
      );
    }));

  test("values are typed, wrong ones are refused, and Write to manifest hands the changed ones over", () =>
    withPage("rollout", async (webview) => {
      const { page } = webview;
      const field = page.locator(".knob", { has: page.locator("#knob-maxSurge") }).locator("input.value");
      await field.fill("many");
      assert.equal(await field.getAttribute("aria-invalid"), "true");
      await field.press("Enter");
      await field.fill("3");
      await field.press("Tab");
      await page.locator("button.primary").click();
      assert.deepEqual(await webview.posted(), [{ type: "write", object: "Deployment/web", values: { maxSurge: 3 } }]);
      await webview.send({ type: "written", outcome: "declined" });
      await page.getByText(english.writeDeclined).waitFor();
    }));

  test("an image is typed: the header names the update, and Write to manifest hands it over", () =>
    withPage("rollout", async (webview) => {
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
    withPage("rollout", async ({ page }) => {
      await page.getByLabel(english.chosenRevision).selectOption("1");
      await page.getByRole("button", { name: english.undo, exact: true }).click();
      await page.locator(".done li", { hasText: "undo to revision 1" }).waitFor();
      await page.locator(".events", { hasText: "Scaled up replica set web-<old>" }).waitFor();
      await page.getByRole("button", { name: /^Remove: / }).click();
      await page.locator(".done").waitFor({ state: "detached" });
    }));

  test("each step is one sentence for screen readers", () =>
    withPage("rollout", async ({ page }) => {
      await page.keyboard.press("Home");
      await page.keyboard.press("ArrowRight");
      const said = await page.locator("[aria-live=polite]").innerText();
      assert.match(said, /^0\.0 s: Scaled up replica set web-<new> from 0 to 2\. Scaled down[\s\S]*new, starting 2/);
      const slider = page.locator(".cursor");
      assert.match((await slider.getAttribute("aria-valuetext")) ?? "", /Waiting for deployment/);
    }));

  test("the focus goes through header, knobs and view in the order that is seen", () =>
    withPage("rollout", async ({ page }) => {
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
    withPage("rollout", async ({ page }) => {
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
    withPage("rollout", async (webview) => {
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
    await withPage("rollout", async (webview) => {
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
    withPage("rejected", async (webview) => {
      const { page } = webview;
      await page.getByRole("button", { name: /maxSurge: Invalid value: "lots"/ }).click();
      assert.equal((await webview.posted())[0]?.type, "reveal");
      await webview.send({ type: "nothing", revision: 1, why: "no-object", object: "Deployment/web", texts: {} });
      await page.getByText("Deployment/web is not in the file any more", { exact: false }).waitFor();
      await webview.send({ type: "nothing", revision: 1, why: "no-server", texts: {} });
      await page.getByText(english.noServer).waitFor();
    }));

  test("no sample leaves the panel blank", async () => {
    for (const name of Object.keys(samples)) {
      await withPage(name, async ({ page }) => {
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
    withPage("rollout", async (webview) => {
      await webview.show(sample("rollout"), "rollout", { [english.takes]: "dauert" });
      await webview.page.getByText("dauert").waitFor();
    }));

  test("a name that looks like markup stays a name", () =>
    withPage("rollout", async (webview) => {
      await webview.show({ ...sample("rollout"), namespace: "</script><img src=x>", revision: 2 });
      assert.equal(await webview.page.locator("img").count(), 0);
      assert.match(await webview.page.locator("h1").innerText(), /<\/script><img src=x>/);
    }));
});

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
      "balancing",
      async ({ page }) => {
        assert.ok((await page.locator(".dot").count()) > 0);
        assert.equal(await page.locator(".dot").first().isVisible(), false);
      },
      { reducedMotion: "reduce" },
    ));

  test("a narrow panel folds the knobs into a bar, and nothing runs out of it", () =>
    withPage(
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
      "rollout",
      async ({ page }) => {
        const excess = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        assert.ok(excess <= 0, `${excess} px too wide`);
        assert.equal(await page.locator(".fold").isVisible(), true);
      },
      { viewport: { width: 640, height: 430 }, deviceScaleFactor: 2 },
    ));

  test("a rollout of 10,000 pods is simulated beside the page, and the last setting of a moved knob is the one that is shown", () =>
    withPage("thousands", async ({ page }) => {
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
    withPage("thousands", async ({ page }) => {
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
