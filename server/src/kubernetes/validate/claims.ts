import { checkDns1123Label, checkDns1123Subdomain } from "../names.ts";
import { quantityMilliValue, quantityText } from "../quantity.ts";
import { quote } from "../go-text.ts";
import type { Field } from "./field.ts";
import {
  plainMetadata,
  validateAnnotations,
  validateLabels,
  validateLabelSelector,
  validateMetadata,
} from "./metadata.ts";
import { quantityOf, validatePositiveQuantity } from "./resources.ts";

const accessModes = ["ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"];
export const volumeModes = ["Block", "Filesystem"];

/** pkg/apis/core/validation/validation.go, ValidatePersistentVolumeClaim, v1.36. */
export function validateClaim(claim: Field): void {
  validateMetadata(claim.get("metadata"), plainMetadata);
  validateClaimSpec(withNormalizedSources(claim.get("spec")));
  const annotation = claim.at("metadata", "annotations").key("volume.beta.kubernetes.io/storage-class");
  if (annotation.isSet)
    annotation.warn(`${annotation.name}: deprecated since v1.8; use "storageClassName" attribute instead`);
  warnAboutClaim(claim.get("spec"));
}

/** The claim of an ephemeral volume: labels and annotations are all that its metadata may have. */
export function validateClaimTemplate(template: Field): void {
  const metadata = template.get("metadata");
  validateAnnotations(metadata.get("annotations"));
  validateLabels(metadata.get("labels"));
  for (const name of metadata.keys()) {
    if (name === "labels" || name === "annotations") continue;
    const field = metadata.get(name).as(goField(name), metadata);
    // The only number that Go keeps apart from an absent one.
    if (name === "deletionGracePeriodSeconds" || !field.isEmpty) field.forbidden("cannot be set");
  }
  validateClaimSpec(template.get("spec"));
}

/** The API server prints Go's names here. */
function goField(name: string): string {
  return name === "uid" ? "uID" : name;
}

/** validation.go, ValidatePersistentVolumeClaimSpec, v1.36. */
export function validateClaimSpec(spec: Field): void {
  const modes = spec.get("accessModes");
  modes.needed("at least 1 access mode is required");
  if (spec.get("selector").isSet) validateLabelSelector(spec.get("selector"));
  validateAccessModes(modes);
  validateStorageRequest(spec);
  spec.get("storageClassName").checkIfAny(checkDns1123Subdomain);
  spec.get("volumeMode").oneOfIfSet(volumeModes);
  const [source, reference] = [spec.get("dataSource"), spec.get("dataSourceRef")];
  if (source.isSet) validateDataSource(source);
  if (reference.isSet) validateDataSource(reference);
  validateDataSources(spec, source, reference);
  spec.get("volumeAttributesClassName").checkIfAny(checkDns1123Subdomain);
}

/** Known modes, and ReadWriteOncePod alone: ValidatePersistentVolumeClaimSpec, v1.36. */
export function validateAccessModes(modes: Field): void {
  for (const mode of modes.texts) if (!accessModes.includes(mode)) modes.notSupported(accessModes, mode);
  const known = new Set(modes.texts.filter((mode) => accessModes.includes(mode)));
  if (known.has("ReadWriteOncePod") && known.size > 1)
    modes.forbidden("may not use ReadWriteOncePod with other access modes");
}

/** The error leaves `requests` out of the path. */
function validateStorageRequest(spec: Field): void {
  const resources = spec.get("resources");
  const storage = resources.get("requests").key("storage").as("[storage]", resources);
  if (storage.isSet) validatePositiveQuantity(storage);
  else storage.required();
}

/**
 * Claims of their own, not those of templates, lose a reference into another namespace, and a source without reference that is neither claim nor snapshot;
 * then either stands for the other (pkg/api/persistentvolumeclaim/util.go, DropDisabledFields, EnforceDataSourceBackwardsCompatibility and
 * NormalizeDataSources, v1.36).
 */
function withNormalizedSources(spec: Field): Field {
  const written = spec.get("dataSourceRef");
  const reference = written.get("namespace").text === "" ? written : written.with(undefined);
  const source = spec.get("dataSource");
  const kept = reference.isSet || isClaimOrSnapshot(source) ? source : source.with(undefined);
  return spec
    .withIn("dataSource", kept.value ?? reference.value)
    .withIn("dataSourceRef", reference.value ?? kept.value);
}

function isClaimOrSnapshot(source: Field): boolean {
  const [kind, group] = [source.get("kind").text, source.get("apiGroup").text];
  if (kind === "PersistentVolumeClaim") return group === "";
  return kind === "VolumeSnapshot" && group === "snapshot.storage.k8s.io";
}

function validateDataSource(source: Field): void {
  const [kind, group] = [source.get("kind"), source.get("apiGroup")];
  source.get("name").needed();
  kind.needed();
  if (group.text === "" && kind.text !== "PersistentVolumeClaim") {
    source.invalid("must be 'PersistentVolumeClaim' when referencing the default apiGroup", kind.text);
  }
  group.checkIfAny(checkDns1123Subdomain);
  source.get("namespace").checkIfAny(checkDns1123Label);
}

function validateDataSources(spec: Field, source: Field, reference: Field): void {
  const crossing = reference.get("namespace").text !== "";
  if (crossing && source.isSet) {
    spec.invalid("may not be specified when dataSourceRef.namespace is specified", source.name);
  } else if (!crossing && source.isSet && reference.isSet && !isSameSource(source, reference)) {
    spec.invalid("must match dataSourceRef", source.name);
  }
}

function isSameSource(source: Field, reference: Field): boolean {
  return ["apiGroup", "kind", "name"].every((name) => source.get(name).text === reference.get(name).text);
}

/** pkg/api/persistentvolumeclaim/util.go, GetWarningsForPersistentVolumeClaimSpec, v1.36. */
export function warnAboutClaim(spec: Field, place = spec): void {
  const resources = spec.get("resources").as("resources", place);
  for (const list of ["requests", "limits"]) warnAboutFraction(resources.get(list).key("storage"));
}

export function warnAboutFraction(amount: Field): void {
  const quantity = quantityOf(amount);
  if (quantity === undefined || quantityMilliValue(quantity) % 1000n === 0n) return;
  amount.warn(`${amount.name}: fractional byte value ${quote(quantityText(quantity))} is invalid, must be an integer`);
}
