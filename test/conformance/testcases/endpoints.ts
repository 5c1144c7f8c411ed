import { isDeepStrictEqual } from "node:util";

import type { JsonObject, JsonValue } from "../../../server/src/base/json.ts";
import { arrayAt, at, isObject, numberAt, objectAt, textAt, textMapAt } from "../../../server/src/base/json.ts";
import { parseQuantity, quantityMilliValue } from "../../../server/src/kubernetes/quantity.ts";
import { addressTypes } from "../../../server/src/simulation/endpoints/families.ts";
import type { SliceChanges } from "../../../server/src/simulation/endpoints/hints.ts";
import { asksForTopologyHints, distributionHints } from "../../../server/src/simulation/endpoints/hints.ts";
import { hasHostname, isPodInEndpoints, podToEndpoint } from "../../../server/src/simulation/endpoints/pod-endpoint.ts";
import { endpointPorts } from "../../../server/src/simulation/endpoints/ports.ts";
import { reconcileSlices } from "../../../server/src/simulation/endpoints/predict.ts";
import type { Endpoint, Slice } from "../../../server/src/simulation/endpoints/slice.ts";
import { MANAGED_BY_LABEL, SERVICE_NAME_LABEL, SLICE_CONTROLLER } from "../../../server/src/simulation/endpoints/slice.ts";
import { countHints, cpuRatioByZone, redistribute, topologyHints, zonesToRebalance } from "../../../server/src/simulation/endpoints/topology-hints.ts";
import type { SimulatedNode } from "../../../server/src/simulation/nodes.ts";
import type { CaseOutcome, TestcaseRow, Topics } from "../testcase.ts";

export const topics: Topics = {
  "pod-in-endpoints": (row) => {
    const inputs = inputsOf(row);
    const pod = podOf({ phase: textAt(inputs, "phase") ?? "", addresses: texts(inputs, "podIPs"), isTerminating: at(inputs, "terminating") === true });
    return compare(row, { included: isPodInEndpoints(pod, at(inputs, "includeTerminating") === true) });
  },
  "pod-to-endpoint": (row) => compare(row, endpointRow(inputsOf(row))),
  "endpoint-hostname": (row) => {
    const inputs = inputsOf(row);
    const { namespace = "", hostname = "", subdomain = "" } = textMapAt(inputs, "pod");
    const pod = { metadata: { name: "pod", namespace }, spec: { hostname, subdomain } };
    return compare(row, { hostnameSet: hasHostname(pod, { metadata: { ...textMapAt(inputs, "service") } }) });
  },
  "endpoint-ports": (row) => {
    const inputs = inputsOf(row);
    const { ports } = endpointPorts({ spec: { ports: arrayAt(inputs, "servicePorts") } }, { spec: { containers: arrayAt(inputs, "containers"), initContainers: arrayAt(inputs, "initContainers") } });
    return compare(row, { ports: ports.map((port) => ({ ...port, port: port.port ?? null })) });
  },
  "address-types": (row) => compare(row, { addressTypes: addressTypes({ spec: inputsOf(row) }) }),
  "slice-packing": (row) => packingOutcome(row),
  "hints-annotation": (row) => compare(row, { enabled: asksForTopologyHints({ metadata: inputsOf(row) }) }),
  "hints-nodes": (row) => {
    const ratios = cpuRatioByZone(arrayAt(inputsOf(row), "nodes").map(nodeOf));
    return compare(row, { usable: ratios !== undefined, cpuRatioByZone: ratios ?? null });
  },
  "hints-auto": (row) => topologyOutcome(row),
  "hints-count": (row) => {
    const inputs = inputsOf(row);
    const counts = countHints(arrayAt(inputs, "endpoints").map(endpointOf), numbers(inputs, "maximum"), numbers(inputs, "alreadyAllocated"));
    return compare(row, { hintsByZone: counts ?? null });
  },
  "hints-rebalance": (row) => {
    const inputs = inputsOf(row);
    const desired = Object.fromEntries(Object.entries(numbers(inputs, "desired")).map(([zone, number]) => [zone, { desired: number }]));
    return compare(row, { ...zonesToRebalance(desired, numbers(inputs, "allocated")) });
  },
  "hints-redistribute": (row) => {
    const inputs = inputsOf(row);
    const slices = arrayAt(inputs, "slices").map((slice) => ({ endpoints: listOf(slice).map(endpointOf) }));
    return compare(row, { changeByZone: redistribute(slices, numbers(inputs, "giving"), numbers(inputs, "receiving")).changeByZone });
  },
  "traffic-distribution": (row) => {
    const inputs = inputsOf(row);
    const result = distributionHints({ spec: { trafficDistribution: at(inputs, "trafficDistribution") ?? null } }, changesOf(inputs));
    return compare(row, changesRow(result));
  },
};

