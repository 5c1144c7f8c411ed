import type { Span } from "../../base/span.ts";
import { cursorAt } from "../context.ts";
import type { Cursor, CursorSubject, FileContext } from "../context.ts";
import { autoscalerHover } from "./autoscaler.ts";
import { budgetHover } from "./budget.ts";
import { cronHover } from "./cron.ts";
import { dnsNameHover } from "./dns-name.ts";
import { ingressHover } from "./ingress.ts";
import { jsonPatchHover } from "./json-patch.ts";
import { kustomizationHover } from "./kustomization.ts";
import { paragraphs } from "../markdown.ts";
import type { Linker } from "../markdown.ts";
import { policyHover } from "./policies.ts";
import { probeHover } from "./probes.ts";
import { quantityHover } from "./quantities.ts";
import { referenceHover } from "./reference.ts";
import { renderedHover } from "./rendered.ts";
import { resourcesHover } from "./resources.ts";
import { secretHover } from "./secret.ts";
import { selectorHover } from "./selector.ts";
import { serviceHover } from "./service.ts";
import { statefulSetHover } from "./stateful-set.ts";
import { strategyHover } from "./strategy.ts";
import { workloadHover } from "./workload.ts";

export interface Hover {
  /** What the text is about, in offsets of the file. */
  readonly span: Span;
  readonly markdown: string;
}

/** What a topic is asked with. */
export interface HoverRequest {
  readonly context: FileContext;
  readonly cursor: Cursor;
  readonly subject: CursorSubject;
  readonly link: Linker;
  /** Makes the target of a link that reveals the Secret's value at a place; `undefined` where the client has no such command. */
  readonly reveal: Linker | undefined;
}

/** A topic answers for the places that it knows. The first answer counts. */
export type HoverTopic = (request: HoverRequest) => string | undefined;

const topics: readonly HoverTopic[] = [
  secretHover,
  serviceHover,
  policyHover,
  strategyHover,
  probeHover,
  resourcesHover,
  workloadHover,
  statefulSetHover,
  cronHover,
  budgetHover,
  autoscalerHover,
  ingressHover,
  selectorHover,
  quantityHover,
  dnsNameHover,
];

/** What there is to say about the thing at an offset, inside the active environment. */
export function hoverAt(context: FileContext, offset: number, link: Linker, reveal?: Linker): Hover | undefined {
  const cursor = cursorAt(context, offset);
  if (cursor?.subject === undefined)
    return kustomizationHover(context, offset, link) ?? jsonPatchHover(context, offset, link);
  const request: HoverRequest = { context, cursor, subject: cursor.subject, link, reveal };
  const topic = firstOf(request);
  const markdown = paragraphs(topic, referenceHover(context, offset, link, topic), renderedHover(request));
  return markdown === "" ? undefined : { span: spanOf(cursor), markdown };
}

function firstOf(request: HoverRequest): string | undefined {
  for (const topic of topics) {
    const markdown = topic(request);
    if (markdown !== undefined) return markdown;
  }
  return undefined;
}

function spanOf({ document, location: { entry, node, part }, offset }: Cursor): Span {
  const span = (part === "key" ? entry?.key.span : node?.span) ?? entry?.span ?? { start: offset, end: offset };
  return { start: span.start + document.placed.start, end: span.end + document.placed.start };
}
