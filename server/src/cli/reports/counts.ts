import type { World } from "../world.ts";

/** How much was read. */
export interface Counts {
  readonly files: number;
  readonly documents: number;
  readonly resources: number;
}

/** How many files, documents and objects were read. */
export function countsOf({ index, files }: World): Counts {
  const indexed = files.flatMap((file) => index.file(file) ?? []);
  return {
    files: files.length,
    documents: indexed.reduce((sum, { facts }) => sum + facts.documents.length, 0),
    resources: indexed.reduce((sum, { resources }) => sum + resources.length, 0),
  };
}
