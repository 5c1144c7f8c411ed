import { computed } from "@preact/signals";
import { useMemo } from "preact/hooks";
import { stepAt } from "../model/place.ts";
import type { Run } from "../model/run.ts";
import { useApp } from "./context.ts";

/**
 * The step at the time cursor: who asks is drawn again when it is another one, not whenever time moves on.
 * `everyMs`: of the simulated time while it passes, for what nobody could read faster.
 */
export function useStep(run: Run | undefined, everyMs = 0): number {
  const { state } = useApp();
  const step = useMemo(() => {
    return computed(() => {
      const { place, playing } = state;
      const isCoarse = playing && everyMs > 0;
      const seen = isCoarse ? { atMs: Math.floor(place.atMs / everyMs) * everyMs } : place;
      return run === undefined ? 0 : stepAt(run.counts, seen);
    });
  }, [run, everyMs]);
  return step.value;
}
