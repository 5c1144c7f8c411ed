import * as l10n from "@vscode/l10n";
import type { WorkDoneProgressServerReporter } from "vscode-languageserver";
import type { Session } from "./session.ts";

/** The client's own display of how far the reading of the workspace is, with a way to stop it. */
export class IndexingProgress {
  readonly #reporter: WorkDoneProgressServerReporter;

  private constructor(reporter: WorkDoneProgressServerReporter) {
    this.#reporter = reporter;
  }

  /** `undefined` for clients that show no progress, and for those that show Drydock's own status. */
  static async start({ client, connection }: Session): Promise<IndexingProgress | undefined> {
    if (!client.progress || client.options.status === true) return undefined;
    const reporter = await connection.window.createWorkDoneProgress();
    reporter.begin(l10n.t("Reading Kubernetes manifests"), 0, undefined, true);
    return new IndexingProgress(reporter);
  }

  onCancel(listener: () => void): void {
    this.#reporter.token.onCancellationRequested(listener);
  }

  report(done: number, total: number): void {
    this.#reporter.report(total === 0 ? 0 : Math.floor((100 * done) / total), l10n.t("{0} of {1} files", done, total));
  }

  done(): void {
    this.#reporter.done();
  }
}
