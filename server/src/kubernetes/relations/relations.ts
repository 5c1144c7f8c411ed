import type { JsonObject, JsonPath, JsonValue } from "../../base/json.ts";
import { textAt } from "../../base/json.ts";
import { groupOf } from "../pod-template.ts";
import { matchBeside, matchPattern, parsePattern } from "./pattern.ts";
import type { Pattern, PatternMatch } from "./pattern.ts";
import { table } from "./table.ts";
import type { FromRow, KindRow, RelationRow } from "./table.ts";

/** A relation, ready to be followed. */
export interface Relation {
  readonly row: RelationRow;
  readonly path: SitePattern;
  readonly via: SitePattern | undefined;
  readonly optional: SitePattern | undefined;
}

/** A pattern that may begin at a site: the pod spec (or its metadata) wherever a kind keeps it. */
export interface SitePattern {
  readonly site: string | undefined;
  readonly steps: Pattern;
}

/** A field of an object that names something. */
export interface Mention {
  readonly relation: Relation;
  readonly path: JsonPath;
  /** The key is the name, not its value. */
  readonly isKey: boolean;
  readonly value: JsonValue;
  /** For following other patterns of the same relation. */
  readonly beside: (object: JsonObject, pattern: SitePattern) => readonly PatternMatch[];
}

/** Every field of the object that names something, by the table. `relations`: only these. */
export function* mentionsIn(object: JsonObject, wanted?: (relation: Relation) => boolean): Generator<Mention> {
  const kind = { group: groupOf(textAt(object, "apiVersion") ?? ""), kind: textAt(object, "kind") ?? "" };
  for (const relation of relationsOf(kind)) {
    if (wanted?.(relation) === false) continue;
    for (const pattern of expand(relation.path, kind)) yield* follow(object, relation, pattern, kind);
  }
}

function* follow(object: JsonObject, relation: Relation, pattern: Pattern, kind: KindRow): Generator<Mention> {
  for (const match of matchPattern(object, pattern)) {
    const beside = (root: JsonObject, other: SitePattern): readonly PatternMatch[] =>
      expand(other, kind).flatMap((expanded) => [...matchBeside(root, expanded, pattern, match)]);
    if (!applies(object, relation, beside)) continue;
    const isKey = match.isKey;
    yield { relation, path: match.path, isKey, value: isKey ? String(match.path.at(-1)) : match.value, beside };
  }
}

function applies(object: JsonObject, { row }: Relation, beside: Mention["beside"]): boolean {
  return (row.when ?? []).every(({ path, equals }) => {
    const found = beside(object, toSitePattern(path));
    return equals === undefined ? found.length > 0 : found.some(({ value }) => value === equals);
  });
}

/** The relations of which objects of a kind can have fields. */
export function relationsOf({ group, kind }: KindRow): readonly Relation[] {
  const own = byKind.get(`${group}/${kind}`) ?? [];
  const ofSites = (sitesOfKind.get(`${group}/${kind}`) ?? []).flatMap(({ name }) => bySite.get(name) ?? []);
  return [...ofAnyKind, ...own, ...new Set(ofSites)];
}

/** The patterns of a field for one kind: one for each place where it keeps the site. */
export function expand({ site, steps }: SitePattern, { group, kind }: KindRow): readonly Pattern[] {
  if (site === undefined) return [steps];
  return (sitesOfKind.get(`${group}/${kind}`) ?? [])
    .filter(({ name }) => name === site)
    .map(({ path }) => [...path, ...steps]);
}

/** The relation of that id; throws for a misspelt one, since ids are written in code only. */
export function relationNamed(id: string): Relation {
  const found = relations.find(({ row }) => row.id === id);
  if (found === undefined) throw new Error(`There is no relation ${id}`);
  return found;
}

export function toSitePattern(text: string): SitePattern {
  const site = /^\{(?:podSpec|podMetadata|jobSpec|pvcSpec|pvSpec|claimSpec)\}/.exec(text)?.[0];
  return {
    site,
    steps: parsePattern(site === undefined ? text : text.slice(site.length).replace(/^\./, ""), table.alternatives),
  };
}

interface Site {
  readonly name: string;
  readonly path: Pattern;
}

const sitesOfKind: ReadonlyMap<string, readonly Site[]> = collectSites();

export const relations: readonly Relation[] = table.relations.map((row) => ({
  row,
  path: toSitePattern(row.path),
  via: row.via === undefined ? undefined : toSitePattern(row.via),
  optional: row.optional === undefined ? undefined : toSitePattern(row.optional),
}));

const ofAnyKind = relations.filter(({ row }) => row.from.kind === "*");
const bySite: ReadonlyMap<string, readonly Relation[]> = groupBySite();
const byKind: ReadonlyMap<string, readonly Relation[]> = groupByKind();

function groupBySite(): ReadonlyMap<string, readonly Relation[]> {
  const groups = new Map<string, Relation[]>();
  for (const relation of relations) {
    const site = relation.row.from.site === undefined ? undefined : (relation.path.site ?? relation.row.from.site);
    if (site !== undefined) groups.set(site, [...(groups.get(site) ?? []), relation]);
  }
  return groups;
}

function groupByKind(): ReadonlyMap<string, readonly Relation[]> {
  const groups = new Map<string, Relation[]>();
  for (const relation of relations) {
    for (const { group, kind } of kindsOf(relation.row.from)) {
      if (kind !== "*") groups.set(`${group}/${kind}`, [...(groups.get(`${group}/${kind}`) ?? []), relation]);
    }
  }
  return groups;
}

function kindsOf({ group, kind, anyOf }: FromRow): readonly KindRow[] {
  if (anyOf !== undefined) return anyOf;
  return group === undefined || kind === undefined ? [] : [{ group, kind }];
}

function collectSites(): ReadonlyMap<string, readonly Site[]> {
  const sites = new Map<string, Site[]>();
  const add = (key: string, name: string, path: string): void => {
    sites.set(key, [...(sites.get(key) ?? []), { name, path: parsePattern(path, table.alternatives) }]);
  };
  for (const [name, places] of Object.entries(table.sites)) {
    for (const { group, kind, path, metadata } of places) {
      add(`${group}/${kind}`, name, path);
      if (metadata !== undefined && name === "{podSpec}") add(`${group}/${kind}`, "{podMetadata}", metadata);
    }
  }
  return sites;
}
