import type { FieldSpec } from "../config/field-specs.ts";
import type { Resource, TextMap } from "../resource.ts";
import { sortedTexts } from "../resource.ts";
import { applyFieldSpecs, entrySetter } from "../tree/field-spec.ts";
import { Node, stringTag } from "../tree/node.ts";

/** Adds labels or annotations to the fields that the specs name. kustomize api, filters/labels and filters/annotations, v0.21.2. */
export function addTexts(resources: readonly Resource[], texts: TextMap, specs: readonly FieldSpec[]): void {
  for (const resource of resources) {
    for (const [name, { text, origin }] of sortedTexts(texts)) {
      const value = Node.scalar(text, stringTag, origin);
      applyFieldSpecs(resource.node, specs, { set: entrySetter(name, value), createKind: "map" });
    }
  }
}
