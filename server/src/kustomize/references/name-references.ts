import { defaultConfig } from "../config/transformer-config.ts";
import { gvkWithDefaults, type FieldSpec, type NameReference } from "../config/field-specs.ts";
import { refuse } from "../failure.ts";
import { clusterNamespace, effectiveNamespace, type Gvk, idText, isSelected, type ResourceId } from "../identity.ts";
import { note, type Resource } from "../resource.ts";
import { applyFieldSpec } from "../tree/field-spec.ts";
import { field, get, lookup, setField, setScalar } from "../tree/fields.ts";
import { isMissing, Node, noTag, textOf } from "../tree/node.ts";

/**
 * Gives references the new names of the objects that were renamed. kustomize api, internal/accumulator/namereferencetransformer.go and
 * filters/nameref/nameref.go, v0.21.2.
 */
export function fixNameReferences(resources: readonly Resource[], references: readonly NameReference[]): void {
  const candidates = resources.map((resource) => ({
    resource,
    id: resource.id,
    originalNamespace: effectiveNamespace(resource.originalId),
  }));
  const renamed = byPreviousName(candidates);
  if (renamed.size === 0 && references === defaultConfig.nameReference) return;
  for (const resource of resources) {
    const original = resource.originalId;
    const referrer = new Referrer(resource, candidates, renamed);
    for (const { spec, target } of referencesOf(original.kind, references))
      if (isSelected(original, spec)) referrer.fix(spec, target);
  }
}

interface FieldReference {
  readonly spec: FieldSpec;
  readonly target: Gvk;
}

/** What objects of a kind may refer to. */
const referencesByKind = new WeakMap<readonly NameReference[], Map<string, readonly FieldReference[]>>();

function referencesOf(kind: string, references: readonly NameReference[]): readonly FieldReference[] {
  const known = referencesByKind.get(references) ?? new Map<string, readonly FieldReference[]>();
  referencesByKind.set(references, known);
  const found =
    known.get(kind) ??
    references.flatMap((reference) =>
      reference.fieldSpecs
        .filter((spec) => !spec.kind || spec.kind === kind)
        .map((spec) => ({ spec, target: gvkWithDefaults(reference) })),
    );
  known.set(kind, found);
  return found;
}

type CandidatesByName = ReadonlyMap<string, readonly Candidate[]>;

interface Candidate {
  readonly resource: Resource;
  readonly id: ResourceId;
  readonly originalNamespace: string;
}

function byPreviousName(candidates: readonly Candidate[]): CandidatesByName {
  const result = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    for (const name of new Set(candidate.resource.previousIds.map((id) => id.name))) {
      const known = result.get(name);
      if (known === undefined) result.set(name, [candidate]);
      else known.push(candidate);
    }
  }
  return result;
}

/** An object that may refer to others. */
class Referrer {
  readonly #resource: Resource;
  readonly #id: ResourceId;
  readonly #candidates: readonly Candidate[];
  readonly #renamed: CandidatesByName;
  readonly #subjectNamespaces: ReadonlySet<string>;

  constructor(resource: Resource, candidates: readonly Candidate[], renamed: CandidatesByName) {
    this.#resource = resource;
    this.#id = resource.id;
    this.#candidates = candidates;
    this.#renamed = renamed;
    this.#subjectNamespaces = serviceAccountNamespaces(resource.node);
  }

  fix(spec: FieldSpec, target: Gvk): void {
    applyFieldSpec(this.#resource.node, spec, { set: (node) => this.#set(node, spec, target) });
  }

  #set(node: Node, spec: FieldSpec, target: Gvk): void {
    if (isMissing(node)) return;
    if (node.kind === "scalar") this.#setName(node, spec, target);
    else if (node.kind === "map") this.#setNameAndNamespace(node, spec, target);
    else for (const item of node.items) if (!isMissing(item) && item.kind !== "list") this.#set(item, spec, target);
  }

