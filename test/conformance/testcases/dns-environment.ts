import { isDeepStrictEqual } from "node:util";

import { arrayAt, at, isObject, numberAt, objectAt, textAt, textMapAt } from "../../../server/src/base/json.ts";
import type { JsonObject, JsonValue } from "../../../server/src/base/json.ts";
import {
  containerEnvironment,
  serviceVariables,
  variablesOfService,
} from "../../../server/src/simulation/dns/environment-variables.ts";
import { podHostname, truncateHostname } from "../../../server/src/simulation/dns/hostname.ts";
import * as resolvConf from "../../../server/src/simulation/dns/resolv-conf.ts";
import { queriedNames } from "../../../server/src/simulation/dns/search.ts";
import type { CaseOutcome, TestcaseRow, Topics } from "../testcase.ts";

const eventPrefix = "Warning DNSConfigForming ";

/** A pod's environment variables, hostname and resolv.conf. */
export const topics: Topics = {
  "env-vars": compare((inputs) => ({
    variablesInOrder: variablesOfService(serviceOf(inputs, textAt(inputs, "service") ?? "", "default")).map(
      ({ name, value }) => [name, value],
    ),
  })),
  "pod-env": compare((inputs, worlds) => {
    const services = arrayAt(worlds, textAt(inputs, "world") ?? "").filter(isObject).map(worldService);
    const links = at(inputs, "enableServiceLinks") === true;
    const { variables } = serviceVariables(textAt(inputs, "namespace") ?? "", services, links);
    return { env: { ...variables, ...textMapAt(inputs, "env") } };
  }),
  "pod-env-expansion": compare((inputs) => {
    const env = arrayAt(inputs, "envInOrder").map(variableOf);
    const sources = { services: {}, configMaps: new Map(), secrets: new Map() };
    const pod = { metadata: { name: "dapi-test-pod-name" } };
    return { env: containerEnvironment({ env }, { ...sources, pod }).variables };
  }),
  "pod-hostname": hostnameOutcome,
  "hostname-truncate": compare((inputs) => ({ hostname: truncateHostname(textAt(inputs, "hostname") ?? "") })),
  "resolvconf-parse": compare((inputs) => {
    const { value, error } = resolvConf.parseResolvConf(textAt(inputs, "text") ?? "");
    if (value === undefined) return { error: error !== undefined };
    return { error: false, ...plainResolvConf(value) };
  }),
  "search-limits": compare((inputs) => {
    const { applied, events } = resolvConf.limitSearches(textsAt(inputs, "searches"));
    const [event] = events;
    return { searches: [...applied], event: event === undefined ? null : eventPrefix + event.message };
  }),
  "nameserver-limits": compare((inputs) => {
    const { applied, events } = resolvConf.limitNameservers(textsAt(inputs, "nameservers"));
    return { nameservers: [...applied], event: events.length > 0 };
  }),
  "dns-options-merge": compare((inputs) => {
    const added = arrayAt(inputs, "dnsConfigOptions").map((option) => ({
      name: textAt(option, "name") ?? "",
      value: textAt(option, "value") ?? "",
    }));
    return { options: [...resolvConf.mergeOptions(textsAt(inputs, "existing"), added)].sort() };
  }),
  "dns-policy-type": policyOutcome,
  "pod-dns": compare((inputs) => {
    const found = podDns(inputs, undefined);
    return { nameservers: at(found, "nameservers") ?? null, firstSearch: at(found, "searches", 0) ?? null };
  }),
  "pod-dns-config": compare((inputs) => podDns(inputs, hostText(inputs)) ?? {}),
  "resolver-names": compare(resolverNames),
};

/** Compares all that a row expects. */
function compare(
  answer: (inputs: JsonObject, worlds: JsonObject) => JsonObject,
): (row: TestcaseRow, worlds: unknown) => CaseOutcome {
  return (row, worlds) => {
    const found = answer(row.inputs as JsonObject, worlds as JsonObject);
    return { agreed: isDeepStrictEqual({ ...found, ...(row.expected as JsonObject) }, found), found };
  };
}

