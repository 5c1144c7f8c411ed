import type { Span } from "../base/span.ts";

/** A text that reads as the DNS name of a Service, or of a pod below one. */
export interface ServiceName {
  readonly service: string;
  readonly namespace: string;
  /** The first label of `pod.service.namespace.svc`. */
  readonly pod: string | undefined;
  /** It says `.svc`, so that it can't be anything else; shorter names may be any word. */
  readonly isCertain: boolean;
  /** Where it stands in the text that was searched. */
  readonly span: Span;
}

export interface NameContext {
  /** The namespace of names without one. */
  readonly namespace: string;
  readonly clusterDomain: string;
}

/** The name at an offset, looked for within a scalar only. */
export function nameUnder(text: string, within: Span, offset: number, context: NameContext): ServiceName | undefined {
  for (const name of namesIn(text.slice(within.start, within.end), context)) {
    const span = { start: name.span.start + within.start, end: name.span.end + within.start };
    if (offset >= span.start && offset <= span.end) return { ...name, span };
  }
  return undefined;
}

/** Behind `//` or another separator, but no segment of a path, no user before `@`, no part of a longer word. */
const hostLike =
  /(?<![\w.-])(?<!(?<!\/)\/)[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*\.?(?![\w@-])/g;

/** All names in a text. Which of the short ones mean a Service depends on which Services there are. */
export function* namesIn(text: string, context: NameContext): Generator<ServiceName> {
  for (const match of text.matchAll(hostLike)) {
    const name = parseName(match[0], match.index, context);
    if (name !== undefined) yield name;
  }
}

function parseName(written: string, start: number, { namespace, clusterDomain }: NameContext): ServiceName | undefined {
  const span = { start, end: start + written.length };
  const absolute = written.endsWith(".") ? written.slice(0, -1) : written;
  const relative = absolute.endsWith(`.svc.${clusterDomain}`) ? absolute.slice(0, -clusterDomain.length - 1) : absolute;
  const labels = relative.split(".");
  const isCertain = labels.at(-1) === "svc" && labels.length >= 3 && labels.length <= 4;
  const parts = isCertain ? labels.slice(0, -1) : labels;
  if (parts.length > (isCertain ? 3 : 2)) return undefined;
  const pod = parts.length === 3 ? parts[0] : undefined;
  const [service, own] = parts.length === 3 ? parts.slice(1) : parts;
  return service === undefined ? undefined : { service, namespace: own ?? namespace, pod, isCertain, span };
}

/** A Service that a text seems to speak to. */
export interface Host {
  readonly service: string;
  /** As far as the text says it. */
  readonly namespace: string | undefined;
  readonly isCertain: boolean;
  /** Where the Service's name begins. */
  readonly start: number;
}

/**
 * The hosts of a text: of one that lists hosts, `host:port` and URLs, every item is one; in programs, scripts and configuration only what stands where a host does
 * (behind `//`, `@` or `=`, before a port) or has the form of a cluster name.
 */
export function hostsIn(text: string, kind: "hosts" | "program"): readonly Host[] {
  // Most values are words or sentences: nothing in them stands where a host does.
  if (/\s/.test(text.trim()) && !/[./:@=,;]/.test(text)) return [];
  return [...text.matchAll(hostLike)].flatMap((match) => {
    const parts = hostParts(match[0]);
    if (parts === undefined) return [];
    const before = text.slice(Math.max(0, match.index - 2), match.index);
    const after = text.slice(match.index + match[0].length, match.index + match[0].length + 7);
    const isAddressed = before === "//" || before.endsWith("@") || /^:\d{2,5}(?!\d)/.test(after);
    const isItem = /^\s*$|[,;]\s?$/.test(before) && /^\s*(?:$|[,;])/.test(after);
    const isWhole = isItem && (kind === "hosts" || match[0].length === text.trim().length);
    const isAssigned = before.endsWith("=") && /^$|^[\s,;&"']/.test(after);
    if (!parts.isCertain && !isAddressed && !isWhole && !isAssigned && parts.namespace === undefined) return [];
    const isCertain = parts.isCertain || isAddressed;
    return [{ service: parts.service, namespace: parts.namespace, isCertain, start: match.index + parts.offset }];
  });
}

interface HostParts {
  readonly service: string;
  readonly namespace: string | undefined;
  readonly isCertain: boolean;
  readonly offset: number;
}

/** `service`, `service.namespace`, `[pod.]service.namespace.svc[.domain]`. */
function hostParts(host: string): HostParts | undefined {
  const labels = host.replace(/\.$/, "").split(".");
  const svc = labels.indexOf("svc");
  if (svc === 2 || svc === 3) {
    const [service = "", namespace] = labels.slice(svc - 2, svc);
    return { service, namespace, isCertain: true, offset: svc === 3 ? labels[0]!.length + 1 : 0 };
  }
  const [service = "", namespace] = labels;
  if (labels.length > 2 || /^\d+$/.test(service)) return undefined;
  return { service, namespace, isCertain: false, offset: 0 };
}
