import { LineIndex } from "../../base/lines.ts";
import { record, stillHolds } from "../../index/record.ts";
import type { Reads } from "../../index/record.ts";
import type { Environment, Resource } from "../../index/types.ts";
import type { ReadDocument } from "../../model/read.ts";
import type { FileContext } from "../context.ts";
import { resourceOf, resourcesOf } from "../context.ts";
import type { Finding } from "../finding.ts";
import { directivesOf } from "../suppression/directive.ts";
import { suppress } from "../suppression/suppress.ts";
import { checkResource, mergeFindings, placeDocumentFindings } from "./check.ts";
import { checkDocument } from "./document.ts";
import type { DocumentFinding } from "./document.ts";
import type { CheckOptions } from "./rule.ts";

/** How often something was computed rather than remembered: tests prove with it how little a keystroke costs. */
export interface CheckCounters {
  documentsChecked: number;
  resourcesChecked: number;
}

/** What is kept between two checks of a file: findings of unchanged documents, and of objects for which nothing that they depend on has changed. */
export class FindingsMemo {
  readonly counters: CheckCounters = { documentsChecked: 0, resourcesChecked: 0 };
  readonly #documents = new WeakMap<object, readonly DocumentFinding[]>();
  readonly #resources = new WeakMap<
    Resource,
    Map<string, { readonly reads: Reads; readonly findings: readonly Finding[] }>
  >();

  ofDocument({ parsed, placed }: ReadDocument, options: CheckOptions): readonly DocumentFinding[] {
    if (parsed === undefined) return [];
    let findings = this.#documents.get(parsed);
    if (findings === undefined) {
      this.counters.documentsChecked++;
      findings = checkDocument(parsed, placed.facts, options);
      this.#documents.set(parsed, findings);
    }
    return findings;
  }

  ofResource(environment: Environment, resource: Resource, options: CheckOptions): readonly Finding[] {
    const known =
      this.#resources.get(resource) ??
      new Map<string, { readonly reads: Reads; readonly findings: readonly Finding[] }>();
    this.#resources.set(resource, known);
    const memo = known.get(environment.name);
    if (memo !== undefined && stillHolds(memo.reads, environment)) return memo.findings;
    this.counters.resourcesChecked++;
    const recording = record(environment);
    const findings = checkResource(recording.environment, resource, options);
    known.set(environment.name, { reads: recording.reads(), findings });
    return findings;
  }
}

/** Everything that there is to say about a file. `isPartial`: its objects are patches, of which nothing is required. */
export function checkFile(
  context: FileContext,
  memo: FindingsMemo,
  options: CheckOptions,
  isPartial = false,
): readonly Finding[] {
  const names = context.environments.map(({ name }) => name);
  const ofDocuments = context.read.documents.flatMap((document) => {
    const found = memo.ofDocument(document, options).filter(({ asWritten }) => !asWritten || !isPartial);
    return placeDocumentFindings(
      context.file,
      document.placed,
      found,
      (index) => objectAt(context, document, index),
      names,
    );
  });
  if (isPartial) return suppressed(context, ofDocuments);
  const ofObjects = [...resourcesOf(context)].flatMap(({ environment, resource }) =>
    memo.ofResource(environment, resource, options),
  );
  return suppressed(
    context,
    mergeFindings([...ofDocuments, ...ofObjects], () => names),
  );
}

function suppressed({ file, read, environments }: FileContext, findings: readonly Finding[]): readonly Finding[] {
  const directives = directivesOf(read);
  if (directives.length === 0) return findings;
  const lines = new LineIndex(read.text);
  return suppress(findings, {
    file,
    directives,
    lineAt: (offset) => lines.positionAt(offset).line,
    environments: environments.map(({ name }) => name),
    isClear:
      environments.every(({ open }) => open.length === 0) &&
      read.documents.every(({ placed }) => placed.facts.state !== "broken"),
  });
}

function objectAt(
  { environments: [environment], file }: FileContext,
  document: ReadDocument,
  index: number,
): Resource | undefined {
  const facts = document.placed.facts.resources[index];
  return environment === undefined || facts === undefined ? undefined : resourceOf(environment, file, document, facts);
}
