import { LSPErrorCodes, ResponseError } from "vscode-languageserver";
import type { CancellationToken } from "vscode-languageserver";
import type { Logger } from "./host.ts";

/** Thrown inside a handler when its answer is not wanted any more; the guard turns it into the protocol's error. */
export class Abandoned extends Error {
  readonly code: number;

  constructor(code: number) {
    super(code === LSPErrorCodes.ContentModified ? "content modified" : "request cancelled");
    this.code = code;
  }
}

/** What a handler may ask while it works. */
export interface RequestContext {
  /** Gives the event loop a turn when 10 ms have passed; throws {@link Abandoned} when the client has cancelled or the texts have changed. */
  checkpoint(): Promise<void>;
  /** Calls `stop` when the client cancels the request. */
  onCancelled(stop: () => void): void;
}

export interface GuardPorts {
  readonly logger: Logger;
  /** Milliseconds of a clock that never runs backwards. */
  readonly now: () => number;
  /** Resolves in the next turn of the event loop, behind waiting messages. */
  readonly nextTurn: () => Promise<void>;
  /** The revision of the workspace; an answer computed for another one is stale. */
  readonly revision: () => number;
}

const SLICE_MS = 10;

/**
 * The one wrapper around every request handler: cancellation, errors and timing are handled here and nowhere else.
 * A failure is logged with the method (never with a document's content) and answered with `fallback`, so that one bug in one feature does not become a pop-up for each keystroke.
 */
export class Guard {
  readonly #ports: GuardPorts;

  constructor(ports: GuardPorts) {
    this.#ports = ports;
  }

  handler<Params, Result>(
    method: string,
    fallback: Result,
    handle: (params: Params, context: RequestContext) => Result | Promise<Result>,
  ): (params: Params, token: CancellationToken) => Promise<Result | ResponseError<never>> {
    return async (params, token) => {
      const started = this.#ports.now();
      try {
        const result = await handle(params, this.#context(token));
        if (token.isCancellationRequested) return cancelled();
        this.#ports.logger.trace(`${method} ${(this.#ports.now() - started).toFixed(1)} ms`);
        return result;
      } catch (error) {
        if (error instanceof Abandoned) return new ResponseError<never>(error.code, error.message);
        this.#ports.logger.error(`${method} failed: ${describe(error)}`);
        return fallback;
      }
    };
  }

  #context(token: CancellationToken): RequestContext {
    const { now, nextTurn, revision } = this.#ports;
    const startedAt = revision();
    let sliceStarted = now();
    return {
      async checkpoint() {
        if (now() - sliceStarted < SLICE_MS) return;
        await nextTurn();
        sliceStarted = now();
        if (token.isCancellationRequested) throw new Abandoned(LSPErrorCodes.RequestCancelled);
        if (revision() !== startedAt) throw new Abandoned(LSPErrorCodes.ContentModified);
      },
      onCancelled(stop) {
        // A token that was cancelled before anybody looked at it never says so.
        if (token.isCancellationRequested) stop();
        else token.onCancellationRequested(stop);
      },
    };
  }
}

function cancelled(): ResponseError<never> {
  return new ResponseError<never>(LSPErrorCodes.RequestCancelled, "request cancelled");
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
