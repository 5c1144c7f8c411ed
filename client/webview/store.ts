import type {
  HostMessage,
  PanelState,
  ScenarioResult,
  SimulatorTab,
  WorkloadField,
  WriteOutcome,
} from "../../server/src/protocol/webview.ts";
import type { Action } from "../../server/src/simulation/scenario.ts";
import { type BalanceTuning, balanceAsWritten } from "./model/balancing.ts";
import { omit } from "./model/json.ts";
import type { Place } from "./model/place.ts";
import { renamedBalance, renamedTuning } from "./model/renaming.ts";
import { asWritten, type Tuning } from "./model/tuning.ts";

/** All that the views show, but what is computed from it. Never changed, only replaced. */
export interface State {
  /** The newest revision of the server's texts that was heard of; older messages are dropped. */
  readonly revision: number;
  readonly result?: ScenarioResult;
  /** Why there is nothing to show, or nothing newer than {@link result}. */
  readonly nothing?: { readonly why: "no-object" | "no-server"; readonly object?: string };
  readonly texts: Readonly<Record<string, string>>;
  readonly tab: SimulatorTab;
  readonly tuning: Tuning;
  /** The settings that were looked at last before these. */
  readonly previous?: Tuning;
  /** The knob that is being moved: its movement is one change. */
  readonly gesture?: string;
  /** The other side of the comparison. */
  readonly other: Tuning;
  readonly balancing: BalanceTuning;
  readonly place: Place;
  /** Whether the person chose the place; otherwise the view chooses a telling one. */
  readonly isPlaced: boolean;
  /** Whether the view is one that was kept: its tab wins over the one that a command asks for. */
  readonly isRestored: boolean;
  readonly playing: boolean;
  /** How many times faster than real time; 0: so that the whole takes about 20 s. */
  readonly speed: number;
  readonly podEvents: boolean;
  readonly grouping: "set" | "node";
  readonly asTable: boolean;
  readonly knobsOpen: boolean;
  readonly notice?: { readonly kind: WriteOutcome | "copied"; readonly message?: string };
}

/** What the person does, and what comes in. */
export type Event =
  | { readonly type: "message"; readonly message: HostMessage }
  | { readonly type: "restore"; readonly kept: unknown }
  | { readonly type: "tab"; readonly tab: SimulatorTab }
  | { readonly type: "tune"; readonly knob: string; readonly change: Partial<Tuning>; readonly moving?: boolean }
  | {
      readonly type: "value";
      readonly field: WorkloadField;
      readonly value: string | number | undefined;
      readonly moving?: boolean;
    }
  | { readonly type: "settle" }
  | { readonly type: "act"; readonly action: Action }
  | { readonly type: "removeAction"; readonly index: number }
  | { readonly type: "resetAll" }
  | { readonly type: "other"; readonly tuning: Tuning }
  | { readonly type: "balance"; readonly change: Partial<BalanceTuning> }
  | { readonly type: "seek"; readonly place: Place }
  | { readonly type: "play"; readonly playing: boolean; readonly from?: Place }
  | { readonly type: "advance"; readonly byMs: number; readonly endMs: number }
  | {
      readonly type: "show";
      readonly change: Partial<Pick<State, "speed" | "podEvents" | "grouping" | "asTable" | "knobsOpen">>;
    }
  | { readonly type: "copied" };

/** What people most often weigh their settings against: one pod after the other, never below the replicas. */
const careful: Tuning = { ...asWritten, values: { strategy: "RollingUpdate", maxSurge: 1, maxUnavailable: 0 } };

export const initial: State = {
  revision: -1,
  texts: {},
  tab: "rollout",
  tuning: asWritten,
  other: careful,
  balancing: balanceAsWritten,
  place: { atMs: 0 },
  isPlaced: false,
  isRestored: false,
  playing: false,
  speed: 0,
  podEvents: false,
  grouping: "set",
  asTable: false,
  knobsOpen: false,
};

/** The state after an event. */
export function reduce(state: State, event: Event): State {
  switch (event.type) {
    case "message":
      return received(state, event.message);
    case "restore":
      return restored(state, event.kept);
    case "tab":
      return { ...omit(state, "notice"), tab: event.tab, playing: false };
    case "tune":
      return tuned(state, event.knob, { ...state.tuning, ...event.change }, event.moving ?? false);
    case "value":
      return tuned(state, event.field, withField(state.tuning, event.field, event.value), event.moving ?? false);
    case "settle":
      return state.gesture === undefined ? state : omit(state, "gesture");
    case "act":
      return tuned(state, "actions", { ...state.tuning, actions: [...state.tuning.actions, event.action] }, false);
    case "removeAction":
      return tuned(
        state,
        "actions",
        { ...state.tuning, actions: state.tuning.actions.toSpliced(event.index, 1) },
        false,
      );
    case "resetAll":
      return { ...tuned(state, "all", asWritten, false), balancing: balanceAsWritten };
    case "other":
      return { ...state, other: event.tuning };
    case "balance":
      return { ...omit(state, "notice"), balancing: { ...state.balancing, ...event.change } };
    case "copied":
      return { ...state, notice: { kind: "copied" } };
    default:
      return moved(state, event);
  }
}

