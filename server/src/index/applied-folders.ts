import { arrayAt, at, isArray, objectAt, textAt } from "../base/json.ts";
import type { JsonObject, JsonPath, JsonValue } from "../base/json.ts";
import { checkDns1123Label } from "../kubernetes/names.ts";
import { directoryOf } from "./directories.ts";
import type { Directory } from "./directories.ts";
import type { Index } from "./index.ts";
import { kindKey } from "./keys.ts";
import type { KustomizationInputs } from "./kustomizations.ts";
import { folderOf, joined, parentOf } from "./place.ts";
import type { SourceResource } from "./place.ts";
import type { Applier, FolderId, OpenReason, Place } from "./types.ts";

/** How controllers apply what a folder holds. */
export interface AppliedBy {
  readonly appliers: readonly Applier[];
  /** Where objects come to be that name no namespace, as far as all controllers that name the folder agree. */
  readonly namespace: string | undefined;
  /** What all of them write into the kustomization before they build it. */
  readonly fields: readonly AppliedField[];
  /** The folders of the components among them, as the engine knows them. */
  readonly components: readonly string[];
  /** Changes of the objects that can't be told. */
  readonly open: readonly OpenReason[];
  /** Whether files may be read wherever they lie. */
  readonly isUnrestricted: boolean;
}

/** A field of a kustomization that a controller sets. */
export interface AppliedField {
  readonly name: string;
  readonly value: JsonValue;
  /** The document of the controller's object, and the path of the value in it. */
  readonly document: Place;
  readonly path: JsonPath;
  readonly reason: OpenReason;
}

export interface AppliedFolders {
  /** By the folders of kustomizations as the engine knows them. */
  readonly kustomizations: ReadonlyMap<string, AppliedBy>;
  /** Folders without a kustomization, of which Flux makes one. */
  readonly generated: ReadonlyMap<FolderId, AppliedBy>;
  /** Folders without a kustomization whose files Argo CD applies as they stand. */
  readonly directories: ReadonlyMap<FolderId, AppliedDirectory>;
}

