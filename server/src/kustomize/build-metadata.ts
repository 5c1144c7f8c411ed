import { type Gvk, apiVersionOf } from "./identity.ts";
import { addTexts } from "./transformers/metadata.ts";
import { note, type Resource } from "./resource.ts";

/** Where an object or a transformer comes from, as the annotations of `buildMetadata` tell it. kustomize api, resource/origin.go, v0.21.2. */
export interface BuildOrigin {
  readonly path?: string;
  readonly configuredIn?: string;
  readonly configuredBy?: Gvk & { readonly name?: string; readonly namespace?: string };
}

/** A path below another one, both relative to the folder that is built. */
export function appendPath(base: string, path: string): string {
  const parts: string[] = [];
  for (const part of `${base}/${path}`.split("/")) {
    if (part === "" || part === ".") continue;
    if (part === ".." && parts.length > 0 && parts.at(-1) !== "..") parts.pop();
    else parts.push(part);
  }
  return parts.join("/");
}

/** Notes the origin of objects that were read from a file. */
export function annotateOrigin(resources: readonly Resource[], origin: BuildOrigin): void {
  const annotation = new Map([[note.origin, { text: printOrigin(origin), origin: undefined }]]);
  addTexts(resources, annotation, [{ path: "metadata/annotations", create: true }]);
}

/** Notes the origin of objects that were generated, unless they have one. */
export function annotateGenerated(resources: readonly Resource[], origin: BuildOrigin): void {
  for (const resource of resources)
    if (!resource.annotations.has(note.origin)) setNote(resource, note.origin, printOrigin(origin));
}

/** Notes a transformer on every object; one without an origin was made by it. */
export function annotateTransformation(resources: readonly Resource[], origin: BuildOrigin): void {
  for (const resource of resources) {
    const { annotations } = resource;
    if (!annotations.has(note.origin)) setNote(resource, note.origin, printOrigin(origin));
    else
      setNote(
        resource,
        note.transformations,
        (annotations.get(note.transformations)?.text ?? "") + printItem(printOrigin(origin)),
      );
  }
}

function setNote(resource: Resource, name: string, text: string): void {
  resource.setAnnotations(new Map([...resource.annotations, [name, { text, origin: undefined }]]));
}

/** Takes off what `buildMetadata` does not ask for. */
export function removeOrigins(resources: readonly Resource[], options: readonly string[]): void {
  for (const resource of resources) {
    const annotations = new Map(resource.annotations);
    if (!options.includes("originAnnotations")) annotations.delete(note.origin);
    if (!options.includes("transformerAnnotations")) annotations.delete(note.transformations);
    resource.setAnnotations(annotations);
  }
}

function printOrigin({ path, configuredIn, configuredBy }: BuildOrigin): string {
  const lines = [
    ...(path === undefined || path === "" ? [] : [`path: ${path}`]),
    ...(configuredIn === undefined ? [] : [`configuredIn: ${configuredIn}`]),
    ...(configuredBy === undefined
      ? []
      : ["configuredBy:", `  apiVersion: ${apiVersionOf(configuredBy)}`, `  kind: ${configuredBy.kind}`]),
    ...(configuredBy?.name === undefined ? [] : [`  name: ${configuredBy.name}`]),
    ...(configuredBy?.namespace === undefined || configuredBy.namespace === ""
      ? []
      : [`  namespace: ${configuredBy.namespace}`]),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

function printItem(text: string): string {
  return text.replace(/^(?=.)/gm, "  ").replace(/^ {2}/, "- ");
}
