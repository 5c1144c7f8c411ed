import type { FieldSpec } from "../config/field-specs.ts";
import { isSelected, type ResourceId } from "../identity.ts";
import { type LocatedText, note } from "../resource.ts";
import type { ResourceMap } from "../resource-map.ts";
import { setScalar } from "../tree/fields.ts";
import { applyFieldSpecs } from "../tree/field-spec.ts";
import { Node, noTag, stringTag } from "../tree/node.ts";

/** Puts a prefix before names. kustomize api, internal/builtins/PrefixTransformer.go, v0.21.2. */
export function addPrefix(resources: ResourceMap, prefix: LocatedText, specs: readonly FieldSpec[]): void {
  rename(resources, prefix, specs, note.prefixes, (name) => prefix.text + name);
}

/** Puts a suffix behind names. kustomize api, internal/builtins/SuffixTransformer.go, v0.21.2. */
export function addSuffix(resources: ResourceMap, suffix: LocatedText, specs: readonly FieldSpec[]): void {
  rename(resources, suffix, specs, note.suffixes, (name) => name + suffix.text);
}

function rename(
  resources: ResourceMap,
  added: LocatedText,
  specs: readonly FieldSpec[],
  noteName: string,
  change: (name: string) => string,
): void {
  for (const resource of resources.resources) {
    const id = resource.originalId;
    if (keepsItsName(id)) continue;
    for (const spec of specs) {
      if (!isSelected(id, spec)) continue;
      if (spec.path === "metadata/name") {
        resource.appendNote(noteName, added.text);
        if (added.text !== "") resource.storePreviousId();
      }
      const set = (node: Node): void => setScalar(node, Node.scalar(change(node.text), noTag, added.origin));
      applyFieldSpecs(resource.node, [spec], { set, createKind: "scalar", createTag: stringTag });
    }
  }
}

function keepsItsName(id: ResourceId): boolean {
  return (
    id.kind === "CustomResourceDefinition" ||
    id.kind === "Namespace" ||
    (id.kind === "APIService" && id.group === "apiregistration.k8s.io")
  );
}
