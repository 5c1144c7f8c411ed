import { quote } from "../go-text.ts";
import type { Field } from "./field.ts";

interface VolumePath {
  readonly path: string;
  /** Where it comes from; "" within a volume of one source. */
  readonly source: string;
}

/** Other sources are behind feature gates and dropped. */
const known = ["secret", "configMap", "downwardAPI", "serviceAccountToken"];

/** Files of one volume that overwrite each other (pkg/api/pod/warnings.go, warningsForOverlappingVirtualPaths, v1.36). */
export function warnAboutOverlaps(volume: Field): void {
  const [configMap, secret] = [volume.get("configMap"), volume.get("secret")];
  report(volume, `ConfigMap ${quote(configMap.get("name").text)}`, pathsOf(configMap, ""));
  report(volume, `Secret ${quote(secret.get("secretName").text)}`, pathsOf(secret, ""));
  report(volume, "DownwardAPI", pathsOf(volume.get("downwardAPI"), ""));
  const sources = volume.at("projected", "sources").items();
  const name = quote(volume.get("name").text);
  for (const source of sources)
    if (!known.some((kind) => source.get(kind).isSet))
      source.warn(`volume ${name} (Projected) has no sources provided`);
  report(volume, "Projected", sources.flatMap(projectedPaths));
}

function pathsOf(source: Field, name: string): readonly VolumePath[] {
  return source
    .get("items")
    .items()
    .map((item) => ({ path: item.get("path").text, source: name }));
}

function projectedPaths(source: Field): readonly VolumePath[] {
  const [configMap, secret, token] = [source.get("configMap"), source.get("secret"), source.get("serviceAccountToken")];
  if (configMap.get("items").isSet) return pathsOf(configMap, `ConfigMap ${quote(configMap.get("name").text)}`);
  if (secret.get("items").isSet) return pathsOf(secret, `Secret ${quote(secret.get("name").text)}`);
  if (source.at("downwardAPI", "items").isSet) return pathsOf(source.get("downwardAPI"), "DownwardAPI");
  return token.isSet ? [{ path: token.get("path").text, source: "ServiceAccountToken" }] : [];
}

function report(volume: Field, description: string, paths: readonly VolumePath[]): void {
  const seen: VolumePath[] = [];
  for (const { path, source } of paths) {
    const current = { path: path.replace(/\/+$/, ""), source };
    for (const other of seen.filter((earlier) => overlap(earlier.path, current.path))) {
      const pair = `${printed(current)} with ${printed(other)}`;
      volume.warn(`volume ${quote(volume.get("name").text)} (${description}): overlapping paths: ${pair}`);
    }
    seen.push(current);
  }
}

function overlap(left: string, right: string): boolean {
  if (left === "" || right === "") return false;
  return `${left}/`.startsWith(`${right}/`) || `${right}/`.startsWith(`${left}/`);
}

function printed({ path, source }: VolumePath): string {
  return source === "" ? quote(path) : `${quote(path)} (${source})`;
}
