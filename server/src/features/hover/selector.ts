import * as l10n from "@vscode/l10n";
import type { JsonPath } from "../../base/json.ts";
import { isObject } from "../../base/json.ts";
import type { Requirement, Selector } from "../../kubernetes/selector.ts";
import { isEverything, selectorOf } from "../../kubernetes/selector.ts";
import { workloadsSelectedBy } from "../../resolve/selected-by.ts";
import type { CursorSubject } from "../context.ts";
import { podsText } from "../describe.ts";
import { fieldType } from "../field-type.ts";
import type { HoverRequest } from "./hover.ts";
import { bullets, code, linked, paragraphs } from "../markdown.ts";
import { isPath, valueAt } from "./paths.ts";

/** Hovers on label selectors, matchExpressions included: in words, and which pods they find where they look for pods of their own namespace. */
export function selectorHover({ subject, link }: HoverRequest): string | undefined {
  const path = selectorPath(subject);
  const written = path === undefined ? undefined : valueAt(subject, path);
  if (path === undefined || !isObject(written)) return undefined;
  const selector = selectorOf(written);
  if (selector.error !== undefined) return undefined;
  return paragraphs(selectorWords(selector.value), foundBy(subject, path, link));
}

/** The selector that the cursor stands in. */
function selectorPath({ facts, path }: CursorSubject): JsonPath | undefined {
  for (let length = path.length; length > 0; length--) {
    const type = fieldType(facts.apiVersion, facts.kind, path.slice(0, length));
    if (type?.name === "v1.LabelSelector") return path.slice(0, length);
  }
  return undefined;
}

const podSelectors: readonly { readonly kind: string; readonly path: JsonPath }[] = [
  { kind: "policy/PodDisruptionBudget", path: ["spec", "selector"] },
  { kind: "networking.k8s.io/NetworkPolicy", path: ["spec", "podSelector"] },
];

function foundBy(
  { environment, resource }: CursorSubject,
  path: JsonPath,
  link: HoverRequest["link"],
): string | undefined {
  const kind = `${resource.group}/${resource.kind}`;
  if (!podSelectors.some((each) => each.kind === kind && isPath(path, each.path))) return undefined;
  const found = workloadsSelectedBy(environment, resource);
  return found.length === 0
    ? l10n.t("No pods here.")
    : bullets(found.map((workload) => `${linked(workload.resource, link)} · ${podsText(workload.replicas)}`));
}

/** The query in words: `app` is `web`, and `tier` is one of `a`, `b`. */
export function selectorWords(selector: Selector): string {
  if (selector.nothing) return l10n.t("Matches nothing.");
  if (isEverything(selector)) return l10n.t("Empty: matches everything.");
  return (
    l10n.t("Matches what fulfils all of this:") + `\n\n${bullets(selector.requirements.map(requirementWords)) ?? ""}`
  );
}

function requirementWords({ key, operator, values }: Requirement): string {
  const list = values.map(code).join(", ");
  switch (operator) {
    case "exists":
      return l10n.t("has a label {0}", code(key));
    case "!":
      return l10n.t("has no label {0}", code(key));
    case "in":
      return values.length === 1 ? l10n.t("{0} is {1}", code(key), list) : l10n.t("{0} is one of {1}", code(key), list);
    case "notin":
      return l10n.t("{0} is none of {1}, or is missing", code(key), list);
    case "!=":
      return l10n.t("{0} is not {1}, or is missing", code(key), list);
    case "=":
    case "==":
      return l10n.t("{0} is {1}", code(key), list);
    case "gt":
      return l10n.t("{0} is a number above {1}", code(key), list);
    case "lt":
      return l10n.t("{0} is a number below {1}", code(key), list);
  }
}
