import type { JSX } from "preact";
import { useEffect, useMemo, useRef } from "preact/hooks";
import type { TimelineEvent } from "../../../server/src/simulation/timeline.ts";
import { moment } from "../format.ts";
import { placeOf, stepAt } from "../model/place.ts";
import { eventsOf, type Run } from "../model/run.ts";
import { whyOf } from "../why.ts";
import { useApp } from "./context.ts";

/** At most so many rows are in the page; those around the cursor. */
const shownRows = 200;

/** What the controllers did and why; each row is a place in time. */
export function Events({ run }: { readonly run: Run }): JSX.Element {
  const { state, dispatch, t } = useApp();
  const events = useMemo(() => eventsOf(run, state.podEvents), [run, state.podEvents]);
  const index = stepAt(run.counts, state.place);
  const first = firstShown(events, index);
  const shown = events.slice(first, first + shownRows);
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
      {events.length === 0 ? <p class="dim">{t("noEvents")}</p> : <Table run={run} shown={shown} index={index} />}
      {events.length > shownRows && (
        <p class="note">{t("moreEvents", first, Math.max(0, events.length - first - shownRows))}</p>
      )}
    </section>
  );
}

function firstShown(events: readonly TimelineEvent[], index: number): number {
  if (events.length <= shownRows) return 0;
  const current = events.findIndex(({ frame }) => frame > index);
  const middle = current < 0 ? events.length : current;
  return Math.max(0, Math.min(events.length - shownRows, middle - shownRows / 2));
}

function Table({
  run,
  shown,
  index,
}: {
  readonly run: Run;
  readonly shown: readonly TimelineEvent[];
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
              key={row}
              run={run}
              event={event}
              index={index}
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
  readonly index: number;
  readonly isLatest: boolean;
  readonly rowRef: { current: HTMLTableRowElement | null } | undefined;
}

function Row({ run, event, index, isLatest, rowRef }: RowProps): JSX.Element {
  const { t, dispatch } = useApp();
  const seek = (): void => dispatch({ type: "seek", place: placeOf(run.counts, event.frame) });
  const isFuture = event.frame > index;
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
