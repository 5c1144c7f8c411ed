import * as l10n from "@vscode/l10n";
import { arrayAt, at, objectAt, scalarText, textAt } from "../../base/json.ts";
import type { JsonPath, JsonValue } from "../../base/json.ts";
import { kindKey } from "../../index/keys.ts";
import { namespacesOf } from "../../index/queries.ts";
import type { Environment, Resource } from "../../index/types.ts";
import { matchPattern } from "../../kubernetes/relations/pattern.ts";
import type { Mention } from "../../kubernetes/relations/relations.ts";
import { namespaceTest } from "../../resolve/relations/namespaces.ts";
import { targetKinds } from "../../resolve/relations/objects.ts";
import { containerPaths } from "../../resolve/relations/ports.ts";
import { producedNames } from "../../resolve/relations/producers.ts";
import { ownersOf, viaResources, workloadsVia } from "../../resolve/relations/targets.ts";
import { resolveService } from "../../resolve/service.ts";
import { named } from "../describe.ts";
import { gistOf } from "../gist.ts";
import type { Choice } from "./choice.ts";

/** What the field of a mention could name: objects, their ports and keys, or parts of the same object. */
export function nameChoices(environment: Environment, resource: Resource, mention: Mention): readonly Choice[] {
  const { by, within } = mention.relation.row;
  if (by.startsWith("port-")) return portChoices(environment, resource, mention);
  if (within === true) return ownChoices(resource, mention);
  switch (by) {
    case "name":
    case "same-name":
      return objectChoices(environment, resource, mention);
    case "key":
      return viaResources(environment, resource, mention).flatMap(keyChoices);
    case "container-name":
      return workloadsVia(environment, resource, mention).flatMap((workload) =>
        containerPaths(workload).flatMap((path) => textChoice(workload, [...path, "name"], named(workload))),
      );
    case "value":
      return valueChoices(environment, resource, mention);
    case "label-key":
      return labelKeyChoices(environment, resource, mention);
    default:
      return [];
  }
}

function objectChoices(environment: Environment, resource: Resource, mention: Mention): readonly Choice[] {
  const kinds = targetKinds(resource, mention);
  const { format } = mention.relation.row;
  const isNamespace = kinds.some(({ group, kind }) => group === "" && kind === "Namespace");
  if (isNamespace && format === undefined) return namespaceChoices(environment);
  const isInside = namespaceTest(environment, resource, mention, undefined);
  const choices = kinds.flatMap(({ group, kind }) => [
    ...environment
      .posting(kindKey(group, kind))
      .filter((each) => each.name !== "" && isInside(each.namespace) && !isItself(each, resource))
      .flatMap((each) => objectChoice(environment, each, resource, format)),
    ...producedNames(environment, group, kind)
      .filter(({ target }) => isInside(target.resource.namespace))
      .flatMap(({ target, text }) => (text === undefined ? [] : producedChoice(target.resource, text, format))),
  ]);
  const implicit = (mention.relation.row.implicit ?? []).filter(
    (name) => format === undefined && /^[\w.:-]+$/.test(name),
  );
  return [
    ...choices,
    ...implicit.map((text) => ({ text, detail: l10n.t("every cluster has it"), documentation: undefined, rank: 1 })),
  ];
}

function isItself(each: Resource, { kind, name, namespace, group }: Resource): boolean {
  return each.kind === kind && each.name === name && each.namespace === namespace && each.group === group;
}

function objectChoice(
  environment: Environment,
  target: Resource,
  resource: Resource,
  format: string | undefined,
): readonly Choice[] {
  const text = spell(format, target.name, target.namespace, resource.namespace);
  if (text === undefined) return [];
  const { namespace, kind } = target;
  return [
    {
      text,
      detail: namespace === null ? kind : l10n.t("{0} in {1}", kind, namespace),
      documentation: gistOf(environment, target),
      rank: namespace === resource.namespace ? 0 : 1,
    },
  ];
}

function producedChoice(maker: Resource, name: string, format: string | undefined): readonly Choice[] {
  return format === undefined || format === "list:,"
    ? [{ text: name, detail: l10n.t("made by {0}", named(maker)), documentation: undefined, rank: 0 }]
    : [];
}

/** How a relation writes the name of an object; `undefined` for notations that nobody types. */
function spell(
  format: string | undefined,
  name: string,
  namespace: string | null,
  own: string | null,
): string | undefined {
  if (format === undefined || format === "list:,") return name;
  if (format.startsWith("[namespace/]name") || format.startsWith("list:, of [namespace/]name"))
    return namespace === null || namespace === own ? name : `${namespace}/${name}`;
  if (format.startsWith("namespace/name")) return `${namespace ?? ""}/${name}`;
  if (format.includes("NAMESPACE-NAME@")) return `${namespace ?? ""}-${name}@kubernetescrd`;
  if (format.startsWith("STATEFULSET")) return `${name}-0`;
  if (format.startsWith("system:serviceaccount:")) return `system:serviceaccount:${namespace ?? ""}:${name}`;
  if (format.startsWith("TRUSTDOMAIN")) return `cluster.local/ns/${namespace ?? ""}/sa/${name}`;
  if (format.startsWith("name or name.namespace"))
    return namespace === null || namespace === own ? name : `${name}.${namespace}`;
  return /^(?:name|exact|true)/.test(format) ? name : undefined;
}

