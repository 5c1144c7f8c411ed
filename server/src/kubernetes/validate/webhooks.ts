import { checkDns1035Label, checkDns1123Subdomain, checkPortNumber, checkQualifiedName } from "../names.ts";
import { checkFullyQualifiedName } from "../qualified-names.ts";
import type { Field } from "./field.ts";
import { countedClusterMetadata, validateLabelSelector, validateMetadata } from "./metadata.ts";

const reviewVersions = ["v1", "v1beta1"];
const operations = ["*", "CONNECT", "CREATE", "DELETE", "UPDATE"];

/** pkg/apis/admissionregistration/validation/validation.go, ValidateValidatingWebhookConfiguration and ValidateMutatingWebhookConfiguration, v1.36. */
export function validateWebhookConfiguration(configuration: Field): void {
  validateMetadata(configuration.get("metadata"), { ...countedClusterMetadata, checksFinalizers: false });
  const names = new Set<string>();
  for (const hook of configuration.get("webhooks").items()) {
    validateHook(hook);
    const name = hook.get("name");
    if (name.text !== "" && names.has(name.text)) name.duplicate();
    names.add(name.text);
  }
}

function validateHook(hook: Field): void {
  hook.get("name").checkName(checkFullyQualifiedName);
  for (const rule of hook.get("rules").items()) validateRule(rule);
  hook.get("failurePolicy").oneOfIfSet(["Fail", "Ignore"]);
  hook.get("matchPolicy").oneOfIfSet(["Equivalent", "Exact"]);
  const [effects, timeout] = [hook.get("sideEffects"), hook.get("timeoutSeconds")];
  if (effects.isSet) effects.oneOf(["None", "NoneOnDryRun"]);
  else effects.required("must specify one of None, NoneOnDryRun");
  if (timeout.isSet && (timeout.int < 1 || timeout.int > 30))
    timeout.invalid("the timeout value must be between 1 and 30 seconds");
  for (const name of ["namespaceSelector", "objectSelector"]) validateLabelSelector(hook.get(name));
  hook.get("reinvocationPolicy").oneOfIfSet(["IfNeeded", "Never"]);
  validateClientConfig(hook.get("clientConfig"));
  validateMatchConditions(hook.get("matchConditions"));
  validateReviewVersions(hook.get("admissionReviewVersions"), "must specify one of v1, v1beta1");
}

/** Operations, groups, versions and resources of a webhook or an admission policy (validation.go, validateRuleWithOperations, v1.36). */
export function validateRule(rule: Field): void {
  const [verbs, groups, versions] = [rule.get("operations"), rule.get("apiGroups"), rule.get("apiVersions")];
  verbs.needed();
  reportWildcard(verbs, "operations");
  for (const verb of verbs.items()) verb.oneOf(operations);
  groups.needed();
  reportWildcard(groups, "API groups");
  versions.needed();
  reportWildcard(versions, "API versions");
  for (const version of versions.items()) version.needed();
  validateResources(rule.get("resources"));
  rule.get("scope").oneOfIfSet(["*", "Cluster", "Namespaced"]);
}

function reportWildcard(list: Field, what: string): void {
  if (list.size > 1 && list.texts.includes("*")) list.invalid(`if '*' is present, must not specify other ${what}`);
}

function validateResources(resources: Field): void {
  resources.needed();
  const [ofAny, allOf] = [new Set<string>(), new Set<string>()];
  let plain = false;
  for (const item of resources.items()) {
    const slash = item.text.indexOf("/");
    if (!item.needed()) continue;
    if (slash < 0) {
      plain = item.text !== "*";
      continue;
    }
    const [resource, part] = [item.text.slice(0, slash), item.text.slice(slash + 1)];
    if (allOf.has(resource)) item.invalid(`if '${resource}/*' is present, must not specify ${item.text}`);
    if (ofAny.has(part)) item.invalid(`if '*/${part}' is present, must not specify ${item.text}`);
    if (part === "*") allOf.add(resource);
    if (resource === "*") ofAny.add(part);
  }
  if (resources.size > 1 && resources.texts.includes("*/*"))
    resources.invalid("if '*/*' is present, must not specify other resources");
  if (resources.texts.includes("*") && plain) {
    resources.invalid("if '*' is present, must not specify other resources without subresources");
  }
}