export interface AppliedDirectory extends AppliedBy {
  readonly directory: Directory;
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
  const mergedAt = (folder: FolderId, named: readonly NamedPath[]): AppliedBy => {
    const all = merged(named);
    return { ...all, components: componentsOf(all).map((path) => engine.pathOf(joined(folder, path))) };
  };
  return {
    kustomizations: new Map(
      sortedByKey(kustomized).map(([folder, named]) => [
        folder,
        mergedAt(engine.idOf(folder === "" ? "" : `${folder}/`), named),
      ]),
    ),
    generated: new Map(
      others.flatMap(([folder, named]) => (named.some(isFlux) ? [[folder, mergedAt(folder, named)] as const] : [])),
    ),
    directories: new Map(
      others.flatMap(([folder, named]) => {
        const directory = named.some(isFlux) ? undefined : agreedDirectory(named);
        return directory === undefined ? [] : [[folder, { ...mergedAt(folder, named), directory }] as const];
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

function componentsOf({ fields }: Omit<AppliedBy, "components">): readonly string[] {
  const values = fields.flatMap(({ name, value }) => (name === "components" && isArray(value) ? value : []));
  return values.filter((value) => typeof value === "string");
}

function merged(all: readonly NamedPath[]): Omit<AppliedBy, "components"> {
  const [first, ...others] = all;
  const fields = (first?.fields ?? []).filter((field) =>
    others.every((each) => each.fields.some((other) => isSame(field, other))),
  );
  const isShared = (field: AppliedField): boolean => fields.some((each) => isSame(each, field));
  const isUnanimous = others.every(({ namespace }) => namespace === first?.namespace);
  return {
    appliers: all.flatMap(({ appliers }) => appliers),
    namespace: isUnanimous ? first?.namespace : undefined,
    fields,
    open: all.flatMap((each) => [
      ...each.open,
      ...each.fields.flatMap((field) => (isShared(field) || harmless.has(field.name) ? [] : [field.reason])),
    ]),
    isUnrestricted: all.every((each) => each.isUnrestricted),
  };
}

function isSame(left: AppliedField, right: AppliedField): boolean {
  return left.name === right.name && JSON.stringify(left.value) === JSON.stringify(right.value);
}

/** What nothing refers to, and namespaces, in which the objects go on finding each other. */
const harmless: ReadonlySet<string> = new Set(["namespace", "images", "commonMetadata"]);

interface NamedPath extends Omit<AppliedBy, "components"> {
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

/** fluxcd/pkg, kustomize/kustomize_generator.go, WriteFile and Build, v1.20; it leaves out components that are missing where it is told to. */
function pathOfFlux(resource: SourceResource): readonly NamedPath[] {
  const isTolerant = at(resource.object, "spec", "ignoreMissingComponents") === true;
  const written = ["patches", "namePrefix", "nameSuffix", "images", "commonMetadata"];
  const changing = ["patchesStrategicMerge", "patchesJson6902"];
  const namespace = namespaceAt(resource.object, "spec", "targetNamespace");
  return namedPath(resource, ["spec", "path"], {
    controller: "flux",
    namespace,
    fields: [
      ...(namespace === undefined ? [] : fieldsAt(resource, ["spec"], ["targetNamespace"], "namespace")),
      ...fieldsAt(resource, ["spec"], isTolerant ? written : [...written, "components"]),
    ],
    open: fieldsAt(resource, ["spec"], isTolerant ? [...changing, "components"] : changing).map(reasonOf),
    isUnrestricted: true,
  });
}

/**
 * The destination's namespace is that of objects which name none; the one of `kustomize` options is written into the kustomization.
 * argo-cd, util/kustomize/kustomize.go, Build, v3.1: labels and images, which kustomize edits in, are told as far as they matter.
 */
function pathsOfArgo(resource: SourceResource): readonly NamedPath[] {
  const { object } = resource;
  return sourcesOf(object).flatMap(({ source, path }) => {
    const options = [...path, "kustomize"];
    const isTolerant = at(source, "kustomize", "ignoreMissingComponents") === true;
    const own = namespaceAt(source, "kustomize", "namespace");
    const written = ["patches", "namePrefix", "nameSuffix", ...(own === undefined ? [] : ["namespace"])];
    const changing = ["commonLabels", "components"];
    return namedPath(resource, [...path, "path"], {
      controller: "argo",
      namespace: own ?? namespaceAt(object, "spec", "destination", "namespace"),
      fields: fieldsAt(resource, options, isTolerant ? written : [...written, "components"]),
      open: fieldsAt(resource, options, isTolerant ? changing : ["commonLabels"]).map(reasonOf),
      isUnrestricted: false,
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

/** @param name what a kustomization calls them, where that is another name */
function fieldsAt(
  resource: SourceResource,
  path: JsonPath,
  fields: readonly string[],
  name?: string,
): readonly AppliedField[] {
  return fields.flatMap((field) => {
    const own = [...path, field];
    const value = at(resource.object, ...own);
    if (value === undefined || value === null || value === "") return [];
    const subject = `${resource.kind} ${resource.name}: ${own.join(".")}`;
    const place = resource.origin(own, "key") ?? resource.place;
    const reason = { code: "applier" as const, subject, place };
    return [{ name: name ?? field, value, document: resource.document, path: [...resource.facts.at, ...own], reason }];
  });
}

function reasonOf({ reason }: AppliedField): OpenReason {
  return reason;
}

function namedPath(
  resource: SourceResource,
  where: JsonPath,
  applied: Omit<NamedPath, "appliers" | "from" | "path">,
): readonly NamedPath[] {
  const path = textAt(resource.object, ...where);
  if (path === undefined) return [];
  const parts = path.split("/").filter((part) => part !== "" && part !== ".");
  const { kind, name, place } = resource;
  const applier = { subject: `${kind} ${name}`, place: resource.origin(where) ?? place };
  return [
    {
      ...applied,
      appliers: [applier],
      from: folderOf(resource.file),
      path: parts.map((part) => `${part}/`).join(""),
    },
  ];
}
