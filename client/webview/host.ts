import type { HostMessage, PanelState, WebviewMessage } from "../../server/src/protocol/webview.ts";

/** What VS Code gives a webview's page. */
interface VsCodeApi {
  postMessage(message: WebviewMessage): void;
  getState(): unknown;
  setState(state: PanelState): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** The extension, as the page sees it. */
export interface Host {
  readonly post: (message: WebviewMessage) => void;
  /** What was kept last time, of whatever shape. */
  readonly kept: unknown;
  readonly keep: (state: PanelState) => void;
  readonly listen: (listener: (message: HostMessage) => void) => void;
}

/** Connects to the extension; to be called once in a page's life. */
export function connect(): Host {
  const api = acquireVsCodeApi();
  return {
    post: (message) => api.postMessage(message),
    kept: api.getState(),
    keep: (state) => api.setState(state),
    listen(listener) {
      window.addEventListener("message", (event: MessageEvent<unknown>) => {
        if (isHostMessage(event.data)) listener(event.data);
      });
    },
  };
}

function isHostMessage(data: unknown): data is HostMessage {
  if (typeof data !== "object" || data === null || !("type" in data)) return false;
  return data.type === "scenario" || data.type === "nothing" || data.type === "written";
}
