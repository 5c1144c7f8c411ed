import { fileText, readSettings } from "../documents.ts";
import { refuse } from "../failure.ts";
import type { Loader } from "../loader.ts";
import { decode, type DecodeOptions } from "../settings/shape.ts";
import { Settings } from "../settings/settings.ts";
import { replacementShape } from "../settings/shapes.ts";

/** The replacements of a kustomization, those in files included. kustomize api, internal/builtins/ReplacementTransformer.go, v0.21.2. */
export function readReplacements(entries: readonly Settings[], loader: Loader): readonly Settings[] {
  return entries.flatMap((entry) => {
    if (entry.lacks("path")) return [entry];
    if (entry.has("source") || !entry.lacks("targets"))
      refuse("invalid-kustomization", "cannot specify both path and inline replacement", entry.at("path"));
    return readFile(entry, loader);
  });
}

function readFile(entry: Settings, loader: Loader): readonly Settings[] {
  const { path, text } = loader.load(entry.located("path"));
  const options: DecodeOptions = {
    strict: false,
    fail: (message, at) =>
      refuse("invalid-kustomization", `error unmarshaling JSON: while decoding JSON: ${message}`, at),
  };
  const node = readSettings(fileText(path, text), options.fail);
  if (node.kind === "list") return node.items.map((item) => new Settings(decode(item, replacementShape, options)));
  if (node.kind === "map") return [new Settings(decode(node, replacementShape, options))];
  return refuse(
    "invalid-kustomization",
    `unsupported replacement type encountered within replacement path: ${node.kind}`,
    node.origin,
  );
}
