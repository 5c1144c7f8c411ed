import { addressFamily, addressOfReverseName, canonicalAddress } from "../address.ts";
import type { Found, Item, LookupOptions } from "./lookup.ts";
import { findItems, isExposed } from "./lookup.ts";
import type { Zone } from "./zone.ts";
import { endpointName } from "./zone.ts";

/** One question to the DNS server. */
export interface Query {
  /** With or without the final dot; never completed by a search list. */
  readonly name: string;
  readonly type: string;
}

/** A resource record; names and targets in `data` end with a dot. */
export interface ResourceRecord {
  readonly name: string;
  readonly type: string;
  readonly ttl: number;
  readonly data: string;
}

/** What the DNS server sends back. */
export interface Answer {
  readonly rcode: "NOERROR" | "NXDOMAIN" | "SERVFAIL";
  readonly answers: readonly ResourceRecord[];
  /** An SOA record where the zone is ours and there is no answer. */
  readonly authority: readonly ResourceRecord[];
  /** For SRV the addresses of the targets. */
  readonly additional: readonly ResourceRecord[];
  /** The question is none of ours and was handed on. */
  readonly isForwarded: boolean;
}

/** What a server outside answers. */
export interface UpstreamAnswer {
  readonly rcode: "NOERROR" | "NXDOMAIN";
  readonly answers: readonly ResourceRecord[];
}

/** How the DNS server is set up; the defaults are those of kubeadm's Corefile, with pods disabled. */
export interface QueryOptions extends LookupOptions {
  /** Names of the zones that are served; the first is the cluster domain. */
  readonly zones?: readonly string[];
  /** Zones whose unknown names are handed on; kubeadm's Corefile has the reverse zones. */
  readonly fallthrough?: readonly string[];
  /** Seconds; 30 as in kubeadm's Corefile. */
  readonly ttl?: number;
  /** The SOA record's serial, a time that only the server knows. */
  readonly serial?: string;
  /** The server's own addresses, for NS. */
  readonly serverAddresses?: readonly string[];
  /** False before the server has read the cluster's objects: it fails every question. */
  readonly isSynced?: boolean;
  readonly upstream?: (name: string, type: string) => UpstreamAnswer;
}

/** One question while it is answered. */
interface Question {
  readonly zone: Zone;
  readonly options: QueryOptions;
  /** As asked, with final dot. */
  readonly name: string;
  /** The served zone as it was written in the question. */
  readonly origin: string;
  readonly type: string;
}

/** Records of one answer, or `undefined` for NXDOMAIN. */
type Records =
  { readonly answers: readonly ResourceRecord[]; readonly additional?: readonly ResourceRecord[] } | undefined;

const MAXIMUM_CHAIN = 10;
const DEFAULT_ZONES = ["cluster.local", "in-addr.arpa", "ip6.arpa"];

/** What the cluster's DNS server answers. Imitates CoreDNS, plugin/kubernetes/handler.go, ServeDNS, and plugin/backend_lookup.go, v1.15. */
export function answerQuery(zone: Zone, query: Query, options: QueryOptions = {}): Answer {
  const name = fullyQualified(query.name);
  const served = servedZone(name, options.zones ?? DEFAULT_ZONES);
  if (served === undefined) return forward(name, query.type, options);
  const question: Question = { zone, options, name, origin: name.slice(name.length - served.length), type: query.type };
  if (options.isSynced === false) return negative("SERVFAIL", question);
  const records = recordsOf(question);
  if (records === undefined) {
    const falls = (options.fallthrough ?? []).some((suffix) => isBelow(name, fullyQualified(suffix)));
    return falls ? forward(name, query.type, options) : negative("NXDOMAIN", question);
  }
  if (records.answers.length === 0) return negative("NOERROR", question);
  return {
    rcode: "NOERROR",
    answers: distinct(records.answers),
    authority: [],
    additional: distinct(records.additional ?? []),
    isForwarded: false,
  };
}

function recordsOf(question: Question): Records {
  const isApex = question.name === question.origin;
  switch (question.type) {
    case "A":
    case "AAAA":
      return addressRecords(question, question.type, []);
    case "TXT":
      return textRecords(question);
    case "CNAME":
      return aliasRecords(question);
    case "PTR":
      return pointerRecords(question);
    case "SRV":
      return serviceRecords(question);
    case "SOA":
      return isApex ? { answers: [startOfAuthority(question)] } : existence(question);
    case "NS":
      return isApex ? nameServerRecords(question) : existence(question);
    default:
      return existence(question);
  }
}

/** NODATA for a name that exists. */
function existence(question: Question): Records {
  return addressRecords(question, "A", []) === undefined ? undefined : { answers: [] };
}

function addressRecords(question: Question, type: "A" | "AAAA", previous: readonly ResourceRecord[]): Records {
  const items = itemsOf(question);
  if (items === undefined) return undefined;
  const answers: ResourceRecord[] = [];
  const seen = new Set<string>();
  for (const { host } of items) {
    const family = addressFamily(host);
    if (family === undefined) answers.push(...followAlias(question, host, type, previous));
    else if (family === (type === "A" ? "IPv4" : "IPv6") && !seen.has(host))
      answers.push(record(question, type, canonicalAddress(host) ?? host));
    seen.add(host);
  }
  return { answers };
}

/** A CNAME with the records of its target; nothing where the target is ours and leads nowhere. */
function followAlias(
  question: Question,
  host: string,
  type: "A" | "AAAA",
  previous: readonly ResourceRecord[],
): readonly ResourceRecord[] {
  const target = fullyQualified(host);
  const alias = record(question, "CNAME", target);
  const isLoop =
    sameName(question.name, target) ||
    previous.some(({ name, data }) => sameName(name, alias.name) && sameName(data, target));
  if (isLoop || previous.length >= MAXIMUM_CHAIN) return [];
  if (!isBelow(target, question.origin)) return [alias, ...(question.options.upstream?.(target, type).answers ?? [])];
  const next = addressRecords({ ...question, name: target, type }, type, [...previous, alias])?.answers ?? [];
  return next.length === 0 ? [] : [alias, ...next];
}