function namespaceChoices(environment: Environment): readonly Choice[] {
  return [...namespacesOf(environment)].map((text) => ({
    text,
    detail: l10n.t("Namespace"),
    documentation: undefined,
    rank: text.startsWith("kube-") ? 1 : 0,
  }));
}

/** Names that the same object declares. */
function ownChoices(resource: Resource, mention: Mention): readonly Choice[] {
  const { format } = mention.relation.row;
  return mention.relation.target.paths.flatMap((pattern) =>
    mention.beside(resource.object, pattern).flatMap(({ path, value, isKey }): readonly Choice[] => {
      if (format?.startsWith("metadata.labels") === true) return labelFields(value);
      const text = isKey ? String(path.at(-1)) : scalarText(value);
      const isAround = path.slice(0, -1).every((step, index) => mention.path[index] === step);
      return text === undefined || text === "" || isAround ? [] : [plain(text, detailOfOwn(resource, path))];
    }),
  );
}

/** The labels of the own pod as the downward API names them. */
function labelFields(metadata: JsonValue): readonly Choice[] {
  return Object.entries(objectAt(metadata, "labels") ?? {}).map(([key, value]) =>
    plain(`metadata.labels['${key}']`, scalarText(value) ?? ""),
  );
}

/** What stands beside a name within its item: the kind of a volume, the image of a container. */
function detailOfOwn({ object }: Resource, path: JsonPath): string {
  const item = objectAt(object, ...path.slice(0, -1));
  return textAt(item, "image") ?? Object.keys(item ?? {}).find((key) => key !== "name") ?? "";
}

function plain(text: string, detail: string): Choice {
  return { text, detail, documentation: undefined, rank: 0 };
}

function textChoice({ object }: Resource, path: JsonPath, detail: string): readonly Choice[] {
  const text = scalarText(at(object, ...path));
  return text === undefined || text === "" ? [] : [plain(text, detail)];
}

/** Keys of ConfigMaps, Secrets, and what makes them. */
function keyChoices(resource: Resource): readonly Choice[] {
  const { object, kind } = resource;
  if (kind === "ExternalSecret")
    return arrayAt(object, "spec", "data").flatMap((_, index) =>
      textChoice(resource, ["spec", "data", index, "secretKey"], named(resource)),
    );
  return ["data", "stringData", "binaryData"].flatMap((field) =>
    Object.entries(objectAt(object, field) ?? {}).map(([text, value]) => ({
      ...plain(text, named(resource)),
      documentation: kind === "ConfigMap" && typeof value === "string" && value !== "" ? value : undefined,
    })),
  );
}

/** Ports of the same object, of a Service, or of the pods behind; names or numbers, whatever the field takes. */
function portChoices(environment: Environment, resource: Resource, mention: Mention): readonly Choice[] {
  const { row, target } = mention.relation;
  const fields = (number: string): readonly string[] =>
    row.by === "port-name" ? ["name"] : row.by === "port-number" ? [number] : ["name", number];
  if (row.within === true) {
    const ports = target.paths
      .flatMap((pattern) => mention.beside(resource.object, pattern))
      .map(({ path }) => path.slice(0, -1));
    return ports.flatMap((port) => portChoice(resource, port, [...fields("containerPort"), ...fields("port")]));
  }
  if (row.to.site === undefined) {
    return viaResources(environment, resource, mention).flatMap((service) =>
      arrayAt(service.object, "spec", "ports").flatMap((_, index) =>
        portChoice(service, ["spec", "ports", index], fields("port")),
      ),
    );
  }
  const workloads =
    row.id === "service.targetPort"
      ? resolveService(environment, resource).workloads.map((workload) => workload.resource)
      : workloadsVia(environment, resource, mention);
  return workloads.flatMap((workload) =>
    containerPaths(workload).flatMap((container) =>
      arrayAt(workload.object, ...container, "ports").flatMap((_, index) =>
        portChoice(workload, [...container, "ports", index], fields("containerPort")),
      ),
    ),
  );
}

function portChoice(resource: Resource, path: JsonPath, fields: readonly string[]): readonly Choice[] {
  const port = at(resource.object, ...path);
  const protocol = textAt(port, "protocol") ?? "TCP";
  return [...new Set(fields)].flatMap((field): readonly Choice[] => {
    const value = at(port, field);
    const text = scalarText(value);
    if (text === undefined || text === "") return [];
    const number = scalarText(at(port, "containerPort")) ?? scalarText(at(port, "port")) ?? "";
    const isNumber = typeof value === "number";
    const detail = `${number}/${protocol} · ${named(resource)}`;
    return [{ text, detail, documentation: undefined, rank: isNumber ? 1 : 0, isNumber }];
  });
}

function valueChoices(environment: Environment, resource: Resource, mention: Mention): readonly Choice[] {
  const { inside } = mention.relation.target;
  if (inside === undefined) return [];
  return ownersOf(environment, resource, mention).flatMap((owner) =>
    [...matchPattern(owner.object, inside.steps)].flatMap(({ value }) => {
      const text = scalarText(value);
      return text === undefined ? [] : [{ ...plain(text, named(owner)), isNumber: typeof value === "number" }];
    }),
  );
}

function labelKeyChoices(environment: Environment, resource: Resource, mention: Mention): readonly Choice[] {
  return viaResources(environment, resource, mention).flatMap((carrier) =>
    Object.keys(objectAt(carrier.object, "metadata", "labels") ?? {}).map((text) => plain(text, named(carrier))),
  );
}
