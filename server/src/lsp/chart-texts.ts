import type { ChartTexts } from "../features/charts/context.ts";
import type { FileId } from "../index/types.ts";
import type { Session } from "./session.ts";

/** The texts of some files of a chart, as they are now. */
export async function chartTexts(session: Session, files: readonly FileId[]): Promise<ChartTexts> {
  const reads = new Map(await Promise.all(files.map(async (file) => [file, await session.readAny(file)] as const)));
  return (file) => reads.get(file);
}
