import * as l10n from "@vscode/l10n";
import { distance } from "fastest-levenshtein";
import type { JsonPath } from "../../../base/json.ts";
import { arrayAt, at, isObject, objectAt, textAt } from "../../../base/json.ts";
import { fieldType } from "../../field-type.ts";
import { stepsOf } from "../causes.ts";
import { setting } from "./types.ts";
import type { FixRequest, ObjectFix } from "./types.ts";

/** Fixes that follow from what the API server says, whatever the field. */
export function generalFixes(request: FixRequest): readonly ObjectFix[] {
  const { cause, code } = request.mistake;
  if (code === "schema/unknown-field") return unknownFieldFixes(request);
  if (code === "schema/wrong-type") return unquotingFixes(request);
  switch (cause.reason) {
    case "FieldValueNotSupported":
      return supportedValueFixes(request);
    case "FieldValueRequired":
      return requiredValueFixes(request);
    case "FieldValueForbidden":
      return removalFix(request.object, cause.path);
    case "FieldValueNotFound":
      return itemRemoval(request);
    case "FieldValueDuplicate":
      return duplicateFixes(request);
    default:
      return [...boundFixes(request), ...nameFixes(request), ...labelFixes(request)];
  }
}

/** Takes the field out, where it is written and no field of every object. */
export function removalFix(object: FixRequest["object"], path: JsonPath): readonly ObjectFix[] {
  const field = path.at(-1);
  if (path.length < 2 || at(object, ...path) === undefined || field === undefined) return [];
  return [{ title: l10n.t("Remove {0}", fieldText(path)), changes: [{ kind: "remove", path }] }];
}

/** `nodePort`, `ports[1]`: the end of a path. */
function fieldText(path: JsonPath): string {
  const last = path.at(-1);
  return typeof last === "number" ? `${path.at(-2) ?? ""}[${last}]` : (last ?? "");
}

function unknownFieldFixes({ object, mistake: { path } }: FixRequest): readonly ObjectFix[] {
  const written = path.at(-1);
  if (typeof written !== "string" || at(object, ...path) === undefined) return [];
  const parent = fieldType(textAt(object, "apiVersion") ?? "", textAt(object, "kind") ?? "", path.slice(0, -1));
  const siblings = objectAt(object, ...path.slice(0, -1)) ?? {};
  const names =
    parent?.kind === "struct" ? [...parent.fields.keys()].filter((name) => !Object.hasOwn(siblings, name)) : [];
  const renames = nearest(written, names).map((name, index): ObjectFix => ({
    title: l10n.t("Change {0} to {1}", written, name),
    preferred: index === 0,
    changes: [{ kind: "rename-key", path, name }],
  }));
  return [...renames, { title: l10n.t("Remove {0}", written), changes: [{ kind: "remove", path }] }];
}

/** The names that may have been meant, the likeliest first: off by two letters, in another case, or one the beginning of the other. */
export function nearest(written: string, names: readonly string[]): readonly string[] {
  const wanted = written.toLowerCase();
  const limit = Math.min(2, Math.floor(written.length / 2));
  return names
    .map((name) => ({ name, far: distance(wanted, name.toLowerCase()) }))
    .filter(({ far }) => far <= limit)
    .sort((a, b) => a.far - b.far)
    .slice(0, 3)
    .map(({ name }) => name);
}

/** A number or boolean that stands in quotes where the API wants it without. */
function unquotingFixes({ object, mistake: { path } }: FixRequest): readonly ObjectFix[] {
  const written = textAt(object, ...path);
  if (written === undefined) return [];
  const type = fieldType(textAt(object, "apiVersion") ?? "", textAt(object, "kind") ?? "", path);
  const isNumber = type?.kind === "integer" && /^-?(0|[1-9]\d{0,9})$/.test(written);
  const isBoolean = type?.kind === "boolean" && /^(true|false)$/.test(written);
  if (!isNumber && !isBoolean) return [];
  const value = isNumber ? Number(written) : written === "true";
  return [{ title: l10n.t("Take {0} out of its quotes", written), preferred: true, changes: [setting(path, value)] }];
}

function supportedValueFixes({ object, mistake: { path, cause } }: FixRequest): readonly ObjectFix[] {
  const written = textAt(object, ...path);
  const [, list = ""] = /supported values: (.*)$/.exec(cause.message) ?? [];
  const supported = [...list.matchAll(/"([^"]*)"/g)].map(([, value = ""]) => value).filter((value) => value !== "");
  if (written === undefined) return [];
  const likely = nearest(written, supported);
  const offered = supported.length <= 4 ? [...new Set([...likely, ...supported])] : likely;
  return offered.map((value) => ({
    title: l10n.t("Change {0} to {1}", fieldText(path), value),
    preferred: value === likely[0] || supported.length === 1,
    changes: [setting(path, value)],
  }));
}

