import { isArray, isObject } from "../base/json.ts";
import type { JsonValue } from "../base/json.ts";
import { knownKinds } from "../kubernetes/schema/schema.ts";
import { parseDocument } from "../yaml/parse.ts";
import type { YamlDocument } from "../yaml/parse.ts";
import { nodeAtPath, toJson } from "../yaml/path.ts";
import { actionMask, actionsOf, maskActions } from "../yaml/template.ts";
import type { TemplateAction } from "../yaml/template.ts";
import type { TemplateFacts, TemplateName } from "./facts.ts";
import { objectsOf, resourceFactsOf } from "./resources.ts";

/** A template as far as it can be read without being filled in. */
export interface ReadTemplate {
  /** The nodes of the text around the actions. */
  readonly parsed: YamlDocument;
  readonly facts: TemplateFacts;
}

/** Reads a document of a Helm chart's template; whatever an action gives is `null` in its objects. Never throws. */
export function readTemplate(text: string): ReadTemplate {
  const actions = actionsOf(text);
  const parsed = parseDocument(maskActions(text, actions));
  const value = parsed.value ?? toJson(parsed.root);
  const objects = objectsOf(value === undefined ? undefined : withVersion(withoutUnknown(value)));
  return {
    parsed,
    facts: {
      objects: objects.map((object) => resourceFactsOf(object, nodeAtPath(parsed.root, object.at) ?? null)),
      names: actions.flatMap((action) => namesIn(text, action)),
    },
  };
}

/** Texts with an action become `null`; keys with one go. */
function withoutUnknown(value: JsonValue): JsonValue {
  if (typeof value === "string") return value.includes(actionMask) ? null : value;
  if (isArray(value)) return value.map(withoutUnknown);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, entry]) => (key.includes(actionMask) ? [] : [[key, withoutUnknown(entry)]])),
  );
}

/** Charts often compute the `apiVersion` of a built-in kind: here any version of it will do. */
function withVersion(value: JsonValue): JsonValue {
  if (!isObject(value) || value["apiVersion"] !== null || typeof value["kind"] !== "string") return value;
  const versions = knownKinds().flatMap(({ apiVersion, kind }) => (kind === value["kind"] ? [apiVersion] : []));
  const stable = versions.find((version) => !/alpha|beta/.test(version)) ?? versions[0];
  return stable === undefined ? value : { ...value, apiVersion: stable };
}

/** Templates that an action defines or uses, and the values that it reads. */
function namesIn(text: string, { inside, kind }: TemplateAction): readonly TemplateName[] {
  if (kind === "comment") return [];
  const action = text.slice(inside.start, inside.end);
  const used = [...action.matchAll(/\b(define|block|include|template)\s+"((?:[^"\\\n]|\\.)*)"/g)].map(
    ({ index, 0: whole, 1: word, 2: name = "" }): TemplateName => {
      const start = inside.start + index + whole.length - 1 - name.length;
      return {
        kind: word === "define" || word === "block" ? "define" : "include",
        name,
        start,
        end: start + name.length,
      };
    },
  );
  const plain = action.replace(/"(?:[^"\\\n]|\\.)*"|`[^`]*`/g, (quoted) => " ".repeat(quoted.length));
  const values = [...plain.matchAll(/\.Values\.([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)/g)].map(
    ({ index, 0: whole, 1: name = "" }): TemplateName => {
      const end = inside.start + index + whole.length;
      return { kind: "value", name, start: end - name.length, end };
    },
  );
  return [...used, ...values];
}
