import { arrayAt, at, isObject, numberAt, objectAt, textAt } from "../../../../server/src/base/json.ts";
import type { JsonObject, JsonValue } from "../../../../server/src/base/json.ts";
import { findPort, findPortVerbatim } from "../../../../server/src/kubernetes/find-port.ts";
import { matchesRequiredNodeAffinity, preferredNodeAffinityScore } from "../../../../server/src/kubernetes/node-affinity.ts";
import { deletionOrder, podRanks } from "../../../../server/src/kubernetes/pod-deletion-order.ts";
import { isPodAvailable, isPodReady, podRow } from "../../../../server/src/kubernetes/pod-status.ts";
import * as rollout from "../../../../server/src/kubernetes/rollout-status.ts";
import { daemonDecision, toleratesTaint } from "../../../../server/src/kubernetes/taints.ts";
import { parseTimestamp } from "../../../../server/src/kubernetes/time.ts";
import { answerOf } from "./answer.ts";
import type { Answer, FunctionAnswers } from "./answer.ts";

export const podAnswers: FunctionAnswers = {
  "pod.IsPodReady, IsPodAvailable": (input) => {
    const pod = { status: { conditions: [...arrayAt(input, "conditions")] } };
    const available = isPodAvailable(pod, numberAt(input, "minReadySeconds") ?? 0, nowOf(input));
    return { out: { available, ready: isPodReady(pod) } };
  },
  "printers.printPod": (input) => {
    const { ready, restarts, status } = podRow(objectAt(input, "pod") ?? {});
    return { out: { ready, restarts: String(restarts), status } };
  },
  "controller.ActivePodsWithRanks": (input) => ({ out: deletion(input) }),
  "endpointslice.FindPort": findPortAnswer,
  "v1.Toleration.ToleratesTaint": (input) => {
    const options = { comparisonOperators: at(input, "comparisonOperators") === true };
    return { out: toleratesTaint(at(input, "toleration") ?? {}, at(input, "taint") ?? {}, options) };
  },
  "nodeaffinity.RequiredNodeAffinity.Match": (input) => answerOf(matchesRequiredNodeAffinity(affinitySpec(input), nodeOf(input)), (matches) => matches),
  "nodeaffinity.PreferredSchedulingTerms.Score": (input) =>
    answerOf(preferredNodeAffinityScore(arrayAt(input, "terms"), nodeOf(input)), (score) => score),
  "daemon.NodeShouldRunDaemonPod": (input) => {
    const { shouldRun, shouldContinueRunning } = daemonDecision(objectAt(input, "template") ?? {}, nodeOf(input));
    return { out: { shouldRun, shouldContinueRunning } };
  },
  "polymorphichelpers.DeploymentStatusViewer.Status": (input) =>
    statusAnswer(rollout.deploymentRolloutStatus(objectOf(input), numberAt(input, "revision") ?? 0)),
  "polymorphichelpers.DaemonSetStatusViewer.Status": (input) =>
    statusAnswer(rollout.daemonSetRolloutStatus(objectOf(input))),
  "polymorphichelpers.StatefulSetStatusViewer.Status": (input) =>
    statusAnswer(rollout.statefulSetRolloutStatus(objectOf(input))),
};

function statusAnswer({ message, done, error }: rollout.RolloutStatus): Answer {
  return { out: { message, done }, error };
}

function objectOf(input: JsonObject): JsonObject {
  return objectAt(input, "object") ?? {};
}

function deletion(input: JsonObject): JsonObject {
  const pods = arrayAt(input, "pods").filter(isObject);
  const related = [...pods, ...arrayAt(input, "otherReplicaSets").filter(isObject)];
  const ranks = podRanks(related);
  const name = (pod: JsonObject): string => textAt(pod, "metadata", "name") ?? "";
  return {
    order: deletionOrder(pods, related, nowOf(input)).map(name),
    ranks: Object.fromEntries(pods.map((pod) => [name(pod), ranks.get(textAt(pod, "spec", "nodeName") ?? "") ?? 0])),
  };
}

function findPortAnswer(input: JsonObject): Answer {
  const pod = { metadata: { uid: "uid" }, spec: objectAt(input, "pod") ?? {} };
  const servicePort = objectAt(input, "servicePort") ?? {};
  const stored = findPort(pod, servicePort).value ?? null;
  const plain = findPortVerbatim(pod, servicePort);
  if (plain.error !== undefined) return { out: { stored }, error: plain.error };
  return { out: { port: plain.value, stored } };
}

/** The recorded parameters as the `spec` of a pod. */
function affinitySpec(input: JsonObject): JsonObject {
  const required = at(input, "required") ?? null;
  return {
    nodeSelector: at(input, "nodeSelector") ?? null,
    affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: required } },
  };
}

/** The recorded node as an API object. */
function nodeOf(input: JsonObject): JsonObject {
  const node: JsonValue = objectAt(input, "node") ?? {};
  return {
    metadata: { name: textAt(node, "name") ?? "", labels: at(node, "labels") ?? {} },
    spec: { taints: at(node, "taints") ?? [] },
  };
}

function nowOf(input: JsonObject): number {
  return parseTimestamp(textAt(input, "now")) ?? 0;
}
