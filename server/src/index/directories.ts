import { at, textAt } from "../base/json.ts";
import type { JsonValue } from "../base/json.ts";
import type { AppliedBy, AppliedDirectory } from "./applied-folders.ts";
import { fileSetEnvironment } from "./environment.ts";
import type { KustomizationRoot } from "./environments.ts";
import type { GeneratedKustomization } from "./generated.ts";
import { matcherOf } from "./directory-glob.ts";
import type { KustomizationInputs } from "./kustomizations.ts";
import type { Index } from "./index.ts";
import { defaultNamespace, isKustomizationFile, roleOf } from "./place.ts";
import type { Environment, FileId, FolderId, OpenReason } from "./types.ts";

/** Which files of a folder Argo CD applies where no tool makes manifests of it. */
export interface Directory {
  readonly recurse: boolean;
  readonly include: string;
  readonly exclude: string;
}

/** The files that a source takes of a folder; `undefined` where something else than the files makes its objects. */
export function directoryOf(source: JsonValue): Directory | undefined {
  const made = ["chart", "helm", "kustomize", "plugin"].some((field) => at(source, field) !== undefined);
  if (made || at(source, "directory", "jsonnet") !== undefined) return undefined;
  return {
    recurse: at(source, "directory", "recurse") === true,
    include: textAt(source, "directory", "include") ?? "",
    exclude: textAt(source, "directory", "exclude") ?? "",
  };
}

/**
 * The folder as Argo CD applies it, `undefined` where a chart, parameters for tools, or a pattern that can't be told apart have a say in that.
 * argo-cd, reposerver/repository/repository.go, getPotentiallyValidManifests, and util/app/discovery/discovery.go, AppType, v3.1.
 */
export function directoryRoot(
  inputs: KustomizationInputs,
  folder: FolderId,
  appliedBy: AppliedDirectory,
): KustomizationRoot | undefined {
  const files = filesOf(inputs.index, folder, appliedBy.directory);
  return files === undefined || files.length === 0 ? undefined : rootOver(files, folder, appliedBy, inputs);
}

/** A folder of which Flux makes a kustomization that changes nothing. */
export function plainRoot(
  inputs: KustomizationInputs,
  { id, named, templates }: GeneratedKustomization,
  appliedBy: AppliedBy,
): KustomizationRoot {
  const { index } = inputs;
  const files = [...named].sort();
  const open = (): readonly OpenReason[] => [
    ...appliedBy.open,
    ...secondsIn(index, files),
    ...[...files, ...templates].flatMap((file) => index.file(file)?.open ?? []),
  ];
  return rootOver(files, id, appliedBy, inputs, open);
}

function rootOver(
  files: readonly FileId[],
  folder: FolderId,
  appliedBy: AppliedBy,
  { index, namespace = defaultNamespace }: KustomizationInputs,
  open?: () => readonly OpenReason[],
): KustomizationRoot {
  let environment: Environment | undefined;
  const make = (): Environment =>
    fileSetEnvironment(index, {
      name: folder.replace(/\/$/, ""),
      kind: "directory",
      namespace: appliedBy.namespace ?? namespace,
      files,
      appliers: appliedBy.appliers,
      ...(open === undefined ? {} : { open: open() }),
    });
  return { folder, files, environment: () => (environment ??= make()) };
}

/** Objects that another one is equal to by kind, namespace and name: kustomize builds nothing then. */
function secondsIn(index: Index, files: readonly FileId[]): readonly OpenReason[] {
  const known = new Set<string>();
  return files
    .flatMap((file) => index.file(file)?.resources ?? [])
    .flatMap((resource) => {
      const id = [resource.apiVersion, resource.kind, resource.writtenNamespace ?? "default", resource.name].join("\n");
      const reason = {
        code: "build-fails",
        subject: `${resource.kind} ${resource.name}`,
        place: resource.place,
      } as const;
      if (known.has(id)) return [reason];
      known.add(id);
      return [];
    });
}

function filesOf(
  index: Index,
  folder: FolderId,
  { recurse, include, exclude }: Directory,
): readonly FileId[] | undefined {
  const [isIncluded, isExcluded] = [include, exclude].map((pattern) => matcherOf(pattern));
  const found = recurse ? index.filesBelow(folder) : index.filesIn(folder);
  if (isIncluded === undefined || isExcluded === undefined || found.some((file) => isToolsBusiness(file)))
    return undefined;
  return found.filter((file) => {
    const path = file.slice(folder.length);
    if ((exclude !== "" && isExcluded(path)) || (include !== "" && !isIncluded(path))) return false;
    const facts = index.file(file)?.facts;
    return facts?.documents.some(({ facts: { state } }) => state !== "foreign") === true;
  });
}

/** Charts and kustomizations in the folder, and `.argocd-source.yaml`, which stands for settings of the source. */
function isToolsBusiness(file: FileId): boolean {
  return (
    isKustomizationFile(file) || roleOf(file) !== "manifest" || /(Chart\.yaml|\/\.argocd-source[^/]*\.yaml)$/.test(file)
  );
}
