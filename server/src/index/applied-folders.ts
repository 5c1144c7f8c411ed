import { arrayAt, at, objectAt, textAt } from "../base/json.ts";
import type { JsonObject, JsonPath, JsonValue } from "../base/json.ts";
import { checkDns1123Label } from "../kubernetes/names.ts";
import { directoryOf } from "./directories.ts";
import type { Directory } from "./directories.ts";
import type { Index } from "./index.ts";
import { kindKey } from "./keys.ts";
import type { KustomizationInputs } from "./kustomizations.ts";
import { folderOf, parentOf } from "./place.ts";
import type { Applier, FolderId, OpenReason, Resource } from "./types.ts";

/** How controllers apply what a folder holds. */
export interface AppliedBy {
  readonly appliers: readonly Applier[];
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

export interface AppliedFolders {
  /** By the folders of kustomizations as the engine knows them. */
  readonly kustomizations: ReadonlyMap<string, AppliedBy>;
  /** Folders without a kustomization, of which Flux makes one. */
  readonly generated: ReadonlyMap<FolderId, AppliedBy>;
  /** Folders without a kustomization whose files Argo CD applies as they stand. */
  readonly directories: ReadonlyMap<FolderId, AppliedBy & { readonly directory: Directory }>;
}

/**
 * The folders that a Flux `Kustomization` or an Argo CD `Application` names: they are applied by themselves, even where a kustomization uses them, too.
 * Their paths begin at the top of a repository, which is some folder above the file that holds them: the nearest one where the path leads to a
 * kustomization, otherwise the only one where it leads anywhere.
 */
export function appliedFolders(inputs: KustomizationInputs, folders: ReadonlySet<string>): AppliedFolders {
  const { engine } = inputs;
  const byId = new Map([...folders].map((folder) => [engine.idOf(folder === "" ? "" : `${folder}/`), folder]));
  const kustomized = new Map<string, readonly NamedPath[]>();
  const plain = new Map<FolderId, readonly NamedPath[]>();
  for (const named of namedPaths(inputs.index)) {
    const found = foldersAbove(named.from).map((top) => `${top}${named.path}`);
    const folder = found.flatMap((each) => byId.get(each) ?? [])[0];
    const other = folder === undefined ? onlyFolder(found, named, inputs) : undefined;
    if (folder !== undefined) kustomized.set(folder, [...(kustomized.get(folder) ?? []), named]);
    if (other !== undefined) plain.set(other, [...(plain.get(other) ?? []), named]);
  }
  const others = sortedByKey(plain);
  return {
    kustomizations: new Map(sortedByKey(kustomized).map(([folder, named]) => [folder, merged(named)])),
    generated: new Map(
      others.flatMap(([folder, named]) => (named.some(isFlux) ? [[folder, merged(named)] as const] : [])),
    ),
    directories: new Map(
      others.flatMap(([folder, named]) => {
        const directory = named.some(isFlux) ? undefined : agreedDirectory(named);
        return directory === undefined ? [] : [[folder, { ...merged(named), directory }] as const];
      }),
    ),
  };
}

function foldersAbove(from: FolderId): readonly FolderId[] {
  const above: FolderId[] = [];
  for (let top: FolderId | undefined = from; top !== undefined; top = parentOf(top)) above.push(top);
  return above;
}

function onlyFolder(
  found: readonly FolderId[],
  { path }: NamedPath,
  { engine, index }: KustomizationInputs,
): FolderId | undefined {
  const [only, ...others] = path === "" ? [] : found.filter((folder) => index.hasFolder(folder));
  return only === undefined || others.length > 0 || engine.isOutside?.(engine.pathOf(only)) === true ? undefined : only;
}

function sortedByKey<Value>(map: ReadonlyMap<string, Value>): readonly (readonly [string, Value])[] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1));
}

function merged(all: readonly AppliedBy[]): AppliedBy {
  const [first, ...others] = all.map(({ namespace }) => namespace);
  const isSame = others.every((each) => each?.name === first?.name && each?.overrides === first?.overrides);
  return {
    appliers: all.flatMap(({ appliers }) => appliers),
    namespace: isSame ? first : undefined,
    open: all.flatMap(({ open }) => open),
  };
}

interface NamedPath extends AppliedBy {
  readonly from: FolderId;
  /** Without `./` in front, with `/` at its end; "" for the top itself. */
  readonly path: string;
  readonly controller: "flux" | "argo";
  /** The files that Argo CD takes of a folder without a kustomization, `undefined` where it is not known. */
  readonly directory?: Directory | undefined;
}

function isFlux({ controller }: NamedPath): boolean {
  return controller === "flux";
}

function agreedDirectory(named: readonly NamedPath[]): Directory | undefined {
  const [first, ...others] = named.map(({ directory }) => directory);
  return others.every((each) => JSON.stringify(each) === JSON.stringify(first)) ? first : undefined;
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
  return namedPath(resource, ["spec", "path"], {
    controller: "flux",
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
    return namedPath(resource, [...path, "path"], {
      controller: "argo",
      namespace: name === undefined ? undefined : { name, overrides: own !== undefined },
      open: changesAt(resource, [...path, "kustomize"], changing),
      directory: directoryOf(source),
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

function namedPath(
  resource: Resource,
  at: JsonPath,
  applied: Omit<NamedPath, "appliers" | "from" | "path">,
): readonly NamedPath[] {
  const path = textAt(resource.object, ...at);
  if (path === undefined) return [];
  const parts = path.split("/").filter((part) => part !== "" && part !== ".");
  const { kind, name, place } = resource;
  const applier = { subject: `${kind} ${name}`, place: resource.origin(at) ?? place };
  return [
    {
      ...applied,
      appliers: [applier],
      from: folderOf(resource.file),
      path: parts.map((part) => `${part}/`).join(""),
    },
  ];
}
