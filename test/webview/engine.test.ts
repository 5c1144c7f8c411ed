import assert from "node:assert/strict";
import { test } from "node:test";
import { engine } from "../../client/webview/engine/engine.ts";
import { seededRandom } from "../../server/src/base/random.ts";
import type { Scenario } from "../../server/src/simulation/scenario.ts";
import { launchBrowser } from "../vscode/browser.ts";
import { deployment, samples, service } from "./harness/samples.ts";
import { WebviewPage } from "./harness/webview.ts";

const count = 200;

test(`${count} scenarios give the same bytes in Node and in the webview's bundle`, async () => {
  const scenarios = Array.from({ length: count }, (_, index) => scenarioOf(index));
  const browser = await launchBrowser();
  try {
    const webview = await WebviewPage.open(browser);
    // As texts: the types of values that go into a page do not get to the end of nested JSON.
    const texts = scenarios.map((scenario) => JSON.stringify(scenario));
    const inPage = await webview.page.evaluate((all) => {
      const { drydockSimulation } = window;
      return all.map((text) => JSON.stringify(drydockSimulation?.simulate(JSON.parse(text) as Scenario)));
    }, texts);
    for (const [index, scenario] of scenarios.entries()) {
      assert.equal(inPage[index], JSON.stringify(engine.simulate(scenario)), JSON.stringify(scenario));
    }
  } finally {
    await browser.close();
  }
});

/** A scenario of its own for each number: kinds in turn, everything else by chance. */
function scenarioOf(index: number): Scenario {
  const random = seededRandom(index + 1);
  const upTo = (most: number): number => Math.floor(random() * (most + 1));
  const kinds = ["statefulset", "daemonset", "autoscaled"];
  const kind = kinds[index % 8];
  const pods = {
    default: {
      startupMs: upTo(4000),
      readyAfterMs: upTo(9000),
      readyJitterMs: upTo(3000),
      preStopMs: upTo(5000),
      terminationMs: upTo(8000),
    },
    rules: random() < 0.2 ? [{ revision: "new", ordinal: 1 + upTo(3), ready: "never" } as const] : [],
  };
  const sampled = kind === undefined ? undefined : samples[kind]?.scenario;
  if (sampled !== undefined) return { ...sampled, seed: index, pods };
  const spec = {
    replicas: upTo(14),
    minReadySeconds: upTo(6),
    progressDeadlineSeconds: 60,
    strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: `${10 + upTo(60)}%`, maxUnavailable: upTo(3) } },
  };
  return {
    version: 1,
    seed: index,
    objects: [deployment("shop/web:1", spec), service],
    actions: [
      { atMs: 0, apply: deployment("shop/web:2", spec) },
      ...(random() < 0.3 ? [{ atMs: upTo(9000), scale: "Deployment/web", replicas: upTo(20) }] : []),
      ...(random() < 0.2 ? [{ atMs: upTo(9000), undo: "Deployment/web" }] : []),
      ...(random() < 0.2 ? [{ atMs: upTo(9000), drainNode: "node-2" }] : []),
    ],
    pods,
    ...(random() < 0.4 ? { traffic: { service: "shop/web", requestsPerSecond: 10, clients: 4 } } : {}),
  };
}
