/** What a name below the zone asks for. `undefined` parts were not asked; `kind` is `undefined` for the apex, `svc` and `pod` themselves. */
export interface NameRequest {
  readonly kind?: "svc" | "pod";
  readonly namespace?: string;
  readonly service?: string;
  readonly endpoint?: string;
  /** Without the underscore; may be empty: a port without a name. */
  readonly port?: string;
  readonly protocol?: string;
  readonly cluster?: string;
  /** A topology zone, with CoreDNS' option `zonal` only. */
  readonly topologyZone?: string;
  /** `pin`: that zone alone; `prefer`: all endpoints where the zone has none. */
  readonly topologyPolicy?: "pin" | "prefer";
}

/** Options of CoreDNS that change how names are read. */
export interface ParseOptions {
  readonly multicluster?: boolean;
  readonly zonal?: boolean;
}

/** Reads a name in lower case below a zone (both with their final dot); `undefined` for a name that can't exist. Imitates CoreDNS, plugin/kubernetes/parse.go, parseRequest, v1.15. */
export function parseRequest(name: string, zone: string, options: ParseOptions = {}): NameRequest | undefined {
  const base = belowZone(name, zone);
  if (base === "" || base === "svc" || base === "pod") return {};
  const labels = base.split(".");
  const kind = labels.pop();
  if (kind !== "svc" && kind !== "pod") return undefined;
  const namespace = labels.pop();
  if (namespace === undefined) return { kind };
  const service = labels.pop();
  if (service === undefined) return { kind, namespace };
  const rest = parseRest(labels, kind, options);
  return rest === undefined ? undefined : { kind, namespace, service, ...rest };
}

/** The labels in front of a Service: an endpoint, a port with its protocol, an endpoint of another cluster, or a topology zone. */
function parseRest(labels: readonly string[], kind: "svc" | "pod", options: ParseOptions): NameRequest | undefined {
  const [first = "", second = ""] = labels;
  if (labels.length === 0) return {};
  if (labels.length === 1) return { endpoint: first };
  if (labels.length > 2)
    return kind === "svc" && options.zonal === true && options.multicluster !== true
      ? parseTopology(labels)
      : undefined;
  if (options.multicluster === true && !first.startsWith("_") && !second.startsWith("_"))
    return { endpoint: first, cluster: second };
  return { port: withoutUnderscore(first), protocol: withoutUnderscore(second) };
}

/** `<zone, possibly with dots>.pin|prefer._zone`. */
function parseTopology(labels: readonly string[]): NameRequest | undefined {
  const policy = labels.at(-2);
  if (labels.at(-1) !== "_zone" || (policy !== "pin" && policy !== "prefer")) return undefined;
  return { topologyZone: labels.slice(0, -2).join("."), topologyPolicy: policy };
}

/** The part of a name in front of the zone, without the dot between them; the name without its final dot where it is outside. */
function belowZone(name: string, zone: string): string {
  if (name === zone || zone === ".") return name.slice(0, -zone.length).replace(/\.$/, "");
  return name.endsWith(`.${zone}`) ? name.slice(0, -zone.length - 1) : name.replace(/\.$/, "");
}

function withoutUnderscore(label: string): string {
  return label.startsWith("_") ? label.slice(1) : label;
}
