import { at, isObject, textAt, type JsonObject, type JsonPath, type JsonValue } from "../../base/json.ts";
import { quote } from "../go-text.ts";
import { decode, type Decoded, type DecodingProblem } from "../schema/decode.ts";
import { knownKinds, typeOfKind, type StructType } from "../schema/schema.ts";
import { lateRefusalOfAdmission, refusalOfAdmission, type Refusal } from "./admission.ts";
import type { Context } from "./context.ts";
import { Report, type Cause, type Warning } from "./field.ts";
import { rulesOfKind } from "./kinds.ts";
import { completedPod } from "./pod-defaults.ts";

export { codes } from "./codes.ts";
export type { Cause, Warning } from "./field.ts";

/** What kube-apiserver says to the creation of an object. Its three stages come one after the other, and a failing one hides the next. */
export type Verdict =
  | { readonly verdict: "accepted"; readonly warnings: readonly Warning[] }
  | {
      readonly verdict: "rejected";
      readonly stage: "decoding" | "admission" | "validation";
      /** In decoding every place that is wrong; in validation the causes of the Status. */
      readonly causes: readonly Cause[];
      /** The message of the Status; in decoding it names the first wrong type alone, or all unknown fields. */
      readonly message: string;
      readonly warnings: readonly Warning[];
    }
  /** A custom resource, or a kind or version that the release does not serve: nothing can be said. */
  | { readonly verdict: "unknown" };

const newestMinor = 36;

export interface JudgeOptions {
  /** `1.36`, `v1.34` …; rules that changed follow it, all others are those of the newest release. */
  readonly kubernetesVersion: string;
  /** As `kubectl --dry-run=server`: node ports outside of their range pass. */
  readonly dryRun?: boolean;
  /** Asks a cluster that has no PriorityClasses and RuntimeClasses of its own. Left out, an unknown class may exist. */
  readonly freshCluster?: boolean;
  /** The ranges of Service addresses (`10.96.0.0/12`), one per family. Left out, addresses and families are not held against any cluster. */
  readonly serviceRanges?: readonly string[];
}

/** Judges an object as `POST` with `fieldValidation=Strict` does: kube-apiserver v1.36, default feature gates and admission plugins. */
export function judge(object: JsonObject, options: JudgeOptions): Verdict {
  const [apiVersion, kind] = [textAt(object, "apiVersion") ?? "", textAt(object, "kind") ?? ""];
  const type = typeOfKind(apiVersion, kind);
  if (type === undefined) return { verdict: "unknown" };
  const decoded = decode(object, type);
  if (decoded.message !== undefined) return rejectedByDecoder(object, decoded, type);
  const { kubernetesVersion, dryRun = false, freshCluster = false, serviceRanges } = options;
  return judgeDecoded(decoded.value, {
    apiVersion,
    kind,
    minor: minorOf(kubernetesVersion),
    dryRun,
    freshCluster,
    serviceRanges,
  });
}

interface Known extends Context {
  readonly apiVersion: string;
  readonly kind: string;
}

function judgeDecoded(object: JsonObject, known: Known): Verdict {
  const isPod = known.apiVersion === "v1" && known.kind === "Pod";
  return pointingInto(object, isPod ? judgePod(object, known) : judgeOther(object, known));
}

function judgeOther(object: JsonObject, known: Known): Verdict {
  const report = new Report(object);
  rulesOfKind(known.apiVersion, known.kind)?.(report.root, known);
  return verdictOf(report, object, known);
}

/** A Pod's defaults add requests and host ports, which are validated, too; other kinds' defaults are part of their rules. */
function judgePod(object: JsonObject, known: Known): Verdict {
  const report = new Report(completedPod(object));
  const refusal = refusalOfAdmission(report.root, known);
  if (refusal !== undefined) return refused(refusal);
  rulesOfKind(known.apiVersion, known.kind)?.(report.root, known);
  const late = report.causes.length === 0 ? lateRefusalOfAdmission(report.root, known) : undefined;
  return late === undefined ? verdictOf(report, object, known) : refused(late);
}

function verdictOf({ causes, warnings }: Report, object: JsonObject, known: Known): Verdict {
  if (causes.length === 0) return { verdict: "accepted", warnings };
  return {
    verdict: "rejected",
    stage: "validation",
    causes,
    message: statusMessage(object, known, causes),
    warnings: [],
  };
}

