import type { JsonValue } from "../../base/json.ts";
import { checkDns1123Label } from "../names.ts";
import { selectorOf } from "../selector.ts";
import { validateClaimSpec, warnAboutClaim } from "./claims.ts";
import type { Field } from "./field.ts";
import { validateMetadata } from "./metadata.ts";
import { validatePodTemplate, validateTemplateMetadata } from "./pod.ts";
import { reportMismatch, validateAlwaysRestarted, validateSelector, validateTemplateLabels } from "./workloads.ts";

/** pkg/apis/apps/validation/validation.go, ValidateStatefulSet, v1.36. */
export function validateStatefulSet(statefulSet: Field): void {
  const spec = statefulSet.get("spec");
  validateMetadata(statefulSet.get("metadata"), { namespaced: true, name: checkDns1123Label, setsGeneration: true });
  const management = spec.get("podManagementPolicy").or("OrderedReady");
  if (!["OrderedReady", "Parallel"].includes(management.text))
    management.invalid("must be 'OrderedReady' or 'Parallel'");
  validateStrategy(spec.get("updateStrategy"));
  validateRetention(spec.get("persistentVolumeClaimRetentionPolicy"));
  for (const claim of spec.get("volumeClaimTemplates").items()) validateClaimSpec(claim.get("spec"));
  for (const name of ["replicas", "minReadySeconds"]) spec.get(name).nonNegative();
  spec.at("ordinals", "start").nonNegative();
  spec.get("serviceName").checkIfAny(checkDns1123Label);
  validateSelector(spec.get("selector"), "statefulset");
  validateTemplate(spec);
  validateAlwaysRestarted(spec.get("template"), "StatefulSet");
  for (const claim of spec.get("volumeClaimTemplates").items()) warnAboutClaim(claim.get("spec"), claim);
  const history = spec.get("revisionHistoryLimit");
  if (history.int < 0)
    history.warn(`${history.name}: a negative value retains all historical revisions; a value >= 0 is recommended`);
}

/** As long as the gate MaxUnavailableStatefulSet is off, `maxUnavailable` is dropped unread (pkg/registry/apps/statefulset/strategy.go, v1.36). */
function validateStrategy(strategy: Field): void {
  const [coded, rollingUpdate] = [
    strategy.coded("workload/update-strategy"),
    strategy.get("rollingUpdate").coded("workload/update-strategy"),
  ];
  const type = strategy.get("type").or("RollingUpdate").text;
  if (type === "OnDelete") {
    if (rollingUpdate.isSet) rollingUpdate.invalid("only allowed for updateStrategy 'RollingUpdate'");
  } else if (type === "RollingUpdate") {
    rollingUpdate.get("partition").nonNegative();
  } else {
    coded.invalid("must be 'RollingUpdate' or 'OnDelete'", { Type: type, RollingUpdate: rollingUpdate.value ?? null });
  }
}

function validateRetention(policy: Field): void {
  for (const name of ["whenDeleted", "whenScaled"]) policy.get(name).or("Retain").oneOf(["Retain", "Delete"]);
}

/** The controller sets hostname, subdomain and the volumes of claims itself. */
function validateTemplate(spec: Field): void {
  const [selector, template] = [spec.get("selector"), spec.get("template")];
  if (selectorOf(selector.value).error !== undefined) {
    selector.invalid("");
    return;
  }
  if (selector.isSet) validateTemplateLabels(template, selector);
  else reportMismatch(template);
  const completed = template.withIn("spec", completedPodSpec(spec, template.get("spec")));
  validatePodTemplate(completed);
  validateTemplateMetadata(template);
}

/** The pod's spec as its pods get it: without host names, the claims' volumes first. */
function completedPodSpec(spec: Field, podSpec: Field): JsonValue | undefined {
  const claims = spec
    .get("volumeClaimTemplates")
    .items()
    .map((claim) => claim.at("metadata", "name").text);
  if (!podSpec.isSet || (claims.length === 0 && podSpec.get("hostname").isEmpty && podSpec.get("subdomain").isEmpty))
    return podSpec.value;
  const own = podSpec
    .get("volumes")
    .items()
    .filter((volume) => !claims.includes(volume.get("name").text))
    .map((volume) => volume.value ?? null);
  const made = [...new Set(claims)].map((name) => ({ name, persistentVolumeClaim: { claimName: name } }));
  const rest = Object.fromEntries(
    podSpec
      .keys()
      .filter((key) => key !== "hostname" && key !== "subdomain")
      .map((key) => [key, podSpec.get(key).value ?? null]),
  );
  return { ...rest, volumes: [...made, ...own] };
}
