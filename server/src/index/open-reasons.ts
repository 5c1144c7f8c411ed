import type { FileFacts, PlacedDocument } from "../model/facts.ts";
import { makerName, makesPods } from "./pod-makers.ts";
import type { SourceResource } from "./place.ts";
import type { FileId, OpenReason } from "./types.ts";

/** What a file has that can't be seen: whatever belongs to the same environment may come from there. */
export function openReasonsOf(
  file: FileId,
  facts: FileFacts,
  resources: readonly SourceResource[],
): readonly OpenReason[] {
  const reasons: OpenReason[] = [];
  if (facts.notice !== undefined)
    reasons.push({ code: "unread-file", subject: facts.notice, place: { file, start: 0, end: 0 } });
  for (const document of facts.documents) {
    const code = codeOf(document);
    if (code !== undefined)
      reasons.push({ code, subject: "", place: { file, start: document.start, end: document.start } });
  }
  for (const resource of resources) {
    if (makesPods(resource)) reasons.push({ code: "pod-maker", subject: makerName(resource), place: resource.place });
  }
  return reasons;
}

function codeOf({ facts }: PlacedDocument): OpenReason["code"] | undefined {
  if (facts.state === "broken") return "broken-document";
  if (facts.state === "templated") return "template";
  return facts.hasPlaceholders ? "placeholder" : undefined;
}
