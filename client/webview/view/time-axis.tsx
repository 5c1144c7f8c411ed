import type { ComponentChildren, JSX } from "preact";
import { useMemo, useRef } from "preact/hooks";
import { moment, seconds } from "../format.ts";
import { stepAt } from "../model/place.ts";
import type { Run } from "../model/run.ts";
import { linear, ticks } from "../scale.ts";
import { useApp } from "./context.ts";

/** Room beside the plot, in pixels: for the numbers on the left, and for half a label on the right. */
export const margin = { left: 52, right: 14 } as const;

/** About half the width of the time at the cursor, which keeps within the picture at the end. */
const pillHalf = 40;

export type TimeScale = (ms: number) => number;

/** Times to pixels, the same for all charts of a view. */
export function useTimeScale(endMs: number, width: number): TimeScale {
  return useMemo(
    () => linear([0, endMs], [margin.left, Math.max(margin.left + 50, width - margin.right)]),
    [endMs, width],
  );
}

/** The ticks of the time axis, at even seconds or minutes. */
export function TimeTicks({
  endMs,
  width,
  y,
}: {
  readonly endMs: number;
  readonly width: number;
  readonly y: number;
}): JSX.Element {
  const x = useTimeScale(endMs, width);
  const unit = endMs > 180_000 ? 60_000 : 1000;
  return (
    <g class="axis" aria-hidden="true">
      {ticks(endMs / unit, Math.max(2, Math.floor(width / 110))).map((tick) => (
        <text key={tick} x={x(tick * unit)} y={y} text-anchor="middle">
          {seconds(tick * unit)}
        </text>
      ))}
    </g>
  );
}

export interface CursorAreaProps {
  readonly run: Run;
  readonly width: number;
  readonly children: ComponentChildren;
}

/** All charts below each other with one time cursor through them: to be dragged, and a slider for keyboards and screen readers. */
export function CursorArea({ run, width, children }: CursorAreaProps): JSX.Element {
  const { state, dispatch, t } = useApp();
  const area = useRef<HTMLDivElement>(null);
  const x = useTimeScale(run.endMs, width);
  const atMs = Math.min(state.place.atMs, run.endMs);
  const seek = (event: PointerEvent): void => {
    const left = area.current?.getBoundingClientRect().left ?? 0;
    const share = (event.clientX - left - margin.left) / (width - margin.left - margin.right);
    dispatch({ type: "seek", place: { atMs: Math.round(Math.min(1, Math.max(0, share)) * run.endMs) } });
  };
  const step = run.recording.step(stepAt(run.counts, state.place));
  const position = Math.round(x(atMs));
  const overhang = Math.min(0, width - position - pillHalf);
  return (
    <div
      class="cursor-area"
      ref={area}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        seek(event);
      }}
      onPointerMove={(event) => event.currentTarget.hasPointerCapture(event.pointerId) && seek(event)}
    >
      {children}
      <div
        class="cursor"
        role="slider"
        tabIndex={0}
        aria-label={t("time")}
        aria-valuemin={0}
        aria-valuemax={Math.round(run.endMs / 100) / 10}
        aria-valuenow={Math.round(atMs / 100) / 10}
        aria-valuetext={t("timeText", moment(atMs), step?.rolloutStatus ?? "")}
        style={{ transform: `translateX(${position}px)` }}
      >
        <span class="pill" style={{ left: `${overhang}px` }}>
          {moment(atMs)}
        </span>
      </div>
    </div>
  );
}
