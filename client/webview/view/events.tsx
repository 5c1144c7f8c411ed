import type { JSX } from "preact";
import { useEffect, useMemo, useRef } from "preact/hooks";
import type { TimelineEvent } from "../../../server/src/simulation/timeline.ts";
import { moment } from "../format.ts";
import { placeOf } from "../model/place.ts";
import { eventsOf, type Run } from "../model/run.ts";
import { whyOf } from "../why.ts";
import { useApp } from "./context.ts";
import { speedOf } from "./player.ts";
import { useAfterPaint } from "./use-after-paint.ts";
import { useStep } from "./use-step.ts";

/** At most so many rows are in the page, those around the cursor; while time passes no more than are in sight. */
const rows = { resting: 200, playing: 30 } as const;

/** Of more events than that, rows pass faster than anybody reads: a few times a second they catch up. */
const readMs = 150;

/** What the controllers did and why; each row is a place in time. The rows follow a moved knob after the charts, which cost half as much. */
export function Events({ run: latest }: { readonly run: Run }): JSX.Element {
  const run = useAfterPaint(latest);
  const { state, dispatch, t } = useApp();
  const events = useMemo(() => eventsOf(run, state.podEvents), [run, state.podEvents]);
  const isLong = events.length > rows.resting;
  const index = useStep(run, isLong ? readMs * speedOf(state.speed, run) : 0);
  const count = state.playing && isLong ? rows.playing : rows.resting;
  const first = firstShown(events, index, count);
  const shown = events.slice(first, first + count);
  return (
    <section class="events" aria-labelledby="events-title">
      <div class="title">
        <h2 id="events-title">{t("events")}</h2>
        <label class="check">
          <input
            type="checkbox"
            checked={state.podEvents}
            onChange={({ currentTarget }) => dispatch({ type: "show", change: { podEvents: currentTarget.checked } })}
          />
          {t("podEvents")}
        </label>
      </div>
      {events.length === 0 ? (
        <p class="dim">{t("noEvents")}</p>
      ) : (
        <Table run={run} shown={shown} first={first} index={index} />
      )}
      {isLong && <p class="note">{t("moreEvents", first, Math.max(0, events.length - first - count))}</p>}
    </section>
  );
}

function firstShown(events: readonly TimelineEvent[], index: number, count: number): number {
  if (events.length <= count) return 0;
  const current = events.findIndex(({ frame }) => frame > index);
  const middle = current < 0 ? events.length : current;
  return Math.max(0, Math.min(events.length - count, middle - count / 2));
}

function Table({
  run,
  shown,
  first,
  index,
}: {
  readonly run: Run;
  readonly shown: readonly TimelineEvent[];
  readonly first: number;
  readonly index: number;
}): JSX.Element {
  const { t } = useApp();
  const now = useRef<HTMLTableRowElement>(null);
  const latest = shown.findLast(({ frame }) => frame <= index);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => keepInSight(box.current, now.current), [latest]);
  return (
    <div class="scroll" ref={box}>
      <table>
        <thead>
          <tr>
            <th scope="col" class="at">
              {t("at")}
            </th>
            <th scope="col">{t("message")}</th>
            <th scope="col">{t("why")}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((event, row) => (
            <Row
              key={first + row}
              run={run}
              event={event}
              isFuture={event.frame > index}
              isLatest={event.frame === latest?.frame}
              rowRef={event === latest ? now : undefined}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Scrolls the table alone, never the page around it. */
function keepInSight(box: HTMLElement | null, row: HTMLElement | null): void {
  if (box === null || row === null) return;
  const head = 30;
  const above = row.offsetTop - head - box.scrollTop;
  const below = row.offsetTop + row.offsetHeight - box.clientHeight - box.scrollTop;
  if (above < 0) box.scrollTop += above;
  else if (below > 0) box.scrollTop += below;
}

interface RowProps {
  readonly run: Run;
  readonly event: TimelineEvent;
  readonly isFuture: boolean;
  readonly isLatest: boolean;
  readonly rowRef: { current: HTMLTableRowElement | null } | undefined;
}

function Row({ run, event, isFuture, isLatest, rowRef }: RowProps): JSX.Element {
  const { t, dispatch } = useApp();
  const seek = (): void => dispatch({ type: "seek", place: placeOf(run.counts, event.frame) });
  return (
    <tr
      ref={rowRef ?? null}
      class={`${isLatest ? "now" : ""} ${isFuture ? "future" : ""} ${event.type === "Warning" ? "warning" : ""}`}
      aria-current={isLatest ? "step" : undefined}
      onClick={seek}
    >
      <td class="at">
        <button class="plain" onClick={seek}>
          {moment(event.atMs)}
        </button>
      </td>
      <td>{event.message}</td>
      <td class="dim">{whyOf(event, t)}</td>
    </tr>
  );
}
