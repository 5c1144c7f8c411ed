import { fileText, readSettings } from "../documents.ts";
import { refuse } from "../failure.ts";
import type { Loader } from "../loader.ts";
import { baseName } from "../paths.ts";
import type { Step } from "../patches/patch-steps.ts";
import type { LocatedText, Resource } from "../resource.ts";
import { Selector } from "../selector.ts";
import { Settings } from "../settings/settings.ts";
import { decode, type DecodeOptions } from "../settings/shape.ts";
import { pluginShapes } from "../settings/shapes.ts";
import { demandKind, lookupOrCreate, setScalar, splitPath } from "../tree/fields.ts";
import { Node, noTag } from "../tree/node.ts";
import { setNamespace } from "./namespace.ts";

/** Writes one value into fields, or into a part of the paths that they hold. kustomize api, internal/builtins/ValueAddTransformer.go, v0.21.2. */
export function addValues(settings: Settings, loader: Loader): Step {
  const written = settings.located("value");
  const value = { text: written.text.trim() || baseName(loader.root), origin: written.origin ?? settings.origin };
  const targets = [
    ...settings.children("targets"),
    ...(settings.lacks("targetFilePath") ? [] : readTargets(settings, loader)),
  ];
  if (targets.length === 0) refuse("invalid-kustomization", "must specify at least one target", settings.origin);
  for (const target of targets) {
    if (target.text("fieldPath") === "") refuse("invalid-kustomization", "fieldPath cannot be empty", target.origin);
    if (target.number("filePathPosition") < 0)
      refuse("invalid-kustomization", "value of FilePathPosition cannot be negative", target.at("filePathPosition"));
  }
  return (resources) => {
    for (const target of targets) {
      const selected = target.has("selector")
        ? resources.select(new Selector(target.child("selector")))
        : resources.resources;
      for (const resource of selected) addValue(resource, value, target);
    }
  };
}

function readTargets(settings: Settings, loader: Loader): readonly Settings[] {
  const { path, text } = loader.load(settings.located("targetFilePath"));
  const options: DecodeOptions = { strict: false, fail: (message, at) => refuse("invalid-kustomization", message, at) };
  const shape = pluginShapes["ValueAddTransformer"];
  const node = readSettings(fileText(path, text), options.fail);
  return shape === undefined ? [] : new Settings(decode(node, shape, options)).children("targets");
}

function addValue(resource: Resource, value: LocatedText, target: Settings): void {
  const path = target.text("fieldPath");
  if (path === "metadata/namespace") {
    setNamespace(resource, { namespace: value, specs: [], unsetOnly: false, subjects: "defaultOnly" });
    return;
  }
  const node = lookupOrCreate(resource.node, splitPath(path, "/"), "scalar", value.origin);
  if (node === undefined) return;
  demandKind(node, "scalar");
  const position = target.number("filePathPosition");
  const text = position > 0 ? insertPathPart(node.text, position - 1, value.text) : value.text;
  setScalar(node, Node.scalar(text, noTag, value.origin));
}

/** kyaml, filesys/util.go, InsertPathPart, v0.21.2. */
function insertPathPart(path: string, position: number, part: string): string {
  const isAbsolute = path.startsWith("/");
  const parts = path.split("/").filter((name) => name !== "");
  return `${isAbsolute ? "/" : ""}${[...parts.slice(0, position), part, ...parts.slice(position)].join("/")}`;
}
