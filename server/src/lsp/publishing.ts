import { CodeLensRefreshRequest } from "vscode-languageserver";
import { changedNotification } from "../protocol/messages.ts";
import type { ChangedParams } from "../protocol/messages.ts";
import { diagnosticsOf, resultIdOf } from "./handlers/diagnostics.ts";
import type { Session } from "./session.ts";

/** Changes that come within so many milliseconds are told as one. */
const burstMs = 100;

/**
 * Tells the client what a change means for documents other than the changed one: those whose findings differ now are refreshed (or pushed),
 * and previews are told to look again. One keystroke in one file must not make the client ask for all files.
 */
export class Publishing {
  readonly #session: Session;
  readonly #told = new Map<string, string>();
  #cancel: (() => void) | undefined;

  constructor(session: Session) {
    this.#session = session;
  }

  /** Something has changed; `uri` is the document in which it did, for which a pulling client asks by itself. */
  changed(uri?: string): void {
    if (uri !== undefined && !this.#session.client.pullsDiagnostics) {
      this.#push(uri);
      this.#note(uri);
    }
    this.#cancel ??= this.#session.host.later(burstMs, () => {
      this.#cancel = undefined;
      this.#tell();
    });
  }

  /** The client has just got these findings of a document, with this id. */
  answered(uri: string, resultId: string): void {
    this.#told.set(uri, resultId);
  }

  /** A closed document has no findings any more. */
  closed(uri: string): void {
    this.#told.delete(uri);
    if (!this.#session.client.pullsDiagnostics) void this.#session.connection.sendDiagnostics({ uri, diagnostics: [] });
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #tell(): void {
    const { connection, workspace, client } = this.#session;
    let others = false;
    for (const { uri } of workspace.openDocuments()) {
      if (!this.#note(uri)) continue;
      others = true;
      if (!client.pullsDiagnostics) this.#push(uri);
    }
    if (others && client.pullsDiagnostics && client.refreshesDiagnostics)
      void connection.languages.diagnostics.refresh();
    if (client.refreshesCodeLenses) void connection.sendRequest(CodeLensRefreshRequest.type);
    if (client.refreshesInlayHints) void connection.languages.inlayHint.refresh();
    if (client.refreshesSemanticTokens) void connection.languages.semanticTokens.refresh();
    const params: ChangedParams = { revision: workspace.revision };
    if (client.options.status === true) void connection.sendNotification(changedNotification, params);
  }

  /** Remembers the findings of a document; whether they differ from the last ones. */
  #note(uri: string): boolean {
    const id = resultIdOf(diagnosticsOf(this.#session, uri));
    if (this.#told.get(uri) === id) return false;
    this.#told.set(uri, id);
    return true;
  }

  #push(uri: string): void {
    const { connection, workspace } = this.#session;
    const open = workspace.opened(uri);
    if (open === undefined) return;
    void connection.sendDiagnostics({ uri, version: open.version, diagnostics: diagnosticsOf(this.#session, uri) });
  }
}