function serviceOf(inputs: JsonObject, name: string, namespace: string): JsonObject {
  return {
    metadata: { name, namespace },
    spec: { clusterIP: at(inputs, "clusterIP") ?? "", ports: at(inputs, "ports") ?? [] },
  };
}

function worldService(service: JsonObject): JsonObject {
  const port = { port: at(service, "port") ?? 0, protocol: at(service, "protocol") ?? "TCP" };
  const name = textAt(service, "name") ?? "";
  return serviceOf({ ...service, ports: [port] }, name, textAt(service, "namespace") ?? "");
}

/** `(fieldRef PATH = VALUE)` stands for a value from the pod's field. */
function variableOf(pair: JsonValue): JsonObject {
  const name = textAt(pair, 0) ?? "";
  const value = textAt(pair, 1) ?? "";
  const fieldPath = /^\(fieldRef (\S+) = .*\)$/.exec(value)?.[1];
  return fieldPath === undefined ? { name, value } : { name, valueFrom: { fieldRef: { fieldPath } } };
}

function hostnameOutcome(row: TestcaseRow): CaseOutcome {
  const inputs = row.inputs as JsonObject;
  const pod = {
    metadata: { name: at(inputs, "podName") ?? "", namespace: at(inputs, "namespace") ?? "" },
    spec: {
      hostname: at(inputs, "hostname") ?? "",
      subdomain: at(inputs, "subdomain") ?? "",
      hostnameOverride: at(inputs, "hostnameOverride") ?? null,
    },
  };
  const found = podHostname(pod, {
    clusterDomain: textAt(inputs, "clusterDomain") ?? "",
    hostnameOverride: at(inputs, "gateHostnameOverride") === true,
  });
  const expected = row.expected as { errorContains?: string };
  const agreed =
    expected.errorContains === undefined
      ? isDeepStrictEqual(found.value, expected)
      : found.error?.includes(expected.errorContains) === true;
  return { agreed, found };
}

function policyOutcome(row: TestcaseRow): CaseOutcome {
  const found = resolvConf.dnsBase({ spec: row.inputs as JsonObject });
  const { type, error } = row.expected as { type?: string; error?: boolean };
  // An unknown policy is reported and counts as ClusterFirst.
  return { agreed: error === true ? found === "cluster" : found === type, found };
}

function podDns(inputs: JsonObject, host: string | undefined): JsonObject | undefined {
  const pod = { metadata: { namespace: at(inputs, "namespace") ?? "" }, spec: inputs };
  const nameservers = textsAt(inputs, "clusterDNS");
  const cluster = { nameservers, domain: textAt(inputs, "clusterDomain") ?? "", nodeAddresses: [] };
  const { value } = resolvConf.podResolvConf(pod, host, cluster);
  return value === undefined ? undefined : plainResolvConf(value);
}

function hostText(inputs: JsonObject): string {
  const host = objectAt(inputs, "host");
  const nameservers = textsAt(host, "nameservers").map((address) => `nameserver ${address}\n`);
  return `${nameservers.join("")}search ${textsAt(host, "searches").join(" ")}\n`;
}

function plainResolvConf({ nameservers, searches, options }: resolvConf.ResolvConf): JsonObject {
  return { nameservers: [...nameservers], searches: [...searches], options: [...options].sort() };
}

/** The names asked for until one exists; each is asked for twice, for A and AAAA. */
function resolverNames(inputs: JsonObject): JsonObject {
  const domain = textAt(inputs, "clusterDomain") ?? "";
  const searches = [`${textAt(inputs, "namespace") ?? ""}.svc.${domain}`, `svc.${domain}`, domain];
  const names = queriedNames(textAt(inputs, "name") ?? "", searches, numberAt(inputs, "ndots") ?? 1).map(({ name }) => name);
  const hit = names.indexOf(textAt(inputs, "exists") ?? "");
  const tried = hit < 0 ? names : names.slice(0, hit + 1);
  return { tried, packetsAandAAAA: tried.length * 2 };
}

function textsAt(value: JsonValue | undefined, field: string): readonly string[] {
  return arrayAt(value, field).filter((entry) => typeof entry === "string");
}
