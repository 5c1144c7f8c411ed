import { arrayAt, at, isObject, objectAt, textAt } from "../../base/json.ts";
import type { JsonObject, JsonValue } from "../../base/json.ts";
import type { Outcome } from "../../base/outcome.ts";
import { failure, success } from "../../base/outcome.ts";
import { isSidecar } from "../../kubernetes/find-port.ts";
import { parseQuantity, quantityMilliValue } from "../../kubernetes/quantity.ts";
import type { Sample, Samples, ScaledPod } from "./samples.ts";

/** Defaults of the controller manager, in seconds. */
const cpuInitializationPeriod = 300;
const initialReadinessDelay = 30;

export interface PodGroups {
  readonly readyCount: number;
  readonly unready: readonly string[];
  readonly missing: readonly string[];
  /** The samples that count. */
  readonly samples: Map<string, Sample>;
}

/**
 * Sorts the pods by what their samples are worth; readiness matters for cpu alone.
 * Imitates kube-controller-manager, pkg/controller/podautoscaler/replica_calculator.go, groupPods, v1.36.
 */
export function groupPods(
  pods: readonly ScaledPod[],
  samples: Samples,
  resource: string | undefined,
  now: number,
): PodGroups {
  const counted = new Map(samples);
  const unready: string[] = [];
  const missing: string[] = [];
  let readyCount = 0;
  for (const pod of pods) {
    const sample = samples.get(pod.name);
    if (pod.deleting || pod.phase === "Failed") {
      counted.delete(pod.name);
    } else if (pod.phase === "Pending") {
      unready.push(pod.name);
      counted.delete(pod.name);
    } else if (sample === undefined) {
      missing.push(pod.name);
    } else if (resource === "cpu" && isUnready(pod, sample, now)) {
      unready.push(pod.name);
      counted.delete(pod.name);
    } else {
      readyCount++;
    }
  }
  return { readyCount, unready, missing, samples: counted };
}

/** While a pod may still initialise, a sample from before it became ready does not count; later only one that never was ready is left out. */
function isUnready(pod: ScaledPod, sample: Sample, now: number): boolean {
  if (pod.ready === undefined || pod.startTime === undefined) return true;
  if (pod.startTime + cpuInitializationPeriod > now) {
    return pod.ready === "False" || sample.timestamp < pod.readySince + sample.window;
  }
  return pod.ready === "False" && pod.startTime + initialReadinessDelay > pod.readySince;
}

/**
 * What each pod requests of a resource, in thousandths; an error as soon as one does not say.
 * Imitates kube-controller-manager, pkg/controller/podautoscaler/replica_calculator.go, calculateRequests, v1.36.
 */
export function requestsOf(
  pods: readonly ScaledPod[],
  resource: string,
  container: string | undefined,
): Outcome<ReadonlyMap<string, number>> {
  const requests = new Map<string, number>();
  for (const pod of pods) {
    const request =
      container === undefined && hasPodLevelRequests(pod.spec)
        ? podLevelRequest(pod, resource)
        : requestOfContainers(pod, resource, container);
    if (request.error !== undefined) return request;
    requests.set(pod.name, request.value);
  }
  return success(requests);
}

/** Of all running containers, or of one, which every pod must have (replica_calculator.go, calculatePodRequestsFromContainers, v1.36). */
function requestOfContainers(pod: ScaledPod, resource: string, container: string | undefined): Outcome<number> {
  const running = runningContainers(pod.spec);
  const counted = container === undefined ? running : running.filter((other) => textAt(other, "name") === container);
  if (container !== undefined && counted.length === 0) {
    return failure(`container ${container} not found in Pod ${pod.name}`);
  }
  let sum = 0;
  for (const candidate of counted) {
    const name = textAt(candidate, "name") ?? "";
    const request = requestIn(candidate, resource);
    if (request === undefined) {
      return failure(`missing request for ${resource} in container ${name} of Pod ${pod.name}`);
    }
    sum += request;
  }
  return success(sum);
}

/** Containers and sidecars; other init containers have ended. */
function runningContainers(spec: JsonObject): readonly JsonValue[] {
  return [...arrayAt(spec, "containers"), ...arrayAt(spec, "initContainers").filter(isSidecar)];
}

function hasPodLevelRequests(spec: JsonObject): boolean {
  const requests = objectAt(spec, "resources", "requests") ?? {};
  return Object.keys(requests).some((name) => name === "cpu" || name === "memory" || name.startsWith("hugepages-"));
}

/** The pod's own request, else what its containers need together (component-helpers, resource/helpers.go, PodRequests, v1.36). */
function podLevelRequest(pod: ScaledPod, resource: string): Outcome<number> {
  const request = requestIn(pod.spec, resource) ?? aggregateRequest(pod.spec, resource);
  return request === undefined
    ? failure(`missing pod-level request for ${resource} in Pod ${pod.name}`)
    : success(request);
}

function aggregateRequest(spec: JsonObject, resource: string): number | undefined {
  const running = runningContainers(spec).flatMap((container) => requestIn(container, resource) ?? []);
  let sidecars = 0;
  const peaks = arrayAt(spec, "initContainers").flatMap((container) => {
    const request = requestIn(container, resource);
    if (request === undefined) return [];
    if (isSidecar(container)) {
      sidecars += request;
      return [sidecars];
    }
    return [request + sidecars];
  });
  if (running.length + peaks.length === 0) return undefined;
  return Math.max(
    running.reduce((sum, request) => sum + request, 0),
    ...peaks,
  );
}

function requestIn(container: JsonValue, resource: string): number | undefined {
  const requests = at(container, "resources", "requests");
  if (!isObject(requests)) return undefined;
  return milliOf(requests[resource]);
}

/** A quantity in thousandths, rounded up; `undefined` where it is none. */
export function milliOf(value: JsonValue | undefined): number | undefined {
  if (typeof value !== "string" && typeof value !== "number") return undefined;
  const parsed = parseQuantity(String(value));
  return parsed.error === undefined ? Number(quantityMilliValue(parsed.value)) : undefined;
}
