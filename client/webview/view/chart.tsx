import { area, curveStepAfter, line } from "d3-shape";
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { grouped, moment } from "../format.ts";
import { idOf, numberAt } from "../model/json.ts";
import { availableOf, type Counts, type Run } from "../model/run.ts";
import { autoscalerOf } from "../model/tuning.ts";
import { linear, ticks } from "../scale.ts";
import type { StringKey } from "../strings.ts";
import { useApp } from "./context.ts";
import { TableHead } from "./table-head.tsx";
import { margin, TimeTicks, useTimeScale } from "./time-axis.tsx";

type Layer = "oldReady" | "newReady" | "newStarting" | "oldStarting" | "ending";

/** From the bottom up: what is available first, so that the lower fencepost can be compared with it. */
const layers: readonly Layer[] = ["oldReady", "newReady", "oldStarting", "newStarting", "ending"];

/** More points than this are drawn as one per pixel. */
const dense = 1500;

const top = 26;

export interface ChartProps {
  readonly run: Run;
  readonly width: number;
  readonly height?: number;
  /** Ends of the axes, where charts are compared. */
  readonly endMs?: number;
  readonly peak?: number;
}

/** Pods over time as stacked steps against the fenceposts. Colour is the revision, pattern the state. */
export function Chart({ run, width, height = 230, endMs = run.endMs, peak = run.peak }: ChartProps): JSX.Element {
  const { t } = useApp();
  const bottom = height - 24;
  const x = useTimeScale(endMs, width);
  const y = useMemo(() => linear([0, Math.max(1, peak * 1.06)], [bottom, top]), [peak, bottom]);
  const points = useMemo(() => pointsOf(run.counts, endMs, width), [run, endMs, width]);
  const bands = useMemo(() => layers.map((layer) => bandOf(points, layer, x, y)), [points, x, y]);
  const paths = useMemo(() => bands.map(pathOf), [bands]);
  const bounds = useMemo(() => boundsOf(run), [run]);
  const [upper, lower] = bounds;
  return (
    <svg class="chart" width={width} height={height} role="img" aria-label={chartLabel(run, t)}>
      <Patterns />
      {ticks(Math.max(1, peak), Math.min(6, Math.max(1, peak)))
        .filter(Number.isInteger)
        .map((tick) => (
          <g key={tick} class="axis" aria-hidden="true">
            <line x1={margin.left} x2={width - margin.right} y1={y(tick)} y2={y(tick)} />
            <text x={margin.left - 8} y={y(tick) + 4} text-anchor="end">
              {grouped(tick)}
            </text>
          </g>
        ))}
      {paths.map((path, index) => (
        <path key={layers[index]} class={`layer ${layers[index] ?? ""}`} d={path} />
      ))}
      <LayerLabels points={points} bands={bands} width={width} lower={y(lower?.pods ?? 0)} />
      {upper !== undefined && upper.pods <= peak * 1.06 && (
        <Fencepost at={y(upper.pods)} width={width} text={t(upper.text, upper.pods)} />
      )}
      {lower !== undefined && (
        <Fencepost
          at={y(lower.pods)}
          width={width}
          text={t(lower.text, lower.pods)}
          // Near the axis there is no room below.
          isLower={y(lower.pods) + 20 < bottom}
        />
      )}
      <TimeTicks endMs={endMs} width={width} y={height - 6} />
    </svg>
  );
}

interface Bound {
  readonly pods: number;
  readonly text: StringKey;
}

/** What the controller keeps between: the bounds of the rollout, or of the autoscaler where nothing is rolled out. */
function boundsOf({ scenario, recording, counts }: Run): readonly Bound[] {
  const { fenceposts, summary } = recording;
  // Of blue and green each has bounds of its own, and together they have none.
  if (scenario.objects.every((object) => idOf(object) !== scenario.focus)) return [];
  const autoscaler = counts[0]?.loadMilli === undefined ? undefined : autoscalerOf(scenario, scenario.focus ?? "");
  if (autoscaler !== undefined && counts.every(({ newReady, newStarting }) => newReady + newStarting === 0)) {
    return [
      { pods: numberAt(autoscaler, "spec", "maxReplicas") ?? 1, text: "maxReplicas" },
      { pods: numberAt(autoscaler, "spec", "minReplicas") ?? 1, text: "minReplicas" },
    ];
  }
  if (summary.outcome === "rejected" || fenceposts.maxPods === 0) return [];
  return [
    { pods: fenceposts.maxPods, text: "maxPods" },
    { pods: fenceposts.minAvailable, text: "minAvailable" },
  ];
}

