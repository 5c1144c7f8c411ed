import { checkDns1123Label, checkDns1123Subdomain } from "../names.ts";
import { byteLength } from "../go-text.ts";
import type { Field } from "./field.ts";
import { checkNoBacksteps, checkUnreservedPath, validateFileMode } from "./paths.ts";

/** Checks of the single volume sources, as pkg/apis/core/validation/validation.go has them, v1.36. */

/** Reports the fields that are empty. */
export function needs(source: Field, ...names: readonly string[]): void {
  for (const name of names) source.get(name).needed();
}

const hostPathTypes = [
  "",
  "BlockDevice",
  "CharDevice",
  "Directory",
  "DirectoryOrCreate",
  "File",
  "FileOrCreate",
  "Socket",
];

export function validateHostPath(source: Field): void {
  if (!source.get("path").needed()) return;
  source.get("path").check(checkNoBacksteps);
  source.get("type").oneOfIfSet(hostPathTypes);
}

export function validateLocal(source: Field): void {
  if (source.get("path").needed()) source.get("path").check(checkNoBacksteps);
}

export function validateDisk(source: Field, id: string): void {
  needs(source, id);
  const partition = source.get("partition");
  if (partition.int < 0 || partition.int > 255) partition.invalid("must be between 1 and 255, inclusive");
}

export function validateNfs(source: Field): void {
  needs(source, "server", "path");
  const path = source.get("path");
  if (!path.text.startsWith("/")) path.invalid("must be an absolute path", path.text);
}

const initiatorFormats: readonly (readonly [string, RegExp])[] = [
  ["iqn", /iqn\.\d{4}-\d{2}\.([a-zA-Z0-9\-.]+)(:[^,;*&$|\s]+)$/],
  ["eui", /^eui.[a-zA-Z0-9]{16}$/],
  ["naa", /^naa.[a-zA-Z0-9]{32}$/],
];

/** For volumes of pods and, with `persistent`, for PersistentVolumes, whose messages are shorter. */
export function validateIscsi(source: Field, persistent: boolean): void {
  needs(source, "targetPortal");
  const iqn = source.get("iqn");
  if (iqn.needed()) validateInitiator(iqn, persistent);
  source.get("lun").range(0, 255);
  const secret = source.get("secretRef");
  if ((source.get("chapAuthDiscovery").flag || source.get("chapAuthSession").flag) && !secret.isSet) secret.required();
  if (persistent && secret.isSet) needs(secret, "name");
  const initiator = source.get("initiatorName");
  if (initiator.isSet) validateInitiator(initiator.as("initiatorname"), persistent);
}

function validateInitiator(name: Field, persistent: boolean): void {
  const format = initiatorFormats.find(([prefix]) => name.text.startsWith(prefix));
  if (format === undefined)
    name.invalid(persistent ? "must be valid format" : "must be valid format starting with iqn, eui, or naa");
  else if (!format[1].test(name.text)) name.invalid("must be valid format");
}

/** One of name and UUID: validateFlockerVolumeSource, v1.36. */
export function validateFlocker(source: Field): void {
  const [name, id] = [source.get("datasetName"), source.get("datasetUUID")];
  if (name.isEmpty && id.isEmpty) source.required("one of datasetName and datasetUUID is required");
  if (!name.isEmpty && !id.isEmpty)
    source.invalid("datasetName and datasetUUID can not be specified simultaneously", "resource");
  if (name.text.includes("/")) name.invalid("must not contain '/'");
}

/** A registry of host:port pairs: validateQuobyteVolumeSource, v1.36. */
export function validateQuobyte(source: Field): void {
  const form = "must be a host:port pair or multiple pairs separated by commas";
  const registry = source.get("registry");
  if (registry.isEmpty) {
    registry.required(form);
  } else if (byteLength(source.get("tenant").text) >= 65) {
    source.get("tenant").required("must be a UUID and may not exceed a length of 64 characters");
  } else {
    for (const pair of registry.text.split(",")) if (!isHostAndPort(pair)) registry.invalid(form);
  }
  needs(source, "volume");
}