function serviceRecords(question: Question): Records {
  const items = itemsOf(question)?.filter(({ host }) => addressFamily(host) !== undefined);
  if (items === undefined) return undefined;
  const weight = Math.max(1, Math.floor(100 / Math.max(1, items.length)));
  const withPorts = items.filter(({ port }) => port !== -1);
  return {
    answers: withPorts.map(({ port, target }) => record(question, "SRV", `0 ${weight} ${port} ${target}`)),
    additional: withPorts.map(({ host, target }) => ({
      ...record(question, addressFamily(host) === "IPv4" ? "A" : "AAAA", canonicalAddress(host) ?? host),
      name: target,
    })),
  };
}

function aliasRecords(question: Question): Records {
  const items = itemsOf(question);
  if (items === undefined) return undefined;
  const [first] = items;
  return {
    answers:
      first === undefined || addressFamily(first.host) !== undefined
        ? []
        : [record(question, "CNAME", fullyQualified(first.host))],
  };
}

/** Only `dns-version` has a text; of other names, those with records of another type exist. */
function textRecords(question: Question): Records {
  if (question.name.toLowerCase() === `dns-version.${question.origin.toLowerCase()}`)
    return { answers: [{ ...record(question, "TXT", "1.1.0"), ttl: 28800 }] };
  const items = itemsOf(question);
  const isPinned = question.options.zonal === true && /\.pin\._zone\./i.test(question.name);
  return items === undefined || (items.length === 0 && !isPinned) ? undefined : { answers: [] };
}

/** Imitates CoreDNS, plugin/kubernetes/reverse.go, serviceRecordForIP, v1.15. */
function pointerRecords(question: Question): Records {
  const address = addressOfReverseName(question.name);
  if (address === undefined) return itemsOf(question) === undefined ? undefined : { answers: [] };
  const { zone, options } = question;
  const domain = fullyQualified((options.zones ?? DEFAULT_ZONES)[0] ?? "");
  const isVisible = (namespace: string): boolean =>
    (options.exposedNamespaces ?? []).length === 0 || isExposed(zone, namespace, options);
  const service = zone.serviceWithAddress(address);
  if (service !== undefined && isVisible(service.namespace))
    return { answers: [record(question, "PTR", `${service.name}.${service.namespace}.svc.${domain}`)] };
  const names = zone
    .subsetsWithAddress(address)
    .flatMap((subset) =>
      subset.endpoints
        .filter((endpoint) => endpoint.address === address && isVisible(subset.namespace))
        .map(
          (endpoint) =>
            `${endpointName(endpoint, options.endpointPodNames === true)}.${subset.service}.${subset.namespace}.svc.${domain}`,
        ),
    );
  return names.length === 0 ? undefined : { answers: names.map((name) => record(question, "PTR", name)) };
}

function nameServerRecords(question: Question): Records {
  const addresses = question.options.serverAddresses ?? [];
  const name = `ns.dns.${question.origin}`;
  const additional = addresses.map((address) => ({
    ...record(question, addressFamily(address) === "IPv6" ? "AAAA" : "A", address),
    name,
  }));
  return { answers: addresses.length === 0 ? [] : [record(question, "NS", name)], additional };
}

function startOfAuthority({ origin, options }: Question): ResourceRecord {
  const ttl = options.ttl ?? 30;
  return {
    name: origin,
    type: "SOA",
    ttl: Math.min(300, ttl),
    data: `ns.dns.${origin} hostmaster.${origin} ${options.serial ?? "<serial>"} 7200 1800 86400 ${ttl}`,
  };
}

/** `ns.dns` is the server itself; everything else is looked up. */
function itemsOf(question: Question): Found {
  const { zone, options, origin } = question;
  const name = question.name.toLowerCase();
  if (name === `ns.dns.${origin.toLowerCase()}`)
    return (options.serverAddresses ?? []).map((host): Item => ({ host, port: 0, target: question.name }));
  return findItems(zone, name, origin, options);
}

function record(question: Question, type: string, data: string): ResourceRecord {
  return { name: question.name, type, ttl: question.options.ttl ?? 30, data };
}

function negative(rcode: Answer["rcode"], question: Question): Answer {
  return { rcode, answers: [], authority: [startOfAuthority(question)], additional: [], isForwarded: false };
}

function forward(name: string, type: string, options: QueryOptions): Answer {
  const { rcode, answers } = options.upstream?.(name, type) ?? { rcode: "NXDOMAIN", answers: [] };
  return { rcode, answers, authority: [], additional: [], isForwarded: true };
}

/** The longest served zone that holds the name. */
function servedZone(name: string, zones: readonly string[]): string | undefined {
  let longest: string | undefined;
  for (const zone of zones.map(fullyQualified))
    if (isBelow(name, zone) && zone.length > (longest?.length ?? 0)) longest = zone;
  return longest;
}

function isBelow(name: string, zone: string): boolean {
  const [lowerName, lowerZone] = [name.toLowerCase(), zone.toLowerCase()];
  return lowerName === lowerZone || lowerZone === "." || lowerName.endsWith(`.${lowerZone}`);
}

function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

function fullyQualified(name: string): string {
  return name.endsWith(".") ? name : `${name}.`;
}

function distinct(records: readonly ResourceRecord[]): readonly ResourceRecord[] {
  return [...new Map(records.map((entry) => [`${entry.name} ${entry.type} ${entry.data}`, entry])).values()];
}
