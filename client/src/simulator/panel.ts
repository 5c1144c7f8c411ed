import { env, l10n, Uri, type WebviewPanel } from "vscode";
import {
  type HostMessage,
  type ScenarioParams,
  scenarioRequest,
  type ScenarioResult,
  type SimulationKind,
  type SimulatorTarget,
  type WebviewMessage,
  writeKnobsRequest,
  type WriteKnobsParams,
  type WriteKnobsResult,
} from "../../../server/src/protocol/webview.ts";
import { translations } from "../options.ts";
import type { Server } from "../server.ts";
import { writeAndShow } from "./edits.ts";
import { committedText } from "./git.ts";
import { reveal } from "./reveal.ts";

/** One simulator beside the editor: asks the server for its scenario, and follows the file. */
export class SimulatorPanel {
  readonly panel: WebviewPanel;
  readonly #server: Server;
  readonly #kind: SimulationKind;
  #target: SimulatorTarget;
  /** The objects beside which the followed one stood last: by these it is found again when it gets another name. */
  #siblings: readonly string[] = [];
  /** The newest revision that an answer was of. */
  #revision = 0;
  #asking = false;
  #askAgain = false;

  constructor(panel: WebviewPanel, server: Server, kind: SimulationKind, target: SimulatorTarget) {
    this.panel = panel;
    this.#server = server;
    this.#kind = kind;
    this.#target = target;
    panel.webview.onDidReceiveMessage((message: WebviewMessage) => this.#receive(message));
  }

  /** The object that is followed, once an answer has named it. */
  get object(): string | undefined {
    return this.#target.object;
  }

  get kind(): SimulationKind {
    return this.#kind;
  }

  get uri(): string {
    return this.#target.uri;
  }

  /** Follows the file to its new place, alone or with a folder above it. */
  follow(from: Uri, to: Uri): void {
    const uri = Uri.parse(this.#target.uri).toString();
    const rest = uri.slice(from.toString().length);
    if (!uri.startsWith(from.toString()) || (rest !== "" && !rest.startsWith("/"))) return;
    this.#target = { ...this.#target, uri: `${to.toString()}${rest}` };
    void this.refresh();
  }

  /** Asks the server anew; while an answer is on its way, once more afterwards. */
  async refresh(): Promise<void> {
    if (this.#asking) {
      this.#askAgain = true;
      return;
    }
    this.#asking = true;
    try {
      do {
        this.#askAgain = false;
        await this.#show();
      } while (this.#askAgain);
    } finally {
      this.#asking = false;
    }
  }

  async #show(): Promise<void> {
    const { uri } = this.#target;
    const committed = await committedText(Uri.parse(uri));
    const params: ScenarioParams = {
      ...this.#target,
      kind: this.#kind,
      siblings: this.#siblings,
      ...(committed === undefined ? {} : { committedText: committed }),
    };
    const result = await this.#server.request<ScenarioResult | null>(scenarioRequest, params);
    if (result === undefined || result === null) return this.#showNothing(result === undefined);
    this.#revision = result.revision;
    this.#target = { uri: result.uri, object: result.object };
    this.#siblings = result.siblings ?? [];
    this.panel.title = titleOf(this.#kind, result.object);
    this.#post({
      type: "scenario",
      result,
      texts: translations(),
      tab: this.#kind === "balance" ? "balancing" : "rollout",
    });
  }

  #showNothing(isUnanswered: boolean): void {
    const { object } = this.#target;
    this.#post({
      type: "nothing",
      revision: this.#revision,
      why: isUnanswered ? "no-server" : "no-object",
      texts: translations(),
      ...(object === undefined ? {} : { object }),
    });
  }

  async #receive(message: WebviewMessage): Promise<void> {
    switch (message.type) {
      case "ready":
        return this.refresh();
      case "reveal":
        return reveal(message.location);
      case "copy":
        return env.clipboard.writeText(message.text);
      case "write": {
        const { object, values, images } = message;
        return this.#write({ uri: this.#target.uri, object, values, ...(images === undefined ? {} : { images }) });
      }
    }
  }

  async #write(params: WriteKnobsParams): Promise<void> {
    const result = await this.#server.request<WriteKnobsResult | null>(writeKnobsRequest, params);
    const outcome = result === undefined || result === null ? "failed" : await writeAndShow(result);
    const notices = result?.notices.map(({ message }) => message) ?? [];
    this.#post({ type: "written", outcome, ...(notices.length === 0 ? {} : { message: notices.join(" ") }) });
  }

  #post(message: HostMessage): void {
    void this.panel.webview.postMessage(message);
  }
}

/** The panel's title: the object's, and which half of the simulator was asked for. */
export function titleOf(kind: SimulationKind, object: string | undefined): string {
  if (object === undefined) return kind === "rollout" ? l10n.t("Rollout") : l10n.t("Balancing");
  return kind === "rollout" ? l10n.t("Rollout: {0}", object) : l10n.t("Balancing: {0}", object);
}
