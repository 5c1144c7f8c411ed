import type { JsonPath } from "../base/json.ts";
import { parseDocument } from "../yaml/parse.ts";
import type { BuildContext } from "./context.ts";
import { refuse } from "./failure.ts";
import type { Kustomization } from "./kustomization.ts";
import type { Resource } from "./resource.ts";
import { Settings } from "./settings/settings.ts";
import { decode } from "./settings/shape.ts";
import { kustomizationShape } from "./settings/shapes.ts";
import { addTexts } from "./transformers/metadata.ts";
import { field } from "./tree/fields.ts";
import { Node, stringTag } from "./tree/node.ts";
import { fromYaml } from "./tree/read.ts";
import type { SourceRange, WrittenField } from "./types.ts";

/**
 * The kustomization with what a controller writes into it before it builds it: texts take the place of others, lists are added to others,
 * images take the place of those of the same name. fluxcd/pkg, kustomize/kustomize_generator.go, WriteFile, v1.20; argo-cd, util/kustomize/kustomize.go,
 * Build, v3.1.
 */
export function withWritten(
  kustomization: Kustomization,
  fields: readonly WrittenField[],
  context: BuildContext,
): Kustomization {
  const written = Node.map();
  written.entries = fields.flatMap(({ name, ...place }) => {
    const value = name === commonMetadata ? undefined : valueAt(place, context);
    return value === undefined ? [] : [{ key: Node.scalar(name, stringTag), value }];
  });
  if (written.entries.length === 0) return kustomization;
  const fail = (message: string, at: SourceRange | undefined): never => refuse("invalid-kustomization", message, at);
  const own = kustomization.settings.node;
  const added = decode(written, kustomizationShape, { strict: false, fail });
  const settings = Node.map(own.origin);
  settings.entries = [
    ...own.entries.filter(({ key }) => field(added, key.text) === undefined),
    ...added.entries.map(({ key, value }) => ({ key, value: merged(field(own, key.text), value) })),
  ];
  const images = new Settings(added).children("images");
  const names = new Set(images.map((image) => image.text("name")));
  return {
    ...kustomization,
    settings: new Settings(settings),
    images: [...kustomization.images.filter((image) => !names.has(image.text("name"))), ...images],
  };
}

function merged(own: Node | undefined, added: Node): Node {
  if (own?.kind !== "list" || added.kind !== "list") return added;
  const list = Node.list(own.origin);
  list.items = [...own.items, ...added.items];
  return list;
}

/** It does not reach into templates of pods as a kustomization's `commonLabels` and `commonAnnotations` do. */
const commonMetadata = "commonMetadata";

/** Labels and annotations that Flux gives to the objects once they are built. fluxcd/pkg, ssa/utils, SetCommonMetadata. */
export function addMetadata(
  resources: readonly Resource[],
  fields: readonly WrittenField[],
  context: BuildContext,
): void {
  for (const { name, ...place } of fields) {
    const value = name === commonMetadata ? valueAt(place, context) : undefined;
    for (const kind of ["labels", "annotations"])
      addTexts(resources, new Settings(value).map(kind), [{ path: `metadata/${kind}`, create: true }]);
  }
}

/** What stands in the controller's object; nothing where the text is another one by now, or where other software has to fill it in. */
function valueAt({ document, path }: Omit<WrittenField, "name">, context: BuildContext): Node | undefined {
  const { file, span } = document;
  const text = context.text(file)?.slice(span.start, span.end) ?? "";
  const locate = ({ start, end }: SourceRange["span"]): SourceRange => ({
    file,
    span: { start: start + span.start, end: end + span.start },
  });
  const value = nodeAt(fromYaml(parseDocument(text).root, "settings", locate, text), path);
  if (value === undefined || !hasPlaceholder(value)) return value;
  context.open.push({ kind: "placeholder", subject: path.join("."), at: value.origin ?? document });
  return undefined;
}

function nodeAt(root: Node, path: JsonPath): Node | undefined {
  let node: Node | undefined = root;
  for (const step of path) node = typeof step === "number" ? node?.items[step] : field(node, step);
  return node;
}

function hasPlaceholder({ text, entries, items }: Node): boolean {
  return text.includes("${") || items.some(hasPlaceholder) || entries.some(({ value }) => hasPlaceholder(value));
}
