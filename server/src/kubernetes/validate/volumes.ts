import { checkDns1123Label, checkDns1123Subdomain } from "../names.ts";
import { byteLength, quote } from "../go-text.ts";
import { validateClaimTemplate } from "./claims.ts";
import { validateDownwardApiFile } from "./environment.ts";
import type { Field } from "./field.ts";
import { checkDescendingPath, validateFileMode } from "./paths.ts";
import type { PodRules } from "./pod-rules.ts";
import { pullPolicies } from "./pod-rules.ts";
import { validateProjectedSources } from "./projected-volumes.ts";
import * as sources from "./volume-sources.ts";
import { quantityOf } from "./resources.ts";

/** Volumes without errors, by name: a mount of any other is "not found". */
export type Volumes = ReadonlyMap<string, Field>;

/** pkg/apis/core/validation/validation.go, ValidateVolumes, v1.36. */
export function validateVolumes(volumes: Field, rules: PodRules): Volumes {
  const valid = new Map<string, Field>();
  const podName = rules.isPod ? rules.name : "";
  const created = new Set<string>();
  for (const volume of volumes.items())
    if (volume.get("ephemeral").isSet) created.add(`${podName}-${volume.get("name").text}`);
  for (const volume of volumes.items()) {
    const before = volume.report.causes.length;
    validateSource(volume, rules);
    const name = volume.get("name");
    name.checkRequired(checkDns1123Label);
    if (valid.has(name.text)) name.duplicate();
    if (volume.report.causes.length === before) valid.set(name.text, volume);
    const claim = volume.at("persistentVolumeClaim", "claimName");
    if (podName !== "" && created.has(claim.text))
      claim.invalid("must not reference a PVC that gets created for an ephemeral volume");
  }
  return valid;
}

interface Source {
  readonly field: string;
  /** How the API server calls a second source, where that differs. */
  readonly second?: string;
  readonly validate: (source: Field, volume: Field, rules: PodRules) => void;
}

/** In the order in which they are looked at: only the first one is validated. */
const volumeSources: readonly Source[] = [
  { field: "emptyDir", validate: validateEmptyDir },
  { field: "hostPath", validate: sources.validateHostPath },
  { field: "gitRepo", validate: validateGitRepo },
  {
    field: "gcePersistentDisk",
    validate: (source, volume) => sources.validateDisk(source.as("persistentDisk", volume), "pdName"),
  },
  { field: "awsElasticBlockStore", validate: (source) => sources.validateDisk(source, "volumeID") },
  { field: "secret", validate: (source) => sources.validateKeys(source, "secretName") },
  { field: "nfs", validate: sources.validateNfs },
  { field: "iscsi", validate: validateIscsi },
  { field: "glusterfs", validate: (source) => sources.needs(source, "endpoints", "path") },
  { field: "flocker", validate: sources.validateFlocker },
  { field: "persistentVolumeClaim", validate: (source) => sources.needs(source, "claimName") },
  { field: "rbd", validate: (source) => sources.needs(source, "monitors", "image") },
  { field: "cinder", validate: (source) => sources.validateCinder(source, false) },
  { field: "cephfs", second: "cephFS", validate: (source) => sources.needs(source, "monitors") },
  { field: "quobyte", validate: sources.validateQuobyte },
  { field: "downwardAPI", second: "downwarAPI", validate: validateDownwardApi },
  { field: "fc", validate: sources.validateFibreChannel },
  { field: "flexVolume", validate: sources.validateFlexVolume },
  { field: "configMap", validate: (source) => sources.validateKeys(source, "name") },
  { field: "azureFile", validate: (source) => sources.needs(source, "secretName", "shareName") },
  { field: "vsphereVolume", validate: (source) => sources.needs(source, "volumePath") },
  { field: "photonPersistentDisk", validate: (source) => sources.needs(source, "pdID") },
  { field: "portworxVolume", validate: (source) => sources.needs(source, "volumeID") },
  { field: "azureDisk", validate: sources.validateAzureDisk },
  { field: "storageos", validate: (source) => sources.validateStorageOs(source, false) },
  { field: "projected", validate: validateProjected },
  { field: "scaleIO", validate: (source) => sources.needs(source, "gateway", "system", "volumeName") },
  { field: "csi", validate: sources.validateCsi },
  { field: "ephemeral", validate: validateEphemeral },
  { field: "image", validate: validateImage },
];

/** A volume without source is an emptyDir. */
function validateSource(volume: Field, rules: PodRules): void {
  let found = false;
  for (const { field, second, validate } of volumeSources) {
    const source = volume.get(field);
    if (!source.isSet) continue;
    if (found) source.as(second ?? field).forbidden("may not specify more than 1 volume type");
    else validate(source, volume, rules);
    found = true;
  }
}

function validateEmptyDir(source: Field): void {
  const limit = source.get("sizeLimit");
  const quantity = quantityOf(limit);
  if (quantity !== undefined && quantity.unscaled < 0n)
    limit.forbidden("SizeLimit field must be a valid resource quantity");
}

function validateGitRepo(source: Field): void {
  sources.needs(source, "repository");
  source.get("directory").check(checkDescendingPath);
}

function validateIscsi(source: Field, volume: Field): void {
  sources.validateIscsi(source, false);
  const name = volume.get("name");
  if (!source.get("initiatorName").isSet || byteLength(`${name.text}:${source.get("targetPortal").text}`) <= 64) return;
  name.invalid(
    "Total length of <volume name>:<iscsi.targetPortal> must be under 64 characters if iscsi.initiatorName is specified.",
    name.text,
  );
}

function validateDownwardApi(source: Field): void {
  validateFileMode(source.get("defaultMode"));
  // Errors stand at the source, without the item's index.
  for (const file of source.get("items").items()) validateDownwardApiFile(file, source);
}

function validateProjected(source: Field): void {
  validateFileMode(source.get("defaultMode"));
  validateProjectedSources(source);
}

function validateEphemeral(source: Field, volume: Field, rules: PodRules): void {
  const template = source.get("volumeClaimTemplate");
  if (template.isSet) validateClaimTemplate(template);
  else template.required();
  const name = volume.get("name");
  if (!rules.isPod || rules.name === "" || name.text === "") return;
  const claim = `${rules.name}-${name.text}`;
  for (const message of checkDns1123Subdomain(claim)) name.invalid(`PVC name ${quote(claim)}: ${message}`);
}

function validateImage(source: Field, _volume: Field, rules: PodRules): void {
  if (rules.isPod) source.get("reference").needed();
  source.get("pullPolicy").or("IfNotPresent").oneOf(pullPolicies);
}
