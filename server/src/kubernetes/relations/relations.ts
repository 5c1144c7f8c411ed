import type { JsonObject, JsonPath, JsonValue } from "../../base/json.ts";
import { textAt } from "../../base/json.ts";
import { groupOf } from "../pod-template.ts";
import { alignPattern, matchBeside, parsePattern } from "./pattern.ts";
import type { Pattern, PatternMatch } from "./pattern.ts";
import { table } from "./table.ts";
import type { FromRow, KindRow, RelationRow, SiteRow } from "./table.ts";
import { PatternTrie } from "./trie.ts";

/** A relation, ready to be followed. */
export interface Relation {
  readonly row: RelationRow;
  readonly path: SitePattern;
  readonly via: SitePattern | undefined;
  readonly optional: SitePattern | undefined;
  readonly target: TargetPatterns;
}

/** The patterns of `to` and `namespace`: fields beside a mention that say what it means. */
export interface TargetPatterns {
  /** Where the same object declares the name. */
  readonly paths: readonly SitePattern[];
  /** The field that holds the kind. */
  readonly kind: SitePattern | undefined;
  readonly group: SitePattern | undefined;
  readonly apiVersion: SitePattern | undefined;
  readonly namespace: SitePattern | undefined;
  /** Where the target object declares the name. */
  readonly inside: SitePattern | undefined;
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

/** Every field of the object that names something, by the table. `wanted`: only these relations. */
export function* mentionsIn(object: JsonObject, wanted?: (relation: Relation) => boolean): Generator<Mention> {
  const kind = kindOf(object);
  for (const { entry, path, isKey, value } of trieOf(kind).matches(object)) {
    if (wanted?.(entry) === false) continue;
    const mention = mentionAt(kind, entry, path, isKey, isKey ? String(path.at(-1)) : value);
    if (applies(object, mention)) yield mention;
  }
}

/**
 * What would be named at a path (or by the map or list around it) were something written there, by the table: the value of these mentions is `null` where nothing stands.
 * The innermost comes last.
 */
export function mentionsAlong(
  object: JsonObject,
  path: JsonPath,
  valueAt: (path: JsonPath) => JsonValue | undefined,
): readonly Mention[] {
  const kind = kindOf(object);
  return trieOf(kind)
    .along(path)
    .map(({ entry, path: found, isKey }) =>
      mentionAt(kind, entry, found, isKey, isKey ? String(found.at(-1)) : (valueAt(found) ?? null)),
    )
    .filter((mention) => applies(object, mention));
}

function mentionAt(kind: KindRow, relation: Relation, path: JsonPath, isKey: boolean, value: JsonValue): Mention {
  const beside: Mention["beside"] = (root, other) => {
    for (const { pattern, place } of expandPlaces(relation.path, kind)) {
      const ends = alignPattern(pattern, path);
      if (ends === undefined) continue;
      return expandPlaces(other, kind)
        .filter((each) => place === undefined || each.place === undefined || each.place === place)
        .flatMap((each) => [...matchBeside(root, each.pattern, pattern, { path, ends })]);
    }
    return [];
  };
  return { relation, path, isKey, value, beside };
}

function applies(object: JsonObject, { relation, beside }: Mention): boolean {
  return (relation.row.when ?? []).every(({ path, equals }) => {
    const found = beside(object, toSitePattern(path));
    return equals === undefined ? found.length > 0 : found.some(({ value }) => value === equals);
  });
}

function kindOf(object: JsonObject): KindRow {
  return { group: groupOf(textAt(object, "apiVersion") ?? ""), kind: textAt(object, "kind") ?? "" };
}

/** The relations of which objects of a kind can have fields. */
export function relationsOf({ group, kind }: KindRow): readonly Relation[] {
  const own = byKind.get(`${group}/${kind}`) ?? [];
  const ofSites = sitesOf({ group, kind }).flatMap(({ name }) => bySite.get(name) ?? []);
  return [...ofAnyKind, ...own, ...new Set(ofSites)];
}

/** The patterns of a field for one kind: one for each place where it keeps the site. */
export function expand(pattern: SitePattern, kind: KindRow): readonly Pattern[] {
  return expandPlaces(pattern, kind).map((each) => each.pattern);
}

interface PlacedPattern {
  readonly pattern: Pattern;
  /** Tells the places of a kind with several pod specs apart. */
  readonly place: string | undefined;
}

function expandPlaces({ site, steps }: SitePattern, kind: KindRow): readonly PlacedPattern[] {
  if (site === undefined) return [{ pattern: steps, place: undefined }];
  return sitesOf(kind)
    .filter(({ name }) => name === site)
    .map(({ path, place }) => ({ pattern: [...path, ...steps], place }));
}

/** The relation of that id; throws for a misspelt one, since ids are written in code only. */
export function relationNamed(id: string): Relation {
  const found = relations.find(({ row }) => row.id === id);
  if (found === undefined) throw new Error(`There is no relation ${id}`);
  return found;
}

/** Reads a pattern of the table; the name of a site at its beginning says that it may begin at several places of a kind. */
export function toSitePattern(text: string): SitePattern {
  const site = /^\{(?:podSpec|podMetadata|jobSpec|pvcSpec|pvSpec|claimSpec)\}/.exec(text)?.[0];
  return {
    site,
    steps: parsePattern(site === undefined ? text : text.slice(site.length).replace(/^\./, ""), table.alternatives),
  };
}

/** A place where a kind keeps a pod spec, its metadata, or the like. */
interface Site {
  readonly name: string;
  readonly path: Pattern;
  readonly place: string;
}

function sitesOf({ group, kind }: KindRow): readonly Site[] {
  return sitesOfKind.get(`${group}/${kind}`) ?? [];
}

/** Relations whose fields can be anywhere; their fields are looked for by other means. */
const unbound: ReadonlySet<string> = new Set(["kustomize-var", "same-id"]);

export const relations: readonly Relation[] = table.relations.map((row) => ({
  row,
  path: toSitePattern(row.path),
  via: row.via === undefined ? undefined : toSitePattern(row.via),
  optional: row.optional === undefined ? undefined : toSitePattern(row.optional),
  target: targetPatterns(row),
}));

function targetPatterns({ to, namespace, inside }: RelationRow): TargetPatterns {
  const optional = (text: string | undefined): SitePattern | undefined =>
    text === undefined || text.startsWith("(") || text.includes(" of ") ? undefined : toSitePattern(text);
  const paths = [to.path, ...(to.anyOf ?? []).map(({ path }) => path)];
  return {
    paths: paths.map(optional).filter((each) => each !== undefined),
    kind: optional(to.field),
    group: optional(to.groupField),
    apiVersion: optional(to.apiVersionField),
    namespace: optional(/^path:([^|]*)/.exec(namespace)?.[1]),
    inside: optional(inside),
  };
}

const bound = relations.filter(({ row }) => !unbound.has(row.by));
const ofAnyKind = bound.filter(({ row }) => row.from.kind === "*");
const bySite: ReadonlyMap<string, readonly Relation[]> = groupBySite();
const byKind: ReadonlyMap<string, readonly Relation[]> = groupByKind();
const sitesOfKind: ReadonlyMap<string, readonly Site[]> = collectSites();
const siteTries: ReadonlyMap<string, PatternTrie<Relation>> = new Map(
  [...bySite].map(([site, members]) => [site, trieFrom(members, (relation) => [relation.path.steps])]),
);
const anyKindTrie: PatternTrie<Relation> = trieFrom(ofAnyKind, (relation) => [relation.path.steps]);
const tries: ReadonlyMap<string, PatternTrie<Relation>> = collectTries();

function trieOf({ group, kind }: KindRow): PatternTrie<Relation> {
  return tries.get(`${group}/${kind}`) ?? anyKindTrie;
}

function collectTries(): ReadonlyMap<string, PatternTrie<Relation>> {
  const made = new Map<string, PatternTrie<Relation>>();
  for (const key of new Set([...byKind.keys(), ...sitesOfKind.keys()])) {
    const slash = key.indexOf("/");
    const kind = { group: key.slice(0, slash), kind: key.slice(slash + 1) };
    const trie = trieFrom(byKind.get(key) ?? [], (relation) => expand(relation.path, kind));
    trie.graft([], anyKindTrie);
    for (const { name, path } of sitesOf(kind)) {
      const members = siteTries.get(name);
      if (members !== undefined) trie.graft(path, members);
    }
    made.set(key, trie);
  }
  return made;
}

function trieFrom(
  members: readonly Relation[],
  patternsOf: (relation: Relation) => readonly Pattern[],
): PatternTrie<Relation> {
  const trie = new PatternTrie<Relation>();
  for (const relation of members) for (const pattern of patternsOf(relation)) trie.add(pattern, relation);
  return trie;
}

function groupBySite(): ReadonlyMap<string, readonly Relation[]> {
  const groups = new Map<string, Relation[]>();
  for (const relation of bound) {
    const site = relation.row.from.site === undefined ? undefined : (relation.path.site ?? relation.row.from.site);
    if (site !== undefined) groups.set(site, [...(groups.get(site) ?? []), relation]);
  }
  return groups;
}

function groupByKind(): ReadonlyMap<string, readonly Relation[]> {
  const groups = new Map<string, Relation[]>();
  for (const relation of bound) {
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
  const add = (kind: string, site: Site): void => {
    sites.set(kind, [...(sites.get(kind) ?? []), site]);
  };
  for (const [name, places] of Object.entries(table.sites)) {
    for (const [number, row] of places.entries()) {
      if (row.site === undefined) addPlace(`${row.group}/${row.kind}`, name, row, String(number), add);
    }
  }
  for (const [name, places] of Object.entries(table.sites)) {
    for (const { site, path } of places) if (site !== undefined) addInside(sites, site, name, path, add);
  }
  return sites;
}

function addPlace(
  kind: string,
  name: string,
  { path, metadata }: SiteRow,
  place: string,
  add: (kind: string, site: Site) => void,
): void {
  add(kind, { name, path: parsePattern(path, table.alternatives), place });
  if (metadata !== undefined && name === "{podSpec}")
    add(kind, { name: "{podMetadata}", path: parsePattern(metadata, table.alternatives), place });
}

/** A site inside of another one, such as the claim templates within a pod spec. */
function addInside(
  sites: ReadonlyMap<string, readonly Site[]>,
  outer: string,
  name: string,
  path: string,
  add: (kind: string, site: Site) => void,
): void {
  const { steps } = toSitePattern(path);
  for (const [kind, own] of [...sites]) {
    for (const site of own.filter((each) => each.name === outer))
      add(kind, { name, path: [...site.path, ...steps], place: `${site.place} ${path}` });
  }
}
