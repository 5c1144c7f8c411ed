import { isObject, type JsonObject, type JsonValue } from "../../base/json.ts";
import { pod } from "../defaults/pod.ts";
import { quantityText } from "../quantity.ts";
import { sumOfContainers } from "./aggregate-requests.ts";
import { Report, type Field } from "./field.ts";
import { isHugePages } from "./resources.ts";

/** A Pod as it is validated: its defaults add requests, host ports and huge pages of the whole pod (pkg/apis/core/v1/defaults.go, SetDefaults_Pod, v1.36). */
export function completedPod(object: JsonObject): JsonObject {
  const complete = pod(object);
  const spec = complete["spec"];
  if (!isObject(spec) || !isObject(spec["resources"])) return complete;
  const resources = withHugePageLimits(new Report(spec).root);
  return resources === undefined ? complete : { ...complete, spec: { ...spec, resources } };
}

/** Huge pages of the containers are limits of the pod, too, when it has some of its own (defaults.go, defaultHugePagePodLimits). */
function withHugePageLimits(spec: Field): JsonObject | undefined {
  const own = spec.at("resources", "limits");
  const names = ["containers", "initContainers"].flatMap((list) => spec.get(list).items()).flatMap((item) => item.at("resources", "limits").keys());
  const added: Record<string, JsonValue> = {};
  for (const name of new Set(names.filter(isHugePages))) {
    const sum = sumOfContainers(spec, "limits", name);
    if (!own.key(name).isSet && sum !== undefined) added[name] = quantityText(sum);
  }
  const resources = spec.get("resources").value;
  if (Object.keys(added).length === 0 || !isObject(resources)) return undefined;
  return { ...resources, limits: { ...(isObject(own.value) ? own.value : {}), ...added } };
}
