import { isDeepStrictEqual } from "node:util";
import { arrayAt, isObject, numberAt, objectAt, textAt } from "../../../server/src/base/json.ts";
import type { JsonObject, JsonValue } from "../../../server/src/base/json.ts";
import { withDefaults } from "../../../server/src/kubernetes/defaults/with-defaults.ts";
import { parseQuantity, quantityMilliValue } from "../../../server/src/kubernetes/quantity.ts";
import { newAutoscaler, reconcileAutoscaler } from "../../../server/src/simulation/autoscaling/autoscaler.ts";
import type { AutoscalerOutput } from "../../../server/src/simulation/autoscaling/autoscaler.ts";
import type { MetricsSource, Sample, ScaledPod } from "../../../server/src/simulation/autoscaling/samples.ts";
import type { ConformanceRunner, RunContext } from "../runner.ts";

/** Replays `hpa/cases.jsonl` sync by sync. */
export const runner: ConformanceRunner = {
  folder: "hpa",
  run(context) {
    for (const recorded of context.lines("hpa/cases.jsonl") ?? []) if (isRecorded(recorded)) runCase(recorded, context);
  },
};

function runCase(recorded: JsonObject, context: RunContext): void {
  const id = textAt(recorded, "id") ?? "";
  const input = objectAt(recorded, "in") ?? {};
  let spec = specOf(objectAt(input, "hpa") ?? {});
  let memory = newAutoscaler;
  let pods: readonly RecordedPod[] = [];
  const outputs = arrayAt(recorded, "out", "steps");
  for (const [index, step] of arrayAt(input, "steps").filter(isObject).entries()) {
    const edited = objectAt(step, "hpa");
    if (edited !== undefined) spec = specOf(edited);
    if (step["pods"] !== undefined) pods = podsOf(arrayAt(step, "pods"), objectAt(input, "template") ?? {});
    const now = numberAt(step, "t") ?? 0;
    const specReplicas = numberAt(step, "spec") ?? 0;
    const output = reconcileAutoscaler({
      namespace: "default",
      spec,
      scale:
        input["targetMissing"] === true
          ? { error: 'deployments.apps "web" not found' }
          : {
              specReplicas,
              statusReplicas: numberAt(step, "status") ?? 0,
              selector: textAt(input, "selector") ?? "app=web",
            },
      controlling: controlling(input, pods, now),
      source: sourceOf(step, pods, now),
      memory,
      now,
    });
    memory = output.memory;
    const wanted = isObject(outputs[index]) ? outputs[index] : {};
    const found = comparable(observed(output, specReplicas), step, wanted);
    if (!isDeepStrictEqual(found, comparable(wanted, step, wanted))) {
      context.report("hpa", { id, agreed: false, step: index, wanted, found });
      return;
    }
  }
  context.report("hpa", { id, agreed: true });
}

function specOf(written: JsonObject): JsonObject {
  const target = { apiVersion: "apps/v1", kind: "Deployment", name: "web" };
  const object = {
    apiVersion: "autoscaling/v2",
    kind: "HorizontalPodAutoscaler",
    metadata: { name: "web", namespace: "default" },
    spec: { ...written, scaleTargetRef: target },
  };
  return objectAt(withDefaults(object), "spec") ?? {};
}

/** A rival's selector is known once it has synced for the first time. */
function controlling(input: JsonObject, pods: readonly RecordedPod[], now: number): readonly string[] {
  const rival = numberAt(input, "rival");
  const known = rival !== undefined && pods.length > 0 && now > rival + (numberAt(input, "sync") ?? 0);
  return known ? ["default/other", "default/web"] : ["default/web"];
}

interface RecordedPod {
  readonly pod: ScaledPod;
  readonly recorded: JsonObject;
}

function podsOf(recorded: readonly JsonValue[], template: JsonObject): readonly RecordedPod[] {
  return recorded.filter(isObject).flatMap((entry) => {
    const name = textAt(entry, "name") ?? "";
    const count = numberAt(entry, "count");
    const names = count === undefined ? [name] : Array.from({ length: count }, (_, index) => `${name}-${index}`);
    return names.map((each) => ({ pod: podOf(entry, each, template), recorded: entry }));
  });
}

function podOf(recorded: JsonObject, name: string, template: JsonObject): ScaledPod {
  const ready = textAt(recorded, "ready") ?? "True";
  const start = numberAt(recorded, "start") ?? -3600;
  return {
    name,
    phase: textAt(recorded, "phase") ?? "Running",
    deleting: recorded["deleting"] === true,
    ready: ready === "none" ? undefined : ready,
    readySince: numberAt(recorded, "readyAt") ?? start + 10,
    startTime: recorded["noStart"] === true ? undefined : start,
    spec: podSpec(objectAt(recorded, "template") ?? template),
  };
}

