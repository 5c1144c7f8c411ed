import { once } from "node:events";
import { workerData, type MessagePort } from "node:worker_threads";
import { editsOf } from "../../features/code-actions/edits.ts";
import type { Finding, Fix } from "../../features/finding.ts";
import type { FileId } from "../../index/types.ts";
import type { ReadFile } from "../../model/read.ts";
import { UsageError } from "../arguments.ts";
import type { NamedByKustomizations } from "../kustomize.ts";
import { makeWorld, rereader } from "../world.ts";
import { checkPart, readPart } from "./part.ts";
import type { CheckTask, EnvironmentPart, TextFindings } from "./part.ts";
import { joinFacts, sendFacts } from "./sent-facts.ts";
import type { SentFacts } from "./sent-facts.ts";

/** What a thread tells, in this order; a failure ends it. */
export type ThreadMessage =
  | { readonly kind: "read"; readonly facts: SentFacts; readonly findings: TextFindings }
  | { readonly kind: "checked"; readonly parts: readonly EnvironmentPart[] }
  | { readonly kind: "failed"; readonly message: string; readonly isUsage: boolean };

/** A thread beside the main one of `drydock check`: reads and checks its share, and tells what it found. */
export async function runThread(port: MessagePort): Promise<void> {
  const tell = (message: ThreadMessage): void => port.postMessage(message);
  try {
    const task = workerData as CheckTask;
    const [kustomizations] = (await once(port, "message")) as [NamedByKustomizations];
    const { found, directives, ...own } = readPart(task, kustomizations);
    tell({ kind: "read", facts: sendFacts(own), findings: { found, directives } });
    const [others] = (await once(port, "message")) as [readonly SentFacts[]];
    const world = makeWorld(task.listed, joinFacts(own, others), kustomizations, task.options);
    const readOf = task.options.format === "json" ? rereader(task.options) : undefined;
    tell({
      kind: "checked",
      parts: Array.from(checkPart(world, task), (part) => ({
        ...part,
        findings: part.findings.map((finding) => settled(finding, readOf)),
      })),
    });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    tell({ kind: "failed", message, isUsage: error instanceof UsageError });
  } finally {
    port.close();
  }
}

/** A finding that refers to no object of this thread: its fixes are texts, where a report shows them at all. */
function settled(finding: Finding, readOf: ((file: FileId) => ReadFile | undefined) | undefined): Finding {
  const { fixes } = finding;
  if (fixes.length === 0) return finding;
  return { ...finding, fixes: readOf === undefined ? [] : fixes.flatMap((fix) => settledFix(fix, readOf)) };
}

function settledFix(fix: Fix, readOf: (file: FileId) => ReadFile | undefined): readonly Fix[] {
  const files = editsOf(fix.changes, readOf);
  if (files === undefined) return [];
  const texts = files.flatMap(({ file, edits }) =>
    edits.map(({ span, newText }) => ({ kind: "replace", place: { file, ...span }, text: newText }) as const),
  );
  return [{ ...fix, changes: [...fix.changes.filter(({ kind }) => kind === "new-file"), ...texts] }];
}
