import type { Range } from "../../base/lines.ts";
import type { Span } from "../../base/span.ts";
import type { Finding } from "../../features/finding.ts";
import type { Environment, FileId } from "../../index/types.ts";
import { rangeIn } from "../../model/position.ts";
import type { Arguments } from "../arguments.ts";
import type { World } from "../world.ts";

/** What `check` found. */
export interface Checked {
  readonly world: World;
  readonly environments: readonly CheckedEnvironment[];
  /** Sorted by file and place. */
  readonly findings: readonly Finding[];
  readonly options: Arguments;
}

export interface CheckedEnvironment {
  readonly name: string | null;
  readonly kind: Environment["kind"];
  readonly closed: boolean;
}

/** The 0-based range of a span of a file. */
export function rangeOf({ index }: World, file: FileId, span: Span): Range {
  return rangeIn(index.file(file)?.facts ?? { documents: [] }, span);
}
