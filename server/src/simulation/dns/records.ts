import { addressFamily, reverseName } from "../address.ts";
import type { LookupOptions } from "./lookup.ts";
import { answerQuery } from "./query.ts";
import type { DnsService, DnsSubset, Zone } from "./zone.ts";
import { endpointName } from "./zone.ts";

/** All values of one name and type; names are absolute, without the final dot. */
export interface DnsRecord {
  readonly name: string;
  readonly type: "A" | "AAAA" | "SRV" | "CNAME" | "PTR" | "TXT";
  readonly values: readonly string[];
  /** The object that the record stands for; the server itself has none. */
  readonly source: { readonly kind: string; readonly namespace: string; readonly name: string } | undefined;
}

/** How the cluster's DNS is set up. */
export interface RecordOptions extends Pick<LookupOptions, "endpointPodNames"> {
  /** `cluster.local` by default. */
  readonly clusterDomain?: string;
}

/**
 * Every record that stands for a Service or one of its endpoints, sorted by name and type: addresses, ports (the bare name answers for all of them), aliases, and the names of addresses.
 * Names of ClusterIP Services' endpoints are among them, as CoreDNS answers them too.
 */
export function records(zone: Zone, options: RecordOptions = {}): readonly DnsRecord[] {
  const domain = options.clusterDomain ?? "cluster.local";
  const version: DnsRecord = { name: `dns-version.${domain}`, type: "TXT", values: ["1.1.0"], source: undefined };
  const all = zone.services.flatMap((service) => serviceRecords(zone, service, domain, options));
  return [version, ...all, ...pointerRecords(zone, domain, options)].sort(compareRecords);
}

function serviceRecords(zone: Zone, service: DnsService, domain: string, options: RecordOptions): readonly DnsRecord[] {
  const source = { kind: "Service", namespace: service.namespace, name: service.name };
  const base = `${service.name}.${service.namespace}.svc.${domain}`;
  const subsets = zone.subsetsOf(service.namespace, service.name);
  const ports = portNames(
    service.kind === "headless" ? subsets.filter(({ endpoints }) => endpoints.length > 0) : [service],
  );
  const asked: readonly (readonly [string, DnsRecord["type"]])[] = [
    [base, "A"],
    [base, "AAAA"],
    [base, "CNAME"],
    [base, "SRV"],
    ...ports.map((port) => [`${port}.${base}`, "SRV"] as const),
  ];
  const own = asked.map(([name, type]) => ({
    name,
    type,
    values: valuesOf(zone, name, type, domain, options),
    source,
  }));
  return [
    ...own.filter(({ values }) => values.length > 0),
    ...(service.kind === "external" ? [] : endpointRecords(subsets, base, source, options)),
  ];
}

/** `_port._protocol` of every named port. */
function portNames(
  holders: readonly { readonly ports: readonly { readonly name: string; readonly protocol: string }[] }[],
): readonly string[] {
  const named = holders.flatMap(({ ports }) => ports).filter(({ name }) => name !== "");
  return [...new Set(named.map(({ name, protocol }) => `_${name}._${protocol.toLowerCase()}`))];
}

function valuesOf(
  zone: Zone,
  name: string,
  type: DnsRecord["type"],
  domain: string,
  options: RecordOptions,
): readonly string[] {
  const { answers } = answerQuery(zone, { name, type }, { ...options, zones: [domain] });
  return answers
    .filter((answer) => answer.type === type && answer.name === `${name}.`)
    .map(({ data }) => withoutFinalDot(data))
    .sort();
}

function endpointRecords(
  subsets: readonly DnsSubset[],
  base: string,
  source: DnsRecord["source"],
  options: RecordOptions,
): readonly DnsRecord[] {
  const byName = new Map<string, Set<string>>();
  for (const endpoint of subsets.flatMap(({ endpoints }) => endpoints)) {
    const name = `${endpointName(endpoint, options.endpointPodNames === true)}.${base}`;
    byName.set(name, (byName.get(name) ?? new Set<string>()).add(endpoint.address));
  }
  return [...byName].flatMap(([name, addresses]) =>
    (["A", "AAAA"] as const)
      .map((type) => ({
        name,
        type,
        values: [...addresses].filter((address) => addressFamily(address) === (type === "A" ? "IPv4" : "IPv6")).sort(),
        source,
      }))
      .filter(({ values }) => values.length > 0),
  );
}

/** The names of addresses: a Service's for a clusterIP, else one for each Service in which the address is a ready endpoint. */
function pointerRecords(zone: Zone, domain: string, options: RecordOptions): readonly DnsRecord[] {
  const addresses = new Set([
    ...zone.services.flatMap(({ clusterIPs }) => clusterIPs),
    ...zone.subsets.flatMap(({ endpoints }) => endpoints.map(({ address }) => address)),
  ]);
  return [...addresses]
    .filter((address) => addressFamily(address) !== undefined)
    .map((address) => {
      const service = zone.serviceWithAddress(address);
      const subsets = service === undefined ? zone.subsetsWithAddress(address) : [];
      const owner = service ?? { namespace: subsets[0]?.namespace ?? "", name: subsets[0]?.service ?? "" };
      const names = subsets.flatMap((subset) =>
        subset.endpoints
          .filter((endpoint) => endpoint.address === address)
          .map(
            (endpoint) =>
              `${endpointName(endpoint, options.endpointPodNames === true)}.${subset.service}.${subset.namespace}.svc.${domain}`,
          ),
      );
      const values =
        service === undefined ? [...new Set(names)].sort() : [`${service.name}.${service.namespace}.svc.${domain}`];
      return {
        name: withoutFinalDot(reverseName(address)),
        type: "PTR",
        values,
        source: { kind: "Service", namespace: owner.namespace, name: owner.name },
      };
    });
}

function withoutFinalDot(text: string): string {
  return text.endsWith(".") ? text.slice(0, -1) : text;
}

function compareRecords(a: DnsRecord, b: DnsRecord): number {
  return a.name === b.name ? (a.type < b.type ? -1 : 1) : a.name < b.name ? -1 : 1;
}
