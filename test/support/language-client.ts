import { isDeepStrictEqual } from "node:util";
import type { MessageConnection } from "vscode-languageserver/node";
import type { InitializationOptions, StatusParams } from "../../server/src/protocol/messages.ts";
import { statusNotification } from "../../server/src/protocol/messages.ts";
import { tail, within } from "../vscode/process.ts";

/** How to reach a server, whatever carries the messages. */
export interface Wire {
  readonly connection: MessageConnection;
  /** What the server wrote elsewhere, for the message of a failed test. */
  readonly log: readonly string[];
  /** Of the server, where it is a process of its own. */
  readonly pid?: number;
  /** The exit status, when the server has ended. */
  readonly ended: Promise<number>;
}

export interface Diagnostic {
  readonly code: string;
  readonly severity: number;
  readonly message: string;
  readonly range: { readonly start: { readonly line: number; readonly character: number } };
}

export interface ClientOptions {
  readonly folder: string;
  readonly capabilities?: object;
  readonly initializationOptions?: InitializationOptions;
  /** What is answered when the server asks for its settings, by section. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Milliseconds that each wait may take. */
  readonly deadline?: number;
}

interface Push {
  readonly uri: string;
  readonly diagnostics: readonly Diagnostic[];
}

const defaultDeadline = 20_000;

/** What VS Code can do, as far as the server asks. */
export const largeCapabilities = {
  general: { positionEncodings: ["utf-16"] },
  workspace: {
    workspaceEdit: { documentChanges: true },
    diagnostics: { refreshSupport: true },
    workspaceFolders: true,
  },
  textDocument: {
    hover: { contentFormat: ["markdown", "plaintext"] },
    diagnostic: { dynamicRegistration: false, relatedInformation: true },
    definition: { linkSupport: true },
    publishDiagnostics: { relatedInformation: true },
  },
} as const;

/** An editor as the protocol sees one. Every wait is for a message, with a deadline whose error shows the log. */
export class LanguageClient {
  readonly #wire: Wire;
  readonly #deadline: number;
  readonly #pushes = new Map<string, readonly Diagnostic[]>();
  readonly #listeners = new Set<() => void>();
  #refreshes = 0;
  #status: StatusParams | undefined;
  #version = 0;

  private constructor(wire: Wire, { settings = {}, deadline = defaultDeadline }: ClientOptions) {
    this.#wire = wire;
    this.#deadline = deadline;
    const { connection } = wire;
    connection.onNotification("textDocument/publishDiagnostics", ({ uri, diagnostics }: Push) => {
      this.#pushes.set(uri, diagnostics);
      this.#notify();
    });
    connection.onNotification(statusNotification, (params: StatusParams) => {
      this.#status = params;
      this.#notify();
    });
    connection.onRequest("workspace/diagnostic/refresh", () => {
      this.#refreshes++;
      this.#notify();
      return null;
    });
    connection.onRequest("workspace/codeLens/refresh", () => null);
    connection.onRequest("client/registerCapability", () => null);
    connection.onRequest(
      "workspace/configuration",
      ({ items }: { readonly items: readonly { readonly section?: string }[] }) =>
        items.map(({ section = "" }) => settings[section] ?? null),
    );
    connection.onRequest("workspace/inlayHint/refresh", () => null);
    connection.onRequest("window/workDoneProgress/create", () => null);
    connection.onNotification(() => undefined);
  }

  /** Shakes hands; the result is the server's answer to `initialize`. */
  static async open(wire: Wire, options: ClientOptions): Promise<{ client: LanguageClient; initialized: unknown }> {
    const client = new LanguageClient(wire, options);
    wire.connection.listen();
    const initialized = await client.request("initialize", {
      processId: null,
      rootUri: options.folder,
      workspaceFolders: [{ uri: options.folder, name: "workspace" }],
      capabilities: options.capabilities ?? largeCapabilities,
      initializationOptions: { status: true, ...options.initializationOptions },
    });
    await wire.connection.sendNotification("initialized", {});
    return { client, initialized };
  }

