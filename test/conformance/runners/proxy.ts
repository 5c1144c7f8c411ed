import { isDeepStrictEqual } from "node:util";
import type { JsonObject } from "../../../server/src/base/json.ts";
import { objectAt, textAt } from "../../../server/src/base/json.ts";
import { sliceOf } from "../../../server/src/simulation/endpoints/slice.ts";
import type { PortCategories, ProxyEndpoint } from "../../../server/src/simulation/proxy/categorize.ts";
import { categorizeEndpoints } from "../../../server/src/simulation/proxy/categorize.ts";
import { ruleProbabilities } from "../../../server/src/simulation/proxy/probabilities.ts";
import type { SimulatedNode } from "../../../server/src/simulation/nodes.ts";
import type { ConformanceRunner, RunContext } from "../runner.ts";

interface RecordedService {
  readonly id: string;
  readonly node: JsonObject;
  readonly service: JsonObject;
  readonly slices: readonly JsonObject[];
  readonly results: readonly JsonObject[];
}

/** Replays `cases.jsonl` and `probabilities.json`. */
export const runner: ConformanceRunner = {
  folder: "proxy",
  run(context) {
    for (const recorded of context.lines("proxy/cases.jsonl") ?? []) if (isRecorded(recorded)) runCase(recorded, context);
    const probabilities = context.text("proxy/probabilities.json");
    if (probabilities !== undefined) runProbabilities(probabilities, context);
  },
};

function runCase(recorded: RecordedService, context: RunContext): void {
  const found = categorizeEndpoints(recorded.service, recorded.slices.map(sliceOf), nodeOf(recorded.node)).map(resultRow);
  const [wanted, sorted] = [byPort(recorded.results), byPort(found)];
  const agreed = isDeepStrictEqual(sorted, wanted);
  context.report("proxy", agreed ? { id: recorded.id, agreed } : { id: recorded.id, agreed, wanted, found: sorted });
}

function runProbabilities(text: string, context: RunContext): void {
  const wanted = JSON.parse(text) as Readonly<Record<string, readonly string[]>>;
  const found = Object.fromEntries(Object.keys(wanted).map((count) => [count, ruleProbabilities(Number(count)).map((probability) => probability ?? "")]));
  const agreed = isDeepStrictEqual(found, wanted);
  context.report("proxy", agreed ? { id: "probabilities", agreed } : { id: "probabilities", agreed, wanted, found });
}

function resultRow(result: PortCategories): JsonObject {
  return {
    port: result.port.name,
    protocol: result.port.protocol,
    usesClusterEndpoints: result.usesCluster,
    usesLocalEndpoints: result.usesLocal,
    endpoints: keys(result.endpoints),
    clusterEndpoints: keys(result.cluster),
    localEndpoints: keys(result.local),
    allReachableEndpoints: keys(result.reachable),
    hasAnyEndpoints: result.hasAny,
  };
}

function keys(endpoints: readonly ProxyEndpoint[]): readonly string[] {
  return endpoints.map(({ key }) => key).sort();
}

function byPort(rows: readonly JsonObject[]): readonly JsonObject[] {
  const key = (row: JsonObject): string => `${textAt(row, "port") ?? ""}/${textAt(row, "protocol") ?? ""}`;
  return [...rows].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

function nodeOf(node: JsonObject): SimulatedNode {
  const zone = textAt(objectAt(node, "labels"), "topology.kubernetes.io/zone");
  return { name: textAt(node, "name") ?? "", ...(zone === undefined ? {} : { zone }) };
}

function isRecorded(value: unknown): value is RecordedService {
  return typeof value === "object" && value !== null && "service" in value && "slices" in value && "results" in value;
}
