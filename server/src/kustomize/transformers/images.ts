import type { FieldSpec } from "../config/field-specs.ts";
import { tryCompile } from "../regular-expression.ts";
import type { Resource } from "../resource.ts";
import type { Settings } from "../settings/settings.ts";
import { applyFieldSpecs } from "../tree/field-spec.ts";
import { demandKind, get, setScalar } from "../tree/fields.ts";
import { Node, noTag } from "../tree/node.ts";

/** Changes the names and tags of images. kustomize api, internal/builtins/ImageTagTransformer.go, v0.21.2. */
export function setImages(resources: readonly Resource[], image: Settings, specs: readonly FieldSpec[]): void {
  const pattern = tryCompile(
    `^${image.text("name")}(:[a-zA-Z0-9_.{}-]*)?(@[a-zA-Z0-9]+([.+_-][a-zA-Z0-9]+)*:[a-zA-Z0-9_.{}-]*)?$`,
  );
  const set = (node: Node): void => setImage(node, image, pattern);
  const changed = resources.filter(({ kind }) => kind !== "CustomResourceDefinition");
  for (const { node } of changed) visitContainers(node, set);
  for (const { node } of changed) applyFieldSpecs(node, specs, { set });
}

/** The images of `containers` and `initContainers` at any depth. kustomize api, filters/imagetag/legacy.go, v0.21.2. */
function visitContainers(node: Node, set: (node: Node) => void): void {
  for (const item of node.items) visitContainers(item, set);
  for (const { key, value } of node.entries) {
    visitContainers(value, set);
    if ((key.text !== "containers" && key.text !== "initContainers") || value.kind !== "list") continue;
    for (const container of value.items) {
      const image = get(container, "image");
      if (image !== undefined) set(image);
    }
  }
}

/** kustomize api, filters/imagetag/updater.go, SetImageValue, v0.21.2. */
function setImage(node: Node, image: Settings, pattern: RegExp | undefined): void {
  demandKind(node, "scalar");
  if (pattern?.test(node.text) !== true) return;
  const { name, tag, digest } = newReference(splitImage(node.text), image);
  const text = `${name}${tag === "" ? "" : `:${tag}`}${digest === "" ? "" : `@${digest}`}`;
  const changed = ["newTag", "digest", "tagSuffix", "newName"].find((setting) => !image.lacks(setting)) ?? "name";
  setScalar(node, Node.scalar(text, noTag, image.at(changed)));
}

interface ImageReference {
  readonly name: string;
  readonly tag: string;
  readonly digest: string;
}

function newReference(old: ImageReference, image: Settings): ImageReference {
  const name = image.text("newName") || old.name;
  const newTag = image.text("newTag");
  const newDigest = image.text("digest");
  if (newTag !== "" || newDigest !== "") return { name, tag: newTag, digest: newDigest };
  const suffix = image.text("tagSuffix");
  return suffix === "" ? { ...old, name } : { name, tag: old.tag + suffix, digest: "" };
}

/** kustomize api, internal/image/image.go, Split, v0.21.2. */
function splitImage(text: string): ImageReference {
  const slash = Math.max(0, text.indexOf("/"));
  const at = text.indexOf("@", slash);
  const colon = text.indexOf(":", slash);
  if (at >= 0 && (colon < 0 || at < colon)) return { name: text.slice(0, at), tag: "", digest: text.slice(at + 1) };
  if (colon < 0) return { name: text, tag: "", digest: "" };
  if (at < 0) return { name: text.slice(0, colon), tag: text.slice(colon + 1), digest: "" };
  return { name: text.slice(0, colon), tag: text.slice(colon + 1, at), digest: text.slice(at + 1) };
}
