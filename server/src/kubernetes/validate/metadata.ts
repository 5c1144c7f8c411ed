import { canonicalJson, type JsonValue } from "../../base/json.ts";
import { checkDns1123Label, checkDns1123Subdomain, checkLabelValue, checkQualifiedName } from "../names.ts";
import { byteLength } from "../go-text.ts";
import { groupOf } from "../pod-template.ts";
import type { Field, Validator } from "./field.ts";

export interface MetadataRules {
  readonly namespaced: boolean;
  readonly name: Validator;
  /** Whether finalizers without a domain must be standard ones: so for the kinds that use the core group's check. */
  readonly checksFinalizers?: boolean;
  /** Whether the API server sets the generation itself, whatever is written. */
  readonly setsGeneration?: boolean;
  /** Whether the API server makes up a name where there is none. */
  readonly needsNoName?: boolean;
  /** Whether a generateName is left unchecked, since the name made of it is checked. */
  readonly ignoresGenerateName?: boolean;
}

const totalAnnotationsLimit = 256 * 1024;
const generatedNameLimit = 58;

/** apimachinery, pkg/api/validation/objectmeta.go, ValidateObjectMetaAccessor, and pkg/apis/core/validation/validation.go, ValidateObjectMeta, v1.36. */
export function validateMetadata(metadata: Field, rules: MetadataRules): void {
  validateNames(metadata, rules);
  if (rules.namespaced) metadata.get("namespace").coded("metadata/invalid-namespace").checkIfAny(checkDns1123Label);
  if (rules.setsGeneration !== true) metadata.get("generation").nonNegative();
  validateLabels(metadata.get("labels"));
  validateAnnotations(metadata.get("annotations"));
  validateOwnerReferences(metadata.get("ownerReferences"));
  validateFinalizers(metadata.get("finalizers"));
  validateManagers(metadata.get("managedFields"));
  if (rules.checksFinalizers ?? true)
    for (const finalizer of metadata.get("finalizers").items()) validateStandardFinalizer(finalizer);
}

function validateNames(metadata: Field, rules: MetadataRules): void {
  const name = metadata.get("name").coded("metadata/invalid-name");
  const prefix = metadata.get("generateName").coded("metadata/invalid-name");
  if (prefix.text !== "" && rules.ignoresGenerateName !== true) {
    for (const message of rules.name(maskTrailingDash(prefix.text))) prefix.invalid(message);
  }
  const generated = prefix.text === "" ? "" : `${prefix.text.slice(0, generatedNameLimit)}x`;
  if (name.text === "" && generated === "" && rules.needsNoName === true) return;
  if (name.text === "" && generated === "")
    name.coded("metadata/missing-name").required("name or generateName is required");
  else name.check(rules.name, name.text === "" ? generated : name.text);
}

/** A prefix of a name may end with a dash (api/validation/generic.go, maskTrailingDash). */
function maskTrailingDash(prefix: string): string {
  return prefix.length > 1 && prefix.endsWith("-") ? `${prefix.slice(0, -2)}a` : prefix;
}

/** A name that becomes a part of a path and is not restricted otherwise (api/validate/content/path.go, IsPathSegmentName, v1.36). */
export function checkPathSegment(name: string): readonly string[] {
  if (name === "." || name === "..") return [`may not be '${name}'`];
  return ["/", "%"].filter((part) => name.includes(part)).map((part) => `may not contain '${part}'`);
}

/** apimachinery, pkg/apis/meta/v1/validation/validation.go, ValidateLabels, v1.36: errors stand at the map, not at the key. */
export function validateLabels(labels: Field): void {
  const coded = labels.coded("metadata/invalid-label");
  for (const [key, value] of labels.entries()) {
    coded.check(checkQualifiedName, key);
    coded.check(checkLabelValue, value.text);
  }
}

/** apimachinery, pkg/api/validation/objectmeta.go, ValidateAnnotations, v1.36: the case of keys does not matter. */
export function validateAnnotations(annotations: Field): void {
  let size = 0;
  const coded = annotations.coded("metadata/invalid-annotation");
  for (const [key, value] of annotations.entries()) {
    for (const message of checkQualifiedName(key.toLowerCase())) coded.invalid(message, key);
    size += byteLength(key) + byteLength(value.text);
  }
  if (size > totalAnnotationsLimit) coded.tooLong(totalAnnotationsLimit);
}

function validateOwnerReferences(references: Field): void {
  let controller = "";
  for (const reference of withoutRepeated(references)) {
    validateOwnerReference(reference, references);
    if (!reference.get("controller").flag) continue;
    const owner = `${reference.get("kind").text}/${reference.get("name").text}`;
    if (controller === "") controller = owner;
    else
      references.invalid(
        `Only one reference can have Controller set to true. Found "true" in references for ${controller} and ${owner}`,
      );
  }
}

