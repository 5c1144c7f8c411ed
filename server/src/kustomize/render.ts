import type { JsonPath } from "../base/json.ts";
import { removeOrigins } from "./build-metadata.ts";
import { ParseCache } from "./cache.ts";
import { BuildContext } from "./context.ts";
import { attempt, Refusal, refuse } from "./failure.ts";
import { addHashes } from "./generators/hash.ts";
import { idKey, idText } from "./identity.ts";
import { generatedKustomization, loadKustomization } from "./kustomization.ts";
import { Loader, missing } from "./loader.ts";
import { fixNameReferences } from "./references/name-references.ts";
import { resolveVariables } from "./references/vars.ts";
import type { Resource } from "./resource.ts";
import { newAccumulator, Target } from "./target.ts";
import { addTexts } from "./transformers/metadata.ts";
import { sortResources } from "./transformers/sort-order.ts";
import { field } from "./tree/fields.ts";
import { toJsonObject } from "./tree/json.ts";
import type { Node } from "./tree/node.ts";
import type { KustomizeFiles, RenderedObject, RenderedScalar, RenderResult, SourceRange, Written } from "./types.ts";
import { addMetadata, withWritten } from "./written.ts";

export interface RenderOptions {
  /** Keeps what files mean between renderings. */
  readonly cache?: ParseCache;
  /**
   * Steps over mistakes (a missing file, a remote base, a patch without a target) and notes them in `errors`, so that the rest can be used.
   * Without it the first mistake ends the rendering, as in kustomize.
   */
  readonly tolerant?: boolean;
  /** What the controller that applies the folder does besides. */
  readonly written?: Written | undefined;
}

/**
 * Builds the kustomization of a folder as `kustomize build` does, with its defaults: files only in or below the folder that names them,
 * legacy order, no plugins, no Helm. Never throws. kustomize api, krusty/kustomizer.go, Run, v0.21.2 (kustomize v5.8.2).
 */
export function render(folder: string, files: KustomizeFiles, options: RenderOptions = {}): RenderResult {
  const { cache = new ParseCache(), tolerant = false, written = unwritten } = options;
  const context = new BuildContext(files, cache, tolerant, written.isUnrestricted);
  const result = attempt(() => build(folder, context, written));
  const shared = { inputs: context.inputs, problems: context.problems, open: context.open };
  if (!(result instanceof Refusal)) return { ...shared, ...result, errors: context.errors };
  context.noteOpen(result);
  return { ...shared, error: result.error };
}

interface Built {
  readonly objects: readonly RenderedObject[];
  readonly loadOrder: readonly number[];
}

const unwritten: Written = { fields: [], isUnrestricted: false };

function build(folder: string, context: BuildContext, { generated, fields }: Written): Built {
  if (!context.isFolder(folder)) missing(folder, undefined);
  const own = generated === undefined ? loadKustomization(folder, context) : generatedKustomization(folder, generated);
  const kustomization = withWritten(own, fields, context);
  const target = new Target(new Loader(context, folder), context, kustomization, undefined);
  target.useOpenApi();
  const { settings } = target.kustomization;
  const accumulated = newAccumulator();
  target.accumulate(accumulated);
  const { resources, config, variables } = accumulated;
  context.step(() => addHashes(resources.resources));
  context.step(() => fixNameReferences(resources.resources, config.nameReference));
  context.step(() => {
    const unused = resolveVariables(resources.resources, variables, config.fields.varReference);
    for (const { name, origin } of unused) context.noteUnused(name, origin);
  });
  context.step(() => resources.remove(isLocal));
  const loaded = resources.resources;
  const sorted = sortResources(loaded, settings.has("sortOptions") ? settings.child("sortOptions") : undefined);
  context.step(() => demandUniqueIds(sorted));
  addMetadata(sorted, fields, context);
  finish(
    sorted,
    settings.texts("buildMetadata").map(({ text }) => text),
  );
  return print(sorted, settings.has("sortOptions") ? sorted : loaded, context);
}

