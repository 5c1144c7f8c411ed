import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { balanceAsWritten } from "../../client/webview/model/balancing.ts";
import { neighbour, stepAt } from "../../client/webview/model/place.ts";
import { requestsOf } from "../../client/webview/model/requests.ts";
import { availableOf, runOf, totalOf } from "../../client/webview/model/run.ts";
import { changedImages, shownImages } from "../../client/webview/model/images.ts";
import type { Scenario } from "../../server/src/simulation/scenario.ts";
import {
  asWritten,
  changedValues,
  imageOf,
  tuned,
  type Tuning,
  workloadOf,
} from "../../client/webview/model/tuning.ts";
import { balance, direct, waysOf } from "../../client/webview/model/ways.ts";
import { textAt, withValue } from "../../client/webview/model/json.ts";
import { valueOf, versionsOf } from "../../client/webview/view/versions.ts";
import { linear, ticks } from "../../client/webview/scale.ts";
import { engine } from "../../client/webview/engine/engine.ts";
import { english, translator } from "../../client/webview/strings.ts";
import { outcomeText, whyOf } from "../../client/webview/why.ts";
import type { ScenarioResult } from "../../server/src/protocol/webview.ts";
import { deployment, resultOf, samples } from "./harness/samples.ts";

const t = translator({});

function sample(name: string): ScenarioResult {
  const found = samples[name];
  assert.ok(found, name);
  return found;
}

function runWith(name: string, change: Partial<Tuning> = {}): ReturnType<typeof runOf> {
  return runOf(engine, tuned(engine, sample(name), { ...asWritten, ...change }));
}

/** The images before and after of a scenario with one update. */
function imagesIn({ objects, actions = [] }: Scenario): readonly string[] {
  const after = actions.flatMap((action) => ("apply" in action ? [action.apply] : []));
  return [...objects.filter(({ kind }) => kind === "Deployment"), ...after].map(imageOf);
}

