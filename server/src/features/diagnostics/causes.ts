import * as l10n from "@vscode/l10n";
import type { JsonObject, JsonPath } from "../../base/json.ts";
import { at, textAt } from "../../base/json.ts";
import { judge } from "../../kubernetes/validate/index.ts";
import type { Cause } from "../../kubernetes/validate/index.ts";
import { named } from "../describe.ts";
import type { CheckOptions } from "./rule.ts";

/** One mistake: what the API server says of it may be several causes. */
export interface Mistake {
  readonly code: string;
  readonly message: string;
  /** Where in the object; may lead to something that is missing. */
  readonly path: JsonPath;
  readonly cause: Cause;
}

/**
 * The mistakes for which the API server would refuse the object. One missing field makes it complain about everything below that field
 * (a Deployment without template: labels that do not match, containers that are required); that is told once.
 */
export function mistakesOf(object: JsonObject, { kubernetesVersion }: CheckOptions): readonly Mistake[] {
  const verdict = judge(object, { kubernetesVersion });
  if (verdict.verdict !== "rejected") return [];
  const lost = verdict.causes.find(({ code }) => code === "schema/lost-indentation");
  if (lost !== undefined) return [toMistake(object, [lost], undefined)];
  const groups = new Map<string, { readonly causes: Cause[]; readonly missing: JsonPath | undefined }>();
  for (const [index, cause] of verdict.causes.entries()) {
    const missing = missingPath(object, cause);
    const key = missing === undefined ? `cause ${index}` : missing.join(".");
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { causes: [cause], missing });
    else group.causes.push(cause);
  }
  return [...groups.values()].map(({ causes, missing }) => toMistake(object, causes, missing));
}

function toMistake(object: JsonObject, causes: readonly Cause[], missing: JsonPath | undefined): Mistake {
  const cause = causes.find(({ reason }) => reason === "FieldValueRequired") ?? causes[0]!;
  const name = named({ kind: textAt(object, "kind") ?? "", name: textAt(object, "metadata", "name") ?? "" });
  const words = cause.field === "" ? cause.message : `${cause.field}: ${cause.message}`;
  const field = missing === undefined ? undefined : fieldName(missing);
  if (missing === undefined || field === undefined || field === cause.field)
    return { code: cause.code, message: `${name}: ${words}`, path: cause.path, cause };
  return {
    code: cause.code,
    message: l10n.t("{0}: {1} is missing, and with it {2}", name, field, words),
    path: missing,
    cause,
  };
}

/** The topmost part of a field's path that the object lacks; `undefined` where all of it is written, or where the field is no plain path. */
function missingPath(object: JsonObject, { field, path }: Cause): JsonPath | undefined {
  const steps = stepsOf(field);
  if (steps === undefined) return undefined;
  // What the API server fills in itself (clusterIPs from clusterIP) is not missing.
  if (!path.every((step, index) => steps[index] === step)) return undefined;
  const length = steps.findIndex((_, index) => isAbsent(object, steps.slice(0, index + 1)));
  return length < 0 ? undefined : steps.slice(0, length + 1);
}

/** The path of a field as the API server prints it; `undefined` for what is no plain path. */
export function stepsOf(field: string): JsonPath | undefined {
  if (!/^[A-Za-z][A-Za-z0-9]*(\[\d+\]|\.[A-Za-z][A-Za-z0-9]*)*$/.test(field)) return undefined;
  return (field.match(/[A-Za-z][A-Za-z0-9]*|\d+(?=\])/g) ?? []).map((step) => (/^\d/.test(step) ? Number(step) : step));
}

function isAbsent(object: JsonObject, path: JsonPath): boolean {
  const value = at(object, ...path);
  return value === undefined || value === null;
}

/** `subjects[0].namespace`: a path as the API server prints it. */
function fieldName(path: JsonPath): string {
  return path.reduce<string>(
    (text, step) => (typeof step === "number" ? `${text}[${step}]` : text === "" ? step : `${text}.${step}`),
    "",
  );
}
