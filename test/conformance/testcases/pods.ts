import { isDeepStrictEqual } from "node:util";

import { arrayAt, at, isArray, isObject, numberAt, textAt } from "../../../server/src/base/json.ts";
import type { JsonObject, JsonValue } from "../../../server/src/base/json.ts";
import { findPortVerbatim } from "../../../server/src/kubernetes/find-port.ts";
import { deletionCandidate, deletionOrder, goesFirst } from "../../../server/src/kubernetes/pod-deletion-order.ts";
import { formatTimestamp, parseTimestamp } from "../../../server/src/kubernetes/time.ts";
import type { CaseOutcome, TestcaseRow, Topics } from "../testcase.ts";

const now = parseTimestamp("2026-01-15T12:00:00Z") ?? 0;
const hour = 3_600_000;

/** Single pods: their ports and which of them goes first. */
export const topics: Topics = {
  "find-port": findPortOutcome,
  "delete-order": orderOutcome,
  "delete-order-pair": pairOutcome,
};

function findPortOutcome(row: TestcaseRow): CaseOutcome {
  const inputs = row.inputs as JsonObject;
  const pod = { spec: { containers: at(inputs, "containers") ?? [], initContainers: at(inputs, "initContainers") ?? [] } };
  const servicePort = { targetPort: at(inputs, "targetPort") ?? 0, protocol: at(inputs, "protocol") ?? "" };
  const { value } = findPortVerbatim(pod, servicePort);
  const found = { found: value !== undefined, port: value ?? null };
  return { agreed: isDeepStrictEqual(found, row.expected), found };
}

/** The rows stand in the order that is wanted; here they start from the reverse one. */
function orderOutcome(row: TestcaseRow): CaseOutcome {
  const pods = arrayAt(row.inputs as JsonObject, "pods").filter(isObject).map(podOf);
  const names = (list: readonly JsonObject[]): readonly unknown[] => list.map((pod) => at(pod, "metadata", "name"));
  const found = names(deletionOrder(pods.toReversed(), [], now));
  return { agreed: isDeepStrictEqual(found, names(pods)), wanted: names(pods), found };
}

function pairOutcome(row: TestcaseRow): CaseOutcome {
  const inputs = row.inputs as JsonObject;
  const [a, b] = ["a", "b"].map((side) => {
    const pod = at(inputs, side) ?? {};
    const candidate = deletionCandidate(podOf(pod), numberAt(pod, "rank") ?? 0);
    // Costs don't count without the feature gate, which has long been on.
    return at(inputs, "gatePodDeletionCost") === false ? { ...candidate, deletionCost: 0 } : candidate;
  });
  if (a === undefined || b === undefined) return { agreed: false };
  const found = goesFirst(a, b, now) ? "a" : goesFirst(b, a, now) ? "b" : null;
  return { agreed: found === (row.expected as { first: string | null }).first, found };
}

/** The row's short form as a Pod object. */
function podOf(row: JsonValue): JsonObject {
  const ready = { type: "Ready", status: at(row, "ready") === true ? "True" : "False", ...timeField("lastTransitionTime", at(row, "readySince")) };
  const cost = textAt(row, "deletionCost") ?? numberAt(row, "deletionCost")?.toString();
  return {
    metadata: {
      name: at(row, "name") ?? "",
      annotations: cost === undefined ? {} : { "controller.kubernetes.io/pod-deletion-cost": cost },
      ...timeField("creationTimestamp", at(row, "created")),
    },
    spec: { nodeName: at(row, "nodeName") ?? "", initContainers: [{ name: "sidecar", restartPolicy: "Always" }] },
    status: {
      phase: at(row, "phase") ?? "",
      conditions: [ready],
      containerStatuses: restartsOf(at(row, "restarts")),
      initContainerStatuses: restartsOf(at(row, "sidecarRestarts")),
    },
  };
}

function restartsOf(restarts: JsonValue | undefined): JsonObject[] {
  const counts = isArray(restarts) ? restarts : [restarts ?? 0];
  return counts.map((restartCount) => ({ name: "sidecar", restartCount }));
}

/** Times are `now`, or ago: `-2h`, `-1 month`. */
function timeField(field: string, text: JsonValue | undefined): JsonObject {
  if (typeof text !== "string") return {};
  const [, count = "0", unit = "h"] = /^-(\d+) ?(h|month)$/.exec(text) ?? [];
  return { [field]: formatTimestamp(now - Number(count) * (unit === "h" ? hour : 30 * 24 * hour)) };
}
