import { isDeepStrictEqual } from "node:util";

import type { JsonObject, JsonValue } from "../../../server/src/base/json.ts";
import { arrayAt, at, isObject, numberAt, objectAt, textAt } from "../../../server/src/base/json.ts";
import { addressFamily } from "../../../server/src/simulation/address.ts";
import { isExposed } from "../../../server/src/simulation/dns/lookup.ts";
import type { QueryOptions, ResourceRecord } from "../../../server/src/simulation/dns/query.ts";
import { answerQuery } from "../../../server/src/simulation/dns/query.ts";
import { parseRequest } from "../../../server/src/simulation/dns/request.ts";
import { Zone, endpointName } from "../../../server/src/simulation/dns/zone.ts";
import type { Slice } from "../../../server/src/simulation/endpoints/slice.ts";
import type { CaseOutcome, TestcaseRow, Topics } from "../testcase.ts";

export const topics: Topics = {
  "dns-query": (row, worlds) => queryOutcome(row, worlds as JsonValue),
  "dns-parse": (row) => parseOutcome(row),
  "dns-endpoint-name": (row) => endpointOutcome(row),
  "dns-namespace": (row) => {
    const inputs = inputsOf(row);
    const namespace = textAt(inputs, "namespace") ?? "";
    const zone = new Zone({ services: [], slices: [], namespaces: texts(inputs, "nonexistent").includes(namespace) ? [] : [namespace] });
    return compare(row, { valid: isExposed(zone, namespace, { exposedNamespaces: texts(inputs, "option namespaces") }) });
  },
};

function queryOutcome(row: TestcaseRow, worlds: JsonValue): CaseOutcome {
  const inputs = inputsOf(row);
  const world = objectAt(worlds, textAt(inputs, "world") ?? "") ?? {};
  const [name, type] = [textAt(inputs, "qname") ?? "", textAt(inputs, "qtype") ?? ""];
  const answer = answerQuery(zoneOf(world, name), { name, type }, optionsOf(inputs, world));
  const expected = row.expected as JsonValue;
  const found = {
    rcode: answer.rcode,
    answer: recordRows(answer.answers.map((record) => ({ ...record }))),
    additional: recordRows(answer.additional.map((record) => ({ ...record }))),
    authority: answer.authority.some((record) => record.type === "SOA") ? "SOA" : null,
  };
  const wanted = {
    rcode: textAt(expected, "rcode") ?? "",
    answer: recordRows(arrayAt(expected, "answer")),
    additional: recordRows(arrayAt(expected, "additional")),
    authority: textAt(expected, "authority") ?? null,
  };
  return { agreed: isDeepStrictEqual(found, wanted), wanted, found };
}

function optionsOf(inputs: JsonObject, world: JsonObject): QueryOptions {
  const options = objectAt(inputs, "options");
  const pods = textAt(options, "pods");
  const zones = texts(world, "zones");
  return {
    zones: zones.length > 0 ? zones : [textAt(world, "zone") ?? ""],
    ttl: numberAt(world, "ttl") ?? 5,
    serial: "1499347823",
    serverAddresses: ["127.0.0.1"],
    podsMode: pods === "insecure" || pods === "verified" ? pods : "disabled",
    exposedNamespaces: texts(options ?? {}, "namespaces"),
    ignoreEmptyServices: textAt(options, "ignore") === "empty_service",
    zonal: at(options, "zonal") === true,
    isSynced: at(inputs, "synced") !== false,
    upstream: outerWorld,
  };
}

/** The upstream server of the tests knows one name. */
function outerWorld(name: string, type: string): { readonly rcode: "NOERROR"; readonly answers: readonly ResourceRecord[] } {
  return { rcode: "NOERROR", answers: name === "ext.interwebs.test." && type === "A" ? [{ name, type, ttl: 5, data: "1.2.3.4" }] : [] };
}

function zoneOf(world: JsonObject, name: string): Zone {
  const asked = name.toLowerCase().replace(/\.(svc|pod)\..*$/, "").split(".").at(-1) ?? "";
  const known = ["testns", "unexposedns", "kube-system", "podns", "svcns", ...(["pod-nons", "svc-nons", "nsnoexist"].includes(asked) ? [] : [asked])];
  return new Zone({
    services: arrayAt(world, "services").map(serviceOf),
    slices: arrayAt(world, "slices").map(sliceOf),
    pods: arrayAt(world, "pods").map(podOf),
    namespaces: known,
  });
}

