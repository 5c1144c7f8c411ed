import { arrayAt, isObject, objectAt, textAt, type JsonObject, type JsonValue } from "../../base/json.ts";
import { isSame, without, type UpdateRefusal } from "./update-comparison.ts";

const mayChange =
  "`spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)";

/** What a Pod that runs keeps (pkg/apis/core/validation/validation.go, ValidatePodUpdate, v1.36); one with scheduling gates does not run yet. */
export function refusalsOfPodUpdate(before: JsonObject, after: JsonObject): readonly UpdateRefusal[] {
  const [old, fresh] = [objectAt(before, "spec") ?? {}, objectAt(after, "spec") ?? {}];
  const lists = ["containers", "initContainers"];
  const resized = lists.find((list) => arrayAt(old, list).length !== arrayAt(fresh, list).length);
  if (resized !== undefined) return [forbidden(["spec", resized], "pod updates may not add or remove containers")];
  return [...refusalsOfGates(old, fresh), ...refusalsOfDeadline(old, fresh), ...refusalsOfTheRest(old, fresh)];
}

function refusalsOfGates(old: JsonObject, fresh: JsonObject): readonly UpdateRefusal[] {
  const names = new Set(arrayAt(old, "schedulingGates").map((gate) => textAt(gate, "name")));
  return arrayAt(fresh, "schedulingGates").flatMap((gate, index) => {
    const name = textAt(gate, "name") ?? "";
    if (names.has(name)) return [];
    const message = `Forbidden: only deletion is allowed, but found new scheduling gate '${name}'`;
    return [{ field: `spec.schedulingGates[${index}].name`, path: ["spec", "schedulingGates", index], message }];
  });
}

function refusalsOfDeadline(old: JsonObject, fresh: JsonObject): readonly UpdateRefusal[] {
  const [was, is] = [old["activeDeadlineSeconds"], fresh["activeDeadlineSeconds"]];
  const refusal = (detail: string): readonly UpdateRefusal[] => [
    {
      field: "spec.activeDeadlineSeconds",
      path: ["spec", "activeDeadlineSeconds"],
      message: `Invalid value: ${typeof is === "number" ? is : "null"}: ${detail}`,
    },
  ];
  if (typeof was !== "number") return [];
  if (typeof is !== "number") return refusal("must not update from a positive integer to nil value");
  return is > was ? refusal("must be less than or equal to previous value") : [];
}

function refusalsOfTheRest(old: JsonObject, fresh: JsonObject): readonly UpdateRefusal[] {
  const kept = [...new Set([...Object.keys(old), ...Object.keys(fresh)])].filter(
    (field) => !["activeDeadlineSeconds", "tolerations", "schedulingGates", "schedulingGroup"].includes(field),
  );
  const isGated = arrayAt(old, "schedulingGates").length > 0;
  const changed = kept.find((field) => {
    if (isGated && (field === "nodeSelector" || field === "affinity")) return false;
    return !isSame(withoutImages(field, old), withoutImages(field, fresh));
  });
  const added = arrayAt(fresh, "tolerations").map(withoutSeconds);
  const lost = arrayAt(old, "tolerations").some(
    (toleration) => !added.some((each) => isSame(each, withoutSeconds(toleration))),
  );
  return [
    ...(lost
      ? [forbidden(["spec", "tolerations"], "existing toleration can not be modified except its tolerationSeconds")]
      : []),
    ...(changed === undefined
      ? []
      : [
          {
            ...forbidden(["spec"], `pod updates may not change fields other than ${mayChange}`),
            path: ["spec", changed],
          },
        ]),
  ];
}

function withoutImages(field: string, spec: JsonObject): JsonValue | undefined {
  if (field !== "containers" && field !== "initContainers") return spec[field];
  return arrayAt(spec, field).map((container) => (isObject(container) ? without(container, "image") : container));
}

function withoutSeconds(toleration: JsonValue): JsonValue {
  return isObject(toleration) ? without(toleration, "tolerationSeconds") : toleration;
}

function forbidden(path: readonly string[], detail: string): UpdateRefusal {
  return { field: path.join("."), path, message: `Forbidden: ${detail}` };
}