  #setName(node: Node, spec: FieldSpec, target: Gvk): void {
    const found = this.#select(node.text, spec, target, () => true, sameName);
    if (found !== undefined && found.name !== node.text) setScalar(node, Node.scalar(found.name, noTag, node.origin));
  }

  #setNameAndNamespace(node: Node, spec: FieldSpec, target: Gvk): void {
    const name = get(node, "name");
    if (name === undefined)
      return refuse(
        "other",
        `updating name reference in '${spec.path}' field of '${idText(this.#id)}': path config error; no 'name' field in node`,
        node.origin,
      );
    const found = this.#select(name.text, spec, target, this.#namespaceFilter(node), sameNameAndNamespace);
    if (found === undefined || (found.name === name.text && found.namespace === "")) return;
    setField(node, "name", Node.scalar(found.name, noTag, name.origin));
    if (found.namespace !== "")
      setField(
        node,
        "namespace",
        Node.scalar(found.namespace, noTag, lookup(found.node, ["metadata", "namespace"])?.origin),
      );
  }

  /** Objects whose first namespace is the written one; where no object at all has it, those whose present one is. */
  #namespaceFilter(node: Node): (candidate: Candidate) => boolean {
    const written = get(node, "namespace");
    if (written === undefined) return () => true;
    const isOriginal = ({ originalNamespace }: Candidate): boolean => isNamespace(originalNamespace, written.text);
    const hasOriginal = this.#candidates.some((candidate) => isOriginal(candidate) && this.#mayReach(candidate));
    return hasOriginal ? isOriginal : ({ id }) => isNamespace(effectiveNamespace(id), written.text);
  }

  /** kustomize api, filters/nameref/nameref.go, selectReferral. */
  #select(
    name: string,
    spec: FieldSpec,
    target: Gvk,
    accepts: (candidate: Candidate) => boolean,
    same: (a: Resource, b: Resource) => boolean,
  ): Resource | undefined {
    const role = roleOf(this.#resource.node, spec);
    const named = (this.#renamed.get(name) ?? [])
      .filter((candidate) => this.#mayReach(candidate) && accepts(candidate))
      .map(({ resource }) => resource)
      .filter(({ previousIds }) => previousIds.some((id) => isSelected(id, target)))
      .filter(({ previousIds }) => role === undefined || previousIds.some((id) => isSelected(id, role)))
      .filter((resource) => this.#seesNamespaceOf(resource));
    if (named.length === 1) return named[0];
    let close = named.filter((resource) => this.#sharesAffixes(resource, true));
    if (close.length > 1) close = close.filter((resource) => this.#sharesAffixes(resource, false));
    const [first, ...others] = close;
    if (first === undefined || others.every((other) => same(first, other))) return first;
    return refuse(
      "conflict",
      `found multiple possible referrals: ${close.map(({ id }) => idText(id)).join(", ")}`,
      this.#resource.node.origin,
    );
  }

  /** kustomize api, resmap/reswrangler.go, SubsetThatCouldBeReferencedByResource, v0.21.2. */
  #mayReach({ id }: Candidate): boolean {
    if (this.#id.clusterScoped || id.clusterScoped) return true;
    return effectiveNamespace(id) === effectiveNamespace(this.#id) || this.#subjectNamespaces.has(id.namespace);
  }

  #seesNamespaceOf(resource: Resource): boolean {
    if (this.#id.clusterScoped || resource.kind === "ServiceAccount") return true;
    const { id } = resource;
    return id.clusterScoped || effectiveNamespace(id) === effectiveNamespace(this.#id);
  }

  #sharesAffixes(resource: Resource, allowsNone: boolean): boolean {
    return [note.prefixes, note.suffixes].every((name) => {
      const own = this.#resource.noteList(name);
      const other = resource.noteList(name);
      return (allowsNone && (own.length === 0 || other.length === 0)) || endAlike(own, other);
    });
  }
}

function isNamespace(namespace: string, written: string): boolean {
  return namespace === written && namespace !== clusterNamespace;
}

/** kustomize api, internal/utils/stringslice.go, SameEndingSubSlice, v0.21.2. */
function endAlike(a: readonly string[], b: readonly string[]): boolean {
  const length = Math.min(a.length, b.length);
  if (length === 0) return a.length === b.length;
  return a.slice(a.length - length).every((part, index) => part === b[b.length - length + index]);
}

function sameName(a: Resource, b: Resource): boolean {
  return a.name === b.name;
}

function sameNameAndNamespace(a: Resource, b: Resource): boolean {
  return a.name === b.name && a.namespace === b.namespace;
}

/** The kind that a role binding's `roleRef` names, for references through it. */
function roleOf(node: Node, { path }: FieldSpec): Partial<Gvk> | undefined {
  if (!path.endsWith("roleRef/name")) return undefined;
  const group = lookup(node, ["roleRef", "apiGroup"]);
  const kind = lookup(node, ["roleRef", "kind"]);
  return group === undefined || kind === undefined ? undefined : { group: group.text, kind: kind.text };
}

function serviceAccountNamespaces(node: Node): ReadonlySet<string> {
  if (field(node, "kind")?.text !== "RoleBinding") return new Set();
  const accounts = (field(node, "subjects")?.items ?? []).filter(
    (subject) => textOf(field(subject, "kind")) === "ServiceAccount",
  );
  return new Set(
    accounts.map((subject) => textOf(field(subject, "namespace"))).filter((namespace) => namespace !== ""),
  );
}
