import type { BuildContext } from "../context.ts";
import { inlineText, readObjects, readSettings, type SourceText, fileText, trimmed } from "../documents.ts";
import { attempt, Refusal, refuse } from "../failure.ts";
import { idText } from "../identity.ts";
import type { Loader } from "../loader.ts";
import { note, Resource } from "../resource.ts";
import type { ResourceMap } from "../resource-map.ts";
import { Selector } from "../selector.ts";
import type { Settings } from "../settings/settings.ts";
import { field } from "../tree/fields.ts";
import type { Node } from "../tree/node.ts";
import { applyStrategicMerge } from "./apply-patch.ts";
import { type Operation, readOperations } from "./json-patch.ts";
import { applyJsonPatchTo } from "./json-resource.ts";

/** What a configured transformer does to the objects. */
export type Step = (resources: ResourceMap) => void;

export interface PatchEnvironment {
  readonly loader: Loader;
  readonly context: BuildContext;
}

/** A patch's text with its places, and for whole files the objects in it. */
interface PatchSource {
  readonly source: SourceText;
  readonly described: string;
  objects(): readonly Node[];
}

/** An entry of `patches`: a strategic merge or a JSON patch. kustomize api, internal/builtins/PatchTransformer.go, v0.21.2. */
export function patchStep(settings: Settings, environment: PatchEnvironment): Step {
  const patch = loadPatch(settings, "patch", environment);
  const merges = attempt(() => patch.objects());
  const operations = attempt(() => readJsonPatch(patch.source));
  if (merges instanceof Refusal) {
    if (operations instanceof Refusal)
      refuse("invalid-yaml", `unable to parse SM or JSON patch from ${patch.described}`, merges.at ?? settings.origin);
    return (resources) => applyOperations(resources, operations, settings, patch.described, environment);
  }
  const options = settings.child("options");
  const loaded = merges.map((node) => new Resource(node.copy()));
  for (const resource of loaded) {
    if (options.flag("allowNameChange")) resource.enable(note.allowNameChange);
    if (options.flag("allowKindChange")) resource.enable(note.allowKindChange);
  }
  return (resources) => applyMerges(resources, loaded, settings, patch.described, environment);
}

function loadPatch(settings: Settings, name: string, { loader, context }: PatchEnvironment): PatchSource {
  const inline = field(settings.node, name);
  const text = inline?.text.trim() ?? "";
  const path = settings.located("path");
  if (text === "" && path.text === "")
    refuse("invalid-kustomization", "must specify one of patch and path in", settings.origin);
  if (text !== "" && path.text !== "")
    refuse("invalid-kustomization", "patch and path can't be set at the same time", settings.at("path"));
  if (inline !== undefined && text !== "") {
    const source = trimmed(textWithin(inline, context));
    return { source, described: `[patch: ${JSON.stringify(text)}]`, objects: () => readObjects(source) };
  }
  const file = loader.load(path);
  return {
    source: fileText(file.path, file.text),
    described: `[path: ${JSON.stringify(path.text)}]`,
    objects: () => context.cache.objects(file.path, file.text),
  };
}

