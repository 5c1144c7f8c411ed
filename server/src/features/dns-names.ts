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
