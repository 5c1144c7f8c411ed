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
  /** What is named where the mistake is that nothing is there. */
  readonly missing?: MissingPath;
}

/** A path of a kustomization that leads nowhere. */
export interface MissingPath {
  /** The field that names it, such as `resources` or `configMapGenerator.files`. */
  readonly field: string;
  /** As it is written, without the key of `KEY=PATH`. */
  readonly text: string;
  /** What could stand in the place of its last part. */
  readonly beside: () => readonly string[];
}
