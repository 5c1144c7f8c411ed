import { objectAt, textAt } from "../base/json.ts";
import type { JsonObject } from "../base/json.ts";
import { byNamespace, namespacesOf, servicesOf } from "../index/queries.ts";
import { workloadsKey } from "../index/keys.ts";
import type { Environment, Resource } from "../index/types.ts";
import { answerQuery } from "../simulation/dns/query.ts";
import type { Answer } from "../simulation/dns/query.ts";
import { records } from "../simulation/dns/records.ts";
import { podResolvConf } from "../simulation/dns/resolv-conf.ts";
import { ndotsOf, queriedNames } from "../simulation/dns/search.ts";
import { Zone } from "../simulation/dns/zone.ts";
import type { SimulatedNode } from "../simulation/nodes.ts";
import { clusterServices, withClusterIp } from "./cluster.ts";
import { defaultNodes, resolveService } from "./service.ts";
import { podsOfAll, slicesOf } from "./slices.ts";
import type { DnsRecord, NameQuery, NameResolution } from "./types.ts";

/** Facts about the cluster that no manifest tells. */
export interface DnsOptions {
  readonly clusterDomain: string;
  /** Search domains of the nodes' own resolv.conf. */
  readonly nodeSearchDomains?: readonly string[];
  readonly nodes?: readonly SimulatedNode[];
}

/** Every record that the cluster's DNS answers for the Services of an environment, sorted by name and type. */
export function dnsRecords(
  environment: Environment,
  { clusterDomain, nodes = defaultNodes }: DnsOptions,
): readonly DnsRecord[] {
  const services = new Map(
    servicesOf(environment).map((service) => [`${service.namespace ?? ""}/${service.name}`, service]),
  );
  return records(zoneOf(environment, nodes), { clusterDomain }).flatMap(({ source, ...record }) => {
    const service = source === undefined ? undefined : services.get(`${source.namespace}/${source.name}`);
    return service === undefined ? [] : [{ ...record, source: service }];
  });
}

/** The records of one Service alone; names of addresses are left out. */
export function dnsRecordsOf(
  environment: Environment,
  service: Resource,
  clusterDomain: string,
  nodes: readonly SimulatedNode[] = defaultNodes,
): readonly DnsRecord[] {
  const isAlias = textAt(service.object, "spec", "type") === "ExternalName";
  const zone = isAlias
    ? zoneOf(environment, nodes)
    : new Zone({
        services: [withClusterIp(service)],
        slices: slicesOf(environment, resolveService(environment, service, nodes), nodes),
      });
  return records(zone, { clusterDomain })
    .filter(
      ({ type, source }) => type !== "PTR" && source?.name === service.name && source.namespace === service.namespace,
    )
    .map((record) => ({ ...record, source: service }));
}

/** Where a question comes from. */
export interface Asker {
  readonly namespace: string;
  /** A pod, by its name or its workload's; without one, a pod with default settings. */
  readonly pod?: string;
}

/** How a pod resolves a name; `undefined` where there is no such pod. */
export function resolveName(
  environment: Environment,
  asker: Asker,
  name: string,
  options: DnsOptions,
): NameResolution | undefined {
  const pod = podOf(environment, asker, options.nodes ?? defaultNodes);
  if (pod === undefined) return undefined;
  const host = `nameserver <nodeDNS>\n${(options.nodeSearchDomains ?? []).length > 0 ? `search ${options.nodeSearchDomains!.join(" ")}` : ""}`;
  const settings = podResolvConf(withDnsPolicy(pod), host, {
    nameservers: ["<clusterDNS>"],
    domain: options.clusterDomain,
    nodeAddresses: [],
  });
  if (settings.error !== undefined)
    return {
      resolvConf: { nameservers: [], searches: [], options: [] },
      queries: [],
      result: undefined,
      error: settings.error,
    };
  const { nameservers, searches, options: resolverOptions } = settings.value;
  const usesCluster = nameservers.includes("<clusterDNS>");
  const zone = zoneOf(environment, options.nodes ?? defaultNodes);
  const queries: NameQuery[] = [];
  for (const { name: asked, search } of queriedNames(name, searches, ndotsOf(resolverOptions))) {
    const answers = (["A", "AAAA"] as const).map((type) =>
      query(zone, asked, type, { ...options, isAsGiven: search === undefined, usesCluster }),
    );
    queries.push(...answers);
    if (answers.some(({ rcode }) => rcode === "NOERROR")) break;
  }
  const last = queries.slice(-2);
  const result = last.some(({ answer }) => answer.length > 0) ? last[0]?.name : undefined;
  return { resolvConf: { nameservers, searches, options: resolverOptions }, queries, result };
}