/** Another name for the second one, or the second item goes where it has no name. */
function duplicateFixes({ object, mistake }: FixRequest): readonly ObjectFix[] {
  const { path } = mistake;
  const value = at(object, ...path);
  const name = typeof value === "string" ? value : undefined;
  if (name === undefined || path.at(-1) !== "name") return itemRemoval({ object, mistake });
  const free = freeName(name, namesBeside(object, path));
  return [
    { title: l10n.t("Change the name to {0}", free), changes: [setting(path, free)] },
    ...removalFix(object, path.slice(0, -1)),
  ];
}

function namesBeside(object: FixRequest["object"], path: JsonPath): readonly string[] {
  return arrayAt(object, ...path.slice(0, -2)).flatMap((item) => (isObject(item) ? (textAt(item, "name") ?? []) : []));
}

/** `web-2`, or the first number that nobody else has. */
export function freeName(name: string, taken: readonly string[]): string {
  for (let number = 2; ; number++) {
    const candidate = `${name}-${number}`;
    if (!taken.includes(candidate)) return candidate;
  }
}

/** Names with capitals or forbidden characters, as the nearest valid ones. */
function nameFixes({ object, mistake: { path, cause } }: FixRequest): readonly ObjectFix[] {
  const written = textAt(object, ...path);
  if (
    written === undefined ||
    !/RFC 1123|RFC 1035|DNS-1035|IANA_SVC_NAME|must contain only alpha-numeric|must not contain dots/.test(
      cause.message,
    )
  )
    return [];
  const isSubdomain = cause.message.includes("subdomain");
  const isPort = /must contain (only alpha-numeric|at least one letter)|no more than 15 characters/.test(cause.message);
  const valid = written
    .toLowerCase()
    .replace(isSubdomain ? /[^a-z0-9.-]+/g : /[^a-z0-9-]+/g, "-")
    .replace(isPort ? /-{2,}/g : /^$/g, "-")
    .slice(0, isPort ? 15 : isSubdomain ? 253 : 63)
    .replace(/^[-.]+|[-.]+$/g, "");
  if (valid === "" || valid === written) return [];
  return [{ title: l10n.t("Change {0} to {1}", written, valid), preferred: true, changes: [setting(path, valid)] }];
}

/** The item of a list that the path leads into goes. */
function itemRemoval({ object, mistake: { path } }: FixRequest): readonly ObjectFix[] {
  const item = path.findLastIndex((step) => typeof step === "number");
  return item < 0 ? [] : removalFix(object, path.slice(0, item + 1));
}

/** The values that the API server offers for what is missing. */
function requiredValueFixes({ object, mistake: { cause } }: FixRequest): readonly ObjectFix[] {
  const path = stepsOf(cause.field) ?? [];
  const [, list = ""] = /valid values: (.*)$/.exec(cause.message) ?? [];
  if (path.length < 2 || at(object, ...path.slice(0, -1)) === undefined) return [];
  return [...list.matchAll(/"([^"]+)"/g)].map(([, value = ""]) => ({
    title: l10n.t("Add {0}: {1}", fieldText(path), value),
    changes: [setting(path, value)],
  }));
}

/** The nearest number that is allowed. */
function boundFixes({ object, mistake: { path, cause } }: FixRequest): readonly ObjectFix[] {
  const [, given] = /must be (?:greater|less) than or equal to (-?\d+)$/.exec(cause.message) ?? [];
  const bound = given ?? (/must be greater than (zero|0)$/.test(cause.message) ? "1" : undefined);
  if (bound === undefined || typeof at(object, ...path) !== "number") return [];
  return [{ title: l10n.t("Change {0} to {1}", fieldText(path), bound), changes: [setting(path, Number(bound))] }];
}

/** Keys and values of labels and annotations, with what they must not contain replaced; the API server names them in its message alone. */
function labelFixes({ object, mistake: { path, cause } }: FixRequest): readonly ObjectFix[] {
  const [, quoted = ""] =
    /^Invalid value: "((?:[^"\\]|\\.)*)": (?:a valid label|name part) must/.exec(cause.message) ?? [];
  const valid = quoted
    .replace(/[^A-Za-z0-9_./-]+/g, "-")
    .replace(/^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/g, "")
    .slice(0, 63);
  const map = objectAt(object, ...path) ?? {};
  if (quoted === "" || valid === "" || valid === quoted) return [];
  const title = l10n.t("Change {0} to {1}", quoted, valid);
  if (Object.hasOwn(map, quoted))
    return [{ title, preferred: true, changes: [{ kind: "rename-key", path: [...path, quoted], name: valid }] }];
  const key = Object.keys(map).find((each) => map[each] === quoted);
  return key === undefined ? [] : [{ title, preferred: true, changes: [setting([...path, key], valid)] }];
}
