import { checkNext } from "../features/diagnostics/file.ts";
import type { Session } from "./session.ts";

/** Further environments wait until nothing has changed for so many milliseconds. */
const quietMs = 300;

/** So long the server works before it gives waiting messages a turn, in milliseconds. */
const sliceMs = 10;

/** Looks at open documents in all their environments while nothing else is to be done: the base of hundreds of overlays has too many for a keystroke. */
export class FurtherChecks {
  readonly #session: Session;
  #cancel: (() => void) | undefined;

  constructor(session: Session) {
    this.#session = session;
  }

  /** Something has changed: goes on when it is quiet again. */
  later(): void {
    this.#cancel?.();
    this.#cancel = this.#session.host.later(quietMs, () => {
      this.#cancel = undefined;
      void this.#check().catch((error: unknown) =>
        this.#session.logger.error(`further environments: ${String(error)}`),
      );
    });
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  async #check(): Promise<void> {
    const { workspace, host, publishing } = this.#session;
    const { revision } = workspace;
    for (const { uri } of [...workspace.openDocuments()]) {
      let isNews = false;
      let sliceStarted = host.now();
      while (this.#checkNext(uri)) {
        isNews = true;
        if (host.now() - sliceStarted < sliceMs) continue;
        await host.nextTurn();
        if (workspace.revision !== revision || this.#session.isStopped) return;
        sliceStarted = host.now();
      }
      if (!isNews) continue;
      this.#session.forgetFindings(uri);
      publishing.changed();
    }
  }

  #checkNext(uri: string): boolean {
    const { workspace } = this.#session;
    const context = workspace.contextOf(uri);
    if (context === undefined) return false;
    const options = this.#session.checkOptionsOf(context.file);
    return checkNext(context, workspace.memo, options, workspace.environments.isPartial(context.file));
  }
}
