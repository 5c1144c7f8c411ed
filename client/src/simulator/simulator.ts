import { env, l10n, Uri, ViewColumn, type Webview, type WebviewPanel, window, workspace } from "vscode";
import type { PanelState, SimulationKind, SimulatorTarget } from "../../../server/src/protocol/webview.ts";
import type { Server } from "../server.ts";
import { pageOf } from "./html.ts";
import { SimulatorPanel, titleOf } from "./panel.ts";

/** The simulator's panels: Preview Rollout and Preview Balancing. */
export interface Simulator {
  /** Shows the object of a target; an open panel of the same object comes to the front. */
  show(kind: SimulationKind, target: SimulatorTarget): void;
  dispose(): void;
}

/** As in the manifest's activation events, so that panels come back after a reload. */
const viewType = "drydock.simulator";

/** Registers the panels, and takes those over that a reload has left. */
export function createSimulator(extensionUri: Uri, server: Server): Simulator {
  const files = Uri.joinPath(extensionUri, "dist");
  const options = { enableScripts: true, localResourceRoots: [files] };
  const panels = new Set<SimulatorPanel>();
  const adopt = (panel: WebviewPanel, kind: SimulationKind, target: SimulatorTarget): void => {
    const simulator = new SimulatorPanel(panel, server, kind, target);
    panels.add(simulator);
    panel.onDidDispose(() => panels.delete(simulator));
    panel.iconPath = Uri.joinPath(extensionUri, "images/icon.png");
    panel.webview.html = pageFor(panel.webview, files);
  };
  const changes = server.onDidChangeManifests(() => {
    for (const simulator of panels) if (simulator.panel.visible) void simulator.refresh();
  });
  const renames = workspace.onDidRenameFiles(({ files: renamed }) => {
    for (const { oldUri, newUri } of renamed) for (const simulator of panels) simulator.follow(oldUri, newUri);
  });
  const serializer = window.registerWebviewPanelSerializer(viewType, {
    deserializeWebviewPanel(panel, state: unknown) {
      const kept = isPanelState(state) ? state : undefined;
      panel.webview.options = options;
      adopt(panel, kept?.kind ?? "rollout", kept === undefined ? { uri: "" } : { uri: kept.uri, object: kept.object });
      return Promise.resolve();
    },
  });
  return {
    show(kind, target) {
      const open = [...panels].find((each) => each.uri === target.uri && isAsked(each, target, kind));
      if (open !== undefined) return open.panel.reveal();
      const column = { viewColumn: ViewColumn.Beside, preserveFocus: false };
      adopt(window.createWebviewPanel(viewType, titleOf(kind, target.object), column, options), kind, target);
    },
    dispose() {
      serializer.dispose();
      changes.dispose();
      renames.dispose();
      for (const { panel } of panels) panel.dispose();
    },
  };
}

/** Only a target that names its object can be known to be open. */
function isAsked(panel: SimulatorPanel, { object }: SimulatorTarget, kind: SimulationKind): boolean {
  return object !== undefined && panel.object === object && panel.kind === kind;
}

function isPanelState(state: unknown): state is PanelState {
  if (typeof state !== "object" || state === null || !("uri" in state) || !("object" in state)) return false;
  const hasKind = "kind" in state && (state.kind === "rollout" || state.kind === "balance");
  return typeof state.uri === "string" && typeof state.object === "string" && hasKind;
}

function pageFor(webview: Webview, files: Uri): string {
  const file = (name: string): string => webview.asWebviewUri(Uri.joinPath(files, name)).toString();
  return pageOf({
    cspSource: webview.cspSource,
    // The engine first: the views ask for it when they start. They come from dist/simulation.js, dist/balancing.js and dist/webview.js.
    scripts: ["simulation.js", "balancing.js", "webview.js"].map(file),
    style: file("webview.css"),
    nonce: newNonce(),
    language: env.language,
    title: l10n.t("Drydock Simulator"),
  });
}

function newNonce(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