/** Go, net.SplitHostPort, as far as its success goes. */
function isHostAndPort(text: string): boolean {
  return /^(?:\[[^[\]]*\]|[^:[\]]*):[^:[\]]*$/.test(text);
}

/** Names with a LUN, or world wide ids: validateFCVolumeSource, v1.36. */
export function validateFibreChannel(source: Field): void {
  const [names, ids, lun] = [source.get("targetWWNs"), source.get("wwids"), source.get("lun")];
  if (names.isEmpty && ids.isEmpty) names.required("must specify either targetWWNs or wwids, but not both");
  if (!names.isEmpty && !ids.isEmpty) names.invalid("targetWWNs and wwids can not be specified simultaneously");
  if (names.isEmpty) return;
  if (lun.isSet) lun.range(0, 255);
  else lun.required("lun is required if targetWWNs is specified");
}

/** Options must not use Kubernetes' own names: validateFlexVolumeSource, v1.36. */
export function validateFlexVolume(source: Field): void {
  needs(source, "driver");
  for (const [key, option] of source.get("options").entries()) {
    const domain = `.${(key.split("/", 2)[0] ?? "").toLowerCase()}`;
    if (!domain.endsWith(".kubernetes.io") && !domain.endsWith(".k8s.io")) continue;
    option.invalid("kubernetes.io and k8s.io namespaces are reserved", key);
  }
}

/** The address must fit the kind: validateAzureDisk, v1.36. */
export function validateAzureDisk(source: Field): void {
  needs(source, "diskName", "diskURI");
  source.get("cachingMode").or("ReadWrite").oneOf(["None", "ReadOnly", "ReadWrite"]);
  const kind = source.get("kind").or("Shared");
  kind.oneOf(["Dedicated", "Managed", "Shared"]);
  const uri = source.get("diskURI");
  const managed = "/subscriptions/{sub-id}/resourcegroups/{group-name}/providers/microsoft.compute/disks/{disk-id}";
  const blob = "https://{account-name}.blob.core.windows.net/{container-name}/{disk-name}.vhd";
  if (kind.text === "Managed" && !uri.text.startsWith("/subscriptions/")) uri.notSupported([managed], uri.text);
  if (kind.text !== "Managed" && !uri.text.startsWith("https://")) uri.notSupported([blob], uri.text);
}

/** The secret of a PersistentVolume needs its namespace: validateStorageOSVolumeSource and its sibling, v1.36. */
export function validateStorageOs(source: Field, persistent: boolean): void {
  source.get("volumeName").checkRequired(checkDns1123Label);
  source.get("volumeNamespace").checkIfAny(checkDns1123Label);
  const secret = source.get("secretRef");
  if (secret.isSet) needs(secret, "name", ...(persistent ? ["namespace"] : []));
}

export function validateCinder(source: Field, persistent: boolean): void {
  needs(source, "volumeID");
  const secret = source.get("secretRef");
  if (secret.isSet) needs(secret, "name", ...(persistent ? ["namespace"] : []));
}

/** The name of a CSI driver; its case does not matter. */
export function validateDriverName(name: Field): void {
  if (!name.needed()) return;
  name.mostBytes(63);
  for (const message of checkDns1123Subdomain(name.text.toLowerCase())) name.invalid(message);
}

/** An inline volume of a driver: validateCSIVolumeSource, v1.36. */
export function validateCsi(source: Field): void {
  validateDriverName(source.get("driver"));
  const secret = source.get("nodePublishSecretRef");
  if (!secret.isSet) return;
  const name = secret.get("name");
  // The API server names a field that does not exist here.
  if (name.needed()) name.as("name", source).check(checkDns1123Subdomain);
}

export function validateKeys(source: Field, name: string): void {
  needs(source, name);
  validateFileMode(source.get("defaultMode"));
  for (const item of source.get("items").items()) validateKeyToPath(item);
}

export function validateKeyToPath(item: Field): void {
  needs(item, "key", "path");
  item.get("path").check(checkUnreservedPath);
  validateFileMode(item.get("mode"));
}
