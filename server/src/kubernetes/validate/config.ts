import { checkConfigMapKey, checkDns1123Label, checkLabelValue, checkQualifiedName } from "../names.ts";
import { byteLength } from "../go-text.ts";
import type { Field } from "./field.ts";
import { plainMetadata, validateMetadata, validateStandardFinalizer } from "./metadata.ts";
import { jsonProblem, decodedText } from "./base64.ts";

const maxDataBytes = 1024 * 1024;

/** pkg/apis/core/validation/validation.go, ValidateConfigMap, v1.36. */
export function validateConfigMap(configMap: Field): void {
  validateMetadata(configMap.get("metadata"), plainMetadata);
  const [data, binary] = [configMap.get("data"), configMap.get("binaryData")];
  let size = 0;
  for (const [key, entry] of data.entries()) {
    entry.check(checkConfigMapKey, key);
    if (binary.key(key).isSet) entry.invalid("duplicate of key present in binaryData", key);
    size += byteLength(entry.text);
  }
  for (const [key, entry] of binary.entries()) {
    entry.check(checkConfigMapKey, key);
    size += decodedLength(entry.text);
  }
  if (size > maxDataBytes) configMap.tooLong(maxDataBytes);
}

function decodedLength(base64: string): number {
  const digits = base64.replace(/[\n\r=]/g, "").length;
  return Math.floor((digits * 3) / 4);
}

/** validation.go, ValidateSecret, v1.36; stringData is merged into data before. */
export function validateSecret(secret: Field): void {
  validateMetadata(secret.get("metadata"), plainMetadata);
  const [data, plain] = [secret.get("data"), secret.get("stringData")];
  let size = 0;
  for (const [key, entry] of data.entries()) {
    entry.check(checkConfigMapKey, key);
    if (!plain.key(key).isSet) size += decodedLength(entry.text);
  }
  for (const [key, entry] of plain.entries()) {
    if (!data.key(key).isSet) data.key(key).check(checkConfigMapKey, key);
    size += byteLength(entry.text);
  }
  if (size > maxDataBytes) data.tooLong(maxDataBytes);
  validateSecretType(secret);
}

function validateSecretType(secret: Field): void {
  const has = (key: string): boolean => secret.get("data").key(key).isSet || secret.get("stringData").key(key).isSet;
  const missing = (key: string): void => {
    if (!has(key)) secret.get("data").key(key).required();
  };
  switch (secret.get("type").text) {
    case "kubernetes.io/service-account-token":
      secret.at("metadata", "annotations").key("kubernetes.io/service-account.name").needed();
      break;
    case "kubernetes.io/dockercfg":
      validateDockerConfig(secret, ".dockercfg");
      break;
    case "kubernetes.io/dockerconfigjson":
      validateDockerConfig(secret, ".dockerconfigjson");
      break;
    case "kubernetes.io/basic-auth":
      if (!has("username") && !has("password")) for (const key of ["username", "password"]) missing(key);
      break;
    case "kubernetes.io/ssh-auth":
      if (secretText(secret, "ssh-privatekey") === "") secret.get("data").key("ssh-privatekey").required();
      break;
    case "kubernetes.io/tls":
      for (const key of ["tls.crt", "tls.key"]) missing(key);
      warnAboutCertificate(secret);
  }
}

function secretText(secret: Field, key: string): string {
  const plain = secret.get("stringData").key(key);
  return plain.isSet ? plain.text : decodedText(secret.get("data").key(key).text);
}

function validateDockerConfig(secret: Field, key: string): void {
  const entry = secret.get("data").key(key);
  if (!entry.isSet && !secret.get("stringData").key(key).isSet) {
    entry.required();
    return;
  }
  const problem = jsonProblem(secretText(secret, key));
  if (problem !== undefined) entry.invalid(problem, "<secret contents redacted>");
}

/** pkg/registry/core/secret/strategy.go, warningsForSecret, v1.36: of the many reasons, the plain absence of PEM alone can be seen without a cryptographic library. */
function warnAboutCertificate(secret: Field): void {
  if (secretText(secret, "tls.crt").includes("-----BEGIN ")) return;
  secret.get("data").key("tls.crt").warn("tls: failed to find any PEM data in certificate input");
}

/** validation.go, ValidateServiceAccount, v1.36. */
export function validateServiceAccount(account: Field): void {
  validateMetadata(account.get("metadata"), plainMetadata);
}

/** validation.go, ValidateNamespace, v1.36, and the admission plugin PodSecurity, which checks the labels. */
export function validateNamespace(namespace: Field): void {
  validateMetadata(namespace.get("metadata"), { namespaced: false, name: checkDns1123Label });
  // The label kubernetes.io/metadata.name is always set.
  const name = namespace.at("metadata", "name");
  if (name.text !== "") name.as("labels").coded("metadata/invalid-name").check(checkLabelValue);
  const finalizers = namespace.at("spec", "finalizers");
  for (const finalizer of finalizers.texts) {
    finalizers.check(checkQualifiedName, finalizer);
    validateStandardFinalizer(finalizers, finalizer);
  }
  if (namespace.report.causes.length === 0) validatePodSecurityLabels(namespace.at("metadata", "labels"));
}

const securityPrefix = "pod-security.kubernetes.io/";

/** k8s.io/pod-security-admission, api/helpers.go, PolicyToEvaluate, v0.36. */
function validatePodSecurityLabels(labels: Field): void {
  for (const mode of ["enforce", "audit", "warn"]) {
    const [level, version] = [labels.key(securityPrefix + mode), labels.key(`${securityPrefix}${mode}-version`)];
    if (level.isSet && !["privileged", "baseline", "restricted"].includes(level.text)) {
      level.invalid("must be one of privileged, baseline, restricted");
    }
    if (version.isSet && version.text !== "latest" && !/^v1\.(0|[1-9]\d*)$/.test(version.text)) {
      version.invalid('must be "latest" or "v1.x"');
    }
  }
}