function endpointRow(inputs: JsonObject): JsonObject {
  const [hostname, zone, nodeName] = [textAt(inputs, "hostname"), textAt(inputs, "nodeZoneLabel"), textAt(inputs, "nodeName") ?? ""];
  const isOwn = at(inputs, "subdomainEqualsService") === true;
  const base = podOf({ phase: "Running", addresses: texts(inputs, "podIPs"), isTerminating: at(inputs, "terminating") === true, isReady: at(inputs, "ready") === true });
  const pod = { ...base, spec: { nodeName, ...(hostname === undefined ? {} : { hostname }), subdomain: isOwn ? "service" : "other" } };
  const service = { metadata: { name: "service", namespace: "default" }, spec: { publishNotReadyAddresses: at(inputs, "publishNotReadyAddresses") === true } };
  const node = { name: nodeName, ...(zone === undefined ? {} : { zone }) };
  const endpoint = podToEndpoint(pod, node, service, textAt(inputs, "addressType") === "IPv6" ? "IPv6" : "IPv4");
  const { ready = null, serving = null, terminating = null } = endpoint.conditions;
  return { addresses: endpoint.addresses, ready, serving, terminating, zone: endpoint.zone ?? null, nodeName: endpoint.nodeName ?? null, hostname: endpoint.hostname ?? null };
}

/** Packing rows describe their pods and slices in words; here they become objects. */
function packingOutcome(row: TestcaseRow): CaseOutcome {
  const inputs = inputsOf(row);
  const isHeadless = textAt(inputs, "service") !== undefined;
  const targetPort = textAt(inputs, "targetPort") ?? (textAt(inputs, "change") === "target port changed for all" ? 81 : 80);
  const ports = isHeadless ? [] : [{ name: "http", port: 80, targetPort, protocol: "TCP" }];
  const service = { metadata: { name: "service", namespace: "default" }, spec: { ...(isHeadless ? { clusterIP: "None" } : {}), selector: { app: "web" }, ports, ipFamilies: ["IPv4"] } };
  const pods = Array.from({ length: numberAt(inputs, "pods") ?? 0 }, (_, index) => packedPod(index));
  const existing = existingSlices(inputs, pods);
  const result = reconcileSlices(service, pods, [{ name: "node-1" }], existing, { maxEndpointsPerSlice: numberAt(inputs, "maxPerSlice") ?? 100 });
  const slices = [...result.create, ...result.update, ...result.unchanged];
  const found: JsonObject = {
    lengths: sortedNumbers(slices.map(({ endpoints }) => endpoints.length)),
    created: result.create.length,
    updated: result.update.length,
    deleted: result.delete.length,
    slicePorts: sortedNumbers(slices.map((slice) => slice.ports[0]?.port ?? 0)),
    portsOfSlice: slices[0]?.ports.map(({ port }) => port ?? 0) ?? [],
  };
  const expected = objectAt({ expected: jsonOf(row.expected) }, "expected") ?? {};
  const wanted = { ...expected, lengths: sortedNumbers(arrayAt(expected, "lengths").map(Number)) };
  const chosen = Object.fromEntries(Object.keys(wanted).map((key) => [key, found[key] ?? null]));
  return { agreed: isDeepStrictEqual(chosen, wanted), wanted, found: chosen };
}

function packedPod(index: number): JsonObject {
  const pod = podOf({ phase: "Running", addresses: [`10.0.${index >> 8}.${index & 255}`], isTerminating: false, isReady: true });
  const containers = [{ name: "c", ports: [{ name: "http", containerPort: 8080 + (index % 5) }] }];
  return { ...pod, metadata: { name: `pod-${index}`, namespace: "default", labels: { app: "web" } }, spec: { nodeName: "node-1", containers } };
}

/** The slices that stand already, with the first pods in them. */
function existingSlices(inputs: JsonObject, pods: readonly JsonObject[]): readonly Slice[] {
  let next = 0;
  const isChanged = (textAt(inputs, "change") ?? "").startsWith("some endpoints");
  return arrayAt(inputs, "existing").map((size, index) => {
    const endpoints = pods.slice(next, (next += Number(size))).map((pod) => {
      const endpoint = podToEndpoint(pod, undefined, { metadata: { name: "service", namespace: "default" } }, "IPv4");
      return isChanged ? { ...endpoint, conditions: { ...endpoint.conditions, ready: false } } : endpoint;
    });
    const labels = { [SERVICE_NAME_LABEL]: "service", [MANAGED_BY_LABEL]: SLICE_CONTROLLER };
    return { name: `service-${index}`, namespace: "default", service: "service", addressType: "IPv4", labels, ports: [{ name: "http", protocol: "TCP", port: 80 }], endpoints };
  });
}

