import { checkDns1123Label, checkDns1123Subdomain, checkQualifiedName } from "../names.ts";
import { quote } from "../go-text.ts";
import { validateDownwardApiFile } from "./environment.ts";
import type { Field, Validator } from "./field.ts";
import { validateLabelSelector } from "./metadata.ts";
import { checkUnreservedPath } from "./paths.ts";
import { validateKeyToPath } from "./volume-sources.ts";

/** The paths that the sources of one volume fill. */
type Paths = Set<string>;

/** pkg/apis/core/validation/validation.go, validateProjectionSources, v1.36. */
export function validateProjectedSources(volume: Field): void {
  const paths: Paths = new Set();
  for (const source of volume.get("sources").items()) {
    validateKeys(source.get("secret"), volume, paths);
    validateKeys(source.get("configMap"), volume, paths);
    validateDownwardApi(source.get("downwardAPI"), volume, paths);
    validateToken(source.get("serviceAccountToken"), volume);
    validateTrustBundle(source.get("clusterTrustBundle"), volume, paths);
    validateCertificate(source.get("podCertificate"), volume, paths);
    if (source.keys().length > 1) source.forbidden("may not specify more than 1 volume type per source");
  }
}

function take(path: string, volume: Field, paths: Paths, printed = path): void {
  if (paths.has(path)) volume.invalid("conflicting duplicate paths", printed);
  paths.add(path);
}

function validateKeys(source: Field, volume: Field, paths: Paths): void {
  if (!source.isSet) return;
  const name = source.get("name");
  name.needed();
  for (const item of source.get("items").items()) {
    validateKeyToPath(item);
    const path = item.get("path").text;
    if (path !== "") take(path, volume, paths, name.text);
  }
}

function validateDownwardApi(source: Field, volume: Field, paths: Paths): void {
  for (const file of source.get("items").items()) {
    validateDownwardApiFile(file, source);
    const path = file.get("path").text;
    if (path !== "") take(path, volume, paths);
  }
}

function validateToken(source: Field, volume: Field): void {
  if (!source.isSet) return;
  const expiration = source.get("expirationSeconds");
  const seconds = expiration.isSet ? expiration.int : 3600;
  if (seconds < 600) expiration.invalid("may not specify a duration less than 10 minutes");
  if (seconds > 2 ** 32) expiration.invalid("may not specify a duration larger than 2^32 seconds");
  source.get("path").as("path", volume).checkRequired(checkUnreservedPath);
}

function validateTrustBundle(source: Field, volume: Field, paths: Paths): void {
  if (!source.isSet) return;
  const [name, signer, path] = [source.get("name"), source.get("signerName"), source.get("path")];
  if (name.isSet && signer.isSet) {
    source.invalid("only one of name and signerName may be used");
  } else if (name.isSet) {
    if (name.text === "") name.required("must be a valid object name");
    for (const message of checkTrustBundleName(name.text)) name.invalid(`not a valid clustertrustbundlename: ${message}`);
    const selector = source.get("labelSelector");
    if (selector.isSet) selector.invalid("labelSelector must be unset if name is specified");
  } else if (signer.isSet) {
    if (signer.text === "") signer.required("must be a valid signer name");
    validateSigner(signer);
    validateLabelSelector(source.get("labelSelector"));
  } else {
    source.required("either name or signerName must be specified");
  }
  path.needed();
  path.check(checkUnreservedPath);
  take(path.text, volume, paths);
}

/** `domain:path:name` for a bundle of a signer, else a plain name (pkg/apis/core/validation/names.go, ValidateClusterTrustBundleName, v1.36). */
function checkTrustBundleName(name: string): readonly string[] {
  const parts = name.split(":");
  return checkDns1123Subdomain(parts.length > 1 ? (parts.at(-1) ?? "") : name);
}

/** A domain and a path (pkg/apis/core/validation/names.go, ValidateSignerName, v1.36). */
function validateSigner(signer: Field): void {
  if (signer.text === "") {
    signer.required();
    return;
  }
  const [domain = "", path, ...more] = signer.text.split("/");
  if (path === undefined || more.length > 0) {
    signer.invalid("must be a fully qualified domain and path of the form 'example.com/signer-name'");
    return;
  }
  validateSegment(signer, domain, checkDns1123Label);
  if (!domain.includes(".")) signer.invalid("should be a domain with at least two segments separated by dots", domain);
  validateSegment(signer, path, checkDns1123Subdomain);
}

/** The first wrong label of a part between slashes is enough. */
function validateSegment(signer: Field, segment: string, validator: Validator): void {
  const wrong = segment.split(".").find((label) => validator(label).length > 0);
  if (wrong === undefined) return;
  for (const message of validator(wrong)) signer.invalid(`validating label ${quote(wrong)}: ${message}`, segment);
}

const keyTypes = ["RSA3072", "RSA4096", "ECDSAP256", "ECDSAP384", "ECDSAP521", "ED25519"];
const longestLifetime = 91 * 86400;
const longestKubernetesLifetime = 86400;

function validateCertificate(source: Field, volume: Field, paths: Paths): void {
  if (!source.isSet) return;
  const signer = source.get("signerName");
  validateSigner(signer);
  const annotations = source.get("userAnnotations");
  for (const key of annotations.keys()) annotations.check(checkQualifiedName, key.toLowerCase());
  source.get("keyType").oneOf(keyTypes);
  const expiration = source.get("maxExpirationSeconds");
  if (expiration.isSet && expiration.int < 3600) expiration.invalid("if provided, maxExpirationSeconds must be >= 3600");
  const longest = /^([^/]*\.)?kubernetes\.io\//.test(signer.text) ? longestKubernetesLifetime : longestLifetime;
  if (expiration.int > longest) expiration.invalid(`if provided, maxExpirationSeconds must be <= ${longest}`);
  const files = ["credentialBundlePath", "keyPath", "certificateChainPath"].map((name) => source.get(name));
  for (const file of files) {
    if (file.text === "") continue;
    file.check(checkUnreservedPath);
    take(file.text, volume, paths);
  }
  if (files.every((file) => file.text === "")) source.required("specify at least one of credentialBundlePath, keyPath, and certificateChainPath");
}
