import {
  checkConfigMapKey,
  checkDns1123Label,
  checkDns1123Subdomain,
  checkEnvironmentVariableName,
  checkQualifiedName,
} from "../names.ts";
import { quantityText } from "../quantity.ts";
import type { Field } from "./field.ts";
import { checkNoBacksteps, checkUnreservedPath, validateFileMode } from "./paths.ts";
import { quantityOf } from "./resources.ts";

/** pkg/apis/core/validation/validation.go, ValidateEnv, v1.36. */
export function validateEnvironment(variables: Field): void {
  for (const variable of variables.items()) {
    variable.get("name").checkRequired(checkEnvironmentVariableName);
    const source = variable.get("valueFrom");
    if (source.isSet) validateValueFrom(source, variable.get("value").text !== "");
  }
}

const noSource =
  "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`";

function validateValueFrom(source: Field, hasValue: boolean): void {
  if (source.get("fieldRef").isSet) validateFieldRef(source.get("fieldRef"), environmentFields);
  if (source.get("resourceFieldRef").isSet) validateResourceFieldRef(source.get("resourceFieldRef"), false);
  for (const name of ["configMapKeyRef", "secretKeyRef"]) if (source.get(name).isSet) validateKeyRef(source.get(name));
  if (source.get("fileKeyRef").isSet) validateFileKeyRef(source.get("fileKeyRef"));
  const sources = source.keys().length;
  if (sources === 0) source.invalid(noSource, "");
  else if (hasValue) source.invalid("may not be specified when `value` is not empty", "");
  else if (sources > 1) source.invalid("may not have more than one field specified at a time", "");
}

/** pkg/apis/core/validation/validation.go, ValidateEnvFrom, v1.36: errors on the sources stand at the list. */
export function validateEnvironmentFrom(sources: Field): void {
  for (const source of sources.items()) {
    source.get("prefix").checkIfAny(checkEnvironmentVariableName);
    const references = [source.get("configMapRef"), source.get("secretRef")].filter((reference) => reference.isSet);
    for (const reference of references) {
      const name = reference.get("name");
      if (name.needed()) for (const message of checkPrefix(name.text)) name.invalid(message);
    }
    if (references.length === 0) sources.invalid("must specify one of: `configMapRef` or `secretRef`", "");
    else if (references.length > 1) sources.invalid("may not have more than one field specified at a time", "");
  }
}

/** These names are checked as prefixes, which may end with a dash. */
function checkPrefix(name: string): readonly string[] {
  return checkDns1123Subdomain(name.length > 1 && name.endsWith("-") ? `${name.slice(0, -2)}a` : name);
}

const environmentFields = [
  "metadata.name",
  "metadata.namespace",
  "metadata.uid",
  "spec.nodeName",
  "spec.serviceAccountName",
  "status.hostIP",
  "status.hostIPs",
  "status.podIP",
  "status.podIPs",
];
const volumeFields = ["metadata.annotations", "metadata.labels", "metadata.name", "metadata.namespace", "metadata.uid"];
/** What the conversion of field labels knows (pkg/apis/core/pods/helpers.go, ConvertDownwardAPIFieldLabel, v1.36). */
const convertibleFields: ReadonlySet<string> = new Set([
  ...environmentFields,
  ...volumeFields,
  "spec.restartPolicy",
  "spec.schedulerName",
  "status.phase",
  "spec.host",
]);

/** pkg/apis/core/validation/validation.go, validateObjectFieldSelector, v1.36. */
function validateFieldRef(reference: Field, supported: readonly string[]): void {
  const version = reference.get("apiVersion").or("v1").text;
  const fieldPath = reference.get("fieldPath");
  if (!fieldPath.needed()) return;
  const [, path = fieldPath.text, subscript] = /^(.+?)\['(.*)'\]$/s.exec(fieldPath.text) ?? [];
  const problem = conversionProblem(version, fieldPath.text, path, subscript);
  if (problem !== undefined) fieldPath.invalid(`error converting fieldPath: ${problem}`);
  else if (subscript !== undefined)
    reference.check(checkQualifiedName, path === "metadata.annotations" ? subscript.toLowerCase() : subscript);
  else if (!supported.includes(path === "spec.host" ? "spec.nodeName" : path)) fieldPath.notSupported(supported);
}

