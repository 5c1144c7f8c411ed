import { checkResource } from "../../features/diagnostics/check.ts";
import { checkDocument } from "../../features/diagnostics/document.ts";
import type { DocumentFinding } from "../../features/diagnostics/document.ts";
import { buildFindings } from "../../features/diagnostics/kustomize.ts";
import { unreadFindings } from "../../features/diagnostics/missing-version.ts";
import type { CheckOptions } from "../../features/diagnostics/rule.ts";
import type { Finding } from "../../features/finding.ts";
import { directivesOf } from "../../features/suppression/directive.ts";
import type { Directive } from "../../features/suppression/directive.ts";
import { release } from "../../index/environment.ts";
import { ownKeysOfFacts } from "../../index/keys.ts";
import type { Environment, FileId } from "../../index/types.ts";
import { newestKubernetes } from "../../kubernetes/api-lifecycle.ts";
import type { FileFacts } from "../../model/facts.ts";
import type { ReadFile } from "../../model/read.ts";
import type { Arguments } from "../arguments.ts";
import { filesOf } from "../kustomize.ts";
import type { NamedByKustomizations } from "../kustomize.ts";
import type { CheckedEnvironment } from "../reports/checked.ts";
import { Turns } from "../turns.ts";
import { environmentName, readListed } from "../world.ts";
import type { Listed, ReadFiles, World } from "../world.ts";

/** What all threads of one `drydock check` work on. */
export interface CheckTask {
  readonly options: Arguments;
  readonly listed: Listed;
  readonly threads: number;
  /** Which files, and which environments, have been taken. */
  readonly files: SharedArrayBuffer;
  readonly environments: SharedArrayBuffer;
}

/** What one thread found in the texts of its files. */
export interface TextFindings {
  /** Document by document. */
  readonly found: ReadonlyMap<FileId, readonly (readonly DocumentFinding[])[]>;
  readonly directives: ReadonlyMap<FileId, readonly Directive[]>;
}

export interface ReadPart extends TextFindings, ReadFiles {}

/** Reads this thread's share of the files, and judges their documents while the syntax trees are at hand. Throws `UsageError` for a PATH that can't be read. */
export function readPart(
  { options, listed, threads, files }: CheckTask,
  kustomizations: NamedByKustomizations,
): ReadPart {
  const ids = [...listed.files.keys()];
  // Of one environment alone, also the files that it leaves out are judged as they are written.
  const changed = options.environment === undefined ? filesOf(kustomizations, options) : new Set<FileId>();
  const facts = new Map<FileId, FileFacts>();
  const found = new Map<FileId, readonly (readonly DocumentFinding[])[]>();
  const directives = new Map<FileId, readonly Directive[]>();
  const accepted: FileId[] = [];
  const weights = ids.map(() => 1);
  for (const place of new Turns(weights, threads, files)) {
    const file = ids[place]!;
    const read = readListed(listed, file, options);
    facts.set(file, keyed(read.facts));
    const isDefinition = holdsDefinition(read.facts);
    const findings = documentFindings(read, checkOptionsOf(options), changed.has(file) && !isDefinition);
    if (findings.some((each) => each.length > 0)) found.set(file, findings);
    else if (changed.has(file) && isDefinition) accepted.push(file);
    const own = directivesOf(read);
    if (own.length > 0) directives.set(file, own);
  }
  return { facts, found, directives, accepted };
}

/** Schemas are long: they are judged where they are written, so that nobody has to read them again where kustomize leaves them as they are. */
function holdsDefinition({ documents }: FileFacts): boolean {
  return documents.some(({ facts }) => facts.resources.some(({ kind }) => kind === "CustomResourceDefinition"));
}

/** Facts with the keys that rules find their objects by, which each thread needs: no rule asks who names a text. */
function keyed({ documents, ...others }: FileFacts): FileFacts {
  return {
    ...others,
    documents: documents.map((document) => ({
      ...document,
      facts: {
        ...document.facts,
        resources: document.facts.resources.map((resource) => ({ ...resource, keys: ownKeysOfFacts(resource) })),
      },
    })),
  };
}

function documentFindings(
  read: ReadFile,
  options: CheckOptions,
  isChanged: boolean,
): readonly (readonly DocumentFinding[])[] {
  return read.documents.map(({ text, parsed, placed }) =>
    parsed === undefined ? unreadFindings(text) : checkDocument(parsed, placed.facts, options, isChanged),
  );
}

function checkOptionsOf({ kubernetesVersion }: Arguments): CheckOptions {
  return { kubernetesVersion: kubernetesVersion === "" ? newestKubernetes : kubernetesVersion, yamlSyntax: true };
}

/** What the rules say of each object in one environment. */
export interface EnvironmentPart {
  readonly place: number;
  readonly environment: CheckedEnvironment;
  readonly findings: readonly Finding[];
}

/** Checks this thread's share of the environments, one after the other; each is forgotten before the next one is looked at. */
export function* checkPart(world: World, { options, threads, environments }: CheckTask): Generator<EnvironmentPart> {
  const checkOptions = checkOptionsOf(options);
  const weights = world.environments.map((environment) => charactersOf(environment, world));
  for (const place of new Turns(weights, threads, environments)) {
    const environment = world.environments[place]!;
    const findings = [...buildFindings(environment)];
    for (const resource of environment.resources()) {
      if (!world.isPartial(resource.file))
        findings.push(...checkResource(world.viewFrom(resource.file, environment), resource, checkOptions));
    }
    yield {
      place,
      environment: {
        name: environmentName(environment),
        kind: environment.kind,
        closed: environment.open.length === 0,
      },
      findings,
    };
    release(environment);
  }
}

/** The length of the texts of an environment: some are built of hundreds of files. */
function charactersOf(environment: Environment, { index }: World): number {
  return environment.files().reduce((sum, file) => sum + (index.file(file)?.facts.documents.at(-1)?.end ?? 0), 0);
}
