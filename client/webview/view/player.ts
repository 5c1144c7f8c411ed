import { useEffect } from "preact/hooks";
import type { Run } from "../model/run.ts";
import { type Place, placeOf } from "../model/place.ts";
import { useApp } from "./context.ts";

/** The speeds that can be chosen; 0 stands for the one that shows everything in about 20 s. */
export const speeds = [0, 0.5, 1, 2, 5, 10, 60] as const;

const wholeMs = 20_000;

/** How many times faster than real time. */
export function speedOf(speed: number, run: Run): number {
  return speed === 0 ? Math.max(1, Math.round(run.endMs / wholeMs)) : speed;
}

/** Where a preview opens: in the middle of the first half, where old and new pods stand side by side; at the end of what never ends. */
export function firstPlace(run: Run): Place {
  const { durationMs, outcome } = run.recording.summary;
  if (outcome !== "complete") return placeOf(run.counts, run.counts.length - 1);
  const target = run.counts.findIndex(({ atMs }) => atMs >= durationMs * 0.35);
  return placeOf(run.counts, Math.max(0, target));
}

/** Moves the time on while it plays, one frame of the screen at a time. */
export function Player(): null {
  const { state, live, dispatch } = useApp();
  const run = live.run.value;
  useEffect(() => {
    if (!state.playing || run === undefined) return undefined;
    let before = performance.now();
    let request = requestAnimationFrame(function tick(now: number): void {
      dispatch({ type: "advance", byMs: Math.max(0, now - before) * speedOf(state.speed, run), endMs: run.endMs });
      before = now;
      request = requestAnimationFrame(tick);
    });
    return () => cancelAnimationFrame(request);
  }, [state.playing, state.speed, run]);
  return null;
}
