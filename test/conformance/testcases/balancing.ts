import { isDeepStrictEqual } from "node:util";

import type { JsonObject, JsonValue } from "../../../server/src/base/json.ts";
import { arrayAt, at, isObject, numberAt, objectAt, textAt, textMapAt } from "../../../server/src/base/json.ts";
import { seededRandom } from "../../../server/src/base/random.ts";
import type { CanaryPolicy, IngressRequest } from "../../../server/src/simulation/ingress/canary.ts";
import { chooseBackend, ingressBalancer } from "../../../server/src/simulation/ingress/canary.ts";
import type { ProxyEndpoint } from "../../../server/src/simulation/proxy/categorize.ts";
import { categorize } from "../../../server/src/simulation/proxy/categorize.ts";
import { ruleProbabilities } from "../../../server/src/simulation/proxy/probabilities.ts";
import type { CaseOutcome, TestcaseRow, Topics } from "../testcase.ts";

export const topics: Topics = {
  "traffic-policy": (row) => policyOutcome(row),
  "iptables-probability": (row) => {
    const probabilities = ruleProbabilities(numberAt(inputsOf(row), "endpoints") ?? 0);
    return compare(row, { probabilities: probabilities.map((probability) => probability ?? null) });
  },
  canary: (row) => canaryOutcome(row),
  "ingress-balancer": (row) => compare(row, { implementation: ingressBalancer(textMapAt({ inputs: inputsOf(row) }, "inputs")) }),
};

function policyOutcome(row: TestcaseRow): CaseOutcome {
  const inputs = inputsOf(row);
  const service = objectAt(inputs, "service");
  const policy = {
    internalIsLocal: textAt(service, "internalTrafficPolicy") === "Local",
    externalIsLocal: textAt(service, "externalTrafficPolicy") === "Local",
    isExternallyAccessible: (numberAt(service, "nodePort") ?? 0) !== 0,
  };
  const node = { name: textAt(inputs, "node", "name") ?? "", zone: textAt(inputs, "node", "labels", "topology.kubernetes.io/zone") ?? "" };
  const options = { honoursNodeHints: at(inputs, "preferSameTrafficDistribution") === true };
  const found = categorize(arrayAt(inputs, "endpoints").map(endpointOf), policy, node, options);
  const keys = (endpoints: readonly ProxyEndpoint[]): readonly string[] => endpoints.map(({ key }) => key).sort();
  return compare(row, { cluster: keys(found.cluster), local: keys(found.local), all: keys(found.reachable), hasAny: found.hasAny });
}

function endpointOf(value: JsonValue): ProxyEndpoint {
  const key = textAt(value, "endpoint") ?? "";
  const texts = (field: string): readonly string[] => arrayAt(value, field).filter((text) => typeof text === "string");
  return {
    key,
    address: key.split(":")[0] ?? "",
    port: Number(key.split(":")[1]),
    isLocal: at(value, "isLocal") === true,
    isReady: at(value, "ready") === true,
    isServing: at(value, "serving") === true,
    isTerminating: at(value, "terminating") === true,
    zoneHints: texts("zoneHints"),
    nodeHints: texts("nodeHints"),
    endpoint: { addresses: [], conditions: {} },
  };
}

/** The weights of these rows leave nothing to chance. */
function canaryOutcome(row: TestcaseRow): CaseOutcome {
  const inputs = inputsOf(row);
  const policy: CanaryPolicy = {
    weight: numberAt(inputs, "policy", "weight") ?? 0,
    weightTotal: numberAt(inputs, "policy", "weightTotal") ?? 100,
    header: textAt(inputs, "policy", "header") ?? "",
    headerValue: textAt(inputs, "policy", "headerValue") ?? "",
    headerPattern: textAt(inputs, "policy", "headerPattern") ?? "",
    cookie: textAt(inputs, "policy", "cookie") ?? "",
  };
  const affinity = textAt(inputs, "affinitized");
  const request: IngressRequest = {
    headers: textMapAt(inputs, "request", "headers"),
    cookies: textMapAt(inputs, "request", "cookies"),
    ...(affinity === "primary" || affinity === "canary" ? { affinity: affinity === "primary" ? "primary" : "canary" } : {}),
  };
  const hasCanary = at(inputs, "alternativeBackendExists") === true;
  return compare(row, { toCanary: hasCanary && chooseBackend(policy, request, seededRandom(1)).backend === "canary" });
}

function compare(row: TestcaseRow, found: JsonValue): CaseOutcome {
  return { agreed: isDeepStrictEqual(found, row.expected), found };
}

function inputsOf(row: TestcaseRow): JsonObject {
  const inputs = row.inputs as JsonValue;
  return isObject(inputs) ? inputs : {};
}
