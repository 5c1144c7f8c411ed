import { pathToFileURL } from "node:url";
import { parseAllDocuments } from "yaml";
import { processorClock } from "../figures.ts";
import { peerFile } from "./install.ts";

/** As far as the bench uses it. */
interface MonokleLibrary {
  readonly ResourceParser: new () => object;
  readonly SchemaLoader: new () => object;
  readonly RemotePluginLoader: new () => object;
  readonly DisabledFixer: new () => object;
  readonly MonokleValidator: new (parts: object) => {
    preload(config: object): Promise<void>;
    validate(input: { readonly resources: readonly MonokleResource[] }): Promise<object>;
  };
  /** Writes the references that it finds into the resources. */
  processRefs(resources: readonly MonokleResource[], parser: object): void;
}

interface MonokleResource {
  readonly id: string;
  readonly fileId: string;
  readonly filePath: string;
  readonly fileOffset: number;
  readonly name: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly content: object;
  readonly text: string;
  readonly refs?: readonly object[];
}

/**
 * Milliseconds of the processor that Monokle needs for the references between the documents of a text, and its rules about them:
 * those of its rules that need no schema from the internet.
 */
export async function measureMonokle(text: string): Promise<number> {
  const library = (await import(
    pathToFileURL(peerFile("@monokle/validation", "lib/node.js")).href
  )) as unknown as MonokleLibrary;
  const parser = new library.ResourceParser();
  const validator = new library.MonokleValidator({
    loader: new library.RemotePluginLoader(),
    parser,
    schemaLoader: new library.SchemaLoader(),
    suppressors: [],
    fixer: new library.DisabledFixer(),
  });
  await validator.preload({ plugins: { "resource-links": true } });
  const resources = resourcesOf(text);
  const time = processorClock();
  library.processRefs(resources, parser);
  await validator.validate({ resources });
  const milliseconds = time();
  if (resources.every(({ refs = [] }) => refs.length === 0)) throw new Error("Monokle has found no reference");
  return milliseconds;
}

function resourcesOf(text: string): readonly MonokleResource[] {
  return parseAllDocuments(text).map((document, index) => {
    const content = document.toJS() as {
      readonly apiVersion: string;
      readonly kind: string;
      readonly metadata: { readonly name: string };
    };
    const [start, , end] = document.range;
    return {
      id: String(index),
      fileId: "file",
      filePath: "file.yaml",
      fileOffset: start,
      name: content.metadata.name,
      apiVersion: content.apiVersion,
      kind: content.kind,
      content,
      text: text.slice(start, end),
    };
  });
}