function topologyOutcome(row: TestcaseRow): CaseOutcome {
  const inputs = inputsOf(row);
  const ratios = objectAt(inputs, "cpuRatioByZone") === undefined ? undefined : numbers(inputs, "cpuRatioByZone");
  const result = topologyHints(changesOf(inputs), ratios);
  const isEnabled = result.message === "TopologyAwareHintsEnabled";
  const event = { type: isEnabled ? "Normal" : "Warning", reason: isEnabled ? "TopologyAwareHintsEnabled" : "TopologyAwareHintsDisabled", messageId: result.message };
  const { create, update } = changesRow(result);
  return compare(row, { create: create ?? [], update: update ?? [], hintsByZone: result.hintsByZone ?? null, events: [event] });
}

function changesOf(inputs: JsonObject): SliceChanges<{ readonly endpoints: readonly Endpoint[] }> {
  const slices = (field: string) => arrayAt(inputs, field).map((slice) => ({ endpoints: listOf(slice).map(endpointOf) }));
  return { create: slices("create"), update: slices("update"), unchanged: slices("unchanged") };
}

function changesRow(changes: SliceChanges<{ readonly endpoints: readonly Endpoint[] }>): JsonObject {
  const rows = (slices: readonly { readonly endpoints: readonly Endpoint[] }[]) => slices.map(({ endpoints }) => endpoints.map(rowOfEndpoint));
  return { create: rows(changes.create), update: rows(changes.update), unchanged: rows(changes.unchanged) };
}

function endpointOf(value: JsonValue): Endpoint {
  const [zone, nodeName, ready, hints] = [textAt(value, "zone"), textAt(value, "node"), at(value, "ready"), objectAt(value, "hints")];
  const named = (field: string): readonly { readonly name: string }[] => texts(hints ?? {}, field).map((name) => ({ name }));
  return {
    addresses: texts(value, "addresses"),
    conditions: typeof ready === "boolean" ? { ready } : {},
    ...(zone === undefined ? {} : { zone }),
    ...(nodeName === undefined ? {} : { nodeName }),
    ...(hints === undefined ? {} : { hints: { forZones: named("zones"), ...(hints["nodes"] === undefined ? {} : { forNodes: named("nodes") }) } }),
  };
}

function rowOfEndpoint({ addresses, zone, nodeName, conditions, hints }: Endpoint): JsonObject {
  const [zones, nodes] = [hints?.forZones?.map(({ name }) => name), hints?.forNodes?.map(({ name }) => name)];
  return {
    addresses,
    ...(zone === undefined ? {} : { zone }),
    ...(nodeName === undefined ? {} : { node: nodeName }),
    ...(conditions.ready === undefined ? {} : { ready: conditions.ready }),
    ...(hints === undefined ? {} : { hints: { ...(zones === undefined ? {} : { zones }), ...(nodes === undefined ? {} : { nodes }) } }),
  };
}

function nodeOf(value: JsonValue): SimulatedNode {
  const cpu = parseQuantity(textAt(value, "cpu") ?? "0");
  const zone = textAt(value, "zone");
  const cpuMilli = cpu.error === undefined ? Number(quantityMilliValue(cpu.value)) : 0;
  return { name: "node", ...(zone === undefined ? {} : { zone }), labels: textMapAt(value, "labels"), ready: textAt(value, "ready") === "True", cpuMilli };
}

function podOf({ phase, addresses, isTerminating, isReady }: { phase: string; addresses: readonly string[]; isTerminating: boolean; isReady?: boolean }): JsonObject {
  return {
    metadata: { name: "pod", namespace: "default", ...(isTerminating ? { deletionTimestamp: "2026-01-01T00:00:00Z" } : {}) },
    spec: {},
    status: { phase, podIPs: addresses.map((ip) => ({ ip })), conditions: [{ type: "Ready", status: isReady === true ? "True" : "False" }] },
  };
}

function compare(row: TestcaseRow, found: JsonValue): CaseOutcome {
  return { agreed: isDeepStrictEqual(found, row.expected), found };
}

function inputsOf(row: TestcaseRow): JsonObject {
  const inputs = jsonOf(row.inputs);
  return isObject(inputs) ? inputs : {};
}

function jsonOf(value: unknown): JsonValue {
  return value as JsonValue;
}

function listOf(value: JsonValue): readonly JsonValue[] {
  return arrayAt({ value }, "value");
}

function texts(value: JsonValue, field: string): readonly string[] {
  return arrayAt(value, field).filter((text) => typeof text === "string");
}

function numbers(value: JsonValue, field: string): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(objectAt(value, field) ?? {}).map(([key, number]) => [key, Number(number)]));
}

function sortedNumbers(list: readonly number[]): readonly number[] {
  return [...list].sort((a, b) => a - b);
}
