import { arrayAt, at, objectAt, textAt } from "../base/json.ts";
import type { JsonObject, JsonPath, JsonValue } from "../base/json.ts";
import { checkDns1123Label } from "../kubernetes/names.ts";
import type { Index } from "./index.ts";
import { kindKey } from "./keys.ts";
import type { KustomizationInputs } from "./kustomizations.ts";
import { folderOf, parentOf } from "./place.ts";
import type { FolderId, OpenReason, Resource } from "./types.ts";

/** How a controller applies what a folder's kustomization makes. */
export interface AppliedBy {
  /** Where the objects come to be, as far as all controllers that name the folder agree. */
  readonly namespace: AppliedNamespace | undefined;
  /** Changes of the objects that no file of the folder tells of. */
  readonly open: readonly OpenReason[];
}

export interface AppliedNamespace {
  readonly name: string;
  /** It takes the place of namespaces that objects name, too. */
  readonly overrides: boolean;
}

/**
 * The folders with a kustomization that a Flux `Kustomization` or an Argo CD `Application` names: they are applied by themselves, even where another
 * kustomization uses them, too. Their paths begin at the top of a repository, which is some folder above the file that holds them.
 */
export function appliedFolders(
  { engine, index }: KustomizationInputs,
  folders: ReadonlySet<string>,
): ReadonlyMap<string, AppliedBy> {
  const byId = new Map([...folders].map((folder) => [engine.idOf(folder === "" ? "" : `${folder}/`), folder]));
  const found = new Map<string, AppliedBy>();
  for (const { from, path, appliedBy } of namedPaths(index)) {
    for (let top: FolderId | undefined = from; top !== undefined; top = parentOf(top)) {
      const folder = byId.get(`${top}${path}`);
      if (folder === undefined) continue;
      found.set(folder, merged(found.get(folder), appliedBy));
      break;
    }
  }
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function merged(former: AppliedBy | undefined, appliedBy: AppliedBy): AppliedBy {
  if (former === undefined) return appliedBy;
  const isSame =
    former.namespace?.name === appliedBy.namespace?.name &&
    former.namespace?.overrides === appliedBy.namespace?.overrides;
  return { namespace: isSame ? former.namespace : undefined, open: [...former.open, ...appliedBy.open] };
}

interface NamedPath {
  readonly from: FolderId;
  /** Without `./` in front, with `/` at its end; "" for the top itself. */
  readonly path: string;
  readonly appliedBy: AppliedBy;
}

function namedPaths(index: Index): readonly NamedPath[] {
  return [
    ...index.posting(kindKey("kustomize.toolkit.fluxcd.io", "Kustomization")).flatMap(pathOfFlux),
    ...index.posting(kindKey("argoproj.io", "Application")).flatMap(pathsOfArgo),
  ];
}

/** `targetNamespace` is written into the kustomization before it is built (fluxcd/pkg, kustomize/kustomize_generator.go, WriteFile, v1.20). */
function pathOfFlux(resource: Resource): readonly NamedPath[] {
  const name = namespaceAt(resource.object, "spec", "targetNamespace");
  const namespace = name === undefined ? undefined : { name, overrides: true };
  const changing = ["patches", "patchesStrategicMerge", "patchesJson6902", "components", "namePrefix", "nameSuffix"];
  return namedPath(resource, textAt(resource.object, "spec", "path"), {
    namespace,
    open: changesAt(resource, ["spec"], changing),
  });
}

/** The destination's namespace is that of objects which name none; the one of `kustomize` options is written into the kustomization. */
function pathsOfArgo(resource: Resource): readonly NamedPath[] {
  const { object } = resource;
  const destination = namespaceAt(object, "spec", "destination", "namespace");
  const changing = ["patches", "components", "namePrefix", "nameSuffix", "commonLabels"];
  return sourcesOf(object).flatMap(({ source, path }) => {
    const own = namespaceAt(source, "kustomize", "namespace");
    const name = own ?? destination;
    return namedPath(resource, textAt(source, "path"), {
      namespace: name === undefined ? undefined : { name, overrides: own !== undefined },
      open: changesAt(resource, [...path, "kustomize"], changing),
    });
  });
}

function sourcesOf(object: JsonObject): readonly { readonly source: JsonValue; readonly path: JsonPath }[] {
  const source = objectAt(object, "spec", "source");
  return [
    ...(source === undefined ? [] : [{ source, path: ["spec", "source"] }]),
    ...arrayAt(object, "spec", "sources").map((each, index) => ({ source: each, path: ["spec", "sources", index] })),
  ];
}

/** A namespace that is one already: not what other software fills in. */
function namespaceAt(value: JsonValue, ...path: readonly string[]): string | undefined {
  const name = textAt(value, ...path);
  return name === undefined || checkDns1123Label(name).length > 0 ? undefined : name;
}

function changesAt(resource: Resource, path: JsonPath, fields: readonly string[]): readonly OpenReason[] {
  return fields.flatMap((field) => {
    const value = at(resource.object, ...path, field);
    if (value === undefined || value === null || value === "") return [];
    const subject = `${resource.kind} ${resource.name}: ${[...path, field].join(".")}`;
    return [{ code: "applier" as const, subject, place: resource.origin([...path, field], "key") ?? resource.place }];
  });
}

function namedPath({ file }: Resource, path: string | undefined, appliedBy: AppliedBy): readonly NamedPath[] {
  if (path === undefined) return [];
  const parts = path.split("/").filter((part) => part !== "" && part !== ".");
  return [{ from: folderOf(file), path: parts.map((part) => `${part}/`).join(""), appliedBy }];
}
