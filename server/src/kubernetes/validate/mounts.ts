import type { JsonValue } from "../../base/json.ts";
import type { Field } from "./field.ts";
import { checkDescendingPath, checkNoBacksteps } from "./paths.ts";
import type { Volumes } from "./volumes.ts";

/** pkg/apis/core/validation/validation.go, ValidateVolumeMounts and ValidateVolumeDevices, v1.36. */
export function validateMounts(container: Field, volumes: Volumes): void {
  const [mounts, devices] = [container.get("volumeMounts"), container.get("volumeDevices")];
  const mountPaths = new Map(mounts.items().map((mount) => [mount.get("name").text, mount.get("mountPath").text]));
  const devicePaths = new Map(
    devices.items().map((device) => [device.get("name").text, device.get("devicePath").text]),
  );
  const seen = new Set<string>();
  for (const mount of mounts.items()) {
    const [name, path] = [
      mount.get("name").coded("pod/volume-mount"),
      mount.get("mountPath").coded("pod/volume-mount"),
    ];
    name.needed();
    if (!volumes.has(name.text)) name.notFound();
    path.needed();
    if (seen.has(path.text)) path.invalid("must be unique", path.text);
    seen.add(path.text);
    if (devicePaths.has(name.text)) name.invalid("must not already exist in volumeDevices");
    if ([...devicePaths.values()].includes(path.text))
      path.invalid("must not already exist as a path in volumeDevices");
    validateSubPaths(mount, mounts);
    validatePropagation(mount, mounts, container.at("securityContext", "privileged").flag);
  }
  validateDevices(devices, mountPaths, volumes);
}

/** Errors of the paths stand at the list, without index. */
function validateSubPaths(mount: Field, mounts: Field): void {
  const [path, expression] = [mount.get("subPath"), mount.get("subPathExpr")];
  if (path.text !== "") path.as("subPath", mounts).check(checkDescendingPath);
  if (expression.text === "") return;
  if (path.text !== "") expression.invalid("subPathExpr and subPath are mutually exclusive");
  expression.as("subPathExpr", mounts).check(checkDescendingPath);
}

function validatePropagation(mount: Field, mounts: Field, privileged: boolean): void {
  const propagation = mount.get("mountPropagation").as("mountPropagation", mounts).coded("pod/volume-mount");
  propagation.oneOfIfSet(["Bidirectional", "HostToContainer", "None"]);
  if (propagation.text === "Bidirectional" && !privileged) {
    propagation.forbidden("Bidirectional mount propagation is available only to privileged containers");
  }
  const recursive = mount.get("recursiveReadOnly").as("recursiveReadOnly", mounts).coded("pod/volume-mount");
  recursive.oneOfIfSet(["Disabled", "Enabled", "IfPossible"]);
  if (recursive.text !== "Enabled" && recursive.text !== "IfPossible") return;
  if (!mount.get("readOnly").flag) recursive.forbidden("may only be specified when readOnly is true");
  if (propagation.isSet && propagation.text !== "None")
    recursive.forbidden("may only be specified when mountPropagation is None or not specified");
}

function validateDevices(devices: Field, mountPaths: ReadonlyMap<string, string>, volumes: Volumes): void {
  const [paths, names] = [new Set<JsonValue>(), new Set<JsonValue>()];
  for (const device of devices.items()) {
    const [name, path] = [
      device.get("name").coded("pod/volume-mount"),
      device.get("devicePath").coded("pod/volume-mount"),
    ];
    const volume = volumes.get(name.text);
    name.needed();
    if (names.has(name.text)) name.invalid("must be unique");
    if (volume === undefined) name.notFound();
    else if (!volume.get("persistentVolumeClaim").isSet && !volume.get("ephemeral").isSet) {
      name.invalid("can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode");
    }
    path.needed();
    if (paths.has(path.text)) path.invalid("must be unique", path.text);
    if (checkNoBacksteps(path.text).length > 0) path.invalid("can not contain backsteps ('..')");
    else paths.add(path.text);
    if (mountPaths.has(name.text)) name.invalid("must not already exist in volumeMounts", name.text);
    if ([...mountPaths.values()].includes(path.text))
      path.invalid("must not already exist as a path in volumeMounts", path.text);
    if (name.text !== "") names.add(name.text);
  }
}
