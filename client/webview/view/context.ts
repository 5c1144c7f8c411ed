import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { SourceLocation, WebviewMessage } from "../../../server/src/protocol/webview.ts";
import type { Live } from "../live.ts";
import type { Engine } from "../engine/engine.ts";
import type { Event, State } from "../store.ts";
import type { Translate } from "../strings.ts";

/** What every component may use. */
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

/** Shows a place of the manifest in the editor; `undefined` where nothing is known of the place. */
export function revealer({ post }: App, location: SourceLocation | undefined): (() => void) | undefined {
  return location === undefined ? undefined : () => post({ type: "reveal", location });
}
