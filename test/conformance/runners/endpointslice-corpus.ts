import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { JsonObject, JsonValue } from "../../../server/src/base/json.ts";
import { arrayAt, canonicalJson, isObject, numberAt, textAt } from "../../../server/src/base/json.ts";
import { mirroredSlices } from "../../../server/src/simulation/endpoints/legacy.ts";
import type { SliceGroup } from "../../../server/src/simulation/endpoints/predict.ts";
import { groupSlices, predictSlices } from "../../../server/src/simulation/endpoints/predict.ts";
import { sliceOf } from "../../../server/src/simulation/endpoints/slice.ts";
import type { SimulatedPod } from "../../../server/src/simulation/pods.ts";
import { podsOfObjects } from "../../../server/src/simulation/adoption.ts";
import { decodeText } from "../../../server/src/yaml/decode.ts";
import { parseDocument } from "../../../server/src/yaml/parse.ts";
import { splitDocuments } from "../../../server/src/yaml/split.ts";
import type { RunContext } from "../runner.ts";

const nodes = ["node-1", "node-2", "node-3"].map((name) => ({ name, zone: "a" }));

/** Services of real manifests: all files of a unit as one set, every pod ready; slices with equal ports are joined, and pods counted by workload. */
export function runCorpus(context: RunContext): void {
  const units = context.lines("endpointslice/corpus.jsonl");
  const { corpus } = context;
  if (units === undefined || corpus === undefined) return;
  for (const unit of units.map((line) => asObject(line))) runUnit(unit, corpus, context);
}

function runUnit(unit: JsonObject, corpus: string, context: RunContext): void {
  const path = textAt(unit, "path") ?? "";
  const objects = objectsOf(join(corpus, path));
  const pods = podsOfObjects(objects, { nodes });
  for (const service of arrayAt(unit, "services").filter(isObject)) {
    const wanted = joinRows(arrayAt(service, "slices").filter(isObject));
    const found = joinRows(predictedRows(service, objects, pods));
    const agreed = canonicalJson(wanted) === canonicalJson(found);
    const id = `${path}#${textAt(service, "name") ?? ""}`;
    context.report("endpointslice-corpus", agreed ? { id, agreed } : { id, agreed, wanted, found });
  }
}

function predictedRows(recorded: JsonObject, objects: readonly JsonObject[], pods: readonly SimulatedPod[]): readonly JsonObject[] {
  const isMeant = (object: JsonObject, kind: string): boolean =>
    object["kind"] === kind && textAt(object, "metadata", "name") === textAt(recorded, "name") && (textAt(object, "metadata", "namespace") ?? null) === recorded["namespace"];
  const service = objects.find((object) => isMeant(object, "Service"));
  if (service === undefined) return [];
  const endpoints = objects.find((object) => isMeant(object, "Endpoints"));
  const handMade = objects.filter((object) => object["kind"] === "EndpointSlice").map(sliceOf);
  const mirrored = endpoints === undefined ? [] : groupSlices(mirroredSlices(endpoints, service));
  const groups = [...predictSlices(service, pods.map(({ object }) => object), nodes, handMade), ...mirrored];
  return groups.map((group) => rowOf(group, pods));
}

function rowOf(group: SliceGroup, pods: readonly SimulatedPod[]): JsonObject {
  const endpoints = group.endpoints.map((endpoint) => {
    const pod = pods.find(({ object, name }) => name === endpoint.targetRef?.name && textAt(object, "metadata", "namespace") === endpoint.targetRef.namespace);
    const workload = pod === undefined ? undefined : `${pod.workload.kind}/${pod.workload.name}`;
    return { ...(workload === undefined ? {} : { workload }), ...(endpoint.hostname === undefined ? {} : { hostname: endpoint.hostname }), pods: 1 };
  });
  const ports = group.ports.map(({ name, protocol, port, appProtocol }) => ({ name, protocol, ...(port === undefined ? {} : { port }), ...(appProtocol === undefined ? {} : { appProtocol }) }));
  return { addressType: group.addressType, ports, endpoints };
}

/** Rows with equal ports as one; a DaemonSet's pods are not counted. */
function joinRows(rows: readonly JsonObject[]): JsonValue {
  const joined = new Map<string, Map<string, number>>();
  for (const row of rows) {
    const ports = arrayAt(row, "ports").map(canonicalJson).sort().join(" ");
    const key = `${textAt(row, "addressType") ?? ""} ${ports}`;
    const counts = joined.get(key) ?? new Map<string, number>();
    joined.set(key, counts);
    for (const endpoint of arrayAt(row, "endpoints")) {
      const workload = `${textAt(endpoint, "workload") ?? ""} ${textAt(endpoint, "hostname") ?? ""}`;
      const pods = workload.startsWith("DaemonSet/") ? 0 : (numberAt(endpoint, "pods") ?? 0);
      counts.set(workload, (counts.get(workload) ?? 0) + pods);
    }
  }
  return Object.fromEntries([...joined].map(([key, counts]) => [key, Object.fromEntries(counts)]));
}

/** The objects of a file, or of the files directly in a folder; of equal ones the last. */
function objectsOf(path: string): readonly JsonObject[] {
  const files = path.endsWith("/") ? readdirSync(path).filter((name) => /\.(ya?ml|json)$/.test(name)).sort().map((name) => join(path, name)) : [path];
  const objects = files.filter((file) => existsSync(file)).flatMap(readObjects).flatMap(unwrapped);
  return [...new Map(objects.map((object) => [identityOf(object), object])).values()];
}

function readObjects(file: string): readonly JsonObject[] {
  const decoded = decodeText(readFileSync(file));
  if (!("text" in decoded)) return [];
  return splitDocuments(decoded.text)
    .map(({ start, end }) => parseDocument(decoded.text.slice(start, end)).value)
    .filter((value) => value !== undefined && isObject(value));
}

function unwrapped(object: JsonObject): readonly JsonObject[] {
  return object["kind"] === "List" ? arrayAt(object, "items").filter(isObject).flatMap(unwrapped) : [object];
}

function identityOf(object: JsonObject): string {
  return [textAt(object, "apiVersion")?.split("/").at(-2) ?? "", textAt(object, "kind") ?? "", textAt(object, "metadata", "namespace") ?? "", textAt(object, "metadata", "name") ?? ""].join("/");
}

function asObject(value: unknown): JsonObject {
  return typeof value === "object" && value !== null ? (value as JsonObject) : {};
}

