import { arrayAt, at, isObject, objectAt, textAt } from "../../base/json.ts";
import type { JsonObject, JsonValue } from "../../base/json.ts";
import { failure, success } from "../../base/outcome.ts";
import type { Outcome } from "../../base/outcome.ts";
import { byteLength, fields, quote } from "../../kubernetes/go-text.ts";
import { ipText, parseIp } from "../../kubernetes/ip-address.ts";

/** What a resolver is told: addresses to ask, suffixes to try, options such as `ndots:5`. */
export interface ResolvConf {
  readonly nameservers: readonly string[];
  readonly searches: readonly string[];
  /** The kubelet writes them in random order. */
  readonly options: readonly string[];
}

/** The DNS settings of the cluster's kubelets. */
export interface ClusterDns {
  /** `--cluster-dns`; empty where there is none. */
  readonly nameservers: readonly string[];
  /** `--cluster-domain`, usually `cluster.local`; may be empty. */
  readonly domain: string;
  readonly nodeAddresses: readonly string[];
}

/** What a pod gets, with what was left out of it. */
export interface PodResolvConf extends ResolvConf {
  /** Warnings that the kubelet records on the pod. */
  readonly events: readonly DnsEvent[];
}

/** A warning on the pod, in the kubelet's words. */
export interface DnsEvent {
  readonly reason: "DNSConfigForming" | "MissingClusterDNS";
  readonly message: string;
}

/** Where a pod's settings start: nothing, the cluster's or the host's. */
export type DnsBase = "none" | "cluster" | "host";

const maxNameservers = 3;
const maxSearches = 32;
const maxSearchBytes = 253;
const maxSearchLine = 2048;

/**
 * A pod's resolv.conf. `host` is the text of the node's file, `undefined` where the kubelet runs with `--resolv-conf=""`.
 * Imitates kubelet, pkg/kubelet/network/dns/dns.go, GetPodDNS, v1.36; an unreadable host file is an error and the pod does not start.
 */
export function podResolvConf(pod: JsonObject, host: string | undefined, cluster: ClusterDns): Outcome<PodResolvConf> {
  const parsed = parseResolvConf(host ?? "");
  if (parsed.error !== undefined) return parsed;
  const events: DnsEvent[] = [];
  const base = baseSettings(pod, host === undefined ? undefined : parsed.value, cluster, events);
  const config = objectAt(pod, "spec", "dnsConfig");
  const { nameservers, searches, options } = config === undefined ? base : mergeDnsConfig(base, config);
  const limitedNameservers = limitNameservers(nameservers);
  const limitedSearches = limitSearches(searches);
  return success({
    nameservers: limitedNameservers.applied,
    searches: limitedSearches.applied,
    options,
    events: [...events, ...limitedNameservers.events, ...limitedSearches.events],
  });
}

/** Which settings a pod starts from; `ClusterFirst` on the host's network means the host's (dns.go, getPodDNSType, v1.36). */
export function dnsBase(pod: JsonObject): DnsBase {
  switch (textAt(pod, "spec", "dnsPolicy")) {
    case "None":
      return "none";
    case "Default":
      return "host";
    case "ClusterFirst":
      return at(pod, "spec", "hostNetwork") === true ? "host" : "cluster";
    default:
      return "cluster";
  }
}

/** Reads a resolv.conf: nameservers add up, the last `search` line counts, the later of equal options wins (dns.go, parseResolvConf, v1.36). */
export function parseResolvConf(text: string): Outcome<ResolvConf> {
  const nameservers: string[] = [];
  let searches: readonly string[] = [];
  let options: readonly string[] = [];
  for (const line of text.split("\n")) {
    const [keyword, ...values] = fields(line);
    if (keyword === "nameserver") {
      const [address] = values;
      if (address === undefined)
        return failure("Encountered error while parsing resolv conf file. Error: nameserver list is empty ");
      nameservers.push(address);
    } else if (keyword === "search") {
      searches = values.filter((search) => search !== ".").map((search) => search.replace(/\.$/, ""));
    } else if (keyword === "options") {
      options = appendOptions(options, values);
    }
  }
  return success({ nameservers, searches, options });
}

/** Options as they are written, the later of the same name wins (dns.go, appendOptions, v1.36). */
function appendOptions(options: readonly string[], added: readonly string[]): readonly string[] {
  return [...new Map([...options, ...added].map((option) => [option.replace(/:.*/s, ""), option])).values()];
}

/** An option of a pod's dnsConfig. */
export interface DnsOption {
  readonly name: string;
  readonly value: string;
}

