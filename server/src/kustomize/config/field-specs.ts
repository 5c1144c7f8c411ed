import { groupBy } from "../../base/group.ts";
import { refuse } from "../failure.ts";
import { compareGvk, type Gvk, gvkText, isSelected } from "../identity.ts";

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
  const byPath = groupBy(result, ({ path }) => path);
  for (const spec of incoming) {
    const known = byPath.get(spec.path)?.find((other) => isSelected(gvkWithDefaults(other), spec));
    if (known === undefined) {
      result.push(spec);
      byPath.set(spec.path, [...(byPath.get(spec.path) ?? []), spec]);
    } else if ((known.create ?? false) !== (spec.create ?? false))
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
  const places = new Map<string, number>();
  for (const [place, reference] of result.entries())
    if (!places.has(keyOf(reference))) places.set(keyOf(reference), place);
  for (const reference of incoming) {
    const place = places.get(keyOf(reference));
    if (place === undefined) {
      places.set(keyOf(reference), result.push(reference) - 1);
      continue;
    }
    const known = result[place]!;
    const fieldSpecs = mergeFieldSpecs(known.fieldSpecs, reference.fieldSpecs, "NameReference");
    result[place] = { ...known, fieldSpecs };
  }
  return result;
}

function keyOf(reference: NameReference): string {
  return gvkText(gvkWithDefaults(reference));
}

/** Specs in the order of their kinds. */
export function sortByKind<Spec extends Partial<Gvk>>(specs: readonly Spec[]): readonly Spec[] {
  return specs.toSorted((a, b) => compareGvk(gvkWithDefaults(a), gvkWithDefaults(b)));
}