function podSpec(template: JsonObject): JsonObject {
  const container = (written: JsonValue): JsonValue => {
    if (!isObject(written)) return written;
    const { requests, ...rest } = written;
    return requests === undefined ? rest : { ...rest, resources: { requests } };
  };
  const requests = objectAt(template, "requests");
  return {
    containers: arrayAt(template, "containers").map(container),
    initContainers: arrayAt(template, "initContainers").map(container),
    ...(requests === undefined ? {} : { resources: { requests } }),
  };
}

function sourceOf(step: JsonObject, pods: readonly RecordedPod[], now: number): MetricsSource {
  const orphans = arrayAt(step, "orphans").filter(isObject);
  const entries: readonly (readonly [string, JsonObject])[] = [
    ...pods.map(({ pod, recorded }) => [pod.name, recorded] as const),
    ...orphans.map((orphan) => [textAt(orphan, "name") ?? "", orphan] as const),
  ];
  return {
    pods: pods.map(({ pod }) => pod),
    resource: (resource, container) => {
      const sampled = entries.filter(([, recorded]) => objectAt(recorded, "usage") !== undefined);
      if (sampled.length === 0) return undefined;
      return new Map(sampled.flatMap(([name, recorded]) => {
        const milli = usageOf(objectAt(recorded, "usage") ?? {}, resource, container);
        return milli === undefined ? [] : [[name, sampleOf(recorded, milli, now)] as const];
      }));
    },
    podsMetric: (metric) => {
      const sampled = entries.flatMap(([name, recorded]) => {
        const value = recorded["custom"] === undefined ? undefined : objectAt(recorded, "custom")?.[metric];
        return value === undefined ? [] : [[name, sampleOf(recorded, Number(milliOf(value)), now)] as const];
      });
      return sampled.length === 0 ? undefined : new Map(sampled);
    },
    objectMetric: (metric) => {
      const value = objectAt(step, "object")?.[metric];
      return value === undefined ? undefined : milliOf(value);
    },
    externalMetric: (metric) => {
      const value = objectAt(step, "external")?.[metric];
      if (value === undefined) return undefined;
      return (Array.isArray(value) ? (value as readonly JsonValue[]) : [value]).map(milliOf);
    },
  };
}

/** Of all containers, or of one; `undefined` where a container has no sample of the resource. */
function usageOf(usage: JsonObject, resource: string, container: string | undefined): number | undefined {
  const containers = Object.entries(usage).filter(([name]) => container === undefined || name === container);
  if (containers.length === 0) return undefined;
  let sum = 0;
  for (const [, used] of containers) {
    const value = isObject(used) ? used[resource] : undefined;
    if (value === undefined) return undefined;
    sum += Number(milliOf(value));
  }
  return sum;
}

function sampleOf(recorded: JsonObject, milli: number, now: number): Sample {
  return { milli, timestamp: numberAt(recorded, "sampled") ?? now, window: numberAt(recorded, "window") ?? 30 };
}

function milliOf(value: JsonValue): bigint {
  const parsed = parseQuantity(typeof value === "string" ? value : JSON.stringify(value));
  return parsed.error === undefined ? quantityMilliValue(parsed.value) : 0n;
}

function observed({ memory, proposal, events, rescaleTo }: AutoscalerOutput, specReplicas: number): JsonObject {
  const inactive = memory.conditions["ScalingActive"];
  return {
    ...(proposal === undefined ? {} : { proposal: proposal.replicas, metric: proposal.metric }),
    replicas: rescaleTo ?? specReplicas,
    current: memory.current,
    desired: memory.desired,
    conditions: Object.fromEntries(
      Object.entries(memory.conditions).map(([type, { status, reason }]) => [type, `${status} ${reason}`]),
    ),
    ...(memory.currentMetrics.length === 0
      ? {}
      : { currentMetrics: memory.currentMetrics.map((metric) => (metric === undefined ? null : { ...metric })) }),
    ...(inactive?.status === "False" ? { inactive: inactive.message } : {}),
    ...(events.length === 0 ? {} : { events: events.map(({ type, reason, message }) => [type, reason, message]) }),
  };
}

/** Any one of several offending pods may be named; messages are compared where they are recorded; averages are not recorded where they would divide by no replicas. */
function comparable(seen: JsonObject, step: JsonObject, wanted: JsonObject): JsonObject {
  const text = JSON.stringify(seen).replace(/ (?:of|in) Pod [^ "]+/g, (found) => found.replace(/Pod .*/, "Pod *"));
  const { inactive, ...others } = JSON.parse(text) as JsonObject;
  const anyPod = inactive === undefined || wanted["inactive"] === undefined ? others : { ...others, inactive };
  if (numberAt(step, "status") !== 0 || wanted["currentMetrics"] !== undefined) return anyPod;
  return Object.fromEntries(Object.entries(anyPod).filter(([key]) => key !== "currentMetrics"));
}

function isRecorded(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && "in" in value && "out" in value;
}
