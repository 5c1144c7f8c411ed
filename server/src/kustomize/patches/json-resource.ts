import { refuse } from "../failure.ts";
import { isInternalAnnotation, type Resource } from "../resource.ts";
import { throughJson } from "../tree/through-json.ts";
import { applyJsonPatch, type Operation } from "./json-patch.ts";

/**
 * Applies a JSON patch to an object; kustomize's own notes survive it. The object goes through JSON, where all numbers are floats.
 * kustomize api, filters/patchjson6902/patchjson6902.go and internal/builtins/PatchTransformer.go, transformJson6902, v0.21.2.
 */
export function applyJsonPatchTo(resource: Resource, operations: readonly Operation[]): void {
  const notes = [...resource.annotations].filter(([name]) => isInternalAnnotation(name));
  const patched = applyJsonPatch(throughJson(resource.node, "exact"), operations);
  if (patched.kind !== "map")
    refuse("patch-fails", "json: cannot unmarshal array into Go value of type map[string]interface {}", patched.origin);
  resource.node = throughJson(patched, "float");
  resource.setAnnotations(new Map([...resource.annotations, ...notes]));
}
