import { arrayAt, at, isObject, numberAt, objectAt, textAt } from "../base/json.ts";
import type { JsonObject, JsonValue } from "../base/json.ts";
import { isSidecar } from "./find-port.ts";
import { parseTimestamp } from "./time.ts";

/** A pod's row of `kubectl get pods`, without its name and age. */
export interface PodRow {
  /** `1/2`: ready containers of all that keep running, sidecars included. */
  readonly ready: string;
  readonly status: string;
  readonly restarts: number;
}

/** Whether condition Ready is True (kubernetes, pkg/api/v1/pod/util.go, IsPodReady, v1.36). The phase is not looked at. */
export function isPodReady(pod: JsonObject): boolean {
  return hasTrueCondition(pod, "Ready");
}

/**
 * Whether a pod has been ready for `minReadySeconds`, the exact second included.
 * Imitates kubernetes, pkg/api/v1/pod/util.go, IsPodAvailable, v1.36. `now` is in epoch milliseconds.
 */
export function isPodAvailable(pod: JsonObject, minReadySeconds: number, now: number): boolean {
  if (!isPodReady(pod)) return false;
  if (minReadySeconds === 0) return true;
  const since = parseTimestamp(textAt(podCondition(pod, "Ready"), "lastTransitionTime"));
  return since !== undefined && since + minReadySeconds * 1000 <= now;
}

/** Whether a pod still counts for its controller: neither finished nor being deleted (pkg/controller/controller_utils.go, IsPodActive, v1.36). */
export function isPodActive(pod: JsonObject): boolean {
  return !isPodFinished(pod) && !isTerminating(pod);
}

/** Whether the phase is final (pkg/api/v1/pod/util.go, IsPodPhaseTerminal, v1.36). */
function isPodFinished(pod: JsonObject): boolean {
  const phase = podPhase(pod);
  return phase === "Succeeded" || phase === "Failed";
}

/** Whether the pod is being deleted. */
function isTerminating(pod: JsonObject): boolean {
  return textAt(pod, "metadata", "deletionTimestamp") !== undefined;
}

/** The phase, "" for a pod that was never seen by a kubelet. */
export function podPhase(pod: JsonObject): string {
  return textAt(pod, "status", "phase") ?? "";
}

/** The first condition of a type, `undefined` where the pod has none. */
export function podCondition(pod: JsonObject, type: string): JsonObject | undefined {
  return arrayAt(pod, "status", "conditions")
    .filter(isObject)
    .find((condition) => textAt(condition, "type") === type);
}

/**
 * READY, STATUS and RESTARTS as kubectl prints them.
 * Imitates kube-apiserver, pkg/printers/internalversion/printers.go, printPod, v1.36.
 */
export function podRow(pod: JsonObject): PodRow {
  const initialization = initializationOf(pod);
  const isRunning = initialization.reason === undefined || hasTrueCondition(pod, "Initialized");
  const containers = containersOf(pod);
  const reason = (isRunning ? containers.reason : undefined) ?? initialization.reason ?? phaseReason(pod);
  const ready = initialization.ready + (isRunning ? containers.ready : 0);
  return {
    ready: `${ready}/${arrayAt(pod, "spec", "containers").length + sidecarsOf(pod).length}`,
    status: deletionReason(pod) ?? reason,
    restarts: isRunning ? initialization.sidecarRestarts + containers.restarts : initialization.restarts,
  };
}

interface Initialization {
  /** What initialization waits for or failed with; `undefined` once it is over. */
  readonly reason: string | undefined;
  readonly ready: number;
  readonly restarts: number;
  readonly sidecarRestarts: number;
}

