import { isObject, textAt } from "../../base/json.ts";
import type { JsonObject } from "../../base/json.ts";
import { defaultPullPolicy } from "../image-reference.ts";
import { changed, fillAbsent, fillEmpty, inEach, inField, inStruct, withoutEmpty, withoutEmptyMaps } from "./change.ts";
import type { Change } from "./change.ts";
import { fieldReference, resourceReference } from "./container.ts";
import { quantityField, resourceList, resourceRequirements } from "./resources.ts";

/** 0644, the mode of files in volumes that the kubelet writes. */
const defaultMode = 0o644;
const files: Change = fillAbsent({ defaultMode });

const downwardItems: Change = inEach("items", fieldReference, resourceReference);
const projectedSource: Change = (source) =>
  changed(
    source,
    inField("downwardAPI", downwardItems),
    inField("serviceAccountToken", fillAbsent({ expirationSeconds: 3600 })),
  );

/** Kinds of storage whose `readOnly` is a plain field: false is not written. Elsewhere it is a pointer. */
const withPlainReadOnly = [
  ...["awsElasticBlockStore", "azureFile", "cephfs", "cinder", "fc", "flexVolume", "gcePersistentDisk", "glusterfs"],
  ...["iscsi", "nfs", "persistentVolumeClaim", "portworxVolume", "quobyte", "rbd", "scaleIO", "storageos"],
];

/** Defaults of kinds of storage that pods and PersistentVolumes share. */
const sharedSources: readonly Change[] = [
  ...withPlainReadOnly.map((source) => inField(source, withoutEmpty("readOnly"))),
  inField("hostPath", fillAbsent({ type: "" })),
  inField("iscsi", fillEmpty({ iscsiInterface: "default" })),
  inField("rbd", fillEmpty({ pool: "rbd", user: "admin", keyring: "/etc/ceph/keyring" })),
  inField("azureDisk", fillAbsent({ cachingMode: "ReadWrite", kind: "Shared", fsType: "ext4", readOnly: false })),
  inField("scaleIO", fillEmpty({ storageMode: "ThinProvisioned", fsType: "xfs" })),
];

/** Defaults of a pod's volume; one without a source is an emptyDir (pkg/apis/core/v1/defaults.go, SetDefaults_Volume, v1.36). */
export function volume(object: JsonObject): JsonObject {
  const hasSource = Object.entries(object).some(([field, value]) => field !== "name" && isObject(value));
  return changed(
    hasSource ? object : { ...object, emptyDir: {} },
    inField("emptyDir", quantityField("sizeLimit")),
    inField("secret", files),
    inField("configMap", files),
    inField("downwardAPI", files, downwardItems),
    inField("projected", files, inEach("sources", projectedSource)),
    inField("ephemeral", inField("volumeClaimTemplate", inStruct("metadata"), inStruct("spec", claimSpec))),
    inField("image", (image) => fillEmpty({ pullPolicy: defaultPullPolicy(textAt(image, "reference") ?? "") })(image)),
    ...sharedSources,
  );
}

function claimSpec(spec: JsonObject): JsonObject {
  return changed(spec, fillAbsent({ volumeMode: "Filesystem" }), inStruct("resources", resourceRequirements));
}

/** pkg/apis/core/v1/defaults.go, SetDefaults_PersistentVolumeClaim, v1.36. */
export const persistentVolumeClaim: Change = (claim) =>
  changed(
    claim,
    inStruct("metadata"),
    inStruct("spec", claimSpec),
    inStruct("status", fillEmpty({ phase: "Pending" })),
  );

/** pkg/apis/core/v1/defaults.go, SetDefaults_PersistentVolume, v1.36. */
export const persistentVolume: Change = inStruct(
  "spec",
  fillEmpty({ persistentVolumeReclaimPolicy: "Retain" }),
  fillAbsent({ volumeMode: "Filesystem" }),
  inField("capacity", resourceList),
  ...sharedSources,
);

/** pkg/apis/storage/v1/defaults.go, SetDefaults_StorageClass, v1.36. */
export const storageClass: Change = (object) =>
  changed(
    object,
    withoutEmptyMaps("parameters"),
    fillAbsent({ reclaimPolicy: "Delete", volumeBindingMode: "Immediate" }),
  );
