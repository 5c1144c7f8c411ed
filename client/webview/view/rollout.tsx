import type { JSX } from "preact";
import { moment, seconds, signed } from "../format.ts";
import { neighbour, placeOf, stepAt } from "../model/place.ts";
import type { Run } from "../model/run.ts";
import { outcomeText } from "../why.ts";
import { BoundCards, Cards } from "./cards.tsx";
import { Chart, LoadChart, StepTable } from "./chart.tsx";
import { useApp } from "./context.ts";
import { Events } from "./events.tsx";
import { Pods } from "./pods.tsx";
import { speedOf, speeds } from "./player.ts";
import { CursorArea } from "./time-axis.tsx";
import { TrafficStrip } from "./traffic-strip.tsx";
import { useWidth } from "./use-width.ts";

/** The rollout: figures, charts under one time cursor, the pods at the cursor, and what the controllers did. */
export function Rollout({ run }: { readonly run: Run }): JSX.Element {
  const { state, live, dispatch, t } = useApp();
  const [element, width] = useWidth(900);
  const requests = live.requests.value;
  const { notice, because } = run.recording.summary;
  if (run.counts.length === 0) return <SummaryOnly run={run} />;
  return (
    <div class={`rollout${live.busy.value ? " busy" : ""}`}>
      <Transport run={run} />
      <Cards run={run} />
      {(because !== undefined || notice !== undefined) && <Outcome run={run} />}
      <div class="charts" ref={element}>
        {state.asTable ? (
          <StepTable run={run} />
        ) : (
          <CursorArea run={run} width={width}>
            <LoadChart run={run} width={width} />
            <Chart run={run} width={width} />
            {requests !== undefined && <TrafficStrip requests={requests} endMs={run.endMs} width={width} />}
          </CursorArea>
        )}
        <button
          class="link table-switch"
          onClick={() => dispatch({ type: "show", change: { asTable: !state.asTable } })}
        >
          {t(state.asTable ? "showChart" : "showTable")}
        </button>
      </div>
      <Pods run={run} />
      <Events run={run} />
    </div>
  );
}

/** Too many pods for a picture: bounds and figures alone, and the notice that says so. */
function SummaryOnly({ run }: { readonly run: Run }): JSX.Element {
  const { t } = useApp();
  const { fenceposts, summary } = run.recording;
  const limit = summary.data?.["limit"];
  return (
    <div class="rollout">
      <p class="say warning" role="status">
        {limit === undefined
          ? `${t("summaryOnly", fenceposts.replicas)} ${t("bounds", fenceposts.maxPods, fenceposts.minAvailable)}`
          : t("tooLarge", fenceposts.replicas, limit)}
      </p>
      {limit === undefined ? <Cards run={run} /> : <BoundCards fenceposts={fenceposts} />}
    </div>
  );
}

function Outcome({ run }: { readonly run: Run }): JSX.Element {
  const { t } = useApp();
  const { summary } = run.recording;
  return (
    <p class={`say ${summary.outcome === "complete" ? "" : "warning"}`} role="status">
      {outcomeText(summary, t)}
    </p>
  );
}

/** The controls of time, and kubectl's own line. */
export function Transport({ run }: { readonly run: Run }): JSX.Element {
  const { state, dispatch, t } = useApp();
  const { place, playing } = state;
  const last = run.counts.length - 1;
  const isAtEnd = place.atMs >= run.endMs;
  const play = (): void =>
    dispatch({ type: "play", playing: !playing, from: isAtEnd ? placeOf(run.counts, 0) : place });
  const seek = (to: typeof place) => (): void => dispatch({ type: "seek", place: to });
  const step = run.recording.step(stepAt(run.counts, place));
  return (
    <div class="transport">
      <span class="buttons" role="group">
        <Icon label={t("toStart")} path="M3 3h2v10H3zM13 3v10L6 8z" onClick={seek(placeOf(run.counts, 0))} />
        <Icon label={t("stepBack")} path="M11 3v10L4 8z" onClick={seek(neighbour(run.counts, place, -1))} />
        <Icon
          label={t(playing ? "pausePlaying" : "play")}
          path={playing ? "M4 3h3v10H4zM9 3h3v10H9z" : "M4 2l10 6-10 6z"}
          onClick={play}
        />
        <Icon label={t("stepOn")} path="M5 3v10l7-5z" onClick={seek(neighbour(run.counts, place, 1))} />
        <Icon label={t("toEnd")} path="M11 3h2v10h-2zM3 3l7 5-7 5z" onClick={seek(placeOf(run.counts, last))} />
      </span>
      <select
        class="speed"
        aria-label={t("speed")}
        value={String(state.speed)}
        onChange={({ currentTarget }) => dispatch({ type: "show", change: { speed: Number(currentTarget.value) } })}
      >
        {speeds.map((each) => (
          <option key={each} value={String(each)}>
            {each === 0 ? `auto (${speedOf(0, run)}×)` : `${each}×`}
          </option>
        ))}
      </select>
      <output class="status" aria-label={t("statusLine")}>
        {step?.rolloutStatus ?? ""}
      </output>
      <p class="hidden" aria-live="polite">
        {playing ? "" : spoken(run, place, t)}
      </p>
    </div>
  );
}

/** One sentence per step for screen readers: time, status, and what the controllers did at it. */
function spoken(run: Run, place: Parameters<typeof stepAt>[1], t: ReturnType<typeof useApp>["t"]): string {
  const index = stepAt(run.counts, place);
  const messages = run.recording.events.filter(
    ({ frame, object }) => frame === index && !object.startsWith("ReplicaSet/"),
  );
  const counts = run.counts[index];
  const numbers =
    counts === undefined
      ? ""
      : `${t("oldReady")} ${counts.oldReady}, ${t("newReady")} ${counts.newReady}, ${t("newStarting")} ${counts.newStarting}, ${t("ending")} ${counts.ending}`;
  const parts = [...messages.slice(0, 3).map(({ message }) => message), numbers];
  return t("timeText", moment(place.atMs), parts.join(". "));
}

function Icon({
  label,
  path,
  onClick,
}: {
  readonly label: string;
  readonly path: string;
  readonly onClick: () => void;
}): JSX.Element {
  return (
    <button class="icon" aria-label={label} title={label} onClick={onClick}>
      <svg viewBox="0 0 16 16" width={14} height={14} aria-hidden="true">
        <path d={path} />
      </svg>
    </button>
  );
}

/** A difference of times with its sign. */
export function timeDifference(ms: number): string {
  return signed(ms, seconds);
}
