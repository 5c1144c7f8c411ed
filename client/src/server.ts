import { type CancellationToken, EventEmitter, l10n, type LogOutputChannel, window } from "vscode";
import { type BaseLanguageClient, type LanguageClientOptions, State } from "vscode-languageclient";
import { changedNotification } from "../../server/src/protocol/messages.ts";

export type ClientFactory = (options: LanguageClientOptions) => BaseLanguageClient;

/** A handler of a client's messages or events, which goes with the client. */
export interface Attachment {
  dispose(): void;
}

/** The language server's life: started when first wanted, restarted by command, gone with the extension. */
export class Server {
  readonly #create: () => BaseLanguageClient;
  readonly #log: LogOutputChannel;
  readonly #setups: ((client: BaseLanguageClient) => Attachment)[] = [];
  readonly #states = new EventEmitter<State>();
  readonly #changes = new EventEmitter<void>();
  #client: BaseLanguageClient | undefined;
  #starting: Promise<void> | undefined;
  #attached: Attachment[] = [];

  /** Fires with every change of the server's state, also of a new server's after a restart. */
  readonly onDidChangeState = this.#states.event;

  /** Fires when answers about the manifests may have changed. An event, since a client keeps one handler per notification. */
  readonly onDidChangeManifests = this.#changes.event;

  constructor(create: () => BaseLanguageClient, log: LogOutputChannel) {
    this.#create = create;
    this.#log = log;
  }

  /** Whether somebody has asked for the server already. */
  get wanted(): boolean {
    return this.#starting !== undefined;
  }

  /** Runs `setup` for each client before it starts: the place for handlers of the server's messages. */
  configure(setup: (client: BaseLanguageClient) => Attachment): void {
    this.#setups.push(setup);
  }

  /** Starts the server unless it runs. A failure is shown and logged; later requests then answer `undefined`. */
  start(): Promise<void> {
    this.#starting ??= this.#launch();
    return this.#starting;
  }

  /** Sends a request, starting the server when it has to. `undefined` when there is no server to answer, or when it fails. */
  async request<Result>(method: string, params: unknown, token?: CancellationToken): Promise<Result | undefined> {
    await this.start();
    if (this.#client?.isRunning() !== true) return undefined;
    try {
      // An absent token must not be passed: it would count as a second parameter.
      return token === undefined
        ? await this.#client.sendRequest<Result>(method, params)
        : await this.#client.sendRequest<Result>(method, params, token);
    } catch (error) {
      this.#log.error(`${method} failed: ${messageOf(error)}`);
      return undefined;
    }
  }

  /** Sends a notification to a server that runs; a new one is told by those who configure it. */
  async notify(method: string, params: unknown): Promise<void> {
    if (this.#client?.isRunning() === true) await this.#client.sendNotification(method, params);
  }

  async restart(): Promise<void> {
    this.#log.info("Restarting the server");
    await this.#stop();
    this.#starting = undefined;
    await this.start();
  }

  dispose(): void {
    this.#states.dispose();
    this.#changes.dispose();
    void this.#stop();
  }

  async #launch(): Promise<void> {
    const client = this.#create();
    this.#client = client;
    this.#attached = this.#setups.map((setup) => setup(client));
    this.#attached.push(
      client.onDidChangeState(({ newState }) => this.#states.fire(newState)),
      client.onNotification(changedNotification, () => this.#changes.fire()),
    );
    try {
      await client.start();
    } catch (error) {
      this.#log.error(`The server does not start: ${messageOf(error)}`);
      this.#states.fire(State.Stopped);
      void window.showErrorMessage(l10n.t("Drydock's server does not start. The log says why."));
    }
  }

  async #stop(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    for (const disposable of this.#attached.splice(0)) disposable.dispose();
    try {
      await client?.dispose();
    } catch (error) {
      this.#log.warn(`The server did not end by itself: ${messageOf(error)}`);
    }
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
