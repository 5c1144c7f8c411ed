import { refuse } from "../failure.ts";
import { compareGvk, type Gvk, isSelected, sameGvk } from "../identity.ts";

/** One field of one kind of object; parts of the kind that are absent mean any. The path's parts are separated by `/`, `\/` is a slash. */
export interface FieldSpec extends Partial<Gvk> {
  readonly path: string;
  /** Whether the field is made where it is missing. */
  readonly create?: boolean;
}

/** The fields that hold the name of an object of the kind. */
export interface NameReference extends Partial<Gvk> {
  readonly fieldSpecs: readonly FieldSpec[];
}

/** A gvk whose absent parts are empty texts. */
export function gvkWithDefaults(partial: Partial<Gvk>): Gvk {
  return { group: partial.group ?? "", version: partial.version ?? "", kind: partial.kind ?? "" };
}

/** Adds the specs that are not covered yet. kustomize api, types/fieldspec.go, FsSlice.MergeAll, v0.21.2. */
export function mergeFieldSpecs(
  specs: readonly FieldSpec[],
  incoming: readonly FieldSpec[],
  name?: string,
): readonly FieldSpec[] {
  const result = [...specs];
  for (const spec of incoming) {
    const known = result.find((other) => other.path === spec.path && isSelected(gvkWithDefaults(other), spec));
    if (known === undefined) result.push(spec);
    else if ((known.create ?? false) !== (spec.create ?? false))
      refuse("other", `${name === undefined ? "" : `failed to merge ${name} fieldSpec: `}conflicting fieldspecs`);
  }
  return result;
}

/** kustomize api, internal/plugins/builtinconfig/namebackreferences.go, mergeAll, v0.21.2. */
export function mergeNameReferences(
  references: readonly NameReference[],
  incoming: readonly NameReference[],
): readonly NameReference[] {
  const result = [...references];
  for (const reference of incoming) {
    const index = result.findIndex((other) => sameGvk(gvkWithDefaults(other), gvkWithDefaults(reference)));
    const known = result[index];
    if (known === undefined) result.push(reference);
    else
      result[index] = {
        ...known,
        fieldSpecs: mergeFieldSpecs(known.fieldSpecs, reference.fieldSpecs, "NameReference"),
      };
  }
  return result;
}

/** Specs in the order of their kinds. */
export function sortByKind<Spec extends Partial<Gvk>>(specs: readonly Spec[]): readonly Spec[] {
  return specs.toSorted((a, b) => compareGvk(gvkWithDefaults(a), gvkWithDefaults(b)));
}