function chartLabel(run: Run, t: (key: StringKey, ...values: readonly (string | number)[]) => string): string {
  const last = run.counts.at(-1);
  return t(
    "chartLabel",
    last === undefined ? 0 : last.oldReady,
    last === undefined ? 0 : last.newReady,
    moment(0),
    moment(run.endMs),
  );
}

function Fencepost({
  at,
  width,
  text,
  isLower = false,
}: {
  readonly at: number;
  readonly width: number;
  readonly text: string;
  readonly isLower?: boolean;
}): JSX.Element {
  const label = text.length * 6.4 + 10;
  return (
    <g class="fencepost">
      <line x1={margin.left} x2={width - margin.right} y1={at} y2={at} />
      <rect x={width - margin.right - label} y={isLower ? at + 3 : at - 18} width={label} height={15} rx={2} />
      <text x={width - margin.right - 5} y={isLower ? at + 14 : at - 7} text-anchor="end">
        {text}
      </text>
    </g>
  );
}

/** Shapes of the states that do not depend on colour: hatched is starting, dotted is ending. */
function Patterns(): JSX.Element {
  return (
    <defs>
      {(["old", "new"] as const).map((each) => (
        <pattern
          key={each}
          id={`starting-${each}`}
          class={`pattern ${each}`}
          width={7}
          height={7}
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <rect width={7} height={7} />
          <line x1={0} y1={0} x2={0} y2={7} />
        </pattern>
      ))}
      <pattern id="ending" class="pattern ending" width={6} height={6} patternUnits="userSpaceOnUse">
        <rect width={6} height={6} />
        <circle cx={3} cy={3} r={1} />
      </pattern>
    </defs>
  );
}

const labels: Readonly<Record<Layer, StringKey>> = {
  oldReady: "oldReady",
  newReady: "newReady",
  newStarting: "newStarting",
  oldStarting: "oldStarting",
  ending: "ending",
};

/** Where there is one revision alone, nothing is old. */
const alone: Readonly<Partial<Record<Layer, StringKey>>> = { oldReady: "onlyReady", oldStarting: "onlyStarting" };

/** The name of each layer where it has the most room, from its first step on: there the time cursor stands beside it. None where there is too little room. */
function LayerLabels({
  points,
  bands,
  width,
  lower,
}: {
  readonly points: readonly Counts[];
  /** One for each of the layers. */
  readonly bands: readonly Band[];
  readonly width: number;
  /** Where the lower fencepost is drawn. */
  readonly lower: number;
}): JSX.Element {
  const { t } = useApp();
  const hasNew = points.some(({ newReady, newStarting }) => newReady + newStarting > 0);
  const places = useMemo(() => bands.map(roomiest), [bands]);
  return (
    <g class="labels" aria-hidden="true">
      {layers.map((layer, index) => {
        const place = places[index];
        const text = t(hasNew ? labels[layer] : (alone[layer] ?? labels[layer]));
        if (place === undefined || place.height < 15 || place.width < text.length * 7 + 16) return null;
        return (
          <text
            key={layer}
            class={layer}
            x={place.left + 8}
            y={belowFencepost(place, place.left + 8 + text.length * 7, width, lower) + 4}
          >
            {text}
          </text>
        );
      })}
    </g>
  );
}

/** Where the lower fencepost's name, at the right end, stands in the way of a label, the label stands below it. */
function belowFencepost({ y, height }: Room, right: number, width: number, lower: number): number {
  const isClear = right < width - margin.right - 120 || y < lower - 8 || y > lower + 26;
  return isClear ? y : Math.min(lower + 30, y + height / 2 - 8);
}