/** Options by name, the later ones win; one without a value, or with an empty one, is bare (dns.go, mergeDNSOptions, v1.36). */
export function mergeOptions(existing: readonly string[], added: readonly DnsOption[]): readonly string[] {
  const values = new Map<string, string>();
  for (const option of existing) {
    const [name = ""] = option.split(":");
    values.set(name, option.slice(name.length + 1));
  }
  for (const { name, value } of added) values.set(name, value);
  return [...values].map(([name, value]) => (value === "" ? name : `${name}:${value}`));
}

/** What is left within the limit, and the event about the rest. */
export interface Limited {
  readonly applied: readonly string[];
  readonly events: readonly DnsEvent[];
}

/** At most three nameservers (dns.go, formDNSNameserversFitsLimits, v1.36). */
export function limitNameservers(nameservers: readonly string[]): Limited {
  const applied = nameservers.slice(0, maxNameservers);
  return limited("Nameserver", "nameservers", "nameserver", nameservers, applied);
}

/** At most 32 suffixes, none over 253 bytes, and then as many as fit 2048 characters (dns.go, formDNSSearchFitsLimits, v1.36). */
export function limitSearches(searches: readonly string[]): Limited {
  const applied = searches.slice(0, maxSearches).filter((search) => byteLength(search) <= maxSearchBytes);
  while (byteLength(applied.join(" ")) > maxSearchLine) applied.pop();
  return limited("Search Line", "search paths", "search", searches, applied);
}

function limited(
  what: string,
  things: string,
  line: string,
  all: readonly string[],
  applied: readonly string[],
): Limited {
  if (applied.length === all.length) return { applied, events: [] };
  const message = `${what} limits were exceeded, some ${things} have been omitted, the applied ${line} line is: ${applied.join(" ")}`;
  return { applied, events: [{ reason: "DNSConfigForming", message }] };
}

function baseSettings(
  pod: JsonObject,
  host: ResolvConf | undefined,
  cluster: ClusterDns,
  events: DnsEvent[],
): ResolvConf {
  const base = dnsBase(pod);
  if (base === "none") return { nameservers: [], searches: [], options: [] };
  if (base === "cluster") {
    if (cluster.nameservers.length > 0) return clusterSettings(pod, host?.searches ?? [], cluster);
    events.push(missingClusterDns(pod));
  }
  return host ?? withoutHostFile(cluster);
}

function clusterSettings(pod: JsonObject, hostSearches: readonly string[], cluster: ClusterDns): ResolvConf {
  const namespace = textAt(pod, "metadata", "namespace") ?? "";
  const own = [`${namespace}.svc.${cluster.domain}`, `svc.${cluster.domain}`, cluster.domain];
  return {
    nameservers: cluster.nameservers.map(canonicalIp),
    searches: cluster.domain === "" ? hostSearches : unique([...own, ...hostSearches]),
    options: ["ndots:5"],
  };
}

/** Without a host file the resolver is to ask the node itself, so that lookups fail. */
function withoutHostFile(cluster: ClusterDns): ResolvConf {
  const loopback = cluster.nodeAddresses.map((address) => (parseIp(address)?.family === 6 ? "::1" : "127.0.0.1"));
  return { nameservers: loopback.length > 0 ? loopback : ["127.0.0.1"], searches: ["."], options: [] };
}

/** Adds a pod's dnsConfig: nameservers and searches without duplicates, options by name (dns.go, appendDNSConfig, v1.36). */
function mergeDnsConfig(base: ResolvConf, config: JsonObject): ResolvConf {
  return {
    nameservers: unique([...base.nameservers, ...textsOf(config, "nameservers")]),
    searches: unique([...base.searches, ...textsOf(config, "searches")]),
    options: mergeOptions(base.options, arrayAt(config, "options").filter(isObject).map(dnsOption)),
  };
}

function dnsOption(option: JsonObject): DnsOption {
  return { name: textAt(option, "name") ?? "", value: textAt(option, "value") ?? "" };
}

function missingClusterDns(pod: JsonObject): DnsEvent {
  const [name, namespace, uid] = ["name", "namespace", "uid"].map((field) => textAt(pod, "metadata", field) ?? "");
  const id = quote(`${name ?? ""}_${namespace ?? ""}(${uid ?? ""})`);
  const explanation =
    'kubelet does not have ClusterDNS IP configured and cannot create Pod using "ClusterFirst" policy. Falling back to "Default" policy.';
  return { reason: "MissingClusterDNS", message: `pod: ${id}. ${explanation}` };
}

function canonicalIp(address: string): string {
  const parsed = parseIp(address);
  return parsed === undefined ? address : ipText(parsed);
}

function textsOf(value: JsonValue, field: string): readonly string[] {
  return arrayAt(value, field).filter((entry) => typeof entry === "string");
}

function unique(list: readonly string[]): readonly string[] {
  return [...new Set(list)];
}
