import { checkDns1035Label, checkDns1123Subdomain } from "../names.ts";
import type { Field } from "./field.ts";
import { checkPathSegment, clusterMetadata, validateMetadata } from "./metadata.ts";

/** kube-aggregator, pkg/apis/apiregistration/validation/validation.go, ValidateAPIService, v1.36. */
export function validateApiService(apiService: Field): void {
  const spec = apiService.get("spec");
  const [group, version] = [spec.get("group"), spec.get("version")];
  const expected = `${version.text}.${group.text}`;
  const name = (text: string): readonly string[] => {
    const problems = checkPathSegment(text);
    if (problems.length > 0 || text === expected) return problems;
    return [`must be \`spec.version+"."+spec.group\`: ${JSON.stringify(expected)}`];
  };
  validateMetadata(apiService.get("metadata"), { ...clusterMetadata, name, checksFinalizers: false });
  if (group.text === "" && version.text !== "v1")
    group.required("only v1 may have an empty group and it better be legacy kube");
  group.checkIfAny(checkDns1123Subdomain);
  version.check(checkDns1035Label);
  for (const [priority, limit] of [
    [spec.get("groupPriorityMinimum"), 20000],
    [spec.get("versionPriority"), 1000],
  ] as const) {
    if (priority.int <= 0 || priority.int > limit)
      priority.invalid(`must be positive and less than ${limit}`, priority.int);
  }
  validateBackend(spec);
}

function validateBackend(spec: Field): void {
  const [service, caBundle, skips] = [spec.get("service"), spec.get("caBundle"), spec.get("insecureSkipTLSVerify")];
  if (!service.isSet) {
    const bytes = Math.floor((caBundle.text.replace(/=*$/, "").length * 3) / 4);
    if (bytes > 0) caBundle.invalid("local APIServices may not have a caBundle", `${bytes} bytes`);
    if (skips.flag) skips.invalid("local APIServices may not have insecureSkipTLSVerify");
    return;
  }
  service.get("namespace").needed();
  service.get("name").needed();
  const port = service.get("port");
  if (port.isSet && (port.int < 1 || port.int > 65535))
    port.invalid("port is not valid: must be between 1 and 65535, inclusive");
  if (skips.flag && caBundle.text !== "") skips.invalid("may not be true if caBundle is present");
}