type Movement = Extract<Event, { type: "seek" | "play" | "advance" | "show" }>;

function moved(state: State, event: Movement): State {
  switch (event.type) {
    case "seek":
      return { ...state, place: event.place, isPlaced: true, playing: false };
    case "play":
      return {
        ...state,
        playing: event.playing,
        isPlaced: true,
        ...(event.from === undefined ? {} : { place: event.from }),
      };
    case "advance": {
      if (!state.playing) return state;
      const atMs = Math.min(event.endMs, state.place.atMs + event.byMs);
      return { ...state, place: { atMs }, playing: atMs < event.endMs };
    }
    case "show":
      return { ...state, ...event.change };
  }
}

/** Whether the state holds something of the person's that "Reset all" would take back. */
export function isTuned(state: State): boolean {
  return state.tuning !== asWritten || state.balancing !== balanceAsWritten;
}

/** What is kept with the editor for the next time, as plain JSON. */
export function kept(state: State): PanelState | undefined {
  const { result, tab, tuning, other, balancing, place, isPlaced, speed, podEvents, grouping, asTable } = state;
  if (result === undefined) return undefined;
  const view = { tab, tuning, other, balancing, place, isPlaced, speed, podEvents, grouping, asTable };
  const kind = tab === "balancing" ? "balance" : "rollout";
  const plain = JSON.parse(JSON.stringify(view)) as NonNullable<PanelState["view"]>;
  return { version: 1, uri: result.uri, object: result.object, kind, view: plain };
}

function received(state: State, message: HostMessage): State {
  switch (message.type) {
    case "scenario": {
      const { result, texts, tab } = message;
      if (result.revision < state.revision) return state;
      const isFirst = state.result === undefined && !state.isRestored;
      const { tab: shown, ...known } = omit(followed(state, result.object), "nothing");
      return { ...known, revision: result.revision, result, texts, tab: isFirst ? tab : shown };
    }
    case "nothing": {
      if (message.revision < state.revision) return state;
      const { why, object, texts, revision } = message;
      // What was shown last stays: a half-typed line makes an object unreadable for a moment.
      return { ...state, revision, texts, nothing: { why, ...(object === undefined ? {} : { object }) } };
    }
    case "written": {
      const { outcome, message: text } = message;
      return { ...state, notice: { kind: outcome, ...(text === undefined ? {} : { message: text }) } };
    }
  }
}

/** The object has another name now: what was set stays, and is set for that name. */
function followed(state: State, to: string): State {
  const from = state.result?.object;
  if (from === undefined || from === to) return state;
  const renaming = { from, to };
  const { tuning, other, previous, balancing } = state;
  return {
    ...state,
    tuning: renamedTuning(tuning, renaming),
    other: renamedTuning(other, renaming),
    balancing: renamedBalance(balancing, renaming),
    ...(previous === undefined ? {} : { previous: renamedTuning(previous, renaming) }),
  };
}

/** The movement of one knob counts as one change: what was before it is the alternative that figures are compared with. */
function tuned(state: State, knob: string, tuning: Tuning, moving: boolean): State {
  const goesOn = state.gesture === knob;
  const previous = goesOn ? state.previous : state.tuning;
  const rest = omit(state, "gesture", "notice");
  return {
    ...rest,
    tuning,
    ...(previous === undefined ? {} : { previous }),
    ...(moving ? { gesture: knob } : {}),
  };
}

function withField(tuning: Tuning, field: WorkloadField, value: string | number | undefined): Tuning {
  const others = omit(tuning.values, field);
  return { ...tuning, values: value === undefined ? others : { ...others, [field]: value } };
}

/** A kept state is taken over as far as it has the right shape: it may come from another version. */
function restored(state: State, found: unknown): State {
  if (!isRecord(found) || found["version"] !== 1 || !isRecord(found["view"])) return state;
  const { view } = found;
  const pick = <Key extends keyof State>(key: Key): Partial<Pick<State, Key>> => {
    const value = view[key];
    return typeof value === typeof state[key] && value !== null ? ({ [key]: value } as Pick<State, Key>) : {};
  };
  const merged = (key: "tuning" | "other" | "balancing"): object => {
    const value = view[key];
    return isRecord(value) ? { [key]: { ...state[key], ...value } } : {};
  };
  return {
    ...state,
    ...pick("tab"),
    ...pick("place"),
    ...pick("speed"),
    ...pick("podEvents"),
    ...pick("grouping"),
    ...pick("asTable"),
    ...merged("tuning"),
    ...merged("other"),
    ...merged("balancing"),
    ...pick("isPlaced"),
    isRestored: true,
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
