import type { JsonObject } from "../../../server/src/base/json.ts";
import { objectAt, textAt } from "../../../server/src/base/json.ts";
import { addressFamily, dashedAddress, reverseName } from "../../../server/src/simulation/address.ts";
import type { Answer, QueryOptions, ResourceRecord, UpstreamAnswer } from "../../../server/src/simulation/dns/query.ts";
import { answerQuery } from "../../../server/src/simulation/dns/query.ts";
import { Zone } from "../../../server/src/simulation/dns/zone.ts";
import type { ConformanceRunner, RunContext } from "../runner.ts";
import type { RecordedCluster } from "./recorded-cluster.ts";
import { isRecordedCluster, podsOfCase, predictedGroups, servicesOf } from "./recorded-cluster.ts";

interface RecordedQuery {
  readonly name: string;
  readonly type: string;
  readonly pods: "insecure" | "disabled" | "verified";
  readonly rcode: string;
  readonly answers: readonly ResourceRecord[];
  readonly soa: boolean;
  readonly additional?: readonly ResourceRecord[];
}

/** Replays the queries of `cases.jsonl`. The engine predicts the slices; every placeholder gets an address here, and answers are mapped back. */
export const runner: ConformanceRunner = {
  folder: "dns",
  run(context) {
    for (const recorded of context.lines("dns/cases.jsonl") ?? []) if (isRecordedCluster(recorded)) runCase(recorded, context);
  },
};

function runCase(recorded: RecordedCluster & { readonly id: string }, context: RunContext): void {
  const queries = queriesOf(recorded);
  const addresses = new Addresses(JSON.stringify(recorded));
  const cluster = addresses.fill(recorded);
  const slices = predictedGroups(cluster);
  const namespaces = ["case", "other", "default", "kube-system", "kube-public", "kube-node-lease"];
  const zone = new Zone({ services: servicesOf(cluster), slices, pods: podsOfCase(cluster), namespaces });
  for (const [index, query] of queries.entries()) {
    const options: QueryOptions = { podsMode: query.pods, fallthrough: ["in-addr.arpa", "ip6.arpa"], ttl: 30, upstream: outerWorld };
    const answer = answerQuery(zone, { name: addresses.nameOf(query.name), type: query.type }, options);
    const found = summary(answer, addresses);
    const wanted = sortedSummary({ rcode: query.rcode, answers: query.answers, soa: query.soa, additional: query.additional ?? [] });
    const agreed = JSON.stringify(found) === JSON.stringify(wanted);
    const id = `${recorded.id}/${index}`;
    context.report("dns", agreed ? { id, agreed } : { id, agreed, step: `${query.type} ${query.name} (pods ${query.pods})`, wanted, found });
  }
}

interface Summary {
  readonly rcode: string;
  readonly answers: readonly ResourceRecord[];
  readonly soa: boolean;
  readonly additional: readonly ResourceRecord[];
}

function summary(answer: Answer, addresses: Addresses): Summary {
  const restore = (record: ResourceRecord): ResourceRecord => ({ ...record, name: addresses.restore(record.name), data: addresses.restore(record.data) });
  const soa = answer.authority.some(({ type }) => type === "SOA");
  return sortedSummary({ rcode: answer.rcode, answers: answer.answers.map(restore), soa, additional: answer.additional.map(restore) });
}

function sortedSummary({ rcode, answers, soa, additional }: Summary): Summary {
  return { rcode, answers: sortRecords(answers), soa, additional: sortRecords(additional) };
}

function sortRecords(records: readonly ResourceRecord[]): readonly ResourceRecord[] {
  const text = ({ name, type, ttl, data }: ResourceRecord): string => JSON.stringify([name, type, ttl, data]);
  return records.map(({ name, type, ttl, data }) => ({ name, type, ttl, data })).sort((a, b) => (text(a) < text(b) ? -1 : 1));
}

/** The stand-in for the Internet that was there when the answers were recorded. */
function outerWorld(name: string, type: string): UpstreamAnswer {
  if (name.toLowerCase() !== "backend.example.com.") return { rcode: "NXDOMAIN", answers: [] };
  return { rcode: "NOERROR", answers: type === "A" ? [{ name, type, ttl: 60, data: "192.0.2.80" }] : [] };
}

/** An address for every placeholder of a case. */
class Addresses {
  readonly #byPlaceholder = new Map<string, string>();
  readonly #placeholderOf = new Map<string, string>();

  constructor(text: string) {
    for (const [, placeholder = ""] of text.matchAll(/<(?:dashed |reverse )?((?:pod|cluster|node)IP(?:v6)? of [^>]+)>/g)) this.#address(`<${placeholder}>`);
  }

  /** The case with addresses instead of placeholders; every Service that can have one gets a clusterIP. */
  fill(cluster: RecordedCluster): RecordedCluster {
    const objects = cluster.objects.map((object) => this.#fillObject(object));
    return { objects, ...(cluster.pods === undefined ? {} : { pods: cluster.pods.map((pod) => this.#fillObject(pod)) }) };
  }

  nameOf(name: string): string {
    const replace = (kind: string, convert: (address: string) => string) => (text: string) =>
      text.replace(new RegExp(`<${kind} ([^>]+)>`, "g"), (_match, placeholder: string) => convert(this.#address(`<${placeholder}>`)));
    return replace("dashed", dashedAddress)(replace("reverse", reverseName)(name));
  }

  /** Puts placeholders back into a name or into a record's data. */
  restore(text: string): string {
    return text.split(" ").map((word) => this.#placeholderOf.get(word) ?? this.#restoreLabels(word)).join(" ");
  }

  #restoreLabels(name: string): string {
    return name.split(".").map((label) => this.#placeholderOf.get(label) ?? label).join(".");
  }

  #fillObject(object: JsonObject): JsonObject {
    const text = JSON.stringify(object).replaceAll(/<(?:pod|cluster|node)IP(?:v6)? of [^>]+>/g, (placeholder) => this.#address(placeholder));
    const filled = JSON.parse(text) as JsonObject;
    return filled["kind"] === "Service" ? this.#withClusterIP(filled) : filled;
  }

  #withClusterIP(service: JsonObject): JsonObject {
    const spec = objectAt(service, "spec");
    if (spec?.["clusterIP"] !== undefined || spec?.["type"] === "ExternalName") return service;
    const [namespace, name] = [textAt(service, "metadata", "namespace") ?? "", textAt(service, "metadata", "name") ?? ""];
    const clusterIP = this.#address(`<clusterIP of ${namespace}/${name}>`);
    return { ...service, spec: { ...spec, clusterIP, clusterIPs: [clusterIP] } };
  }

  #address(placeholder: string): string {
    const known = this.#byPlaceholder.get(placeholder);
    if (known !== undefined) return known;
    const number = this.#byPlaceholder.size + 1;
    const address = addressFamily(placeholder) === "IPv6" ? `fd00::${number.toString(16)}` : `10.${number >> 16}.${(number >> 8) & 255}.${number & 255}`;
    this.#byPlaceholder.set(placeholder, address);
    this.#placeholderOf.set(address, placeholder);
    this.#placeholderOf.set(dashedAddress(address), placeholder.replace("<", "<dashed "));
    this.#placeholderOf.set(reverseName(address), placeholder.replace("<", "<reverse "));
    return address;
  }
}

function queriesOf(recorded: object): readonly RecordedQuery[] {
  return "queries" in recorded ? (recorded.queries as readonly RecordedQuery[]) : [];
}
