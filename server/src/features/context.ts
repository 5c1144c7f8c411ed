import type { JsonPath } from "../base/json.ts";
import type { Span } from "../base/span.ts";
import { resourcesByFacts, resourcesWithin } from "../index/queries.ts";
import type { Environment, FileId, Resource } from "../index/types.ts";
import type { ResourceFacts } from "../model/facts.ts";
import type { ReadDocument, ReadFile } from "../model/read.ts";
import type { Settings } from "../protocol/settings.ts";
import { renderedFrom, renderedPath } from "./rendered.ts";
import { locate } from "../yaml/path.ts";
import type { Location } from "../yaml/path.ts";

/** A file that somebody looks at, and the environments that it belongs to: what every feature is asked with. */
export interface FileContext {
  readonly file: FileId;
  readonly read: ReadFile;
  /** The active one first; at least one. */
  readonly environments: readonly Environment[];
  readonly settings: Settings;
  /** The time by the clock on the wall, in epoch milliseconds: for what depends on it, such as the next runs of a CronJob. */
  readonly now: number;
}

/** What stands at an offset of a file. */
export interface Cursor {
  readonly document: ReadDocument;
  /** Offset within the document. */
  readonly offset: number;
  readonly location: Location;
  /** The object around it, as it stands in the active environment; `undefined` outside of objects and in documents that were never readable. */
  readonly subject: CursorSubject | undefined;
}

export interface CursorSubject {
  readonly environment: Environment;
  readonly resource: Resource;
  readonly facts: ResourceFacts;
  /** Where the cursor is within the object. */
  readonly path: JsonPath;
}

/** What stands at an offset; `undefined` between documents and in texts that are no YAML at all. */
export function cursorAt(context: FileContext, offset: number): Cursor | undefined {
  const document = context.read.documents.find(({ placed }) => offset >= placed.start && offset <= placed.end);
  const root = document?.parsed?.root;
  if (document === undefined || root === undefined || root === null) return undefined;
  const inside = offset - document.placed.start;
  const location = locate(root, inside);
  return location === undefined
    ? undefined
    : { document, offset: inside, location, subject: subjectAt(context, document, location.path) };
}

function subjectAt(context: FileContext, document: ReadDocument, path: JsonPath): CursorSubject | undefined {
  const [environment] = context.environments;
  const facts = document.placed.facts.resources.find(({ at }) => at.every((step, index) => path[index] === step));
  if (environment === undefined || facts === undefined) return undefined;
  const resource = resourceOf(environment, context.file, document, facts);
  if (resource === undefined) return undefined;
  const written = path.slice(facts.at.length);
  return { environment, resource, facts, path: renderedPath(resource, context.file, document, path) ?? written };
}

/** The object of a document as an environment has it: with its namespace, and rendered where kustomize renders it; for a patch the object that it changes. */
export function resourceOf(
  environment: Environment,
  file: FileId,
  document: Pick<ReadDocument, "placed">,
  facts: ResourceFacts,
): Resource | undefined {
  return resourceFinder(environment, file)(document, facts);
}

/** Finds the objects of one file: of a large one it is asked for hundreds. */
function resourceFinder(
  environment: Environment,
  file: FileId,
): (document: Pick<ReadDocument, "placed">, facts: ResourceFacts) => Resource | undefined {
  if (environment.kind === "kustomization")
    return (document, facts) => renderedFrom(environment, file, document, facts);
  const byFacts = resourcesByFacts(environment, file);
  return (document, facts) => byFacts.get(facts) ?? resourceReadAnew(environment, file, document, facts);
}

/** A closed file is read again for its findings: its facts are equal to those of the index, and others. */
function resourceReadAnew(
  environment: Environment,
  file: FileId,
  { placed: { start, end } }: Pick<ReadDocument, "placed">,
  { kind, name, namespace }: ResourceFacts,
): Resource | undefined {
  return resourcesWithin(environment, { file, start, end }).find(
    (resource) => resource.kind === kind && resource.name === name && resource.writtenNamespace === namespace,
  );
}

/** The file as if it held only the documents that a range touches. */
export function documentsIn(context: FileContext, { start, end }: Span): FileContext {
  const documents = context.read.documents.filter(({ placed }) => placed.start <= end && start <= placed.end);
  return { ...context, read: { ...context.read, documents } };
}

/** All objects of the file, each in every environment that has it. */
export function* resourcesOf(context: FileContext): Generator<CursorSubject> {
  const finders = context.environments.map((environment) => ({
    environment,
    find: resourceFinder(environment, context.file),
  }));
  for (const document of context.read.documents) {
    for (const facts of document.placed.facts.resources) {
      for (const { environment, find } of finders) {
        const resource = find(document, facts);
        if (resource !== undefined) yield { environment, resource, facts, path: [] };
      }
    }
  }
}
