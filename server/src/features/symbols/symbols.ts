import type { JsonPath, JsonValue } from "../../base/json.ts";
import { arrayAt, at, numberAt, objectAt, textAt } from "../../base/json.ts";
import { spanAt } from "../../base/span-table.ts";
import type { Span } from "../../base/span.ts";
import { podTemplatePath } from "../../kubernetes/pod-template.ts";
import type { ResourceFacts } from "../../model/facts.ts";
import type { ReadDocument } from "../../model/read.ts";
import { resolveService } from "../../resolve/service.ts";
import { workloadOf } from "../../resolve/workloads.ts";
import { resourceOf } from "../context.ts";
import type { FileContext } from "../context.ts";
import { podsText } from "../describe.ts";

/** What a symbol is, in words that every editor has an icon for. */
export type SymbolType = "object" | "container" | "port" | "key" | "host";

/** A thing of a file with a name, and the things inside it. */
export interface DocumentSymbol {
  readonly type: SymbolType;
  readonly name: string;
  /** `3 pods`, an image, a number. */
  readonly detail: string;
  /** All of it, in the file's text. */
  readonly span: Span;
  /** Its name, inside of `span`. */
  readonly selection: Span;
  readonly children: readonly DocumentSymbol[];
}

/** The objects of a file with their containers and ports, as a tree. */
export function documentSymbolsOf(context: FileContext): readonly DocumentSymbol[] {
  return context.read.documents.flatMap((document) =>
    document.placed.facts.resources.flatMap((facts) => {
      const locate = locator(facts, document.placed.start);
      const symbol = symbolOf(locate, "object", [], {
        name: `${facts.kind} ${facts.name === "" ? nameInTemplate(document, facts) : facts.name}`.trimEnd(),
        at: ["metadata", "name"],
        detail: statusOf(context, document, facts),
        children: childrenOf(facts, locate),
      });
      return symbol === undefined ? [] : [symbol];
    }),
  );
}

/** The action that gives an object its name. */
function nameInTemplate({ template, text }: ReadDocument, { object, spans }: ResourceFacts): string {
  const span = template === undefined ? undefined : spanAt(object, spans, ["metadata", "name"]);
  return span === undefined ? "" : text.slice(span.start, span.end);
}

type Locator = (path: JsonPath, part: "value" | "entry") => Span | undefined;

function locator({ object, spans }: ResourceFacts, start: number): Locator {
  return (path, part) => {
    const span = spanAt(object, spans, path, part);
    return span === undefined ? undefined : { start: span.start + start, end: span.end + start };
  };
}

interface Content {
  readonly name: string;
  /** Where the name stands. */
  readonly at: JsonPath;
  readonly detail: string;
  readonly children?: readonly (DocumentSymbol | undefined)[];
}

function symbolOf(locate: Locator, type: SymbolType, path: JsonPath, content: Content): DocumentSymbol | undefined {
  const span = locate(path, "entry");
  if (span === undefined || content.name === "") return undefined;
  const named = locate(content.at, "value");
  const isInside = named !== undefined && named.start >= span.start && named.end <= span.end;
  return {
    type,
    name: content.name,
    detail: content.detail,
    span,
    selection: isInside ? named : { start: span.start, end: span.start },
    children: (content.children ?? []).filter((child) => child !== undefined),
  };
}

/** How many pods it makes or selects. */
function statusOf(
  context: FileContext,
  document: FileContext["read"]["documents"][number],
  facts: ResourceFacts,
): string {
  const [environment] = context.environments;
  const resource = environment === undefined ? undefined : resourceOf(environment, context.file, document, facts);
  if (environment === undefined || environment.kind === "chart" || resource === undefined) return "";
  if (podTemplatePath(resource.group, resource.kind) !== undefined) return podsText(workloadOf(resource).replicas);
  if (resource.group !== "" || resource.kind !== "Service") return "";
  const { workloads } = resolveService(environment, resource);
  const counts = workloads.map(({ replicas }) => replicas);
  if (counts.length === 0) return "";
  return podsText(
    counts.includes(undefined) ? undefined : counts.reduce<number>((sum, count) => sum + (count ?? 0), 0),
  );
}

function childrenOf(facts: ResourceFacts, locate: Locator): readonly (DocumentSymbol | undefined)[] {
  const { object, kind, apiVersion } = facts;
  const group = apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : "";
  const template = podTemplatePath(group, kind);
  if (template !== undefined)
    return ["initContainers", "containers"].flatMap((list) => containers(object, [...template, "spec", list], locate));
  if (group === "" && kind === "Service") return ports(object, ["spec", "ports"], "port", locate);
  if (group === "" && (kind === "ConfigMap" || kind === "Secret"))
    return ["data", "stringData", "binaryData"].flatMap((field) =>
      Object.keys(objectAt(object, field) ?? {}).map((key) =>
        symbolOf(locate, "key", [field, key], { name: key, at: [field, key], detail: "" }),
      ),
    );
  if (group === "networking.k8s.io" && kind === "Ingress")
    return arrayAt(object, "spec", "rules").map((rule, index) =>
      symbolOf(locate, "host", ["spec", "rules", index], {
        name: textAt(rule, "host") ?? "*",
        at: ["spec", "rules", index, "host"],
        detail: arrayAt(rule, "http", "paths")
          .map((each) => textAt(each, "path") ?? "/")
          .join(" "),
      }),
    );
  return [];
}

function containers(object: JsonValue, path: JsonPath, locate: Locator): readonly (DocumentSymbol | undefined)[] {
  return arrayAt(object, ...path).map((container, index) =>
    symbolOf(locate, "container", [...path, index], {
      name: textAt(container, "name") ?? "",
      at: [...path, index, "name"],
      detail: textAt(container, "image") ?? "",
      children: ports(object, [...path, index, "ports"], "containerPort", locate),
    }),
  );
}

function ports(
  object: JsonValue,
  path: JsonPath,
  number: string,
  locate: Locator,
): readonly (DocumentSymbol | undefined)[] {
  return arrayAt(object, ...path).map((port, index) => {
    const [name, value] = [textAt(port, "name") ?? "", numberAt(port, number)];
    const target = at(port, "targetPort");
    const targetText = typeof target === "number" || typeof target === "string" ? ` → ${target}` : "";
    const field = name === "" ? number : "name";
    return symbolOf(locate, "port", [...path, index], {
      name: name === "" ? String(value ?? "") : name,
      at: [...path, index, field],
      detail: `${name === "" ? "" : (value ?? "")}${targetText}`.trim(),
    });
  });
}
