import { type ErrorClass, errorClasses, type KustomizeError, type OpenReason, type SourceRange } from "./types.ts";

/**
 * The one exception of this layer. kustomize gives up at the first mistake, wherever that is found: in the depth of a merge or of a generator.
 * `render` and the other entry points catch it and return it as a value; it never leaves the layer.
 */
export class Refusal extends Error implements KustomizeError {
  readonly class: ErrorClass;
  readonly missing?: string;
  readonly at?: SourceRange;
  /** What kustomize would have to fetch or run, for the classes `remote`, `helm` and `plugin`. */
  readonly subject: string | undefined;

  constructor(error: KustomizeError, subject?: string) {
    super(error.message);
    this.subject = subject;
    this.class = error.class;
    if (error.missing !== undefined) this.missing = error.missing;
    if (error.at !== undefined) this.at = error.at;
  }

  /** The plain value that the entry points return. */
  get error(): KustomizeError {
    return {
      class: this.class,
      message: this.message,
      ...(this.missing === undefined ? {} : { missing: this.missing }),
      ...(this.at === undefined ? {} : { at: this.at }),
    };
  }
}

/** Gives up the build. */
export function refuse(errorClass: ErrorClass, message: string, at?: SourceRange): never {
  throw new Refusal({ class: errorClass, message, ...(at === undefined ? {} : { at }) });
}

/** Gives up at something that only the author's machine can know: a URL, a chart, a plugin. */
export function refuseUnknown(
  kind: Exclude<OpenReason["kind"], "placeholder">,
  subject: string,
  message: string,
  at?: SourceRange,
): never {
  throw new Refusal({ class: kind, message, ...(at === undefined ? {} : { at }) }, subject);
}

/** Runs a step; a refusal without a place gets the place of the step. */
export function locating<Value>(at: SourceRange | undefined, step: () => Value): Value {
  const result = attempt(step);
  if (!(result instanceof Refusal)) return result;
  if (result.at !== undefined || at === undefined) throw result;
  throw new Refusal({ ...result.error, at }, result.subject);
}

/** Runs a step that may refuse; other exceptions pass. */
export function attempt<Value>(step: () => Value): Value | Refusal {
  try {
    return step();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

/** Of two refusals of one entry the one that is classified first. */
export function moreTelling(first: Refusal, second: Refusal): Refusal {
  return errorClasses.indexOf(second.class) < errorClasses.indexOf(first.class) ? second : first;
}
