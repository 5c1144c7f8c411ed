import { arrayAt, isObject } from "../../base/json.ts";
import type { JsonObject } from "../../base/json.ts";
import { changed, fillAbsent, inEach, inField, inStruct } from "./change.ts";
import type { Change } from "./change.ts";
import { quantityField } from "./resources.ts";

const defaultMetric = {
  type: "Resource",
  resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 80 } },
};
const scaleUp = {
  stabilizationWindowSeconds: 0,
  selectPolicy: "Max",
  policies: [
    { type: "Pods", value: 4, periodSeconds: 15 },
    { type: "Percent", value: 100, periodSeconds: 15 },
  ],
};
const scaleDown = { selectPolicy: "Max", policies: [{ type: "Percent", value: 100, periodSeconds: 15 }] };

/** pkg/apis/autoscaling/v1/defaults.go, SetDefaults_HorizontalPodAutoscaler, v1.36. */
export const horizontalPodAutoscalerV1: Change = inStruct("spec", fillAbsent({ minReplicas: 1 }));

/** Without metrics the target is 80 % of the CPU; with any behavior both directions are written out (pkg/apis/autoscaling/v2/defaults.go, v1.36). */
export const horizontalPodAutoscaler: Change = inStruct(
  "spec",
  fillAbsent({ minReplicas: 1 }),
  (spec) => (arrayAt(spec, "metrics").length === 0 ? { ...spec, metrics: [defaultMetric] } : spec),
  inEach("metrics", metric),
  inField("behavior", rules("scaleUp", scaleUp), rules("scaleDown", scaleDown)),
);

function rules(field: "scaleUp" | "scaleDown", defaults: JsonObject): Change {
  return inStruct(field, fillAbsent(defaults), quantityField("tolerance"));
}

/** The quantities of a metric's target. */
function metric(object: JsonObject): JsonObject {
  const sources = Object.keys(object).filter((field) => isObject(object[field]));
  const target = inField("target", quantityField("value"), quantityField("averageValue"));
  return changed(object, ...sources.map((field) => inField(field, target)));
}