describe("what the views draw", () => {
  test("the counts keep within the fenceposts, and end with all pods new and ready", () => {
    const { counts, recording } = runWith("rollout");
    assert.ok(counts.every((each) => availableOf(each) >= recording.fenceposts.minAvailable));
    assert.ok(counts.every((each) => totalOf(each) - each.ending <= recording.fenceposts.maxPods));
    const last = counts.at(-1);
    assert.deepEqual([last?.oldReady, last?.newReady, last?.newStarting], [0, 6, 0]);
  });

  test("a knob changes both states: the effective bounds follow", () => {
    const { recording } = runWith("rollout", { values: { replicas: 10, maxSurge: "50%", maxUnavailable: 0 } });
    assert.equal(recording.fenceposts.maxPods, 15);
    assert.equal(recording.fenceposts.minAvailable, 10);
  });

  test("bounds that leave no room are refused in the API server's words", () => {
    const { recording } = runWith("rollout", { values: { maxSurge: 0, maxUnavailable: "0%" } });
    assert.equal(recording.summary.outcome, "rejected");
    assert.match(recording.summary.messages?.[0] ?? "", /may not be 0 when `maxSurge` is 0/);
  });

  test("the timings, the failing pod and the missing probe reach the simulation", () => {
    const slow = runWith("rollout", { timings: { readyAfterMs: 20_000 } });
    assert.ok(slow.recording.summary.durationMs > runWith("rollout").recording.summary.durationMs);
    assert.equal(runWith("rollout", { failing: "all" }).recording.summary.outcome, "deadline-exceeded");
    const early = tuned(engine, sample("rollout"), { ...asWritten, readiness: false });
    const failed = requestsOf(engine, early, 30_000)?.summary.failedRequests ?? 0;
    assert.ok(failed > 0, `${failed} failed without a readiness probe`);
  });

  test("each strategy is made of the person's own objects", () => {
    const greens = runWith("rollout", { strategy: "blue-green", decideAtMs: 30_000 });
    assert.ok(greens.counts.some(({ oldReady, newReady }) => oldReady === 6 && newReady === 6));
    const canary = runWith("rollout", { strategy: "canary", canaryReplicas: 2, decideAtMs: 30_000 });
    assert.ok(canary.counts.some(({ oldReady, newReady }) => oldReady === 6 && newReady === 2));
    const weighted = tuned(engine, sample("rollout"), { ...asWritten, strategy: "ingress-canary", canaryWeight: 20 });
    assert.equal(weighted.traffic?.canary?.weight, 20);
  });

  test("of blue and green, the green one is paused and scaled", () => {
    const actions = [
      { atMs: 4000, pause: "Deployment/web" },
      { atMs: 5000, scale: "Deployment/web", replicas: 8 },
    ] as const;
    const { recording } = runWith("rollout", { strategy: "blue-green", decideAtMs: 30_000, actions });
    const green = recording.step(recording.frameCount - 1)?.replicaSets.find(({ name }) => name.includes("<new>"));
    assert.deepEqual([green?.workload, green?.replicas], ["Deployment/web-green", 8]);
  });

  test("a Deployment that is called as a canary has an old and a new revision all the same", () => {
    const found = resultOf({
      object: "Deployment/web-canary",
      before: deployment("shop/web:1.4", {}, "web-canary"),
      after: deployment("shop/web:1.5", {}, "web-canary"),
    });
    assert.equal(runOf(engine, tuned(engine, found, asWritten)).counts[0]?.oldReady, 6);
  });

  test("a typed image is the update; a state before that had only another tag is the manifest's own", () => {
    const committed = tuned(engine, sample("rollout"), { ...asWritten, images: { web: "shop/web:9" } });
    assert.deepEqual(imagesIn(committed), ["shop/web:1.4", "shop/web:9"]);
    const same = {
      ...sample("rollout"),
      before: { how: "same-object", oldImage: "shop/web:current", newImage: "shop/web:next" },
    } as const;
    assert.deepEqual(imagesIn(tuned(engine, same, { ...asWritten, images: { web: "shop/web:9" } })), [
      "shop/web:1.5",
      "shop/web:9",
    ]);
    assert.deepEqual(shownImages(same, { web: "shop/web:9" }), { old: "shop/web:1.5", new: "shop/web:9" });
    assert.deepEqual(
      changedImages(same, { web: "shop/web:1.5", other: "x" }),
      {},
      "what the manifest has is no change",
    );
  });

  test("requests are followed over time, and none is lost in the sums", () => {
    const run = runWith("rollout");
    const requests = requestsOf(engine, run.scenario, run.endMs);
    assert.ok(requests !== undefined);
    const { sent, byOld, byNew, refused, reset } = requests.total;
    assert.equal(byOld + byNew + refused + reset, sent);
    assert.equal(requests.rates.at(-1)?.toMs, run.endMs);
    assert.equal(requestsOf(engine, tuned(engine, sample("unselected"), asWritten), 1000), undefined);
  });

  test("only values that differ from the manifest are written", () => {
    const workload = workloadOf(sample("rollout"));
    const tuning = { ...asWritten, values: { replicas: 6, maxSurge: 1 } };
    assert.deepEqual(changedValues(workload, tuning), { maxSurge: 1 });
  });

  test("every event has a reason in words, and every hole is filled", () => {
    for (const [name, result] of Object.entries(samples)) {
      if (name === "thousands") continue;
      const { recording } = runOf(engine, tuned(engine, result, asWritten));
      for (const event of recording.events)
        assert.doesNotMatch(whyOf(event, t), /[{}?]|undefined/, `${name}: ${event.message}`);
      assert.doesNotMatch(outcomeText(recording.summary, t), /[{}?]|undefined/, name);
    }
  });
});