function conversionProblem(
  version: string,
  label: string,
  path: string,
  subscript: string | undefined,
): string | undefined {
  if (version !== "v1") return `unsupported pod version: ${version}`;
  if (subscript === undefined) return convertibleFields.has(path) ? undefined : `field label not supported: ${label}`;
  return path === "metadata.annotations" || path === "metadata.labels"
    ? undefined
    : `field label does not support subscript: ${label}`;
}

const resourceFields = [
  "limits.cpu",
  "limits.ephemeral-storage",
  "limits.memory",
  "requests.cpu",
  "requests.ephemeral-storage",
  "requests.memory",
];
const byteDivisors: ReadonlySet<string> = new Set([
  "1",
  "1k",
  "1M",
  "1G",
  "1T",
  "1P",
  "1E",
  "1Ki",
  "1Mi",
  "1Gi",
  "1Ti",
  "1Pi",
  "1Ei",
]);
const byteDivisorList = "1, 1k, 1M, 1G, 1T, 1P, 1E, 1Ki, 1Mi, 1Gi, 1Ti, 1Pi, 1Ei";

/** pkg/apis/core/validation/validation.go, validateContainerResourceFieldSelector, v1.36. */
function validateResourceFieldRef(reference: Field, containerNeeded: boolean): void {
  const resource = reference.get("resource");
  const isHugePages = /^(requests|limits)\.hugepages-/.test(resource.text);
  if (containerNeeded && reference.get("containerName").text === "") reference.get("containerName").required();
  else if (resource.needed() && !isHugePages && !resourceFields.includes(resource.text))
    resource.notSupported(resourceFields);
  validateDivisor(reference.get("divisor"), resource.text, isHugePages);
}

function validateDivisor(divisor: Field, resource: string, isHugePages: boolean): void {
  const quantity = quantityOf(divisor);
  if (quantity === undefined || quantity.unscaled === 0n) return;
  const text = quantityText(quantity);
  const kind = isHugePages ? "hugepages" : resource.slice(resource.indexOf(".") + 1);
  if (!isHugePages && !resourceFields.includes(resource)) return;
  if (kind === "cpu") {
    if (text !== "1" && text !== "1m")
      divisor.invalid("only divisor's values 1m and 1 are supported with the cpu resource", resource);
  } else if (!byteDivisors.has(text)) {
    const printed = kind === "ephemeral-storage" ? "local ephemeral storage" : kind;
    divisor.invalid(`only divisor's values ${byteDivisorList} are supported with the ${printed} resource`, resource);
  }
}

function validateKeyRef(reference: Field): void {
  reference.get("name").check(checkDns1123Subdomain);
  reference.get("key").checkRequired(checkConfigMapKey);
}

function validateFileKeyRef(reference: Field): void {
  reference.get("key").checkRequired(checkEnvironmentVariableName);
  reference.get("volumeName").checkRequired(checkDns1123Label);
  reference.get("path").checkRequired(checkNoBacksteps);
}

/** A file of a downward API volume; its errors stand at `place` (pkg/apis/core/validation/validation.go, validateDownwardAPIVolumeFile, v1.36). */
export function validateDownwardApiFile(file: Field, place: Field): void {
  const path = file.get("path").as("path", place);
  path.needed();
  path.check(checkUnreservedPath);
  const [fieldRef, resourceFieldRef] = [
    file.get("fieldRef").as("fieldRef", place),
    file.get("resourceFieldRef").as("resourceFieldRef", place),
  ];
  if (fieldRef.isSet) {
    validateFieldRef(fieldRef, volumeFields);
    if (resourceFieldRef.isSet)
      place.invalid("fieldRef and resourceFieldRef can not be specified simultaneously", "resource");
  } else if (resourceFieldRef.isSet) {
    validateResourceFieldRef(resourceFieldRef, true);
  } else {
    place.required("one of fieldRef and resourceFieldRef is required");
  }
  validateFileMode(file.get("mode").as("mode", place));
}
