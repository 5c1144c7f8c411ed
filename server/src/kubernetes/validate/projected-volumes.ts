import { validateDownwardApiFile } from "./environment.ts";
import type { Field } from "./field.ts";
import { checkUnreservedPath } from "./paths.ts";
import { validateKeyToPath } from "./volume-sources.ts";

/** The paths that the sources of one volume fill. */
type Paths = Set<string>;

/** Other sources (clusterTrustBundle, podCertificate) are behind feature gates and dropped. */
const known = ["secret", "configMap", "downwardAPI", "serviceAccountToken"];

/** pkg/apis/core/validation/validation.go, validateProjectionSources, v1.36. */
export function validateProjectedSources(volume: Field): void {
  const paths: Paths = new Set();
  for (const source of volume.get("sources").items()) {
    validateKeys(source.get("secret"), volume, paths);
    validateKeys(source.get("configMap"), volume, paths);
    validateDownwardApi(source.get("downwardAPI"), volume, paths);
    validateToken(source.get("serviceAccountToken"), volume);
    if (known.filter((name) => source.get(name).isSet).length > 1)
      source.forbidden("may not specify more than 1 volume type per source");
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
