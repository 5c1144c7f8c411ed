import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type Event, initial, isTuned, kept, reduce, type State } from "../../client/webview/store.ts";
import type { Action } from "../../server/src/simulation/scenario.ts";
import type { HostMessage } from "../../server/src/protocol/webview.ts";
import { samples } from "./harness/samples.ts";

const { rollout } = samples as Readonly<Record<"rollout", NonNullable<(typeof samples)[string]>>>;

function scenario(revision: number, result = rollout): Event {
  return { type: "message", message: { type: "scenario", result: { ...result, revision }, texts: {}, tab: "rollout" } };
}

function after(...events: readonly Event[]): State {
  return events.reduce(reduce, initial);
}

describe("the webview's state", () => {
  test("an answer of an older revision is dropped, one of the same or a newer is taken", () => {
    const newer = { ...rollout, namespace: "newer" };
    const state = after(scenario(5, newer), scenario(4));
    assert.equal(state.result?.namespace, "newer");
    assert.equal(reduce(state, scenario(5)).result?.namespace, "shop");
    const nothing: HostMessage = { type: "nothing", revision: 3, why: "no-object", texts: {} };
    assert.equal(reduce(state, { type: "message", message: nothing }), state);
  });

  test("the file that changes keeps the knobs", () => {
    const moved = after(scenario(1), { type: "value", field: "replicas", value: 9 });
    assert.deepEqual(reduce(moved, scenario(2)).tuning.values, { replicas: 9 });
  });

  test("an object that gets another name keeps the knobs; what is done to it and its pods follows", () => {
    const act = (action: Action): Event => ({ type: "act", action });
    const set = after(
      scenario(1),
      { type: "value", field: "replicas", value: 9 },
      act({ atMs: 1, pause: "Deployment/web" }),
      act({ atMs: 2, killPod: "web-<old>-<1>" }),
      act({ atMs: 3, killPod: "web-admin-<1>" }),
      act({ atMs: 4, scale: "Deployment/other", replicas: 2 }),
      { type: "balance", change: { leaving: ["web-<2>"], notReady: ["web-admin-<2>"] } },
    );
    const { tuning, balancing, result } = reduce(set, scenario(2, { ...rollout, object: "Deployment/shop" }));
    assert.equal(result?.object, "Deployment/shop");
    assert.deepEqual(tuning.values, { replicas: 9 });
    assert.deepEqual(tuning.actions, [
      { atMs: 1, pause: "Deployment/shop" },
      { atMs: 2, killPod: "shop-<old>-<1>" },
      { atMs: 3, killPod: "web-admin-<1>" },
      { atMs: 4, scale: "Deployment/other", replicas: 2 },
    ]);
    assert.deepEqual([balancing.leaving, balancing.notReady], [["shop-<2>"], ["web-admin-<2>"]]);
    const untouched = after(scenario(1), scenario(2, { ...rollout, object: "Deployment/shop" }));
    assert.equal(isTuned(untouched), false);
  });

  test("moving a knob is one change: what was before it is the alternative", () => {
    const move = (value: number): Event => ({ type: "value", field: "maxSurge", value, moving: true });
    const state = after(scenario(1), move(1), move(2), { type: "value", field: "maxSurge", value: 3 });
    assert.deepEqual(state.tuning.values, { maxSurge: 3 });
    assert.deepEqual(state.previous?.values, {});
    const next = reduce(state, { type: "value", field: "maxSurge", value: 4 });
    assert.deepEqual(next.previous?.values, { maxSurge: 3 });
  });

  test("a value is taken back, and all are reset", () => {
    const changed = after(scenario(1), { type: "value", field: "replicas", value: 9 });
    assert.equal(isTuned(changed), true);
    assert.deepEqual(reduce(changed, { type: "value", field: "replicas", value: undefined }).tuning.values, {});
    assert.equal(isTuned(reduce(changed, { type: "resetAll" })), false);
  });

  test("actions are added at their time and removed by their place", () => {
    const pause = { atMs: 5, pause: "Deployment/web" } as const;
    const resume = { atMs: 9, resume: "Deployment/web" } as const;
    const state = after(scenario(1), { type: "act", action: pause }, { type: "act", action: resume });
    assert.deepEqual(state.tuning.actions, [pause, resume]);
    assert.deepEqual(reduce(state, { type: "removeAction", index: 0 }).tuning.actions, [resume]);
  });

  test("playing goes on to the end and stops there; seeking stops it", () => {
    const playing = after(scenario(1), { type: "play", playing: true, from: { atMs: 100 } });
    const on = reduce(playing, { type: "advance", byMs: 50, endMs: 200 });
    assert.deepEqual([on.place, on.playing], [{ atMs: 150 }, true]);
    const over = reduce(on, { type: "advance", byMs: 500, endMs: 200 });
    assert.deepEqual([over.place, over.playing], [{ atMs: 200 }, false]);
    assert.equal(reduce(over, { type: "advance", byMs: 5, endMs: 200 }), over);
    assert.equal(reduce(on, { type: "seek", place: { atMs: 1 } }).playing, false);
  });

  test("what is kept comes back, with its tab and knobs", () => {
    const state = after(scenario(1), { type: "value", field: "replicas", value: 9 }, { type: "tab", tab: "traffic" });
    const panel = kept(state);
    assert.equal(panel?.object, "Deployment/web");
    const back = reduce(initial, { type: "restore", kept: JSON.parse(JSON.stringify(panel)) });
    const shown = reduce(back, scenario(1));
    assert.equal(shown.tab, "traffic");
    assert.deepEqual(shown.tuning.values, { replicas: 9 });
  });

  test("a kept state of another shape is left alone", () => {
    for (const odd of [undefined, null, 5, "text", [], {}, { version: 2, view: {} }, { version: 1, view: null }]) {
      assert.equal(reduce(initial, { type: "restore", kept: odd }), initial);
    }
    const wrong = reduce(initial, { type: "restore", kept: { version: 1, view: { tab: 5, tuning: 7, place: null } } });
    assert.equal(wrong.tab, "rollout");
    assert.deepEqual(wrong.tuning, initial.tuning);
  });

  test("what was shown last stays where there is nothing newer, and the next answer takes its place", () => {
    const gone: HostMessage = { type: "nothing", revision: 2, why: "no-object", object: "Deployment/web", texts: {} };
    const state = after(scenario(1), { type: "message", message: gone });
    assert.equal(state.result?.revision, 1);
    assert.deepEqual(state.nothing, { why: "no-object", object: "Deployment/web" });
    assert.equal(reduce(state, scenario(3)).nothing, undefined);
  });
});