/** Versions of the review that webhooks understand: one must be known. */
export function validateReviewVersions(versions: Field, missing: string): void {
  if (!versions.needed(missing)) return;
  const seen = new Set<string>();
  for (const version of versions.items()) {
    if (seen.has(version.text)) {
      version.invalid("duplicate version");
      continue;
    }
    seen.add(version.text);
    version.check(checkDns1035Label);
  }
  if (!reviewVersions.some((version) => seen.has(version)))
    versions.invalid("must include at least one of v1, v1beta1");
}

/** Where a webhook is called: a URL or a Service. */
export function validateClientConfig(config: Field): void {
  const [url, service] = [config.get("url"), config.get("service")];
  if (url.isSet === service.isSet) config.required("exactly one of url or service is required");
  else if (url.isSet) validateUrl(url);
  else validateServiceReference(service);
}

const urlForm = "; desired format: https://host[/path]";

/** apiserver, pkg/util/webhook/validation.go, ValidateWebhookURL, v1.36; texts that Go can't parse as a URL at all are not told apart. */
function validateUrl(url: Field): void {
  const [, scheme = "", , authority = "", , query = "", , fragment = ""] =
    /^(?:([A-Za-z][A-Za-z0-9+.-]*):)?(\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(#(.*))?$/s.exec(url.text) ?? [];
  const at = authority.lastIndexOf("@");
  if (scheme.toLowerCase() !== "https")
    url.invalid(`'https' is the only allowed URL scheme${urlForm}`, scheme.toLowerCase());
  if (authority.slice(at + 1) === "") url.invalid(`host must be specified${urlForm}`, "");
  if (at >= 0) url.invalid("user information is not permitted in the URL", authority.slice(0, at));
  if (fragment !== "") url.invalid("fragments are not permitted in the URL", fragment);
  if (query !== "") url.invalid("query parameters are not permitted in the URL", query);
}

/** ValidateWebhookService; its callers give name and namespace the wrong way round. */
function validateServiceReference(service: Field): void {
  if (service.get("namespace").text === "") service.get("name").required();
  if (service.get("name").text === "") service.get("namespace").required();
  const [port, path] = [service.get("port"), service.get("path")];
  const number = port.isSet ? port.int : 443;
  for (const message of checkPortNumber(number)) port.invalid(`port is not valid: ${message}`, number);
  path.check(checkServicePath);
}

function checkServicePath(path: string): readonly string[] {
  if (path === "" || path === "/") return [];
  if (path === "//") return ["segment[0] may not be empty"];
  const start = path.startsWith("/") ? [] : ["must start with a '/'"];
  const steps = path.slice(1).replace(/\/$/, "").split("/");
  return [
    ...start,
    ...steps.flatMap((step, index) => checkSegment(step).map((message) => `segment[${index}]${message}`)),
  ];
}

function checkSegment(step: string): readonly string[] {
  return step === "" ? [" may not be empty"] : checkDns1123Subdomain(step).map((message) => `: ${message}`);
}

/** The expressions themselves are not compiled here. */
export function validateMatchConditions(conditions: Field): void {
  conditions.mostItems(64);
  const names = new Set<string>();
  for (const condition of conditions.items()) {
    const [name, expression] = [condition.get("name"), condition.get("expression")];
    if (expression.text.trim() === "") expression.required();
    name.checkRequired(checkQualifiedName);
    if (name.text !== "" && names.has(name.text)) name.duplicate();
    names.add(name.text);
  }
}
