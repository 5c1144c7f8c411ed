import { untracked, useSignalEffect } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { JSX } from "preact";
import { neighbour, placeOf } from "../model/place.ts";
import { Balancing } from "./balancing.tsx";
import { Compare } from "./compare.tsx";
import { type App, AppContext, useApp } from "./context.ts";
import { Header } from "./header.tsx";
import { Sidebar } from "./sidebar.tsx";
import { Calculating, NothingHere, Notices, Rejected, Waiting } from "./messages.tsx";
import { firstPlace, Player } from "./player.ts";
import { Rollout } from "./rollout.tsx";
import { TrafficView } from "./traffic.tsx";

/** The page: header, knobs at the side (or folded on top), and the chosen view. */
export function Root({ app }: { readonly app: App }): JSX.Element {
  useSignalEffect(() => {
    const run = app.live.run.value;
    const isPlaced = untracked(() => app.state.isPlaced);
    if (run !== undefined && !isPlaced) app.dispatch({ type: "seek", place: firstPlace(run) });
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent): void => onKey(event, app);
    window.addEventListener("keydown", listener);
    return () => window.removeEventListener("keydown", listener);
  }, [app]);
  return (
    <AppContext.Provider value={app}>
      <Player />
      <Page />
    </AppContext.Provider>
  );
}

function Page(): JSX.Element {
  const { nothing, result, tab } = useApp().state;
  if (result === undefined) return nothing === undefined ? <Waiting /> : <NothingHere nothing={nothing} />;
  return (
    <div class={`app tab-${tab}`}>
      <Header result={result} />
      <Sidebar result={result} />
      <main>
        <div id="view" role="tabpanel" aria-labelledby={`tab-${tab}`}>
          <Notices result={result} />
          <View />
        </div>
      </main>
    </div>
  );
}

function View(): JSX.Element {
  const { state, live, t } = useApp();
  if (state.tab === "balancing") return <Balancing />;
  const run = live.run.value;
  if (run === undefined && live.busy.value) return <Calculating />;
  if (run === undefined) return <p class="empty">{t("noWorkload")}</p>;
  if (run.recording.summary.outcome === "rejected") return <Rejected messages={run.recording.summary.messages ?? []} />;
  if (state.tab === "traffic") return <TrafficView run={run} />;
  return state.tab === "compare" ? <Compare run={run} /> : <Rollout run={run} />;
}

/** Keys of the time cursor, wherever no control needs them itself. */
function onKey(event: KeyboardEvent, app: App): void {
  const run = app.live.run.peek();
  if (run === undefined || app.state.tab === "balancing" || needsKeys(event)) return;
  const { place } = app.state;
  const seek = { ArrowRight: neighbour(run.counts, place, 1), ArrowLeft: neighbour(run.counts, place, -1) }[event.key];
  const end = { Home: placeOf(run.counts, 0), End: placeOf(run.counts, run.counts.length - 1) }[event.key];
  const target = seek ?? end;
  if (target !== undefined) app.dispatch({ type: "seek", place: target });
  else if (event.key === " ") app.dispatch({ type: "play", playing: !app.state.playing, from: place });
  else return;
  event.preventDefault();
}

function needsKeys({ target, altKey, ctrlKey, metaKey, key }: KeyboardEvent): boolean {
  if (altKey || ctrlKey || metaKey) return true;
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest("input, select, textarea, [role=tab]") !== null) return true;
  return key === " " && target.closest("button, summary, a") !== null;
}
