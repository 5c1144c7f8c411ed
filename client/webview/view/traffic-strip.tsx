import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { grouped } from "../format.ts";
import type { Place } from "../model/place.ts";
import type { Rates, Requests } from "../model/requests.ts";
import { useApp } from "./context.ts";
import { margin, useTimeScale } from "./time-axis.tsx";
import { tagOf } from "../model/balancing.ts";

type Part = "byOld" | "byNew" | "refused" | "reset";
const parts: readonly Part[] = ["byOld", "byNew", "refused", "reset"];

export interface TrafficStripProps {
  readonly requests: Requests;
  readonly endMs: number;
  readonly width: number;
  readonly height?: number;
}

/** Who answers the requests, per second: colours as in the pods' chart, and what failed on top. */
export function TrafficStrip({ requests, endMs, width, height = 66 }: TrafficStripProps): JSX.Element {
  const { t } = useApp();
  const x = useTimeScale(endMs, width);
  const asked = requests.requestsPerSecond;
  const most = useMemo(() => Math.max(asked, ...requests.rates.map(sumOf)), [requests]);
  const bottom = height - 6;
  const heightOf = (rate: number): number => (rate / most) * (bottom - 8);
  const bars = useMemo(
    () => requests.rates.map((rates) => stack(rates, x, bottom, heightOf)),
    [requests, x, bottom, most],
  );
  return (
    <svg class="chart strip" width={width} height={height} role="img" aria-label={t("perVersion")}>
      <text class="dim" x={margin.left - 8} y={bottom - heightOf(asked) + 4} text-anchor="end">
        {grouped(asked)}
      </text>
      <text class="dim" x={margin.left - 8} y={bottom} text-anchor="end">
        0
      </text>
      {parts.map((part, index) => (
        <path key={part} class={`requests ${part}`} d={bars.map((each) => each[index]).join("")} />
      ))}
      <NowLabels requests={requests} endMs={endMs} width={width} bottom={bottom} heightOf={heightOf} />
    </svg>
  );
}

/** How many requests each version gets at the cursor. */
function NowLabels({
  requests,
  endMs,
  bottom,
  width,
  heightOf,
}: Omit<TrafficStripProps, "height"> & {
  readonly bottom: number;
  readonly heightOf: (rate: number) => number;
}): JSX.Element | null {
  const { state, t } = useApp();
  const rates = rateAt(requests, state.place);
  const x = useTimeScale(endMs, width)(Math.min(state.place.atMs, endMs));
  if (rates === undefined) return null;
  const { oldImage = "", newImage = "" } = state.result?.before ?? {};
  const isLeft = x > width - 130;
  const label = (text: string, rate: number, y: number): JSX.Element | null =>
    heightOf(rate) < 14 ? null : (
      <text class="on-colour" x={isLeft ? x - 6 : x + 6} y={y} text-anchor={isLeft ? "end" : "start"}>
        {t("answeredByOld", text, grouped(rate))}
      </text>
    );
  return (
    <g aria-hidden="true">
      {label(tagOf(oldImage), rates.byOld, bottom - heightOf(rates.byOld) / 2 + 4)}
      {label(tagOf(newImage), rates.byNew, bottom - heightOf(rates.byOld) - heightOf(rates.byNew) / 2 + 4)}
    </g>
  );
}

/** The stretch in which a place lies. */
export function rateAt({ rates }: Requests, { atMs }: Place): Rates | undefined {
  return rates.find(({ toMs }) => atMs < toMs) ?? rates.at(-1);
}

function sumOf(rates: Rates): number {
  return parts.reduce((sum, part) => sum + rates[part], 0);
}

/** One rectangle per part, as path segments. */
function stack(
  rates: Rates,
  x: (ms: number) => number,
  bottom: number,
  heightOf: (rate: number) => number,
): readonly string[] {
  const [from, to] = [x(rates.fromMs), x(rates.toMs)];
  let base = bottom;
  return parts.map((part) => {
    const height = heightOf(rates[part]);
    if (height <= 0) return "";
    base -= height;
    return `M${from.toFixed(1)},${base.toFixed(1)}H${to.toFixed(1)}v${height.toFixed(1)}H${from.toFixed(1)}Z`;
  });
}
