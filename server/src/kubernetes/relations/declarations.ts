import { textAt } from "../../base/json.ts";
import type { JsonObject, JsonPath } from "../../base/json.ts";
import type { SpanPart } from "../../base/span-table.ts";
import { groupOf } from "../pod-template.ts";
import { alignPattern } from "./pattern.ts";
import { expand, relations, relationsOf, toSitePattern } from "./relations.ts";
import type { SitePattern } from "./relations.ts";
import type { KindRow } from "./table.ts";

/** What an object can declare for others, or for itself, to name. */
export type DeclarationType =
  | "object"
  | "pod-label"
  | "label"
  | "container-port"
  | "service-port"
  | "port-number"
  | "key"
  | "container"
  | "volume"
  | "variable"
  | "value";

/** A place where a name is given. */
export interface DeclarationPlace {
  readonly type: DeclarationType;
  readonly part: SpanPart;
}

interface DeclarationRow extends DeclarationPlace {
  readonly kinds: readonly KindRow[] | "*";
  readonly pattern: SitePattern;
}

/** What is declared at a path of an object; `undefined` where nothing is. */
export function declarationAt(object: JsonObject, path: JsonPath): DeclarationPlace | undefined {
  const kind = { group: groupOf(textAt(object, "apiVersion") ?? ""), kind: textAt(object, "kind") ?? "" };
  const isHere = ({ kinds, pattern }: DeclarationRow): boolean =>
    (kinds === "*" || kinds.some((each) => each.group === kind.group && each.kind === kind.kind)) &&
    expand(pattern, kind).some((each) => alignPattern(each, path) !== undefined);
  return (
    fixed.find(isHere) ??
    inside.find(isHere) ??
    relationsOf(kind)
      .filter(({ row }) => row.within === true && row.by !== "field-path" && !row.by.startsWith("label"))
      .flatMap(({ row, target }) =>
        target.paths.map((pattern) => ({ kinds: "*" as const, pattern, ...typeOf(row.by) })),
      )
      .find(isHere)
  );
}

function typeOf(by: string): DeclarationPlace {
  const types: Readonly<Record<string, DeclarationType>> = {
    "volume-name": "volume",
    "container-name": "container",
    "env-name": "variable",
    "port-name": "container-port",
    "port-name-or-number": "container-port",
    "port-number": "port-number",
  };
  return { type: types[by] ?? "value", part: "value" };
}

function row(
  pattern: string,
  type: DeclarationType,
  part: SpanPart,
  kinds: readonly KindRow[] | "*" = "*",
): DeclarationRow {
  return { kinds, pattern: toSitePattern(pattern), type, part };
}

const services = [{ group: "", kind: "Service" }];
const dataKinds = [
  { group: "", kind: "ConfigMap" },
  { group: "", kind: "Secret" },
];

/** What no relation's target path tells. */
const fixed: readonly DeclarationRow[] = [
  row("metadata.name", "object", "value"),
  row("{podMetadata}.labels.~key", "pod-label", "entry"),
  row("metadata.labels.~key", "label", "entry"),
  row("{podSpec}.{container}.name", "container", "value"),
  row("{podSpec}.{container}.ports[*].name", "container-port", "value"),
  row("{podSpec}.{container}.ports[*].containerPort", "port-number", "value"),
  row("{podSpec}.volumes[*].name", "volume", "value"),
  row("{podSpec}.{container}.env[*].name", "variable", "value"),
  row("spec.volumeClaimTemplates[*].metadata.name", "volume", "value", [{ group: "apps", kind: "StatefulSet" }]),
  row("spec.ports[*].name", "service-port", "value", services),
  row("spec.ports[*].port", "port-number", "value", services),
  row("{data,stringData,binaryData}.~key", "key", "key", dataKinds),
];

/** Names inside of other objects. */
const inside: readonly DeclarationRow[] = relations.flatMap(({ row: { to, by }, target }) =>
  target.inside === undefined
    ? []
    : [
        {
          kinds: to.anyOf?.flatMap(({ group, kind }) =>
            group === undefined || kind === undefined ? [] : [{ group, kind }],
          ) ?? [{ group: to.group ?? "", kind: to.kind ?? "" }],
          pattern: target.inside,
          ...typeOf(by),
        },
      ],
);