/** The operations of a JSON patch; a text that starts with a bracket must be JSON, every other one is YAML 1.1. */
export function readJsonPatch(source: SourceText): readonly Operation[] {
  const fail = (message: string, at: Node["origin"]): never => refuse("invalid-yaml", message, at);
  if (source.text.startsWith("[") && !isJson(source.text))
    fail("invalid character in JSON patch", source.locate({ start: 0, end: source.text.length }));
  const node = readSettings(source, fail);
  return readOperations(node) ?? fail("json: cannot unmarshal into Go value of type jsonpatch.Patch", node.origin);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function applyOperations(
  resources: ResourceMap,
  operations: readonly Operation[],
  settings: Settings,
  described: string,
  { context }: PatchEnvironment,
): void {
  if (!settings.has("target"))
    refuse("invalid-kustomization", `must specify a target for JSON patch ${described}`, settings.origin);
  const target = new Selector(settings.child("target"));
  const selected = resources.select(target);
  if (selected.length === 0) context.noteUnmatched(target.text, target.origin);
  for (const resource of selected) {
    resource.storePreviousId();
    applyJsonPatchTo(resource, operations);
  }
}

function applyMerges(
  resources: ResourceMap,
  patches: readonly Resource[],
  settings: Settings,
  described: string,
  { context }: PatchEnvironment,
): void {
  const [first, ...others] = patches;
  if (first === undefined) return;
  if (settings.has("target")) {
    if (others.length > 0) {
      const message = `Multiple Strategic-Merge Patches in one \`patches\` entry is not allowed to set \`patches.target\` field: ${described}`;
      refuse("invalid-kustomization", message, settings.at("target"));
    }
    const target = new Selector(settings.child("target"));
    const selected = resources.select(target);
    if (selected.length === 0) context.noteUnmatched(target.text, target.origin);
    resources.applyPatch(selected, first, context.schemas);
    return;
  }
  for (const patch of patches) {
    const target = attempt(() => resources.byId(patch.originalId, patch.node.origin));
    if (target instanceof Refusal) {
      throw new Refusal({
        ...target.error,
        message: `no resource matches strategic merge patch "${idText(patch.originalId)}": ${target.message}`,
      });
    }
    applyStrategicMerge(target, patch, context.schemas);
  }
}

/** `patchesStrategicMerge`: files, or patches written in place. kustomize api, internal/builtins/PatchStrategicMergeTransformer.go, v0.21.2. */
export function strategicMergeStep(
  sources: readonly Node[],
  environment: PatchEnvironment,
  more: readonly Node[] = [],
): Step {
  const nodes = [...sources.flatMap((node) => readMerges(node, environment)), ...more];
  const patches = nodes.map((node) => new Resource(node.copy()));
  if (patches.length === 0) refuse("invalid-kustomization", "patch appears to be empty", sources[0]?.origin);
  return (resources) => {
    for (const patch of patches) {
      const target = resources.byId(patch.originalId, patch.node.origin);
      resources.applyPatch([target], patch, environment.context.schemas);
    }
  };
}

/** The strategic merges that stand in a field of the settings. */
export function readInlineMerges(settings: Settings, name: string, { context }: PatchEnvironment): readonly Node[] {
  const node = field(settings.node, name);
  return node === undefined ? [] : readObjects(textWithin(node, context));
}

function textWithin(node: Node, context: BuildContext): SourceText {
  return inlineText(node, node.origin === undefined ? undefined : context.text(node.origin.file));
}

function readMerges(node: Node, { loader, context }: PatchEnvironment): readonly Node[] {
  const inline = attempt(() => readObjects(textWithin(node, context)));
  if (!(inline instanceof Refusal)) return inline;
  const { path, text } = loader.load({ text: node.text, origin: node.origin });
  return context.cache.objects(path, text);
}

/** An entry of `patchesJson6902`. kustomize api, internal/builtins/PatchJson6902Transformer.go, v0.21.2. */
export function json6902Step(settings: Settings, operationsField: string, environment: PatchEnvironment): Step {
  const target = settings.child("target");
  if (target.text("name") === "")
    refuse("invalid-kustomization", "must specify the target name", settings.at("target"));
  const source = loadOperations(settings, operationsField, environment);
  const operations = readJsonPatch(source);
  if (operations.length === 0) refuse("invalid-kustomization", "patch appears to be empty", settings.origin);
  return (resources) => {
    const selector = new Selector(target);
    const selected = resources.select(selector);
    if (selected.length === 0) environment.context.noteUnmatched(selector.text, selector.origin);
    for (const resource of selected) applyJsonPatchTo(resource, operations);
  };
}

function loadOperations(settings: Settings, name: string, { loader, context }: PatchEnvironment): SourceText {
  const inline = field(settings.node, name);
  if (settings.lacks("path")) {
    if (inline === undefined || inline.text === "")
      return refuse("invalid-kustomization", "empty file path and empty jsonOp", settings.origin);
    return textWithin(inline, context);
  }
  if (inline !== undefined && inline.text !== "")
    refuse("invalid-kustomization", "must specify a file path or jsonOp, not both", settings.at("path"));
  const file = loader.load(settings.located("path"));
  if (file.text === "")
    refuse(
      "invalid-kustomization",
      `patch file '${settings.text("path")}' empty seems to be empty`,
      settings.at("path"),
    );
  return fileText(file.path, file.text);
}
