import type { JsonValue } from "../../base/json.ts";
import { canonicalJson } from "../../base/json.ts";
import { checkDns1123Label, checkDns1123Subdomain, checkQualifiedName } from "../names.ts";
import { byteLength } from "../go-text.ts";
import { quantityText, quantityValue } from "../quantity.ts";
import { volumeModes, validateAccessModes } from "./claims.ts";
import type { Field } from "./field.ts";
import { clusterMetadata, validateMetadata } from "./metadata.ts";
import { quantityOf, validatePositiveQuantity } from "./resources.ts";
import { validateNodeSelector } from "./scheduling.ts";
import * as sources from "./volume-sources.ts";

interface Source {
  readonly field: string;
  /** How the API server calls a second source, where that differs; a flexVolume may always be one more. */
  readonly second?: string;
  readonly validate: (source: Field, spec: Field, name: string) => void;
}

const secretsOfCsi = [
  "controllerPublishSecretRef",
  "controllerExpandSecretRef",
  "nodePublishSecretRef",
  "nodeExpandSecretRef",
];

const volumeSources: readonly Source[] = [
  { field: "hostPath", validate: sources.validateHostPath },
  {
    field: "gcePersistentDisk",
    validate: (source, spec) => sources.validateDisk(source.as("persistentDisk", spec), "pdName"),
  },
  { field: "awsElasticBlockStore", validate: (source) => sources.validateDisk(source, "volumeID") },
  { field: "glusterfs", validate: validateGlusterfs },
  { field: "flocker", validate: sources.validateFlocker },
  { field: "nfs", validate: sources.validateNfs },
  { field: "rbd", validate: (source) => sources.needs(source, "monitors", "image") },
  { field: "quobyte", validate: sources.validateQuobyte },
  { field: "cephfs", second: "cephFS", validate: (source) => sources.needs(source, "monitors") },
  { field: "iscsi", validate: validateIscsi },
  { field: "cinder", validate: (source) => sources.validateCinder(source, true) },
  { field: "fc", validate: sources.validateFibreChannel },
  { field: "flexVolume", validate: sources.validateFlexVolume },
  { field: "azureFile", validate: validateAzureFile },
  { field: "vsphereVolume", validate: (source) => sources.needs(source, "volumePath") },
  { field: "photonPersistentDisk", validate: (source) => sources.needs(source, "pdID") },
  { field: "portworxVolume", validate: (source) => sources.needs(source, "volumeID") },
  { field: "azureDisk", validate: sources.validateAzureDisk },
  { field: "scaleIO", validate: (source) => sources.needs(source, "gateway", "system", "volumeName") },
  { field: "local", validate: validateLocal },
  { field: "storageos", validate: (source) => sources.validateStorageOs(source, true) },
  { field: "csi", validate: validateCsi },
];

/** pkg/apis/core/validation/validation.go, ValidatePersistentVolume, v1.36. */
export function validatePersistentVolume(volume: Field): void {
  const spec = volume.get("spec");
  validateMetadata(volume.get("metadata"), clusterMetadata);
  spec.get("accessModes").needed();
  validateAccessModes(spec.get("accessModes"));
  validateCapacity(spec.get("capacity"));
  const policy = spec.get("persistentVolumeReclaimPolicy");
  if (policy.text !== "") policy.oneOf(["Delete", "Recycle", "Retain"]);
  validateNodeAffinity(spec.get("nodeAffinity"));
  validateSource(spec, volume.at("metadata", "name").text);
  const path = spec.at("hostPath", "path").text;
  if (policy.text === "Recycle" && /^\/[./]*$/.test(path))
    policy.forbidden("may not be 'recycle' for a hostPath mount of '/'");
  spec.get("storageClassName").checkIfAny(checkDns1123Subdomain);
  spec.get("volumeMode").oneOfIfSet(volumeModes);
  validateAttributesClass(spec);
}

function validateCapacity(capacity: Field): void {
  capacity.needed();
  if (!capacity.key("storage").isSet || capacity.size > 1) capacity.notSupported(["storage"], printedAmounts(capacity));
  for (const [, amount] of capacity.entries()) {
    const quantity = quantityOf(amount);
    if (quantity !== undefined && quantityValue(quantity) < 0n)
      amount.invalid("must be a valid resource quantity", quantityValue(quantity));
    validatePositiveQuantity(amount);
  }
}

function printedAmounts(amounts: Field): JsonValue | undefined {
  if (!amounts.isSet) return undefined;
  return Object.fromEntries(
    amounts
      .entries()
      .map(([name, amount]) => [
        name,
        quantityText(quantityOf(amount) ?? { unscaled: 0n, exponent: 0, format: "", storage: "int64" }),
      ]),
  );
}

function validateNodeAffinity(affinity: Field): void {
  if (!affinity.isSet) return;
  const required = affinity.get("required");
  if (required.isSet) validateNodeSelector(required);
  else required.required("must specify required node constraints");
}

function validateSource(spec: Field, name: string): void {
  let found = false;
  for (const { field, second, validate } of volumeSources) {
    const source = spec.get(field);
    if (!source.isSet) continue;
    if (found && field !== "flexVolume")
      source.as(second ?? field).forbidden("may not specify more than 1 volume type");
    else validate(source, spec, name);
    found = true;
  }
  if (!found) spec.required("must specify a volume type");
}

function validateGlusterfs(source: Field): void {
  sources.needs(source, "endpoints", "path");
  const namespace = source.get("endpointsNamespace");
  if (!namespace.isSet) return;
  if (namespace.text === "") namespace.invalid("if the endpointnamespace is set, it must be a valid namespace name");
  else namespace.check(checkDns1123Label);
}

