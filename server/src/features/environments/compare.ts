import * as l10n from "@vscode/l10n";
import { arrayAt, at, isArray, isObject, scalarText, textAt, textMapAt } from "../../base/json.ts";
import type { JsonObject, JsonPath, JsonValue } from "../../base/json.ts";
import { groupOf, podTemplatePath } from "../../kubernetes/pod-template.ts";
import type { Resource } from "../../index/types.ts";
import { cursorAt, resourceOf } from "../context.ts";
import type { Cursor, FileContext } from "../context.ts";
import { labelsText, named } from "../describe.ts";
import { PageWriter } from "../page.ts";
import type { Page } from "../page.ts";
import { table } from "../preview/table.ts";
import type { Labels } from "./why.ts";

interface Column {
  readonly name: string;
  readonly resource: Resource;
}

/** One object side by side in all its environments; `undefined` where no object stands. */
export function compareEnvironments(context: FileContext, offset: number, labels: Labels): Page | undefined {
  const cursor = cursorAt(context, offset);
  if (cursor?.subject === undefined) return undefined;
  const columns = columnsOf(context, cursor, labels);
  const facts = factRows.flatMap(({ title, read }) => rowOf(title(), columns, read));
  const writer = new PageWriter();
  const name = named(cursor.subject.resource);
  const title =
    columns.length === 1
      ? l10n.t("{0} in one environment", name)
      : l10n.t("{0} in {1} environments", name, columns.length);
  writer.line(title).blank();
  writer.line(table(["", ...columns.map((column) => column.name)], facts)).blank();
  const differences = differingPaths(columns).slice(0, mostDifferences);
  if (differences.length === 0) return writer.line(l10n.t("All else is equal.")).page(name);
  writer.heading(2, l10n.t("What differs"));
  const rows = differences.flatMap((path) =>
    rowOf(path.join("."), columns, (object) => scalarText(at(object, ...path))),
  );
  return writer.line(table(["", ...columns.map((column) => column.name)], rows)).page(name);
}

const mostDifferences = 60;

function columnsOf(
  { environments, file }: FileContext,
  { document, subject }: Cursor,
  labels: Labels,
): readonly Column[] {
  return environments.flatMap((environment) => {
    const resource = subject === undefined ? undefined : resourceOf(environment, file, document, subject.facts);
    return resource === undefined ? [] : [{ name: labels.environment(environment.name) || ".", resource }];
  });
}

const factRows: readonly { readonly title: () => string; readonly read: (object: JsonObject) => string | undefined }[] =
  [
    { title: () => l10n.t("Namespace"), read: (object) => scalarText(at(object, "metadata", "namespace")) },
    { title: () => l10n.t("Name"), read: (object) => scalarText(at(object, "metadata", "name")) },
    { title: () => l10n.t("Replicas"), read: (object) => scalarText(at(object, "spec", "replicas")) },
    { title: () => l10n.t("Images"), read: (object) => containerTexts(object, ["image"]) },
    { title: () => l10n.t("Container ports"), read: (object) => containerPorts(object) },
    { title: () => l10n.t("Ports"), read: (object) => portsText(arrayAt(object, "spec", "ports")) },
    { title: () => l10n.t("Selector"), read: selectorText },
    {
      title: () => l10n.t("Surge"),
      read: (object) => scalarText(at(object, "spec", "strategy", "rollingUpdate", "maxSurge")),
    },
    {
      title: () => l10n.t("Unavailable"),
      read: (object) =>
        scalarText(
          at(object, "spec", "strategy", "rollingUpdate", "maxUnavailable") ??
            at(object, "spec", "updateStrategy", "rollingUpdate", "maxUnavailable"),
        ),
    },
  ];

/** A row, unless no environment has a value. */
function rowOf(
  title: string,
  columns: readonly Column[],
  read: (object: JsonObject) => string | undefined,
): readonly (readonly string[])[] {
  const values = columns.map(({ resource }) => read(resource.object));
  return values.every((value) => value === undefined || value === "")
    ? []
    : [[title, ...values.map((value) => value ?? "—")]];
}

function containersOf(object: JsonObject): readonly JsonValue[] {
  const template = podTemplatePath(groupOf(textAt(object, "apiVersion") ?? ""), textAt(object, "kind") ?? "");
  return template === undefined ? [] : arrayAt(object, ...template, "spec", "containers");
}

function containerTexts(object: JsonObject, path: JsonPath): string {
  return containersOf(object)
    .flatMap((container) => scalarText(at(container, ...path)) ?? [])
    .join(", ");
}

function containerPorts(object: JsonObject): string {
  return containersOf(object)
    .flatMap((container) => arrayAt(container, "ports"))
    .flatMap((port) => scalarText(at(port, "containerPort")) ?? [])
    .join(", ");
}

function portsText(ports: readonly JsonValue[]): string {
  return ports
    .map((port) =>
      [scalarText(at(port, "port")), scalarText(at(port, "targetPort"))]
        .filter((text) => text !== undefined)
        .join(" → "),
    )
    .join(", ");
}

function selectorText(object: JsonObject): string {
  const path = object["kind"] === "Service" ? ["spec", "selector"] : ["spec", "selector", "matchLabels"];
  return labelsText(textMapAt(object, ...path));
}

/** Paths of scalars that are not the same in all environments. */
function differingPaths(columns: readonly Column[]): readonly JsonPath[] {
  const paths = new Map<string, JsonPath>();
  for (const { resource } of columns)
    for (const path of scalarPaths(resource.object, [])) paths.set(path.join("\u0000"), path);
  return [...paths.values()].filter(
    (path) => new Set(columns.map(({ resource }) => scalarText(at(resource.object, ...path)))).size > 1,
  );
}

function scalarPaths(value: JsonValue, path: JsonPath): readonly JsonPath[] {
  if (isArray(value)) return value.flatMap((item, index) => scalarPaths(item, [...path, index]));
  if (!isObject(value)) return [path];
  return Object.entries(value).flatMap(([key, entry]) => scalarPaths(entry, [...path, key]));
}
