import { canonicalJson } from "../../../server/src/base/json.ts";
import type { JsonValue } from "../../../server/src/base/json.ts";
import { parseDocument } from "../../../server/src/yaml/parse.ts";
import { splitDocuments } from "../../../server/src/yaml/split.ts";
import type { ConformanceRunner } from "../runner.ts";

/** Texts as kubectl's reader and parser see them: see the README beside the recordings. */
interface RecordedText {
  readonly id: string;
  readonly text: string;
  readonly documents: readonly RecordedDocument[] | null;
}

interface RecordedDocument {
  readonly value?: JsonValue;
  readonly error?: string;
  readonly strictError?: string;
}

export const runner: ConformanceRunner = {
  folder: "yaml",
  run(context) {
    for (const file of ["cases", "edits"]) {
      for (const line of context.lines(`yaml/${file}.jsonl`) ?? []) {
        const recorded = line as RecordedText;
        const wanted = (recorded.documents ?? []).map(verdictOf);
        const found = readText(recorded.text);
        const agreed = wanted.length === found.length && wanted.every((verdict, index) => verdict === found[index]);
        context.report("yaml", { id: recorded.id, agreed, wanted, found });
      }
    }
  },
};

function verdictOf(document: RecordedDocument): string {
  if (document.error !== undefined) return "error";
  const strict = document.strictError === undefined ? "" : "refused under strict validation: ";
  return strict + canonicalJson(document.value ?? null);
}

function readText(text: string): readonly string[] {
  return splitDocuments(text).map((slice) => {
    if (slice.problem !== undefined) return "error";
    const { value, problems } = parseDocument(text.slice(slice.start, slice.end));
    if (value === undefined) return "error";
    return verdictOf({ value, ...(problems.some(({ kind }) => kind === "duplicate-key") ? { strictError: "" } : {}) });
  });
}
