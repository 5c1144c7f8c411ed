import data from "./relations.json" with { type: "json" };

/**
 * Which field names what: 606 relations between kinds (Kubernetes v1.36, custom resources as their CRDs of 2026), each field path checked against the Go types or the CRD's schema.
 * Adding a relation is adding a row to `relations.json`.
 */
export interface RelationRow {
  readonly id: string;
  readonly from: FromRow;
  readonly path: string;
  readonly to: ToRow;
  /** What of the target the text is: its name, a key of its data, a port … */
  readonly by: string;
  /** Where the target lives: `same`, `cluster`, `any`, `selected`, `fixed:NS`, `path:FIELD|same` … */
  readonly namespace: string;
  /** The field that picks the object inside of which a key, port or subset is looked up. */
  readonly via?: string;
  readonly optional?: string;
  readonly when?: readonly { readonly path: string; readonly equals?: string }[];
  readonly format?: string;
  readonly within?: boolean;
  /** Where the objects of `to` declare the value that is meant. */
  readonly inside?: string;
  /** Targets that exist without being written. */
  readonly implicit?: readonly string[];
  readonly missing: string;
}

export interface KindRow {
  readonly group: string;
  readonly kind: string;
}

export interface FromRow extends Partial<KindRow> {
  readonly site?: string;
  readonly anyOf?: readonly KindRow[];
}

export interface ToRow extends Partial<KindRow> {
  readonly site?: string;
  readonly path?: string;
  readonly external?: string;
  readonly field?: string;
  readonly groupField?: string;
  readonly apiVersionField?: string;
  readonly default?: KindRow;
  readonly anyOf?: readonly (Partial<KindRow> & { readonly path?: string })[];
}

/** A place where other objects hold a pod spec (or the like). */
export interface SiteRow extends KindRow {
  /** Instead of a kind: wherever that site is. */
  readonly site?: string;
  readonly path: string;
  readonly metadata?: string;
  readonly selector?: string;
  /** Only some fields of a pod spec stand there: follow what they name, report nothing as missing. */
  readonly partial?: boolean;
}

export interface ProducerRow {
  readonly id: string;
  readonly from: FromRow;
  readonly to: ToRow;
  /** `$(spec.secretName)`, with `or` between alternatives. */
  readonly name: string;
  readonly namespace: string;
  readonly keys?: string | readonly string[];
  readonly when?: string;
}

interface Table {
  readonly alternatives: Readonly<Record<string, readonly string[]>>;
  readonly sites: Readonly<Record<string, readonly SiteRow[]>>;
  readonly relations: readonly RelationRow[];
  readonly producers: readonly ProducerRow[];
}

export const table: Table = data as unknown as Table;
