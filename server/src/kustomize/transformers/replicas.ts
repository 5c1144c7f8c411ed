import type { FieldSpec } from "../config/field-specs.ts";
import { gvkWithDefaults } from "../config/field-specs.ts";
import { refuse } from "../failure.ts";
import { gvkText, isSelected } from "../identity.ts";
import type { ResourceMap } from "../resource-map.ts";
import type { Settings } from "../settings/settings.ts";
import { applyFieldSpecs, entrySetter } from "../tree/field-spec.ts";
import { intTag, Node } from "../tree/node.ts";

/** Sets the replicas of the objects that have or had the name. kustomize api, internal/builtins/ReplicaCountTransformer.go, v0.21.2. */
export function setReplicas(resources: ResourceMap, replica: Settings, specs: readonly FieldSpec[]): void {
  const name = replica.text("name");
  let isFound = false;
  for (const spec of specs) {
    for (const resource of resources.matchingAnyId((id) => id.name === name && isSelected(id, spec))) {
      isFound = true;
      const value = Node.scalar(String(replica.number("count")), intTag, replica.at("count"));
      applyFieldSpecs(resource.node, [spec], { set: entrySetter("", value), createKind: "scalar", createTag: intTag });
    }
  }
  if (isFound) return;
  const kinds = specs.map((spec) => gvkText(gvkWithDefaults(spec))).join(" ");
  refuse(
    "target-not-found",
    `resource with name ${name} does not match a config with the following GVK [${kinds}]`,
    replica.at("name"),
  );
}
