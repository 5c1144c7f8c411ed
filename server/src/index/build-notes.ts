import type { ErrorClass, KustomizeProblem } from "../kustomize/types.ts";
import type { Place } from "./types.ts";

/** What kustomize says of the files of an environment: why it refuses to build, or what deserves a word. */
export interface BuildNote {
  readonly code: ErrorClass | KustomizeProblem["code"];
  /** Whether the build fails. */
  readonly isError: boolean;
  /** kustomize's own words for an error; the field, target or name for everything else. */
  readonly text: string;
  readonly place: Place | undefined;
}