/** Looks at init containers up to the first unfinished one. */
function initializationOf(pod: JsonObject): Initialization {
  const sidecars = new Set(sidecarsOf(pod).map((container) => textAt(container, "name") ?? ""));
  const total = arrayAt(pod, "spec", "initContainers").length;
  let ready = 0;
  let restarts = 0;
  let sidecarRestarts = 0;
  for (const [index, status] of arrayAt(pod, "status", "initContainerStatuses").entries()) {
    const sidecar = sidecars.has(textAt(status, "name") ?? "");
    restarts += numberAt(status, "restartCount") ?? 0;
    if (sidecar) sidecarRestarts += numberAt(status, "restartCount") ?? 0;
    const terminated = objectAt(status, "state", "terminated");
    if (terminated !== undefined && exitCode(terminated) === 0) continue;
    if (sidecar && at(status, "started") === true) {
      if (at(status, "ready") === true) ready += 1;
      continue;
    }
    return { reason: `Init:${initReason(status) ?? `${index}/${total}`}`, ready, restarts, sidecarRestarts };
  }
  return { reason: undefined, ready, restarts, sidecarRestarts };
}

function initReason(status: JsonValue): string | undefined {
  const terminated = objectAt(status, "state", "terminated");
  if (terminated !== undefined) return terminationReason(terminated);
  const waiting = textAt(status, "state", "waiting", "reason");
  return waiting === "" || waiting === "PodInitializing" ? undefined : waiting;
}

interface Containers {
  readonly reason: string | undefined;
  readonly ready: number;
  readonly restarts: number;
}

function containersOf(pod: JsonObject): Containers {
  const statuses = arrayAt(pod, "status", "containerStatuses");
  // The first container that has something to say wins.
  const reason = statuses.map(containerReason).find((text) => text !== undefined);
  const ready = statuses.filter(isReadyAndRunning).length;
  return {
    reason: reason === "Completed" ? besideCompleted(pod, statuses, ready > 0) : reason,
    ready,
    restarts: statuses.reduce<number>((sum, status) => sum + (numberAt(status, "restartCount") ?? 0), 0),
  };
}

/** What a pod shows whose first container is through while others run or failed. */
function besideCompleted(pod: JsonObject, statuses: readonly JsonValue[], hasRunning: boolean): string {
  if (hasRunning && isPodReady(pod)) return "Running";
  const failed = statuses.find((status) => {
    const terminated = objectAt(status, "state", "terminated");
    return terminated !== undefined && exitCode(terminated) !== 0;
  });
  const reason = failed === undefined ? undefined : containerReason(failed);
  return reason ?? (hasRunning ? "NotReady" : "Completed");
}

function containerReason(status: JsonValue): string | undefined {
  const waiting = textAt(status, "state", "waiting", "reason");
  if (waiting !== undefined && waiting !== "") return waiting;
  const terminated = objectAt(status, "state", "terminated");
  return terminated === undefined ? undefined : terminationReason(terminated);
}

function isReadyAndRunning(status: JsonValue): boolean {
  return (
    containerReason(status) === undefined &&
    at(status, "ready") === true &&
    objectAt(status, "state", "running") !== undefined
  );
}

function terminationReason(terminated: JsonObject): string {
  const signal = numberAt(terminated, "signal") ?? 0;
  return textAt(terminated, "reason") || (signal === 0 ? `ExitCode:${exitCode(terminated)}` : `Signal:${signal}`);
}

function exitCode(terminated: JsonObject): number {
  return numberAt(terminated, "exitCode") ?? 0;
}

function phaseReason(pod: JsonObject): string {
  const gated = arrayAt(pod, "status", "conditions").some(
    (condition) => textAt(condition, "type") === "PodScheduled" && textAt(condition, "reason") === "SchedulingGated",
  );
  return gated ? "SchedulingGated" : textAt(pod, "status", "reason") || podPhase(pod);
}

function deletionReason(pod: JsonObject): string | undefined {
  if (!isTerminating(pod)) return undefined;
  if (textAt(pod, "status", "reason") === "NodeLost") return "Unknown";
  return isPodFinished(pod) ? undefined : "Terminating";
}

function hasTrueCondition(pod: JsonObject, type: string): boolean {
  return textAt(podCondition(pod, type), "status") === "True";
}

function sidecarsOf(pod: JsonObject): readonly JsonValue[] {
  return arrayAt(pod, "spec", "initContainers").filter(isSidecar);
}
