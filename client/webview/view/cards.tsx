import type { JSX } from "preact";
import type { Fenceposts, Summary } from "../../../server/src/simulation/timeline.ts";
import { grouped, seconds, signed } from "../format.ts";
import { isFollowed } from "../live.ts";
import type { Run } from "../model/run.ts";
import { asWritten, type Tuning } from "../model/tuning.ts";
import { useApp } from "./context.ts";

/** Four figures that answer what people ask: how long, how low, how many, who fails; each against the alternative looked at last. */
export function Cards({ run }: { readonly run: Run }): JSX.Element {
  const { state, live, t } = useApp();
  const { summary, fenceposts } = run.recording;
  const requests = live.requests.value;
  const before = live.previous.value;
  const name = nameOf(state.previous ?? asWritten, state.tuning);
  // Of many pods they are counted where they are looked at; without a Service there are none.
  const later = isFollowed(run) || run.scenario.traffic === undefined ? undefined : t("seeTraffic");
  const ending = summary.maxPhysicalPods - summary.maxPods;
  const against = (now: number, then: number | undefined, format: (value: number) => string): Difference | undefined =>
    then === undefined || then === now
      ? undefined
      : { text: t("against", signed(now - then, format), name), isBetter: now < then };
  const lowest = against(summary.minAvailable, before?.minAvailable, grouped);
  return (
    <dl class="cards">
      <Card
        label={t("takes")}
        value={isOver(summary) ? seconds(summary.durationMs) : t("neverEnds")}
        isBad={!isOver(summary)}
        difference={against(summary.durationMs, before?.durationMs, seconds)}
      />
      <Card
        label={t("lowestAvailable")}
        value={t("ofPods", grouped(summary.minAvailable), grouped(fenceposts.replicas))}
        isBad={summary.minAvailable < fenceposts.minAvailable && run.counts[0]?.loadMilli === undefined}
        difference={lowest === undefined ? undefined : { ...lowest, isBetter: !lowest.isBetter }}
      />
      <Card
        label={t("mostPods")}
        value={grouped(summary.maxPhysicalPods)}
        note={ending > 0 ? t("wantedAndEnding", grouped(summary.maxPods), grouped(ending)) : undefined}
        difference={against(summary.maxPhysicalPods, before?.maxPhysicalPods, grouped)}
      />
      <Card
        label={t("failedRequests")}
        value={requests === undefined ? t("notMeasured") : grouped(requests.summary.failedRequests)}
        note={requests === undefined ? later : t("ofRequests", grouped(requests.total.sent))}
        isBad={(requests?.summary.failedRequests ?? 0) > 0}
        difference={
          requests === undefined ? undefined : against(requests.summary.failedRequests, before?.failedRequests, grouped)
        }
      />
    </dl>
  );
}

/** What is known of a rollout that nobody simulates. */
export function BoundCards({ fenceposts }: { readonly fenceposts: Fenceposts }): JSX.Element {
  const { t } = useApp();
  const { replicas, maxPods, minAvailable } = fenceposts;
  return (
    <dl class="cards">
      <Card label="replicas" value={grouped(replicas)} />
      <Card label={t("mostAllowed")} value={grouped(maxPods)} note={`maxSurge ${grouped(fenceposts.maxSurge)}`} />
      <Card
        label={t("leastAvailable")}
        value={grouped(minAvailable)}
        note={`maxUnavailable ${grouped(fenceposts.maxUnavailable)}`}
      />
    </dl>
  );
}

interface Difference {
  readonly text: string;
  readonly isBetter: boolean;
}

interface CardProps {
  readonly label: string;
  readonly value: string;
  readonly note?: string | undefined;
  readonly isBad?: boolean;
  readonly difference?: Difference | undefined;
}

function Card({ label, value, note, isBad = false, difference }: CardProps): JSX.Element {
  const { t } = useApp();
  return (
    <div class="card">
      <dt>{label}</dt>
      <dd>
        <b class={isBad ? "bad" : ""}>{value}</b>
        {note !== undefined && <span class="dim">{note}</span>}
        {difference !== undefined && (
          <span class={difference.isBetter ? "better" : "worse"}>
            {difference.text}
            <span class="hidden"> ({t(difference.isBetter ? "better" : "worse")})</span>
          </span>
        )}
      </dd>
    </div>
  );
}

function isOver({ outcome }: Summary): boolean {
  return outcome === "complete";
}

/** What the earlier settings are called: their values where they differ from the present ones. */
export function nameOf(earlier: Tuning, now: Tuning): string {
  const parts: string[] = [];
  for (const field of new Set([...Object.keys(earlier.values), ...Object.keys(now.values)])) {
    const [was, is] = [earlier, now].map(({ values }) => Object.entries(values).find(([key]) => key === field)?.[1]);
    if (was !== is) parts.push(was === undefined ? field : `${field} ${was}`);
  }
  for (const [name, image] of Object.entries(earlier.images)) if (now.images[name] !== image) parts.push(image);
  if (earlier.strategy !== now.strategy) parts.push(earlier.strategy);
  for (const [timing, ms] of Object.entries(earlier.timings)) {
    if (now.timings[timing as keyof Tuning["timings"]] !== ms)
      parts.push(`${timing.replace(/Ms$/, "")} ${seconds(ms)}`);
  }
  return parts.length === 0 ? "before" : parts.slice(0, 2).join(", ");
}