/** References that say the same count once (apiserver, pkg/endpoints/handlers/rest.go, dedupOwnerReferences, v1.36). */
function withoutRepeated(references: Field): readonly Field[] {
  const seen = new Set<string>();
  const [kept, repeated]: [Field[], Field[]] = [[], []];
  for (const reference of references.items()) {
    const said = canonicalJson(saidBy(reference));
    (seen.has(said) ? repeated : kept).push(reference);
    seen.add(said);
  }
  if (repeated.length > 0) {
    const uids = repeated.map((reference) => reference.get("uid").text).join(", ");
    references.warn(
      `.metadata.ownerReferences contains duplicate entries; API server dedups owner references in 1.20+, and may reject such requests as early as 1.24; please fix your requests; duplicate UID(s) observed: ${uids}`,
    );
  }
  return kept;
}

function saidBy(reference: Field): JsonValue {
  const texts = ["apiVersion", "kind", "name", "uid"].map((name) => reference.get(name).text);
  return [...texts, ...["controller", "blockOwnerDeletion"].map((name) => reference.get(name).value ?? null)];
}

/** The errors of all references stand at the list, without index. */
function validateOwnerReference(reference: Field, references: Field): void {
  const [apiVersion, kind] = [reference.get("apiVersion").text, reference.get("kind").text];
  const parts = apiVersion.split("/");
  if (apiVersion === "" || parts.length > 2)
    references.get("apiVersion").invalid("version must not be empty", apiVersion);
  if (kind === "") references.get("kind").invalid("must not be empty", kind);
  for (const name of ["name", "uid"])
    if (reference.get(name).text === "") references.get(name).invalid("must not be empty", "");
  if (apiVersion === "v1" && kind === "Event")
    references.invalid("/v1, Kind=Event is disallowed from being an owner", reference.value);
}

function validateFinalizers(finalizers: Field): void {
  for (const finalizer of finalizers.texts) finalizers.check(checkQualifiedName, finalizer);
  if (finalizers.texts.includes("orphan") && finalizers.texts.includes("foregroundDeletion")) {
    finalizers.invalid("finalizer orphan and foregroundDeletion cannot be both set");
  }
}

/** Managed fields that make no sense are dropped before, all together (meta/v1/validation/validation.go, ValidateManagedFields, v1.36). */
function validateManagers(entries: Field): void {
  const group = groupOf(entries.report.root.get("apiVersion").text);
  const sensible = (entry: Field): boolean =>
    ["Apply", "Update"].includes(entry.get("operation").text) &&
    entry.get("fieldsType").text === "FieldsV1" &&
    entry.get("fieldsV1").isSet &&
    groupOf(entry.get("apiVersion").text) === group;
  for (const entry of entries.items().every(sensible) ? entries.items() : []) {
    const manager = entry.get("manager");
    manager.mostBytes(128);
    for (const [index, character] of Array.from(manager.text).entries()) {
      const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
      if (/\p{C}/u.test(character)) manager.invalid(`invalid character U+${code} (at position ${index})`);
    }
  }
}

const standardFinalizers: ReadonlySet<string> = new Set(["kubernetes", "orphan", "foregroundDeletion"]);

/** pkg/apis/core/validation/validation.go, validateKubeFinalizerName, v1.36. */
export function validateStandardFinalizer(finalizer: Field, name = finalizer.text): void {
  if (name.includes("/") || standardFinalizers.has(name)) return;
  finalizer.invalid("name is neither a standard finalizer name nor is it fully qualified", name);
}

/** apimachinery, pkg/apis/meta/v1/validation/validation.go, ValidateLabelSelector, v1.36; an absent selector is fine here. */
export function validateLabelSelector(selector: Field): void {
  validateLabels(selector.get("matchLabels"));
  for (const requirement of selector.get("matchExpressions").items()) validateRequirement(requirement);
}

function validateRequirement(requirement: Field): void {
  validateSetOperator(requirement);
  requirement.get("key").check(checkQualifiedName);
  for (const value of requirement.get("values").items()) value.check(checkLabelValue);
}

/** The operators on sets that requirements on labels and on nodes share, and whether they have the values that they want. */
export function validateSetOperator(requirement: Field): void {
  const [operator, values] = [requirement.get("operator"), requirement.get("values")];
  switch (operator.text) {
    case "In":
    case "NotIn":
      values.needed("must be specified when `operator` is 'In' or 'NotIn'");
      break;
    case "Exists":
    case "DoesNotExist":
      values.forbiddenIfAny("may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
      break;
    default:
      operator.invalid("not a valid selector operator", operator.text);
  }
}

/** What most kinds want of their metadata; the latter for kinds that count their generations. */
export const plainMetadata: MetadataRules = { namespaced: true, name: checkDns1123Subdomain };
export const countedMetadata: MetadataRules = { ...plainMetadata, setsGeneration: true };
export const clusterMetadata: MetadataRules = { ...plainMetadata, namespaced: false };
export const countedClusterMetadata: MetadataRules = { ...clusterMetadata, setsGeneration: true };
