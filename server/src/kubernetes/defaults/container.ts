import { textAt } from "../../base/json.ts";
import type { JsonObject } from "../../base/json.ts";
import { defaultPullPolicy } from "../image-reference.ts";
import { changed, fillAbsent, fillEmpty, inEach, inField, withoutEmpty } from "./change.ts";
import type { Change } from "./change.ts";
import { containerResources, quantityField } from "./resources.ts";

const httpGet: Change = fillEmpty({ path: "/", scheme: "HTTP" });

const probe: Change = (object) =>
  changed(
    object,
    fillEmpty({ timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 }),
    inField("httpGet", httpGet),
    inField("grpc", fillAbsent({ service: "" })),
  );

const hook: Change = inField("httpGet", httpGet);

/** The reference to a field of the pod. */
export const fieldReference: Change = inField("fieldRef", fillEmpty({ apiVersion: "v1" }));

/** The reference to a resource of a container. */
export const resourceReference: Change = inField(
  "resourceFieldRef",
  fillEmpty({ divisor: "0" }),
  quantityField("divisor"),
);

const variable: Change = (object) =>
  changed(
    object,
    withoutEmpty("value"),
    inField("valueFrom", fieldReference, resourceReference, inField("fileKeyRef", fillAbsent({ optional: false }))),
  );

/** Defaults of containers, init containers and ephemeral containers (pkg/apis/core/v1/defaults.go, SetDefaults_Container, v1.36). */
export function container(object: JsonObject): JsonObject {
  return changed(
    object,
    fillEmpty({
      imagePullPolicy: defaultPullPolicy(textAt(object, "image") ?? ""),
      terminationMessagePath: "/dev/termination-log",
      terminationMessagePolicy: "File",
    }),
    containerResources,
    inEach("ports", fillEmpty({ protocol: "TCP" }), withoutEmpty("name")),
    inEach("env", variable),
    inEach("volumeMounts", withoutEmpty("readOnly")),
    inField("livenessProbe", probe),
    inField("readinessProbe", probe),
    inField("startupProbe", probe),
    inField("lifecycle", inField("postStart", hook), inField("preStop", hook)),
  );
}
