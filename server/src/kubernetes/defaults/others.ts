import { arrayAt, textAt } from "../../base/json.ts";
import type { JsonObject } from "../../base/json.ts";
import { changed, fillAbsent, fillEmpty, inEach, inField, inStruct, withoutEmpty } from "./change.ts";
import type { Change } from "./change.ts";

const rbacGroup = "rbac.authorization.k8s.io";
const policyPorts: Change = inEach("ports", fillAbsent({ protocol: "TCP" }));

/** Policy types are guessed from the rules; an empty list counts as none (pkg/apis/networking/v1/defaults.go, SetDefaults_NetworkPolicy, v1.36). */
export const networkPolicy: Change = inStruct("spec", (spec) => {
  const types = arrayAt(spec, "egress").length > 0 ? ["Ingress", "Egress"] : ["Ingress"];
  return changed(
    arrayAt(spec, "policyTypes").length > 0 ? spec : { ...spec, policyTypes: types },
    inStruct("podSelector"),
    inEach("ingress", policyPorts),
    inEach("egress", policyPorts),
  );
});

/** An Ingress gets no defaults; hosts and paths that are empty texts are not written. */
export const ingress: Change = inStruct(
  "spec",
  inEach("rules", withoutEmpty("host"), inField("http", inEach("paths", withoutEmpty("path")))),
);

/** pkg/apis/networking/v1/defaults.go, SetDefaults_IngressClass, v1.36. */
export const ingressClass: Change = inStruct("spec", inField("parameters", fillAbsent({ scope: "Cluster" })));

/** pkg/apis/core/v1/defaults.go, SetDefaults_Secret, v1.36. */
export const secret: Change = fillEmpty({ type: "Opaque" });

/** Every Namespace is labelled with its name (pkg/apis/core/v1/defaults.go, SetDefaults_Namespace, v1.36). */
export const namespace: Change = (object) => {
  const name = textAt(object, "metadata", "name") ?? "";
  const label =
    name === ""
      ? []
      : [
          inStruct(
            "metadata",
            inStruct("labels", (labels) => ({ ...labels, "kubernetes.io/metadata.name": name })),
          ),
        ];
  return changed(object, inStruct("spec"), ...label);
};

/** pkg/apis/rbac/v1/defaults.go, SetDefaults_RoleBinding and SetDefaults_Subject, v1.36. */
export const roleBinding: Change = (object) =>
  changed(object, inField("roleRef", fillEmpty({ apiGroup: rbacGroup })), inEach("subjects", subject));

function subject(object: JsonObject): JsonObject {
  const kind = textAt(object, "kind");
  return kind === "User" || kind === "Group" ? fillEmpty({ apiGroup: rbacGroup })(object) : object;
}

/** pkg/apis/scheduling/v1/defaults.go, SetDefaults_PriorityClass, v1.36. */
export const priorityClass: Change = (object) =>
  changed(
    object,
    withoutEmpty("globalDefault", "description"),
    fillEmpty({ value: 0 }),
    fillAbsent({ preemptionPolicy: "PreemptLowerPriority" }),
  );

/** The webhooks of both configurations (pkg/apis/admissionregistration/v1/defaults.go, v1.36). */
export const webhookConfiguration: Change = inEach("webhooks", (webhook) =>
  changed(
    webhook,
    fillAbsent({
      failurePolicy: "Fail",
      matchPolicy: "Equivalent",
      namespaceSelector: {},
      objectSelector: {},
      timeoutSeconds: 10,
    }),
    inField("clientConfig", inField("service", fillAbsent({ port: 443 }))),
    inEach("rules", fillAbsent({ scope: "*" })),
  ),
);
