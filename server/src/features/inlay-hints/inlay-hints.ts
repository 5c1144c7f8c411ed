import * as l10n from "@vscode/l10n";
import type { JsonPath } from "../../base/json.ts";
import { arrayAt, at, numberAt, objectAt, textAt } from "../../base/json.ts";
import type { Span } from "../../base/span.ts";
import { find } from "../../index/queries.ts";
import { withDefaults } from "../../kubernetes/defaults/with-defaults.ts";
import { selectedBy, workloadsSelectedBy } from "../../resolve/selected-by.ts";
import { resolveService } from "../../resolve/service.ts";
import { documentsIn, resourcesOf } from "../context.ts";
import type { CursorSubject, FileContext } from "../context.ts";
import { podsText } from "../describe.ts";

/** A text that stands in the line without being written there. */
export interface InlayHint {
  /** In the file's text. */
  readonly offset: number;
  readonly text: string;
}

/** The hints of a part of a file, for its active environment, sorted; each kind can be switched off. */
export function inlayHintsOf(context: FileContext, range: Span): readonly InlayHint[] {
  const { settings, environments, file } = context;
  const wanted = settings.inlayHints;
  const kinds: readonly (readonly [boolean, HintSource])[] = [
    [wanted.targetPorts, portHints],
    [wanted.pods, podHints],
    [wanted.namespaces, namespaceHints],
    [wanted.defaults, defaultHints],
  ];
  const sources = kinds.filter(([isOn]) => isOn).map(([, source]) => source);
  const near = documentsIn(context, range);
  const hints = [...resourcesOf({ ...near, environments: environments.slice(0, 1) })].flatMap((subject) =>
    sources.flatMap((source) => source(subject).flatMap((hint) => placed(subject, hint, file))),
  );
  return hints.filter(({ offset }) => offset >= range.start && offset <= range.end).sort((a, b) => a.offset - b.offset);
}

/** A hint behind the value at a path; behind the colon of its key where that value is a block of lines. */
interface PathHint {
  readonly path: JsonPath;
  readonly text: string;
}

type HintSource = (subject: CursorSubject) => readonly PathHint[];

function placed({ resource }: CursorSubject, { path, text }: PathHint, file: string): readonly InlayHint[] {
  const [key, value] = [resource.origin(path, "key"), resource.origin(path, "value")];
  if (value === undefined || value.file !== file) return [];
  const isBlock = typeof at(resource.object, ...path) === "object" && key !== undefined && key.end + 2 < value.start;
  return [{ offset: isBlock ? key.end + 1 : value.end, text }];
}

function portHints({ environment, resource }: CursorSubject): readonly PathHint[] {
  if (resource.group === "networking.k8s.io" && resource.kind === "Ingress")
    return backendHints({ environment, resource });
  if (resource.group !== "" || resource.kind !== "Service") return [];
  const { ports, workloads } = resolveService(environment, resource);
  return ports.flatMap(({ index, targetPort }) => {
    if (typeof targetPort !== "string") return [];
    const numbers = workloads.map((workload) => workload.ports.find((port) => port.index === index)?.number);
    const known = [...new Set(numbers.filter((number) => number !== undefined))];
    const path = ["spec", "ports", index, "targetPort"];
    return known.length === 0 ? [] : [{ path, text: `= ${known.join(", ")}` }];
  });
}

function backendHints({ environment, resource }: Pick<CursorSubject, "environment" | "resource">): readonly PathHint[] {
  const { object } = resource;
  const paths = arrayAt(object, "spec", "rules").flatMap((rule, outer) =>
    arrayAt(rule, "http", "paths").map((_, inner): JsonPath => [
      "spec",
      "rules",
      outer,
      "http",
      "paths",
      inner,
      "backend",
    ]),
  );
  return [["spec", "defaultBackend"], ...paths].flatMap((path) => {
    const backend = objectAt(object, ...path, "service");
    const [name, port] = [textAt(backend, "name"), textAt(backend, "port", "name")];
    if (name === undefined || port === undefined) return [];
    const identity = { group: "", kind: "Service", namespace: resource.namespace, name };
    const [service] = find(environment, identity);
    const number = service === undefined ? undefined : portNumber(arrayAt(service.object, "spec", "ports"), port);
    return number === undefined ? [] : [{ path: [...path, "service", "port", "name"], text: `= ${number}` }];
  });
}

function portNumber(ports: ReturnType<typeof arrayAt>, name: string): number | undefined {
  return numberAt(
    ports.find((port) => textAt(port, "name") === name),
    "port",
  );
}

function podHints({ environment, resource }: CursorSubject): readonly PathHint[] {
  const path = podSelectorPath(resource);
  if (path === undefined || objectAt(resource.object, ...path) === undefined) return [];
  const workloads =
    resource.kind === "Service"
      ? resolveService(environment, resource).workloads
      : workloadsSelectedBy(environment, resource);
  if (workloads.length === 0 && environment.open.length > 0) return [];
  if (resource.kind === "Service" && textAt(resource.object, "spec", "type") === "ExternalName") return [];
  const total = workloads.reduce<number | undefined>(
    (sum, { replicas }) => (sum === undefined || replicas === undefined ? undefined : sum + replicas),
    0,
  );
  return [{ path, text: workloads.length === 0 ? l10n.t("no pods") : podsText(total) }];
}

function podSelectorPath({ group, kind }: CursorSubject["resource"]): JsonPath | undefined {
  switch (`${group}/${kind}`) {
    case "/Service":
    case "policy/PodDisruptionBudget":
      return ["spec", "selector"];
    case "networking.k8s.io/NetworkPolicy":
      return ["spec", "podSelector"];
    default:
      return undefined;
  }
}

function namespaceHints({ resource, facts }: CursorSubject): readonly PathHint[] {
  if (resource.namespace === null || facts.namespace !== undefined || resource.name === "") return [];
  return [{ path: ["metadata", "name"], text: l10n.t("in {0}", resource.namespace) }];
}

function defaultHints({ environment, resource }: CursorSubject): readonly PathHint[] {
  const { object } = resource;
  if (objectAt(object, "spec") === undefined) return [];
  const full = withDefaults(object);
  const texts: string[] = [];
  if (resource.group === "" && resource.kind === "Service" && at(object, "spec", "type") === undefined)
    texts.push(`type: ${textAt(full, "spec", "type") ?? ""}`);
  if (resource.group === "apps") {
    const replicas = numberAt(full, "spec", "replicas");
    const isScaled = selectedBy(environment, resource).autoscalers.length > 0;
    if (at(object, "spec", "replicas") === undefined && replicas !== undefined && !isScaled)
      texts.push(`replicas: ${replicas}`);
    if (resource.kind === "Deployment" && at(object, "spec", "strategy") === undefined) texts.push(strategyText(full));
  }
  return texts.length === 0 ? [] : [{ path: ["spec"], text: texts.join(" · ") }];
}

function strategyText(full: CursorSubject["resource"]["object"]): string {
  const update = objectAt(full, "spec", "strategy", "rollingUpdate");
  return `${textAt(full, "spec", "strategy", "type") ?? ""} ${textAt(update, "maxSurge") ?? ""}/${textAt(update, "maxUnavailable") ?? ""}`;
}
