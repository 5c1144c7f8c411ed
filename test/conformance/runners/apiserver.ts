import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import type { JsonObject, JsonValue } from "../../../server/src/base/json.ts";
import { arrayAt, canonicalJson, isObject } from "../../../server/src/base/json.ts";
import type { Verdict } from "../../../server/src/kubernetes/validate/index.ts";
import { judge } from "../../../server/src/kubernetes/validate/index.ts";
import { withDefaults } from "../../../server/src/kubernetes/defaults/with-defaults.ts";
import { refusalsOfUpdate } from "../../../server/src/kubernetes/validate/update.ts";
import { decodeText } from "../../../server/src/yaml/decode.ts";
import type { YamlDocument } from "../../../server/src/yaml/parse.ts";
import { parseDocument } from "../../../server/src/yaml/parse.ts";
import { splitDocuments } from "../../../server/src/yaml/split.ts";
import type { ConformanceRunner, RunContext } from "../runner.ts";
import { parseExact } from "../support/json.ts";
import type { PatchOperation } from "../support/json-patch.ts";
import { patched } from "../support/json-patch.ts";

/** What the server answered: see the README beside the recordings. */
interface RecordedVerdict {
  readonly verdict: string;
  readonly causes?: readonly { readonly field: string; readonly reason: string; readonly message: string }[];
  readonly message?: string;
  readonly warnings?: readonly string[];
}

interface RecordedMutation extends RecordedVerdict {
  readonly id: string;
  readonly base: string;
  readonly patch: readonly PatchOperation[];
}

interface RecordedUpdate {
  readonly id: string;
  readonly base: string;
  readonly patch: readonly PatchOperation[];
  readonly fields: readonly string[];
}

interface RecordedDocument extends RecordedVerdict {
  readonly path: string;
  readonly document: number;
  readonly item?: number;
}

export const runner: ConformanceRunner = {
  folder: "apiserver",
  run(context) {
    runMutations(context);
    runUpdates(context);
    runCorpus(context);
  },
};

function runMutations(context: RunContext): void {
  const bases = parseExact(context.text("apiserver/bases.json") ?? "{}") as Readonly<Record<string, JsonObject>>;
  for (const line of context.lines("apiserver/mutations.jsonl") ?? []) {
    const recorded = line as RecordedMutation;
    const verdict = ask(patched(bases[recorded.base] ?? {}, recorded.patch));
    const agreed = report("apiserver", recorded.id, recorded, verdict, context);
    if (agreed) reportTexts(recorded, verdict, context);
  }
}

/** Which fields of an object must stay as they are when it is replaced. */
function runUpdates(context: RunContext): void {
  const bases = parseExact(context.text("apiserver/bases.json") ?? "{}") as Readonly<Record<string, JsonObject>>;
  for (const line of context.lines("apiserver/updates.jsonl") ?? []) {
    const { id, base, patch, fields } = line as RecordedUpdate;
    const before = bases[base] ?? {};
    const refusals = refusalsOfUpdate(withDefaults(before), withDefaults(patched(before, patch)));
    const found = [...new Set(refusals.map(({ field }) => field))].sort();
    const agreed = canonicalJson(found) === canonicalJson([...fields]);
    context.report("apiserver-updates", agreed ? { id, agreed } : { id, agreed, wanted: [...fields], found });
  }
}

/** The recordings were dry runs on a fresh cluster with IPv4 alone. */
function ask(object: JsonObject): Verdict {
  return judge(object, { kubernetesVersion: "1.36", dryRun: true, freshCluster: true, serviceRanges: ["10.96.0.0/12"] });
}

function report(line: string, id: string, recorded: RecordedVerdict, verdict: Verdict, context: RunContext): boolean {
  const [wanted, found] = [outcomeOf(recorded), outcomeOf(recordedForm(verdict, recorded))];
  const agreed = canonicalJson(wanted) === canonicalJson(found);
  context.report(line, agreed ? { id, agreed } : { id, agreed, wanted, found });
  return agreed;
}

/** The verdict as the recordings have it: causes only where the Status has them. */
function recordedForm(verdict: Verdict, { causes }: RecordedVerdict): RecordedVerdict {
  if (verdict.verdict === "unknown") return { verdict: "unknown-kind" };
  if (verdict.verdict === "accepted") return { verdict: "accepted", warnings: textsOf(verdict.warnings) };
  const { stage, message } = verdict;
  return { verdict: "rejected", message, ...(causes === undefined ? {} : { causes: stage === "validation" ? verdict.causes : [] }) };
}

function textsOf(warnings: readonly { readonly message: string }[]): readonly string[] {
  return warnings.map(({ message }) => message);
}

/** What must be the same: the verdict and the multiset of fields and reasons. */
function outcomeOf({ verdict, causes }: RecordedVerdict): JsonValue {
  return causes === undefined ? verdict : [verdict, ...causes.map(({ field, reason }) => `${field} ${reason}`).sort()];
}

function reportTexts(recorded: RecordedMutation, verdict: Verdict, context: RunContext): void {
  const answer = recordedForm(verdict, recorded);
  if (recorded.verdict === "rejected") reportEqual("apiserver-messages", recorded.id, messagesOf(recorded), messagesOf(answer), context);
  const [wanted, found] = [[...(recorded.warnings ?? [])].sort(), [...(answer.warnings ?? [])].sort()];
  if (recorded.verdict === "accepted" && wanted.length + found.length > 0) reportEqual("apiserver-warnings", recorded.id, wanted, found, context);
}

function messagesOf({ causes, message }: RecordedVerdict): readonly string[] {
  return causes === undefined ? [message ?? ""] : causes.map((cause) => `${cause.field}: ${cause.message}`).sort();
}

function reportEqual(line: string, id: string, wanted: readonly string[], found: readonly string[], context: RunContext): void {
  const agreed = canonicalJson(wanted) === canonicalJson(found);
  context.report(line, agreed ? { id, agreed } : { id, agreed, wanted, found });
}

/** Real manifests, as our own reader sees them; it is the one that finds duplicate keys. */
function runCorpus(context: RunContext): void {
  const { corpus } = context;
  if (corpus === undefined) return;
  let [open, documents]: [string, readonly YamlDocument[]] = ["", []];
  for (const line of context.lines("apiserver/corpus-verdicts.jsonl") ?? []) {
    const recorded = line as RecordedDocument;
    const { path, document, item } = recorded;
    const file = join(corpus, path);
    if (recorded.verdict === "unparsable" || recorded.verdict === "not-an-object" || !existsSync(file)) continue;
    if (open !== path) [open, documents] = [path, documentsOf(file)];
    const id = `${path}#${document}${item === undefined ? "" : `.${item}`}`;
    report("apiserver-corpus", id, recorded, askDocument(documents[document], item), context);
  }
}

function askDocument(document: YamlDocument | undefined, item: number | undefined): Verdict {
  const value = item === undefined ? document?.value : arrayAt(document?.value, "items")[item];
  if (value === undefined || !isObject(value)) return { verdict: "unknown" };
  const duplicate = document?.problems.find(({ kind }) => kind === "duplicate-key");
  if (duplicate === undefined) return ask(value);
  return { verdict: "rejected", stage: "decoding", causes: [], message: duplicate.message, warnings: [] };
}

function documentsOf(file: string): readonly YamlDocument[] {
  const decoded = decodeText(readFileSync(file));
  if (!("text" in decoded)) return [];
  return splitDocuments(decoded.text).map(({ start, end }) => parseDocument(decoded.text.slice(start, end)));
}
