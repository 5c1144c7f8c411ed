import { note, type Resource } from "../resource.ts";
import { field, lookup } from "../tree/fields.ts";
import { isEmpty } from "../tree/node.ts";
import type { MergeSchemas } from "./merge-schema.ts";
import { mergeNodes } from "./strategic-merge.ts";

/**
 * Merges a patch into an object, which keeps its name, namespace and kind unless the patch may change them.
 * kustomize api, resource/resource.go, ApplySmPatch, v0.21.2.
 */
export function applyStrategicMerge(resource: Resource, patch: Resource, schemas: MergeSchemas): void {
  const { name, namespace, kind } = resource;
  const nameAt = lookup(resource.node, ["metadata", "name"])?.origin;
  const namespaceAt = lookup(resource.node, ["metadata", "namespace"])?.origin;
  const kindAt = field(resource.node, "kind")?.origin;
  const changesName = patch.isEnabled(note.allowNameChange);
  const changesKind = patch.isEnabled(note.allowKindChange);
  if (changesName || changesKind) resource.storePreviousId();
  // kustomize looks at the result only for whether there is one: `$patch: replace` of a whole object changes nothing.
  const merged = mergeNodes(resource.node, patch.node, schemas);
  if (merged === undefined || isEmpty(resource.node)) {
    resource.deleted = true;
    return;
  }
  if (!changesKind) resource.setKind(kind, kindAt);
  if (!changesName) resource.setName(name, nameAt);
  resource.setNamespace(namespace, namespaceAt);
}