/** Objects for the tools of kustomize alone. kustomize api, resource/factory.go, DropLocalNodes, v0.21.2. */
function isLocal({ node, annotations, name, kind }: Resource): boolean {
  if (kind === "") refuse("invalid-yaml", "missing kind in object", node.origin);
  if (name === "" && !kind.endsWith("List")) refuse("invalid-yaml", "missing metadata.name in object", node.origin);
  const local = annotations.get("config.kubernetes.io/local-config")?.text;
  return local !== undefined && local !== "false";
}

function demandUniqueIds(resources: readonly Resource[]): void {
  const known = new Set<string>();
  for (const { id, node } of resources) {
    const key = idKey(id);
    if (known.has(key))
      refuse(
        "conflict",
        `SortOrderTransformer: Failed to append to resources: may not add resource with an already registered id: ${idText(id)}`,
        node.origin,
      );
    known.add(key);
  }
}

function finish(resources: readonly Resource[], buildMetadata: readonly string[]): void {
  if (buildMetadata.includes("managedByLabel")) {
    const label = new Map([["app.kubernetes.io/managed-by", { text: "kustomize-v5.8.2", origin: undefined }]]);
    addTexts(resources, label, [{ path: "metadata/labels", create: true }]);
  }
  for (const resource of resources) resource.removeBuildNotes();
  removeOrigins(resources, buildMetadata);
}

/** Objects that cannot be printed are mistakes of their own; a tolerant rendering leaves them out. */
function print(sorted: readonly Resource[], loaded: readonly Resource[], context: BuildContext): Built {
  const printed = new Map<Resource, number>();
  const objects: RenderedObject[] = [];
  for (const resource of sorted) {
    context.step(() => {
      objects.push(renderedObject(resource.node));
      printed.set(resource, objects.length - 1);
    });
  }
  return { objects, loadOrder: loaded.flatMap((resource) => printed.get(resource) ?? []) };
}

function renderedObject(node: Node): RenderedObject {
  return {
    object: toJsonObject(node),
    origin: (path) => nodeAt(node, path)?.origin,
    origins: (path) => originsOf(nodeAt(node, path)),
    sources: () => filesOf(node),
    scalars: () => nodesOf(node, []).filter(({ isScalar }) => isScalar),
    isClosed: (path) => nodeAt(node, path)?.isClosed === true,
  };
}

/** The files that a node and everything below it come from. What nobody has looked into stands where it is written. */
function filesOf(node: Node): ReadonlySet<string> {
  const files = new Set(originsOf(node).map(({ file }) => file));
  if (node.isClosed) return files;
  const parts = (): readonly Node[] => [...node.items, ...node.entries.map(({ value }) => value)];
  const below = node.finished === undefined ? parts().map(filesOf) : [filesOfFinished(node.finished)];
  for (const file of below.flatMap((each) => [...each])) files.add(file);
  return files;
}

/** Most of an object stays the same from one build to the next. */
const knownFiles = new WeakMap<Node, ReadonlySet<string>>();

function filesOfFinished(node: Node): ReadonlySet<string> {
  const known = knownFiles.get(node) ?? filesOf(node);
  knownFiles.set(node, known);
  return known;
}

interface PlacedNode extends RenderedScalar {
  readonly isScalar: boolean;
}

/** A node and everything below it. */
function nodesOf(node: Node, path: JsonPath): readonly PlacedNode[] {
  const { entries, items } = node.finished ?? node;
  const below = [
    ...entries.flatMap(({ key, value }) => nodesOf(value, [...path, key.text])),
    ...items.flatMap((item, index) => nodesOf(item, [...path, index])),
  ];
  return [{ path, origins: originsOf(node), isScalar: node.kind === "scalar" }, ...below];
}

function nodeAt(node: Node, path: JsonPath): Node | undefined {
  let current: Node | undefined = node;
  for (const step of path) {
    const holder: Node | undefined = current?.finished ?? current;
    current = typeof step === "number" ? holder?.items[step] : field(holder, step);
  }
  return current;
}

function originsOf(node: Node | undefined): readonly SourceRange[] {
  return node?.origin === undefined ? [] : [node.origin, ...node.earlier.toReversed()];
}