describe("balancing", () => {
  test("the exact shares of a Service and of an Ingress sum to one", () => {
    for (const name of ["balancing", "ingress", "mesh"]) {
      const shares = balance(engine, sample(name), balanceAsWritten)?.shares ?? [];
      const sum = shares.reduce((total, { share }) => total + (share === null ? 0 : valueOf(share)), 0);
      assert.ok(Math.abs(sum - 1) < 1e-12, name);
    }
  });

  test("a pod that is not ready stays visible with the reason", () => {
    const found = balance(engine, sample("balancing"), { ...balanceAsWritten, notReady: ["web-canary-<2>"] });
    const share = found?.shares.find(({ pod }) => pod === "web-canary-<2>");
    assert.deepEqual([share?.excluded, share?.requests], ["not-ready", 0]);
    assert.equal(found?.shares.find(({ pod }) => pod === "web-<1>")?.share?.denominator, 4);
  });

  test("a canary by weight gets its weight whatever its pods", () => {
    const found = balance(engine, sample("ingress"), balanceAsWritten);
    assert.deepEqual(
      found?.stages.map(({ part }) => valueOf(part)),
      [0.8, 0.2],
    );
    const direct = balance(engine, sample("ingress"), { ...balanceAsWritten, way: "direct" });
    assert.equal(direct?.stages.length, 1);
  });

  test("an Ingress of another controller than ingress-nginx has one backend, and its pods' shares are unknown", () => {
    const found = sample("ingress");
    const objects = found.scenario.objects.map((object) =>
      textAt(object, "kind") === "Ingress" && textAt(object, "metadata", "name") === "web"
        ? withValue(object, ["spec", "ingressClassName"], "traefik")
        : object,
    );
    const other = balance(engine, { ...found, scenario: { ...found.scenario, objects } }, balanceAsWritten);
    assert.deepEqual([other?.stages.length, other?.front?.chooser], [1, "unknown"]);
    assert.ok(other?.shares.every(({ share }) => share === null));
  });

  test("a route draws Services by weight: what has no pods stays in the picture with its status", () => {
    const found = balance(engine, sample("gateway"), balanceAsWritten);
    assert.deepEqual(
      found?.stages.map(({ service, part, backend }) => [service, valueOf(part), backend?.status]),
      [
        ["web", 0.7, null],
        ["web-canary", 0.2, null],
        ["web-lost", 0.1, "500"],
      ],
    );
    assert.equal(found?.front?.failed, found?.stages[2]?.requests);
    assert.deepEqual(
      versionsOf(found ?? { shares: [], stages: [] }).map(({ version, share }) => [version, Number(share.toFixed(6))]),
      [
        ["1.4", 0.7],
        ["1.5", 0.2],
      ],
      "the version of a Service has its share, however its pods divide it",
    );
  });

  test("each way to a Service can be chosen, and the one past them all", () => {
    const [way] = waysOf(engine, sample("gateway"));
    assert.equal(way?.label, "HTTPRoute web · shop.example");
    assert.equal(balance(engine, sample("gateway"), { ...balanceAsWritten, way: way?.id ?? "" })?.front?.id, way?.id);
    assert.equal(balance(engine, sample("gateway"), { ...balanceAsWritten, way: direct })?.front, undefined);
  });

  test("a pod that leaves halfway keeps half of its requests, and breaks the connections that are kept", () => {
    const leaving = { ...balanceAsWritten, leaving: ["web-<1>"], requestsPerConnection: "forever" } as const;
    const found = balance(engine, sample("balancing"), leaving);
    const all = balance(engine, sample("balancing"), { ...leaving, leaving: [] });
    const requestsOf = (each: typeof found): number => each?.shares.find(({ pod }) => pod === "web-<1>")?.requests ?? 0;
    assert.ok(requestsOf(found) < requestsOf(all) && requestsOf(found) > 0);
    assert.ok((found?.result.reset ?? 0) > 0);
  });

  test("without endpoints everything is refused", () => {
    const found = balance(engine, sample("noEndpoints"), balanceAsWritten);
    assert.equal(found?.result.rejected, balanceAsWritten.requests);
  });
});

describe("places in time", () => {
  const steps = [0, 0, 0, 5, 9].map((atMs) => ({ atMs }));

  test("a moment with several steps shows the last, unless one is named", () => {
    assert.equal(stepAt(steps, { atMs: 0 }), 2);
    assert.equal(stepAt(steps, { atMs: 0, step: 1 }), 1);
    assert.equal(stepAt(steps, { atMs: 7 }), 3);
    assert.equal(stepAt(steps, { atMs: 0, step: 4 }), 2);
    assert.equal(stepAt([], { atMs: 3 }), 0);
  });

  test("steps lead on and back one by one, and stay within the ends", () => {
    assert.deepEqual(neighbour(steps, { atMs: 0, step: 0 }, 1), { atMs: 0, step: 1 });
    assert.deepEqual(neighbour(steps, { atMs: 7 }, -1), { atMs: 5, step: 3 });
    assert.deepEqual(neighbour(steps, { atMs: 7 }, 1), { atMs: 9, step: 4 });
    assert.deepEqual(neighbour(steps, { atMs: 9, step: 4 }, 1), { atMs: 9, step: 4 });
    assert.deepEqual(neighbour(steps, { atMs: 0, step: 0 }, -1), { atMs: 0, step: 0 });
  });
});

describe("texts and scales", () => {
  test("a translation is found by the English text; what has none stays English", () => {
    const inOther = translator({ [english.takes]: "dauert", [english.ofPods]: "{0} von {1}" });
    assert.equal(inOther("takes"), "dauert");
    assert.equal(inOther("ofPods", 5, 6), "5 von 6");
    assert.equal(inOther("rollout"), "Rollout");
  });

  test("placeholders of every text are numbered from 0", () => {
    for (const text of Object.values(english)) {
      const numbers = [...new Set([...text.matchAll(/\{(\d+)\}/g)].map(([, number]) => Number(number)))].sort();
      assert.deepEqual(
        numbers,
        numbers.map((_, index) => index),
        text,
      );
    }
  });

  test("ticks are round and within the axis", () => {
    assert.deepEqual(ticks(10, 5), [0, 2, 4, 6, 8, 10]);
    assert.deepEqual(ticks(0.5, 5), [0, 0.1, 0.2, 0.3, 0.4, 0.5]);
    assert.deepEqual(ticks(0, 5), [0]);
    assert.equal(linear([0, 10], [100, 200])(5), 150);
    assert.equal(linear([3, 3], [100, 200])(3), 100);
  });
});
