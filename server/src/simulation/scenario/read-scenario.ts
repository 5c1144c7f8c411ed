import { at, isArray, isObject, numberAt, textAt } from "../../base/json.ts";
import type { JsonObject, JsonValue } from "../../base/json.ts";
import type { Outcome } from "../../base/outcome.ts";
import { failure, success } from "../../base/outcome.ts";
import type { Scenario } from "../scenario.ts";

const proxyModes = ["iptables", "nftables", "ipvs"];
const verbs = ["apply", "pause", "resume", "undo", "scale", "setSelector", "killPod", "drainNode"];

/** Checks a scenario that somebody wrote: the scenario, or the first thing that is wrong with it and where. */
export function readScenario(value: JsonValue): Outcome<Scenario> {
  if (!isObject(value)) return failure("a scenario is a map");
  const problem = problemOf(value);
  return problem === undefined ? success(value as unknown as Scenario) : failure(problem);
}

function problemOf(scenario: JsonObject): string | undefined {
  if (scenario["version"] !== 1) return "version: must be 1";
  return (
    listProblem(scenario, "objects", true, objectProblem) ??
    listProblem(scenario, "actions", false, actionProblem) ??
    listProblem(scenario, "load", false, loadProblem) ??
    listProblem(scenario, "rejected", false, textProblem) ??
    numberProblem(scenario, "seed", "seed") ??
    clusterProblem(scenario) ??
    podsProblem(scenario) ??
    trafficProblem(scenario) ??
    untilProblem(scenario["until"])
  );
}

type Check = (entry: JsonValue, path: string) => string | undefined;

function listProblem(
  scenario: JsonValue | undefined,
  field: string,
  required: boolean,
  check: Check,
): string | undefined {
  const list = at(scenario, field);
  if (list === undefined) return required ? `${field}: must be a list` : undefined;
  if (!isArray(list)) return `${field}: must be a list`;
  for (const [index, entry] of list.entries()) {
    const problem = check(entry, `${field}[${index}]`);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

const objectProblem: Check = (entry, path) => {
  if (!isObject(entry)) return `${path}: must be an API object`;
  if (textAt(entry, "kind") === undefined) return `${path}.kind: must be a text`;
  return textAt(entry, "metadata", "name") === undefined ? `${path}.metadata.name: must be a text` : undefined;
};

const textProblem: Check = (entry, path) => (typeof entry === "string" ? undefined : `${path}: must be a text`);

const actionProblem: Check = (entry, path) => {
  if (!isObject(entry)) return `${path}: must be a map`;
  if (!isTime(entry["atMs"])) return `${path}.atMs: must be a number of milliseconds from 0`;
  const used = verbs.filter((verb) => verb in entry);
  const [verb] = used;
  if (verb === undefined || used.length > 1) return `${path}: must have exactly one of ${verbs.join(", ")}`;
  if (verb === "apply") return objectProblem(entry["apply"] ?? null, `${path}.apply`);
  if (typeof entry[verb] !== "string") return `${path}.${verb}: must be a text`;
  if (verb === "scale" && numberAt(entry, "replicas") === undefined) return `${path}.replicas: must be a number`;
  if (verb === "undo") return numberProblem(entry, "toRevision", `${path}.toRevision`);
  if (verb === "setSelector" && !isObject(entry["selector"])) return `${path}.selector: must be a map`;
  return undefined;
};

const loadProblem: Check = (entry, path) => {
  if (!isObject(entry) || !isTime(entry["atMs"])) return `${path}.atMs: must be a number of milliseconds from 0`;
  if (textAt(entry, "workload") === undefined) return `${path}.workload: must be a text like Deployment/web`;
  if (textAt(entry, "metric") === undefined) return `${path}.metric: must be a text`;
  return numberAt(entry, "milli") === undefined ? `${path}.milli: must be a number` : undefined;
};

function clusterProblem(scenario: JsonObject): string | undefined {
  const cluster = scenario["cluster"];
  if (cluster === undefined) return undefined;
  if (!isObject(cluster)) return "cluster: must be a map";
  const mode = at(cluster, "proxy", "mode");
  if (mode !== undefined && !proxyModes.some((each) => each === mode)) {
    return `cluster.proxy.mode: must be one of ${proxyModes.join(", ")}`;
  }
  return listProblem(cluster, "nodes", false, (node, path) =>
    textAt(node, "name") === undefined ? `cluster.${path}.name: must be a text` : undefined,
  );
}

function podsProblem(scenario: JsonObject): string | undefined {
  const pods = scenario["pods"];
  if (pods === undefined) return undefined;
  if (!isObject(pods)) return "pods: must be a map";
  return (
    timingProblem(at(pods, "default") ?? {}, "pods.default") ??
    listProblem(pods, "rules", false, (rule, path) => timingProblem(rule, `pods.${path}`))
  );
}

function timingProblem(timing: JsonValue, path: string): string | undefined {
  if (!isObject(timing)) return `${path}: must be a map`;
  const wrong = Object.entries(timing).find(([key, value]) => key.endsWith("Ms") && !isTime(value));
  return wrong === undefined ? undefined : `${path}.${wrong[0]}: must be a number of milliseconds from 0`;
}

function trafficProblem(scenario: JsonObject): string | undefined {
  const traffic = scenario["traffic"];
  if (traffic === undefined) return undefined;
  if (!isObject(traffic)) return "traffic: must be a map";
  if (textAt(traffic, "service") === undefined) return "traffic.service: must be a text";
  for (const [field, most] of [
    ["requestsPerSecond", 10_000],
    ["clients", 100_000],
  ] as const) {
    if (!isBetween(traffic[field], most)) return `traffic.${field}: must be a number from 0 to ${most}`;
  }
  const { canary } = traffic;
  if (canary !== undefined && textAt(canary, "service") === undefined) return "traffic.canary.service: must be a text";
  if (canary !== undefined && !isBetween(at(canary, "weight"), 100)) {
    return "traffic.canary.weight: must be a number from 0 to 100";
  }
  return timingProblem(traffic, "traffic");
}

function numberProblem(entry: JsonObject, field: string, path: string): string | undefined {
  const value = entry[field];
  return value === undefined || typeof value === "number" ? undefined : `${path}: must be a number`;
}

function untilProblem(until: JsonValue | undefined): string | undefined {
  if (until === undefined || until === "settled" || isTime(until)) return undefined;
  return "until: must be settled or a number of milliseconds";
}

function isTime(value: JsonValue | undefined): boolean {
  return isBetween(value, Number.MAX_VALUE);
}

function isBetween(value: JsonValue | undefined, most: number): boolean {
  return typeof value === "number" && value >= 0 && value <= most;
}
