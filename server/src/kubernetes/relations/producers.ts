import { parsePattern } from "./pattern.ts";
import type { Pattern } from "./pattern.ts";
import { table } from "./table.ts";
import type { KindRow, ProducerRow } from "./table.ts";

/** An object that makes names of other objects. */
export interface Producer {
  readonly row: ProducerRow;
  readonly from: readonly KindRow[];
  /** One of these must be there, where there are any. */
  readonly annotations: readonly string[];
  readonly type: string | undefined;
  /** The first whose fields are there counts. */
  readonly recipes: readonly NameRecipe[];
}

/** `prometheus-$(metadata.name)`: the fields, and how they make the name. */
export interface NameRecipe {
  readonly fields: readonly Pattern[];
  /** The source of a regular expression for the names. */
  readonly expression: (texts: readonly string[]) => string;
  /** The name, `undefined` where a part of it is only known in the cluster. */
  readonly text: (texts: readonly string[]) => string | undefined;
}

/** Whatever makes objects of a kind with names that can be told. */
export function producersOfKind(group: string, kind: string): readonly Producer[] {
  return byKind.get(`${group}/${kind}`) ?? [];
}

const byKind: ReadonlyMap<string, readonly Producer[]> = groupByKind();

function groupByKind(): ReadonlyMap<string, readonly Producer[]> {
  const groups = new Map<string, Producer[]>();
  for (const row of table.producers) {
    const { group, kind } = row.to;
    const recipes = row.name.split(" or ").flatMap(parseRecipe);
    const from =
      row.from.anyOf ?? (row.from.kind === undefined ? [] : [{ group: row.from.group ?? "", kind: row.from.kind }]);
    if (group === undefined || kind === undefined || kind === "*" || recipes.length === 0 || from.length === 0)
      continue;
    const key = `${group}/${kind}`;
    groups.set(key, [...(groups.get(key) ?? []), { row, from, recipes, ...conditionsOf(row.when) }]);
  }
  return groups;
}

function conditionsOf(when: string | undefined): Pick<Producer, "annotations" | "type"> {
  return {
    annotations: when?.startsWith("annotation ") === true ? when.slice("annotation ".length).split(" or ") : [],
    type: when?.startsWith("type ") === true ? when.slice("type ".length) : undefined,
  };
}

/** What takes the place of parts that only the cluster knows. */
const unknownParts: readonly (readonly [word: RegExp, expression: string])[] = [
  [/HASH10|HASH|RANDOM5|UID/g, "[a-z0-9]+"],
  [/ORDINAL|INDEX|MINUTES|UNIXTIME|REVISION|NNNNN|\bN\b/g, "\\d+"],
];

function parseRecipe(text: string): readonly NameRecipe[] {
  const pieces = text
    .trim()
    .replace(/ when .*/, "")
    .split(/(\$\([^)]*\))/);
  const fields = pieces.flatMap((piece) => /^\$\((.*)\)$/.exec(piece)?.[1] ?? []);
  if (fields.length === 0 || /[ (…]/.test(pieces.filter((piece) => !piece.startsWith("$(")).join(""))) return [];
  if (fields.some((field) => field.startsWith("{")) || /PODNAME/.test(text)) return [];
  const isOpen = pieces.some((piece) => !piece.startsWith("$(") && /[A-Z{]/.test(piece));
  const join = (
    texts: readonly string[],
    literal: (piece: string) => string,
    value: (text: string) => string,
  ): string => {
    const rest = [...texts];
    return pieces.map((piece) => (piece.startsWith("$(") ? value(rest.shift() ?? "") : literal(piece))).join("");
  };
  return [
    {
      fields: fields.map((field) => parsePattern(field, table.alternatives)),
      expression: (texts) => join(texts, literalExpression, escapeExpression),
      text: (texts) =>
        isOpen
          ? undefined
          : join(
              texts,
              (piece) => piece,
              (value) => value,
            ),
    },
  ];
}

/** `-{rw,ro,r}` as `-(?:rw|ro|r)`, `-ORDINAL` as `-\d+`. */
function literalExpression(piece: string): string {
  const alternatives = piece.replace(/\{([^}]*)\}/g, (_, list: string) => `(?:${list.replaceAll(",", "|")})`);
  return unknownParts.reduce((text, [word, expression]) => text.replace(word, expression), alternatives);
}

function escapeExpression(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
