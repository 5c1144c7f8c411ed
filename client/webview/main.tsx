import { computed, effect, signal } from "@preact/signals";
import { render } from "preact";
import { createWorkers } from "./engine/workers.ts";
import { connect } from "./host.ts";
import { createLive } from "./live.ts";
import { initial, kept, reduce } from "./store.ts";
import { translator } from "./strings.ts";
import { type App, byField } from "./view/context.ts";
import { Root } from "./view/root.tsx";
import "./style/style.css";

const host = connect();
const { drydockSimulation: rollouts, drydockBalancing: balancing, drydockCarryOut: carryOut } = window;
const root = document.getElementById("root");
if (rollouts !== undefined && balancing !== undefined && carryOut !== undefined && root !== null) {
  const engine = { ...rollouts, ...balancing };
  const state = signal(reduce(initial, { type: "restore", kept: host.kept }));
  const dispatch = (event: Parameters<typeof reduce>[1]): void => {
    state.value = reduce(state.value, event);
  };
  const script = document.querySelector<HTMLScriptElement>('script[src$="simulation.js"]')?.src;
  const workers = createWorkers(script, carryOut);
  const texts = computed(() => state.value.texts);
  const translate = computed(() => translator(texts.value));
  const app: App = {
    state: byField(state),
    get t() {
      return translate.value;
    },
    live: createLive(state, engine, workers),
    engine,
    dispatch,
    post: host.post,
  };
  render(<Root app={app} />, root);
  const toKeep = computed(() => (state.value.playing ? undefined : kept(state.value)));
  effect(() => {
    if (toKeep.value !== undefined) host.keep(toKeep.value);
  });
  host.listen((message) => dispatch({ type: "message", message }));
  host.post({ type: "ready" });
}
