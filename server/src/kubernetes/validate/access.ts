import { checkDns1123Subdomain } from "../names.ts";
import { selectorOf } from "../selector.ts";
import type { Field } from "./field.ts";
import { checkPathSegment, validateLabelSelector, validateMetadata } from "./metadata.ts";

const group = "rbac.authorization.k8s.io";

/** pkg/apis/rbac/validation/validation.go, ValidateRole, v1.36. */
export function validateRole(role: Field): void {
  validateMetadata(role.get("metadata"), { namespaced: true, name: checkPathSegment });
  for (const rule of role.get("rules").items()) validateRule(rule, true);
}

/** validation.go, ValidateClusterRole, v1.36. */
export function validateClusterRole(role: Field): void {
  validateMetadata(role.get("metadata"), { namespaced: false, name: checkPathSegment });
  for (const rule of role.get("rules").items()) validateRule(rule, false);
  const aggregation = role.get("aggregationRule");
  if (!aggregation.isSet) return;
  const selectors = aggregation.get("clusterRoleSelectors");
  selectors.needed("at least one clusterRoleSelector required if aggregationRule is non-nil");
  for (const selector of selectors.items()) {
    validateLabelSelector(selector);
    if (selectorOf(selector.value).error !== undefined) selector.invalid("invalid label selector.", undefined);
  }
}

function validateRule(rule: Field, namespaced: boolean): void {
  rule.get("verbs").needed("verbs must contain at least one value");
  const [urls, groups, resources] = [rule.get("nonResourceURLs"), rule.get("apiGroups"), rule.get("resources")];
  if (urls.size > 0) {
    if (namespaced) urls.invalid("namespaced rules cannot apply to non-resource URLs");
    const mixed = groups.size + resources.size + rule.get("resourceNames").size > 0;
    if (mixed) urls.invalid("rules cannot apply to both regular resources and non-resource URLs");
    return;
  }
  groups.needed("resource rules must supply at least one api group");
  resources.needed("resource rules must supply at least one resource");
}

/** validation.go, ValidateRoleBinding, v1.36. */
export function validateRoleBinding(binding: Field): void {
  validateBinding(binding, true);
}

/** validation.go, ValidateClusterRoleBinding, v1.36. */
export function validateClusterRoleBinding(binding: Field): void {
  validateBinding(binding, false);
}

function validateBinding(binding: Field, namespaced: boolean): void {
  validateMetadata(binding.get("metadata"), { namespaced, name: checkPathSegment });
  const reference = binding.get("roleRef");
  reference.get("apiGroup").or(group).oneOf([group]);
  reference.get("kind").oneOf(namespaced ? ["Role", "ClusterRole"] : ["ClusterRole"]);
  reference.get("name").checkRequired(checkPathSegment);
  for (const subject of binding.get("subjects").items()) validateSubject(subject, namespaced);
}

/** A subject's empty group is that of its kind. */
function validateSubject(subject: Field, namespaced: boolean): void {
  const [name, kind, apiGroup] = [subject.get("name"), subject.get("kind"), subject.get("apiGroup")];
  name.needed();
  switch (kind.text) {
    case "ServiceAccount":
      name.checkIfAny(checkDns1123Subdomain);
      if (apiGroup.text !== "") apiGroup.notSupported([""]);
      if (!namespaced) subject.get("namespace").needed();
      break;
    case "User":
    case "Group":
      apiGroup.or(group).oneOf([group]);
      break;
    default:
      kind.notSupported(["ServiceAccount", "User", "Group"], kind.text);
  }
}