interface Room {
  readonly left: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A layer as it is drawn: where it is at each point of the chart, in pixels. */
type Band = readonly { readonly x: number; readonly bottom: number; readonly top: number }[];

function bandOf(points: readonly Counts[], layer: Layer, x: (ms: number) => number, y: (pods: number) => number): Band {
  return points.map((point) => {
    const base = baseOf(point, layer);
    return { x: x(point.atMs), bottom: y(base), top: y(base + point[layer]) };
  });
}

/** The stretch with the largest area in which a layer keeps at least the height of a line. */
function roomiest(band: Band): Room | undefined {
  let best: Room | undefined;
  for (const [start, { x: left }] of band.entries()) {
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let end = start; end < Math.min(band.length - 1, start + 40); end++) {
      low = Math.min(low, band[end]!.bottom);
      high = Math.max(high, band[end]!.top);
      const height = low - high;
      if (height < 15) break;
      const width = band[end + 1]!.x - left;
      const isBetter = best === undefined || width * Math.min(height, 40) > best.width * Math.min(best.height, 40);
      if (isBetter) best = { left, y: (low + high) / 2, width, height };
    }
  }
  return best;
}

function baseOf(counts: Counts, layer: Layer): number {
  let base = 0;
  for (const each of layers) {
    if (each === layer) break;
    base += counts[each];
  }
  return base;
}

/** The last step of each moment, and at most one per pixel; the state after the last one goes on to the end. */
export function pointsOf(counts: readonly Counts[], endMs: number, width: number): readonly Counts[] {
  const slotMs = counts.length > dense ? endMs / Math.max(1, width) : 0;
  const points: Counts[] = [];
  let slot = Number.NaN;
  for (const each of counts) {
    const own = slotMs === 0 ? each.atMs : Math.floor(each.atMs / slotMs);
    if (own === slot) points[points.length - 1] = each;
    else points.push(each);
    slot = own;
  }
  const last = points.at(-1);
  return last === undefined ? [] : [...points, { ...last, atMs: endMs }];
}

function pathOf(band: Band): string {
  return areaOf(band) ?? "";
}

const areaOf = area<Band[number]>()
  .curve(curveStepAfter)
  .x(({ x }) => x)
  .y0(({ bottom }) => bottom)
  .y1(({ top }) => top);

/** The demand that an autoscaler sees, above the chart of pods. */
export function LoadChart({ run, width }: { readonly run: Run; readonly width: number }): JSX.Element | null {
  const { t } = useApp();
  const x = useTimeScale(run.endMs, width);
  const points = useMemo(() => pointsOf(run.counts, run.endMs, width), [run, width]);
  const most = Math.max(0, ...points.map(({ loadMilli = 0 }) => loadMilli));
  if (most === 0) return null;
  const y = linear([0, most * 1.1], [54, 14]);
  const shape = line<Counts>()
    .curve(curveStepAfter)
    .x(({ atMs }) => x(atMs))
    .y(({ loadMilli = 0 }) => y(loadMilli));
  return (
    <svg class="chart load" width={width} height={60} role="img" aria-label={t("load")}>
      <text class="dim" x={margin.left} y={11}>
        {t("load")}
      </text>
      {[0, most].map((tick) => (
        <text key={tick} class="dim" x={margin.left - 8} y={y(tick) + 4} text-anchor="end">
          {tick}
        </text>
      ))}
      <path class="line" d={shape(points) ?? ""} />
    </svg>
  );
}

/** The chart in numbers: for screen readers, and for who prefers a table. */
export function StepTable({ run }: { readonly run: Run }): JSX.Element {
  const { t } = useApp();
  const points = useMemo(() => pointsOf(run.counts, run.endMs, 200).slice(0, 300), [run]);
  const columns: readonly Layer[] = ["oldReady", "oldStarting", "newReady", "newStarting", "ending"];
  return (
    <div class="scroll" tabIndex={0}>
      <table>
        <TableHead columns={[t("at"), ...columns.map((each) => t(labels[each])), t("available")]} />
        <tbody>
          {points.map((point) => (
            <tr key={point.atMs}>
              <th scope="row">{moment(point.atMs)}</th>
              {columns.map((each) => (
                <td key={each}>{point[each]}</td>
              ))}
              <td>{availableOf(point)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
