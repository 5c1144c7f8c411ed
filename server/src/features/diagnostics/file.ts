import { LineIndex } from "../../base/lines.ts";
import { release } from "../../index/environment.ts";
import { record, ReadsComparison } from "../../index/record.ts";
import type { Reads } from "../../index/record.ts";
import { renderedOf } from "../../index/rendered-resource.ts";
import type { Environment, FileId, Resource } from "../../index/types.ts";
import type { ReadDocument } from "../../model/read.ts";
import type { FileContext } from "../context.ts";
import { resourceOf, resourcesOf } from "../context.ts";
import type { Finding } from "../finding.ts";
import { touchedBy } from "../rendered.ts";
import { directivesOf } from "../suppression/directive.ts";
import { suppress } from "../suppression/suppress.ts";
import { unreadFindings } from "./missing-version.ts";
import { checkResource, mergeFindings, placeDocumentFindings } from "./check.ts";
import { buildFindings } from "./kustomize.ts";
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
  readonly #resources = new WeakMap<Resource, Map<string, Answer>>();
  readonly #comparison = new ReadsComparison();
  readonly #builds = new WeakMap<Environment, Map<string, BuiltAnswer>>();

  ofDocument({ text, parsed, placed }: ReadDocument, options: CheckOptions): readonly DocumentFinding[] {
    if (parsed === undefined) return unreadFindings(text);
    let findings = this.#documents.get(parsed);
    if (findings === undefined) {
      this.counters.documentsChecked++;
      findings = checkDocument(parsed, placed.facts, options);
      this.#documents.set(parsed, findings);
    }
    return findings;
  }

  /**
   * What is found at a file in an environment that kustomize builds: one object as long as no file that has a part in it changes. So a base of hundreds
   * of overlays is looked at in each of them once, and their objects need not be kept for it.
   */
  ofBuild(environment: Environment, file: string, find: () => readonly Finding[]): BuiltAnswer {
    const answers = this.#builds.get(environment) ?? new Map<string, BuiltAnswer>();
    this.#builds.set(environment, answers);
    let answer = answers.get(file);
    if (answer === undefined) {
      answer = { findings: find(), isOpen: environment.open.length > 0 };
      answers.set(file, answer);
    }
    return answer;
  }

  /** Whether a file was looked at in an environment that kustomize builds. */
  knowsBuild(environment: Environment, file: string): boolean {
    return this.#builds.get(environment)?.has(file) === true;
  }

  ofResource(environment: Environment, resource: Resource, options: CheckOptions): readonly Finding[] {
    const answers = this.#resources.get(resource.identity) ?? new Map<string, Answer>();
    this.#resources.set(resource.identity, answers);
    const answer = answers.get(environment.name);
    const findings = answer === undefined ? undefined : this.#stillRight(answer, environment, resource);
    if (findings !== undefined) return findings;
    this.counters.resourcesChecked++;
    const recording = record(environment);
    const found = checkResource(recording.environment, resource, options);
    answers.set(environment.name, { reads: recording.reads(), resource, findings: found });
    return found;
  }

  /** Findings that lead elsewhere are looked for anew when something has moved; all others move with their object. */
  #stillRight(
    { reads, resource: former, findings }: Answer,
    environment: Environment,
    resource: Resource,
  ): readonly Finding[] | undefined {
    const difference = this.#comparison.differenceTo(environment, reads);
    if (difference === "objects") return undefined;
    if (difference === "none" && former === resource) return findings;
    if (findings.some(({ related, fixes }) => related.length > 0 || fixes.length > 0)) return undefined;
    return findings.map((finding) => moved(finding, resource.document.start - former.document.start));
  }
}

/** What was found at a file in one environment, and whether a part of that can't be seen. */
interface BuiltAnswer {
  readonly findings: readonly Finding[];
  readonly isOpen: boolean;
}

/** What was found at an object, and on what that rests. */
interface Answer {
  readonly reads: Reads;
  readonly resource: Resource;
  readonly findings: readonly Finding[];
}

function moved(finding: Finding, by: number): Finding {
  const { file, start, end } = finding.place;
  return { ...finding, place: { file, start: start + by, end: end + by } };
}

