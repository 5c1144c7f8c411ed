import { deepStrictEqual } from "node:assert/strict";
import type { JsonObject, JsonValue } from "../../../server/src/base/json.ts";
import { arrayAt, isObject } from "../../../server/src/base/json.ts";
import { canonicalJson } from "../../../server/src/base/json.ts";
import type { LegacyAddress, LegacyEndpoints } from "../../../server/src/simulation/endpoints/legacy.ts";
import { legacyEndpoints, storedEndpoints } from "../../../server/src/simulation/endpoints/legacy.ts";
import type { SliceGroup } from "../../../server/src/simulation/endpoints/predict.ts";
import type { Endpoint, EndpointPort } from "../../../server/src/simulation/endpoints/slice.ts";
import { endpointObject } from "../../../server/src/simulation/endpoints/slice.ts";
import type { ConformanceRunner, RunContext } from "../runner.ts";
import type { RecordedCluster } from "./recorded-cluster.ts";
import { isRecordedCluster, podsOfCase, predictedGroups, servicesOf } from "./recorded-cluster.ts";
import { runCorpus } from "./endpointslice-corpus.ts";

/** Replays `cases.jsonl` through the slice prediction, and `corpus.jsonl` (Services of real manifests) from the files on. */
export const runner: ConformanceRunner = {
  folder: "endpointslice",
  run(context) {
    for (const recorded of context.lines("endpointslice/cases.jsonl") ?? []) if (isRecordedCluster(recorded)) runCase(recorded, context);
    runCorpus(context);
  },
};

function runCase(recorded: RecordedCluster & { readonly id: string }, context: RunContext): void {
  const wanted = { slices: listOf(recorded, "slices"), ...("endpoints" in recorded ? { endpoints: listOf(recorded, "endpoints") } : {}) };
  const slices = sorted(predictedGroups(recorded).map(sliceRow));
  const found = { slices, ..."endpoints" in recorded ? { endpoints: endpointsRows(recorded) } : {} };
  const difference = firstDifference(normalised(wanted), normalised(found));
  context.report("endpointslice", difference === undefined ? { id: recorded.id, agreed: true } : { id: recorded.id, agreed: false, ...difference });
}

/** The order of lists means nothing here. */
function normalised(rows: { readonly slices: readonly JsonValue[]; readonly endpoints?: readonly JsonValue[] }): Readonly<Record<string, readonly string[]>> {
  return {
    slices: rows.slices.map((row) => canonicalJson(withSorted(row, ["endpoints", "ports"]))).sort(),
    endpoints: (rows.endpoints ?? []).map((row) => canonicalJson(withSortedSubsets(row))).sort(),
  };
}

function withSorted(row: JsonValue, fields: readonly string[]): JsonValue {
  if (!isObject(row)) return row;
  return { ...row, ...Object.fromEntries(fields.filter((field) => field in row).map((field) => [field, sorted(arrayAt(row, field))])) };
}

function withSortedSubsets(row: JsonValue): JsonValue {
  if (!isObject(row)) return row;
  return { ...row, subsets: sorted(arrayAt(row, "subsets").map((subset) => withSorted(subset, ["addresses", "notReadyAddresses", "ports"]))) };
}

function firstDifference(wanted: Readonly<Record<string, readonly string[]>>, found: Readonly<Record<string, readonly string[]>>): { step: string; wanted: unknown; found: unknown } | undefined {
  for (const step of Object.keys(wanted)) {
    const [left, right] = [wanted[step] ?? [], found[step] ?? []];
    try {
      deepStrictEqual(right, left);
    } catch {
      return { step, wanted: left.filter((row) => !right.includes(row)), found: right.filter((row) => !left.includes(row)) };
    }
  }
  return undefined;
}

function sliceRow(group: SliceGroup): JsonObject {
  return {
    service: group.service,
    addressType: group.addressType,
    ports: group.ports.map(portRow),
    labels: group.labels,
    ...(group.name === undefined ? {} : { name: group.name }),
    sizes: group.sizes,
    endpoints: group.endpoints.map(endpointRow),
  };
}

function endpointRow(endpoint: Endpoint): JsonObject {
  const { targetRef, ...rest } = endpoint;
  return { ...(targetRef === undefined ? {} : { pod: targetRef.name }), ...endpointObject(rest) };
}

function portRow(port: EndpointPort): JsonObject {
  return { name: port.name, protocol: port.protocol, ...(port.port === undefined ? {} : { port: port.port }), ...(port.appProtocol === undefined ? {} : { appProtocol: port.appProtocol }) };
}

/** The v1 Endpoints of all Services, and those written by hand for others. */
function endpointsRows(recorded: RecordedCluster): readonly JsonObject[] {
  const pods = podsOfCase(recorded);
  const made = servicesOf(recorded)
    .map((service) => legacyEndpoints(service, pods))
    .filter((endpoints) => endpoints !== undefined);
  const written = recorded.objects.filter((object) => object["kind"] === "Endpoints").map(storedEndpoints);
  const other = written.filter((endpoints) => !made.some(({ name }) => name === endpoints.name));
  return [...made, ...other].map(legacyRow);
}

function legacyRow(endpoints: LegacyEndpoints): JsonObject {
  const subsets = endpoints.subsets.map(({ addresses, notReadyAddresses, ports }) => ({
    ...(addresses.length === 0 ? {} : { addresses: addresses.map(addressRow) }),
    ...(notReadyAddresses.length === 0 ? {} : { notReadyAddresses: notReadyAddresses.map(addressRow) }),
    ports: ports.map(legacyPortRow),
  }));
  return { name: endpoints.name, labels: endpoints.labels, subsets };
}

function addressRow({ targetRef, ip, hostname, nodeName }: LegacyAddress): JsonObject {
  return {
    ...(targetRef === undefined ? {} : { pod: targetRef.name }),
    ip,
    ...(hostname === undefined ? {} : { hostname }),
    ...(nodeName === undefined ? {} : { nodeName }),
  };
}

function legacyPortRow(port: EndpointPort): JsonObject {
  const { name, ...rest } = portRow(port);
  return name === "" || name === undefined ? rest : { name, ...rest };
}

function sorted<T extends JsonValue>(list: readonly T[]): readonly T[] {
  return [...list].sort((a, b) => (canonicalJson(a) < canonicalJson(b) ? -1 : 1));
}

function listOf(recorded: object, field: string): readonly JsonValue[] {
  const value: unknown = Reflect.get(recorded, field);
  return Array.isArray(value) ? arrayAt({ value }, "value") : [];
}

