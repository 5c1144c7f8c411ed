import { isObject, objectAt, type JsonObject, type JsonValue } from "../../base/json.ts";
import { pod } from "../defaults/pod.ts";
import { quantityText } from "../quantity.ts";
import { sumOfContainers } from "./aggregate-requests.ts";
import { Report, type Field } from "./field.ts";
import { isHugePages } from "./resources.ts";

/** A Pod as it is validated: its defaults add requests, host ports and huge pages of the whole pod (pkg/apis/core/v1/defaults.go, SetDefaults_Pod, v1.36). */
export function completedPod(object: JsonObject): JsonObject {
  const spec = object["spec"];
  if (!isObject(spec) || !isObject(spec["resources"])) return pod(object);
  const limits = hugePageLimits(new Report(spec).root);
  const complete = pod({ ...object, spec: { ...spec, resources: withAmounts(spec["resources"], "limits", limits) } });
  return withHugePageRequests(complete, objectAt(spec, "resources", "requests") ?? {});
}

function withAmounts(resources: JsonObject, list: "limits" | "requests", amounts: JsonObject): JsonObject {
  return Object.keys(amounts).length === 0
    ? resources
    : { ...resources, [list]: { ...objectAt(resources, list), ...amounts } };
}

/** Huge pages of the containers are limits of the pod, too, when it has some amounts of its own (defaults.go, defaultHugePagePodLimits). */
function hugePageLimits(spec: Field): JsonObject {
  const [limits, requests] = [spec.at("resources", "limits"), spec.at("resources", "requests")];
  const added: Record<string, JsonValue> = {};
  if (limits.size + requests.size === 0) return added;
  const containers = ["containers", "initContainers"].flatMap((list) => spec.get(list).items());
  const names = containers.flatMap((item) => item.at("resources", "limits").keys()).filter(isHugePages);
  for (const name of new Set(names)) {
    const sum = sumOfContainers(spec, "limits", name);
    if (!limits.key(name).isSet && !requests.key(name).isSet && sum !== undefined) added[name] = quantityText(sum);
  }
  return added;
}

/** Requests of huge pages that are not written are the pod's limits, whatever the containers request (defaults.go, defaultPodRequests). */
function withHugePageRequests(object: JsonObject, written: JsonObject): JsonObject {
  const [spec, resources] = [objectAt(object, "spec"), objectAt(object, "spec", "resources")];
  if (spec === undefined || resources === undefined) return object;
  const limits = Object.entries(objectAt(resources, "limits") ?? {});
  const own = Object.fromEntries(limits.filter(([name]) => isHugePages(name) && !Object.hasOwn(written, name)));
  return { ...object, spec: { ...spec, resources: withAmounts(resources, "requests", own) } };
}