/**
 * Everything that there is to say about a file. Of many environments the first ones count, and those that `checkNext` has looked at.
 * @param isPartial its objects are patches, of which nothing is required
 */
export function checkFile(
  everywhere: FileContext,
  memo: FindingsMemo,
  options: CheckOptions,
  isPartial = false,
): readonly Finding[] {
  const { file } = everywhere;
  const environments = everywhere.environments.filter(
    (environment, index) => index < environmentsAtOnce || memo.knowsBuild(environment, buildKey(file, isPartial)),
  );
  const context = { ...everywhere, environments };
  const names = environments.map(({ name }) => name);
  const isChanged = isPartial || environments.some(({ kind }) => kind === "kustomization");
  const ofDocuments = context.read.documents.flatMap((document) => {
    const found = memo.ofDocument(document, options).filter(({ asWritten }) => !asWritten || !isChanged);
    return placeDocumentFindings(file, document.placed, found, (index) => objectAt(context, document, index), names);
  });
  const answers = environments.map((environment) => answerIn(environment, context, memo, options, isPartial));
  const findings = mergeFindings([...ofDocuments, ...answers.flatMap((answer) => answer.findings)], () => names);
  return suppressed(
    context,
    findings,
    answers.some(({ isOpen }) => isOpen),
  );
}

/**
 * Looks at a file in the next environment that `checkFile` leaves out for their number, and forgets what was built for it.
 * False when there is none left.
 */
export function checkNext(
  { environments, ...context }: FileContext,
  memo: FindingsMemo,
  options: CheckOptions,
  isPartial = false,
): boolean {
  const next = environments.find(
    (environment, index) =>
      index >= environmentsAtOnce &&
      environment.kind === "kustomization" &&
      !memo.knowsBuild(environment, buildKey(context.file, isPartial)),
  );
  if (next === undefined) return false;
  answerIn(next, { ...context, environments: [next] }, memo, options, isPartial);
  release(next);
  return true;
}

/** An overlay's file has one environment; the base of hundreds of overlays is looked at in so many of them with each keystroke. */
const environmentsAtOnce = 16;

function buildKey(file: FileId, isPartial: boolean): string {
  return `${file} ${isPartial ? "partial" : "whole"}`;
}

function answerIn(
  environment: Environment,
  everywhere: FileContext,
  memo: FindingsMemo,
  options: CheckOptions,
  isPartial: boolean,
): BuiltAnswer {
  const context = { ...everywhere, environments: [environment] };
  const find = (): readonly Finding[] => {
    const written = isPartial
      ? []
      : [...resourcesOf(context)].filter(({ resource }) => renderedOf(resource) === undefined);
    return [
      ...written.flatMap(({ resource }) => memo.ofResource(environment, resource, options)),
      ...renderedFindings(environment, context.file, memo, options).filter(({ place }) => place.file === context.file),
    ];
  };
  if (environment.kind === "kustomization") return memo.ofBuild(environment, buildKey(context.file, isPartial), find);
  return { findings: find(), isOpen: environment.open.length > 0 };
}

/** What is found where kustomize builds an environment with a part of the file. */
function renderedFindings(
  environment: Environment,
  file: FileId,
  memo: FindingsMemo,
  options: CheckOptions,
): readonly Finding[] {
  if (environment.kind !== "kustomization") return [];
  return [
    ...buildFindings(environment),
    ...touchedBy(environment, file).flatMap((resource) => memo.ofResource(environment, resource, options)),
  ];
}

function suppressed(
  { file, read, environments }: FileContext,
  findings: readonly Finding[],
  isOpen: boolean,
): readonly Finding[] {
  const directives = directivesOf(read);
  if (directives.length === 0) return findings;
  const lines = new LineIndex(read.text);
  return suppress(findings, {
    file,
    directives,
    lineAt: (offset) => lines.positionAt(offset).line,
    environments: environments.map(({ name }) => name),
    isClear: !isOpen && read.documents.every(({ placed }) => placed.facts.state !== "broken"),
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
