import { arrayAt, at, objectAt, textAt, textMapAt } from "../../../../server/src/base/json.ts";
import type { JsonObject, JsonValue } from "../../../../server/src/base/json.ts";
import type { Outcome } from "../../../../server/src/base/outcome.ts";
import { parseSelector } from "../../../../server/src/kubernetes/parse-selector.ts";
import * as selector from "../../../../server/src/kubernetes/selector.ts";
import type { Selector } from "../../../../server/src/kubernetes/selector.ts";
import { answerOf } from "./answer.ts";
import type { FunctionAnswers } from "./answer.ts";

export const selectorAnswers: FunctionAnswers = {
  "labels.Parse": (input) => answerOf(parseSelector(textAt(input, "selector") ?? ""), (query) => described(query, input)),
  "metav1.LabelSelectorAsSelector": (input) =>
    answerOf(labelSelector(input), (query) => described(query, input)),
  "labels.SelectorFromSet": (input) => {
    const set = textMapAt(input, "set");
    const validated = selector.validatedSelectorFromSet(set);
    const out = described(selector.selectorFromSet(set), input);
    return { out: validated.error === undefined ? out : { ...out, validatedError: validated.error } };
  },
  "endpointslice.Controller.syncService": (input) => {
    const query = selector.serviceSelector({ spec: objectAt(input, "spec") ?? {} });
    return { out: query === undefined ? { managed: false } : { managed: true, matches: matches(query, input) } };
  },
};

/** A selector alone, or in the object of a kind whose absent selector means something of its own. */
function labelSelector(input: JsonObject): Outcome<Selector> {
  if (textAt(input, "kind") === "NetworkPolicy") return selector.networkPolicySelector(input);
  return selector.selectorOf(at(input, "kind") === undefined ? at(input, "selector") : at(input, "spec", "selector"));
}

function described(query: Selector, input: JsonObject): JsonObject {
  return {
    canonical: selector.selectorText(query),
    empty: selector.isEverything(query),
    matches: matches(query, input),
    nothing: query.nothing,
  };
}

function matches(query: Selector, input: JsonObject): JsonValue[] {
  return arrayAt(input, "labels").map((labels) => selector.matchesSelector(query, textMapAt(labels)));
}