function validateIscsi(source: Field, _spec: Field, name: string): void {
  sources.validateIscsi(source, true);
  const portal = source.get("targetPortal");
  if (!source.get("initiatorName").isSet || byteLength(`${name}:${portal.text}`) <= 64) return;
  portal
    .as("targetportal")
    .invalid(
      "Total length of <volume name>:<iscsi.targetPortal> must be under 64 characters if iscsi.initiatorName is specified.",
    );
}

function validateAzureFile(source: Field): void {
  sources.needs(source, "secretName", "shareName");
  if (source.get("secretNamespace").isSet) source.get("secretNamespace").needed();
}

function validateLocal(source: Field, spec: Field): void {
  sources.validateLocal(source);
  if (!spec.get("nodeAffinity").isSet) spec.get("nodeAffinity").required("Local volume requires node affinity");
}

function validateCsi(source: Field): void {
  sources.validateDriverName(source.get("driver"));
  source.get("volumeHandle").needed();
  for (const secret of secretsOfCsi.map((name) => source.get(name))) {
    if (!secret.isSet) continue;
    secret.get("name").checkRequired(checkDns1123Subdomain);
    secret.get("namespace").checkRequired(checkDns1123Label);
  }
}

function validateAttributesClass(spec: Field): void {
  const name = spec.get("volumeAttributesClassName");
  if (!name.isSet) return;
  if (name.needed("an empty string is disallowed")) name.check(checkDns1123Subdomain);
  if (!spec.get("csi").isSet) spec.get("csi").required("has to be specified when using volumeAttributesClassName");
}

const maxParameterBytes = 256 * 1024;

/** pkg/apis/storage/validation/validation.go, ValidateStorageClass, v1.36. */
export function validateStorageClass(storageClass: Field): void {
  validateMetadata(storageClass.get("metadata"), clusterMetadata);
  validateProvisioner(storageClass.get("provisioner"));
  validateParameters(storageClass.get("parameters"));
  storageClass.get("reclaimPolicy").or("Delete").oneOf(["Delete", "Retain"]);
  const mode = storageClass.get("volumeBindingMode");
  mode.oneOfIfSet(["Immediate", "WaitForFirstConsumer"]);
  validateTopologies(storageClass.get("allowedTopologies"));
}

function validateProvisioner(provisioner: Field): void {
  if (!provisioner.needed()) return;
  for (const message of checkQualifiedName(provisioner.text.toLowerCase()))
    provisioner.invalid(message, provisioner.text.toLowerCase());
}

function validateParameters(parameters: Field): void {
  if (parameters.size > 512) {
    parameters.tooLong(512);
    return;
  }
  let size = 0;
  for (const [key, value] of parameters.entries()) {
    if (key === "") parameters.invalid("field can not be empty.", "");
    size += byteLength(key) + byteLength(value.text);
  }
  if (size > maxParameterBytes) parameters.tooLong(maxParameterBytes);
}

function validateTopologies(topologies: Field): void {
  // The API server's list of terms starts with as many empty ones.
  const terms: string[] = topologies.list.map(() => "{}");
  for (const topology of topologies.items()) {
    const expressions = topology.get("matchLabelExpressions");
    const keys = new Map<string, readonly string[]>();
    for (const expression of expressions.items()) {
      const [key, values] = [expression.get("key"), expression.get("values")];
      values.needed();
      for (const [index, value] of values.items().entries())
        if (values.texts.indexOf(value.text) < index) value.duplicate();
      key.check(checkQualifiedName);
      if (keys.has(key.text)) key.duplicate();
      keys.set(key.text, [...new Set(values.texts)].sort());
    }
    const term = canonicalJson(Object.fromEntries(keys));
    for (const earlier of terms) if (earlier === term) expressions.duplicate("");
    terms.push(term);
  }
}

/** pkg/apis/storage/validation/validation.go, ValidateCSIDriver, v1.36. */
export function validateCsiDriver(driver: Field): void {
  const spec = driver.get("spec");
  validateMetadata(driver.get("metadata"), clusterMetadata);
  spec.get("fsGroupPolicy").or("ReadWriteOnceWithFSType").oneOf(["File", "None", "ReadWriteOnceWithFSType"]);
  validateTokenRequests(spec.get("tokenRequests"));
  const [modes, inSecrets] = [spec.get("volumeLifecycleModes"), spec.get("serviceAccountTokenInSecrets")];
  for (const mode of modes.texts)
    if (mode !== "Persistent" && mode !== "Ephemeral") modes.notSupported(["Persistent", "Ephemeral"], mode);
  const period = spec.get("nodeAllocatableUpdatePeriodSeconds");
  if (period.isSet && period.int < 10) period.invalid("must be greater than or equal to 10 seconds");
  if (inSecrets.isSet && spec.get("tokenRequests").size === 0) {
    inSecrets.invalid("serviceAccountTokenInSecrets is set but no tokenRequests are specified");
  }
  const advice =
    "spec.serviceAccountTokenInSecrets is unset; if supported by this CSI driver, set to true to prevent possible logging of tokens in volume attributes";
  if (!inSecrets.isSet && spec.get("tokenRequests").size > 0) inSecrets.warn(advice);
}

function validateTokenRequests(requests: Field): void {
  const audiences = new Set<string>();
  for (const request of requests.items()) {
    const [audience, expiration] = [request.get("audience"), request.get("expirationSeconds")];
    if (audiences.has(audience.text)) {
      audience.duplicate(audience.text);
      continue;
    }
    audiences.add(audience.text);
    if (!expiration.isSet) continue;
    if (expiration.int < 600) expiration.invalid("may not specify a duration less than 10 minutes");
    if (expiration.int > 2 ** 32) expiration.invalid("may not specify a duration larger than 2^32 seconds");
  }
}
