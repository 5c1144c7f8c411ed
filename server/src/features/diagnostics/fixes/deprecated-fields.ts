import * as l10n from "@vscode/l10n";
import { isArray, isObject } from "../../../base/json.ts";
import type { JsonObject, JsonValue } from "../../../base/json.ts";
import { folderOf, joined } from "../../../index/place.ts";
import { toJson } from "../../../yaml/path.ts";
import type { Fix, PathChange } from "../../finding.ts";
import type { KustomizeFixRequest } from "./kustomize.ts";

/**
 * Today's form of a field that kustomize no longer recommends. `vars` have none that means the same in every case.
 * kustomize api, types/kustomization.go, FixKustomizationPreMarshalling and FixKustomizationPostUnmarshalling, v0.21.2.
 */
export function deprecatedFieldFixes(request: KustomizeFixRequest): readonly Fix[] {
  const { document, path, change } = request;
  const root = toJson(document.parsed?.root ?? null);
  const [field] = path;
  if (!isObject(root) || typeof field !== "string") return [];
  const changes = changesFor(field, root, request);
  if (changes.length === 0) return [];
  return [
    {
      title: l10n.t("Write {0} the way that kustomize recommends", field),
      preferred: true,
      changes: changes.map(change),
    },
  ];
}

function changesFor(field: string, root: JsonObject, request: KustomizeFixRequest): readonly PathChange[] {
  switch (field) {
    case "bases":
      return moved(field, "resources", root, (item) => item);
    case "imageTags":
      return moved(field, "images", root, (item) => item);
    case "patchesJson6902":
      return moved(field, "patches", root, (item) => item);
    case "patchesStrategicMerge":
      return moved(field, "patches", root, (item) => patchOf(item, request));
    case "commonLabels":
      return labelsOf(root);
    default:
      return [];
  }
}

/** The items of one list behind those of another one; under its name alone where that is all. */
function moved(
  from: string,
  to: string,
  root: JsonObject,
  form: (item: JsonValue) => JsonValue | undefined,
): readonly PathChange[] {
  const items = root[from];
  if (!isArray(items)) return [];
  const formed = items.map(form);
  if (!formed.every((item) => item !== undefined)) return [];
  const present = root[to];
  if (present === undefined && formed.every((item, index) => item === items[index]))
    return [{ kind: "rename-key", path: [from], name: to }];
  if (present !== undefined && present !== null && !isArray(present)) return [];
  return [
    ...formed.map((item): PathChange => ({ kind: "append", path: [to], value: item })),
    { kind: "remove", path: [from] },
  ];
}

/** A path where there is such a file, the text of a patch otherwise. */
function patchOf(item: JsonValue, { context, index }: KustomizeFixRequest): JsonValue | undefined {
  if (typeof item !== "string") return undefined;
  const isFile = !item.includes("\n") && index.file(joined(folderOf(context.file), item)) !== undefined;
  if (isFile) return { path: item };
  return item.includes("\n") ? { patch: item } : undefined;
}

/** Labels of the same key in `labels` would be in the way. */
function labelsOf(root: JsonObject): readonly PathChange[] {
  const { commonLabels: pairs, labels } = root;
  if (!isObject(pairs)) return [];
  const known = isArray(labels)
    ? labels.flatMap((item) => (isObject(item) && isObject(item["pairs"]) ? Object.keys(item["pairs"]) : []))
    : [];
  if (known.some((key) => Object.hasOwn(pairs, key))) return [];
  return [
    { kind: "append", path: ["labels"], value: { includeSelectors: true, pairs } },
    { kind: "remove", path: ["commonLabels"] },
  ];
}