interface QueryContext extends DnsOptions {
  /** The name as it was given, without a suffix of the search list. */
  readonly isAsGiven: boolean;
  readonly usesCluster: boolean;
}

function query(
  zone: Zone,
  name: string,
  type: "A" | "AAAA",
  { clusterDomain, isAsGiven, usesCluster }: QueryContext,
): NameQuery {
  const plain = name.replace(/\.$/, "");
  const zones = [clusterDomain, "in-addr.arpa", "ip6.arpa"];
  const answer = usesCluster
    ? answerQuery(
        zone,
        { name, type },
        { zones, fallthrough: ["in-addr.arpa", "ip6.arpa"], upstream: outside(isAsGiven) },
      )
    : undefined;
  if (answer !== undefined && !answer.isForwarded)
    return { name: plain, type, rcode: answer.rcode, answer: valuesOf(answer), isForwarded: false };
  const upstream = outside(isAsGiven)(name, type);
  return {
    name: plain,
    type,
    rcode: upstream.rcode,
    answer: upstream.answers.map(({ data }) => data),
    isForwarded: true,
  };
}

/** What the world outside is taken to answer: a full name exists there and has an IPv4 address, one that search suffixes made does not. */
function outside(isAsGiven: boolean) {
  return (name: string, type: string) => {
    const plain = name.replace(/\.$/, "");
    if (!isAsGiven || !plain.includes(".")) return { rcode: "NXDOMAIN" as const, answers: [] };
    const answers = type === "A" ? [{ name, type, ttl: 0, data: `<address of ${plain}>` }] : [];
    return { rcode: "NOERROR" as const, answers };
  };
}

function valuesOf({ answers }: Answer): readonly string[] {
  return answers.map(({ data }) => data.replace(/\.$/, ""));
}

/** The pod that asks: one of the workloads' pods, or one with nothing but a namespace. */
function podOf(
  environment: Environment,
  { namespace, pod }: Asker,
  nodes: readonly SimulatedNode[],
): JsonObject | undefined {
  if (pod === undefined) return { apiVersion: "v1", kind: "Pod", metadata: { namespace }, spec: {} };
  const workloads = byNamespace(environment, workloadsKey).get(namespace) ?? [];
  const isNamed = (name: string): boolean => name === pod;
  const pods = podsOfAll(
    workloads.filter(({ name }) => isNamed(name) || pod.startsWith(name)),
    nodes,
  );
  return (pods.find(({ name }) => isNamed(name)) ?? pods.find(({ workload }) => isNamed(workload.name)))?.object;
}

/** What the API server adds to a pod without a policy (pkg/apis/core/v1/defaults.go, SetDefaults_PodSpec, v1.36). */
function withDnsPolicy(pod: JsonObject): JsonObject {
  const spec = objectAt(pod, "spec") ?? {};
  return (textAt(spec, "dnsPolicy") ?? "") === "" ? { ...pod, spec: { ...spec, dnsPolicy: "ClusterFirst" } } : pod;
}

function zoneOf(environment: Environment, nodes: readonly SimulatedNode[]): Zone {
  return environment.shared(`dns zone ${JSON.stringify(nodes)}`, (base) => {
    const slices = servicesOf(base).flatMap((service) => slicesOf(base, resolveService(base, service, nodes), nodes));
    return new Zone({ services: clusterServices(base), slices, namespaces: [...namespacesOf(base)] });
  });
}