function serviceOf(value: JsonValue): JsonObject {
  const addresses = texts(value, "clusterIPs");
  const ports = arrayAt(value, "ports").map((port) => ({ name: textAt(port, "name") ?? "", port: numberAt(port, "port") ?? 0, protocol: (textAt(port, "protocol") ?? "tcp").toUpperCase() }));
  return {
    metadata: { namespace: textAt(value, "namespace") ?? "testns", name: textAt(value, "name") ?? "" },
    spec: { type: textAt(value, "type") ?? "ClusterIP", clusterIP: addresses[0] ?? "", clusterIPs: addresses, externalName: textAt(value, "externalName") ?? "", ports },
  };
}

function sliceOf(value: JsonValue): Slice {
  const endpoints = arrayAt(value, "readyAddresses").map((address) => {
    const [hostname, zone] = [textAt(address, "hostname"), textAt(address, "zone")];
    return { addresses: [textAt(address, "ip") ?? ""], conditions: { ready: true }, ...(hostname === undefined ? {} : { hostname }), ...(zone === undefined ? {} : { zone }) };
  });
  const ports = arrayAt(value, "ports").map((port) => ({ name: textAt(port, "name") ?? "", protocol: textAt(port, "protocol") ?? "", port: numberAt(port, "port") }));
  const family = addressFamily(endpoints[0]?.addresses[0] ?? "") ?? "IPv4";
  return { namespace: textAt(value, "namespace") ?? "testns", service: textAt(value, "service") ?? "", addressType: family, labels: {}, ports: ports.filter(({ port }) => port !== -1), endpoints };
}

function podOf(value: JsonValue): JsonObject {
  return { metadata: { namespace: textAt(value, "namespace") ?? "", name: textAt(value, "name") ?? "" }, status: { phase: "Running", podIP: textAt(value, "ip") ?? "" } };
}

/** Names are compared without regard to case, as DNS does. */
function recordRows(records: readonly JsonValue[]): readonly string[] {
  return records.map((record) => JSON.stringify([textAt(record, "name")?.toLowerCase(), textAt(record, "type"), numberAt(record, "ttl"), textAt(record, "data")?.toLowerCase()])).sort();
}

function parseOutcome(row: TestcaseRow): CaseOutcome {
  const inputs = inputsOf(row);
  const options = { multicluster: at(inputs, "multicluster") === true, zonal: at(inputs, "zonal") === true };
  const request = parseRequest(textAt(inputs, "qname") ?? "", textAt(inputs, "zone") ?? "", options);
  const parts = {
    port: request?.port,
    protocol: request?.protocol,
    endpoint: request?.endpoint,
    cluster: request?.cluster,
    service: request?.service,
    namespace: request?.namespace,
    kind: request?.kind,
    zoneLabel: request?.topologyZone,
  };
  const found = Object.fromEntries(Object.entries(parts).flatMap(([key, part]) => (part === undefined || part === "" ? [] : [[key, part]])));
  return compare(row, { error: request === undefined, ...found });
}

function endpointOutcome(row: TestcaseRow): CaseOutcome {
  const inputs = inputsOf(row);
  const endpoint = objectAt(inputs, "endpoint");
  if (endpoint === undefined) {
    const name = endpointName({ address: textAt(inputs, "ip") ?? "", hostname: textAt(inputs, "hostname") ?? "", podName: textAt(inputs, "podName") ?? "" }, at(inputs, "endpointPodNames") === true);
    return compare(row, { name });
  }
  const world = {
    services: [{ name: "svc1", clusterIPs: ["10.0.0.1"], ports: [{ name: "http", protocol: "tcp", port: 80 }] }],
    slices: [{ service: "svc1", readyAddresses: [endpoint], ports: [{ name: "http", protocol: "tcp", port: 80 }] }],
  };
  const name = textAt(inputs, "qname") ?? "";
  const { answers } = answerQuery(zoneOf(world, name), { name, type: textAt(inputs, "qtype") ?? "" }, { zones: ["interwebs.test"] });
  return compare(row, { answer: answers.map(({ data }) => data) });
}

function compare(row: TestcaseRow, found: JsonValue): CaseOutcome {
  return { agreed: isDeepStrictEqual(found, row.expected), found };
}

function inputsOf(row: TestcaseRow): JsonObject {
  const inputs = row.inputs as JsonValue;
  return isObject(inputs) ? inputs : {};
}

function texts(value: JsonValue, field: string): readonly string[] {
  return arrayAt(value, field).filter((text) => typeof text === "string");
}