  request(method: string, params: unknown): Promise<unknown> {
    const answer = this.#wire.connection.sendRequest<unknown>(method, params);
    return within(this.#deadline, method, answer, () => tail(this.#wire.log.join("")));
  }

  async openText(uri: string, text: string, languageId = "yaml"): Promise<void> {
    const textDocument = { uri, languageId, version: ++this.#version, text };
    await this.#wire.connection.sendNotification("textDocument/didOpen", { textDocument });
  }

  /** Replaces the whole text. */
  async changeText(uri: string, text: string): Promise<void> {
    await this.#wire.connection.sendNotification("textDocument/didChange", {
      textDocument: { uri, version: ++this.#version },
      contentChanges: [{ text }],
    });
  }

  async closeText(uri: string): Promise<void> {
    await this.#wire.connection.sendNotification("textDocument/didClose", { textDocument: { uri } });
  }

  /** Pulls a document's findings. */
  async diagnostics(uri: string): Promise<readonly Diagnostic[]> {
    const report = (await this.request("textDocument/diagnostic", { textDocument: { uri } })) as {
      readonly items?: readonly Diagnostic[];
    };
    return report.items ?? [];
  }

  /** Pulls again after each of the server's refreshes until the codes are these. */
  async untilCodes(uri: string, codes: readonly string[]): Promise<void> {
    let seen: readonly string[] = [];
    const look = async (): Promise<void> => {
      for (;;) {
        const refreshes = this.#refreshes;
        seen = (await this.diagnostics(uri)).map(({ code }) => code);
        if (isDeepStrictEqual(seen, codes)) return;
        await this.#until(() => this.#refreshes > refreshes);
      }
    };
    await within(
      this.#deadline,
      `findings ${codes.join()}`,
      look(),
      () => `last: ${seen.join()}\n${tail(this.#wire.log.join(""))}`,
    );
  }

  /** Waits until the server has pushed exactly these codes for a document. */
  async untilPushed(uri: string, codes: readonly string[]): Promise<void> {
    const pushed = (): readonly string[] | undefined => this.#pushes.get(uri)?.map(({ code }) => code);
    const arrived = this.#until(() => isDeepStrictEqual(pushed(), codes));
    await within(
      this.#deadline,
      `pushed findings ${codes.join()}`,
      arrived,
      () => `last: ${pushed()?.join() ?? "none"}`,
    );
  }

  /** Waits until the server pushes a document's findings once more, whatever they are. */
  async untilPushedAgain(uri: string): Promise<void> {
    const before = this.#pushes.get(uri);
    const arrived = this.#until(() => this.#pushes.get(uri) !== before);
    await within(this.#deadline, "pushed findings", arrived, () => tail(this.#wire.log.join("")));
  }

  /** The findings that the server has pushed last for a document. */
  pushed(uri: string): readonly Diagnostic[] {
    return this.#pushes.get(uri) ?? [];
  }

  /** Waits until the workspace is indexed. */
  async untilReady(): Promise<StatusParams> {
    const ready = this.#until(() => this.#status?.phase === "ready");
    await within(
      this.#deadline,
      "an index",
      ready,
      () => `${JSON.stringify(this.#status)}\n${tail(this.#wire.log.join(""))}`,
    );
    if (this.#status === undefined) throw new Error("ready without a status");
    return this.#status;
  }

  /** Ends the server as the protocol wants it, and returns its exit status. */
  async end(): Promise<number> {
    await this.request("shutdown", undefined);
    await this.#wire.connection.sendNotification("exit");
    return within(this.#deadline, "the server's end", this.#wire.ended, () => tail(this.#wire.log.join("")));
  }

  #notify(): void {
    for (const listener of this.#listeners) listener();
  }

  #until(condition: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (!condition()) return;
        this.#listeners.delete(look);
        resolve();
      };
      this.#listeners.add(look);
      look();
    });
  }
}