function refused({ field, message }: Refusal): Verdict {
  const cause: Cause = {
    field: field.name,
    path: field.path,
    reason: "FieldValueForbidden",
    message,
    code: "admission/pod",
  };
  return { verdict: "rejected", stage: "admission", causes: [cause], message, warnings: [] };
}

/** The verdict with paths that end where the user's object does: what defaults and controllers add is not there. */
function pointingInto(object: JsonObject, verdict: Verdict): Verdict {
  const shortened = <Place extends { readonly path: JsonPath }>(place: Place): Place => {
    const missing = place.path.findIndex((_, index) => at(object, ...place.path.slice(0, index + 1)) === undefined);
    return missing < 0 ? place : { ...place, path: place.path.slice(0, missing) };
  };
  if (verdict.verdict === "unknown" || (verdict.verdict === "accepted" && verdict.warnings.length === 0))
    return verdict;
  const warnings = verdict.warnings.map(shortened);
  return verdict.verdict === "accepted"
    ? { ...verdict, warnings }
    : { ...verdict, causes: verdict.causes.map(shortened), warnings };
}

/** apimachinery, pkg/api/errors/errors.go, NewInvalid, v1.36. */
function statusMessage(object: JsonObject, { apiVersion, kind }: Known, causes: readonly Cause[]): string {
  const group = apiVersion.includes("/") ? `.${apiVersion.slice(0, apiVersion.indexOf("/"))}` : "";
  const texts = causes.map(({ field, message }) => `${field}: ${message}`);
  const text = texts.length === 1 ? (texts[0] ?? "") : `[${texts.join(", ")}]`;
  return `${kind}${group} ${quote(textAt(object, "metadata", "name") ?? "")} is invalid: ${text}`;
}

function minorOf(version: string): number {
  const minor = /^v?1\.(\d+)/.exec(version)?.[1];
  return minor === undefined ? newestMinor : Number(minor);
}

function rejectedByDecoder(object: JsonObject, decoded: Decoded, type: StructType): Verdict {
  const [apiVersion, kind] = [textAt(object, "apiVersion") ?? "", textAt(object, "kind") ?? ""];
  const version = apiVersion.slice(apiVersion.indexOf("/") + 1);
  const message = `${kind} in version ${JSON.stringify(version)} cannot be handled as a ${kind}: ${decoded.message ?? ""}`;
  const lost = lostIndentationIn(object, type.fields);
  const problems = [...decoded.wrongTypes, ...decoded.unknownFields];
  const causes = lost === undefined ? problems.map(causeOf) : [lost, ...problems.filter(isBelowTop).map(causeOf)];
  return { verdict: "rejected", stage: "decoding", causes, message, warnings: [] };
}

function causeOf({ kind, path, message }: DecodingProblem): Cause {
  const field = fieldName(path);
  if (kind === "unknown-field")
    return { field, path, reason: "FieldValueInvalid", message, code: "schema/unknown-field" };
  return { field, path, reason: "FieldValueTypeInvalid", message, code: "schema/wrong-type" };
}

function isBelowTop({ kind, path }: DecodingProblem): boolean {
  return kind === "wrong-type" || path.length > 1;
}

function fieldName(path: JsonPath): string {
  return path.reduce<string>(
    (text, step) => (typeof step === "number" ? `${text}[${step}]` : text === "" ? step : `${text}.${step}`),
    "",
  );
}

const fewestLostFields = 2;

/**
 * One cause for an object of any built-in kind, whatever its version, that has lost its indentation: metadata or spec is empty, and their fields stand at the top level.
 * `undefined` for any other object.
 */
export function lostIndentation(object: JsonObject): Cause | undefined {
  const kind = textAt(object, "kind");
  const known = knownKinds().find((candidate) => candidate.kind === kind);
  return known === undefined ? undefined : lostIndentationIn(object, known.type.fields);
}

function lostIndentationIn(object: JsonObject, fields: { has(name: string): boolean }): Cause | undefined {
  if (!isMissing(at(object, "metadata")) && !(Object.hasOwn(object, "spec") && isMissing(object["spec"])))
    return undefined;
  const lost = Object.keys(object).filter((name) => !fields.has(name));
  const [first] = lost;
  if (first === undefined || lost.length < fewestLostFields) return undefined;
  const message = lost.map((name) => `unknown field ${JSON.stringify(name)}`).join(", ");
  return { field: first, path: [first], reason: "FieldValueInvalid", message, code: "schema/lost-indentation" };
}

function isMissing(value: JsonValue | undefined): boolean {
  return value === undefined || value === null || (isObject(value) && Object.keys(value).length === 0);
}
