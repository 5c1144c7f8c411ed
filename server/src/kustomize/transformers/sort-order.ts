import { compareCodePoints } from "../../base/json.ts";
import { refuse } from "../failure.ts";
import {
  compareGvk,
  gvkSortText,
  gvkText,
  kindsFirst,
  kindsLast,
  rankOf,
  type ResourceId,
  sameGvk,
} from "../identity.ts";
import type { Resource } from "../resource.ts";
import type { Settings } from "../settings/settings.ts";

/** The objects in the order in which they are printed. kustomize api, internal/builtins/SortOrderTransformer.go, v0.21.2. */
export function sortResources(resources: readonly Resource[], options: Settings | undefined): readonly Resource[] {
  const order = options === undefined ? "legacy" : options.text("order");
  if (order !== "legacy" && order !== "fifo")
    refuse(
      "invalid-kustomization",
      "the field 'sortOptions.order' must be one of [fifo, legacy]",
      options?.at("order"),
    );
  const hasLists = options?.has("legacySortOptions") === true;
  if (order === "fifo" && hasLists) {
    const message =
      "the field 'sortOptions.legacySortOptions' is set but the selected sort order is 'fifo', not 'legacy'";
    refuse("invalid-kustomization", message, options.at("legacySortOptions"));
  }
  if (order === "fifo") return resources;
  const lists = hasLists ? options.child("legacySortOptions") : undefined;
  const kinds = (name: string, defaults: readonly string[]): readonly string[] =>
    lists?.texts(name).map(({ text }) => text) ?? defaults;
  const rank = rankOf(kinds("orderFirst", kindsFirst), kinds("orderLast", kindsLast));
  const keyed = resources.map((resource) => ({ resource, id: resource.id }));
  return keyed.sort((a, b) => compareIds(a.id, b.id, rank)).map(({ resource }) => resource);
}

function compareIds(a: ResourceId, b: ResourceId, rank: (kind: string) => number): number {
  if (sameGvk(a, b)) return compareCodePoints(idSortText(a), idSortText(b));
  const bothNamespaces = a.kind === "Namespace" && b.kind === "Namespace" && (a.group === "" || b.group === "");
  return bothNamespaces ? compareCodePoints(gvkSortText(b), gvkSortText(a)) : compareGvk(a, b, rank);
}

function idSortText(id: ResourceId): string {
  return `${gvkText(id)}|${id.namespace || "~X"}|${id.name || "~N"}`;
}
