import { computed, type ReadonlySignal } from "@preact/signals";
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { SourceLocation, WebviewMessage } from "../../../server/src/protocol/webview.ts";
import type { Live } from "../live.ts";
import type { Engine } from "../engine/engine.ts";
import type { Event, State } from "../store.ts";
import type { Translate } from "../strings.ts";

/** What every component may use. It stays the same object: what a component reads of it while it draws is what it is drawn again for. */
export interface App {
  readonly state: State;
  readonly live: Live;
  readonly engine: Engine;
  readonly t: Translate;
  readonly dispatch: (event: Event) => void;
  readonly post: (message: WebviewMessage) => void;
}

export const AppContext = createContext<App | undefined>(undefined);

export function useApp(): App {
  const app = useContext(AppContext);
  if (app === undefined) throw new Error("a component outside of the app");
  return app;
}

/** An object in a signal, field by field: who reads one field does not hear of the others. So a moved time cursor draws no knob. */
export function byField<Fields extends object>(whole: ReadonlySignal<Fields>): Fields {
  const fields = new Map<PropertyKey, ReadonlySignal<unknown>>();
  const field = (key: PropertyKey): ReadonlySignal<unknown> => {
    const found = fields.get(key) ?? computed(() => Reflect.get(whole.value, key) as unknown);
    fields.set(key, found);
    return found;
  };
  // Nobody asks this object for anything but its fields.
  return new Proxy({} as Fields, { get: (_, key) => field(key).value });
}

/** Shows a place of the manifest in the editor; `undefined` where nothing is known of the place. */
export function revealer({ post }: App, location: SourceLocation | undefined): (() => void) | undefined {
  return location === undefined ? undefined : () => post({ type: "reveal", location });
}
