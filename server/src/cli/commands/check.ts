import * as l10n from "@vscode/l10n";
import { groupBy } from "../../base/group.ts";
import { checkResource, mergeFindings, placeDocumentFindings } from "../../features/diagnostics/check.ts";
import { checkDocument } from "../../features/diagnostics/document.ts";
import { buildFindings, unusedFileFindings } from "../../features/diagnostics/kustomize.ts";
import type { DocumentFinding } from "../../features/diagnostics/document.ts";
import { unreadFindings } from "../../features/diagnostics/missing-version.ts";
import type { CheckOptions } from "../../features/diagnostics/rule.ts";
import { severities } from "../../features/finding.ts";
import type { Finding } from "../../features/finding.ts";
import { directivesOf } from "../../features/suppression/directive.ts";
import type { Directive } from "../../features/suppression/directive.ts";
import { suppress } from "../../features/suppression/suppress.ts";
import { release } from "../../index/environment.ts";
import { defaultNamespace } from "../../index/place.ts";
import type { FileId } from "../../index/types.ts";
import { newestKubernetes } from "../../kubernetes/api-lifecycle.ts";
import { positionIn } from "../../model/position.ts";
import type { ReadFile } from "../../model/read.ts";
import { UsageError } from "../arguments.ts";
import { withoutBaseline } from "../baseline.ts";
import type { Command } from "../command.ts";
import { reportFormats, writeReport } from "../reports/report.ts";
import type { CheckedEnvironment } from "../reports/checked.ts";
import { environmentName, loadWorld } from "../world.ts";
import type { World } from "../world.ts";

/** `drydock check`: what the API server would refuse, and what is accepted but can't work. */
export const check: Command = {
  shape: { takesName: "never", formats: reportFormats, options: ["fail-on", "baseline", "write-baseline"] },
  run(options, terminal) {
    const limit = severityOf(options.own["fail-on"] ?? "error");
    const ofDocuments = new Map<FileId, readonly (readonly DocumentFinding[])[]>();
    const checkOptions: CheckOptions = {
      kubernetesVersion: options.kubernetesVersion === "" ? newestKubernetes : options.kubernetesVersion,
      yamlSyntax: true,
    };
    const directives = new Map<FileId, readonly Directive[]>();
    const world = loadWorld(options, (file, read) => {
      ofDocuments.set(file, documentFindings(read, checkOptions));
      const own = directivesOf(read);
      if (own.length > 0) directives.set(file, own);
    });
    const checked = checkEnvironments(world, checkOptions);
    const namesOf = (file: FileId): readonly string[] => world.environmentsOf(file).map(({ name }) => name);
    const merged = mergeFindings(
      [...placedFindings(world, ofDocuments), ...checked.findings, ...unusedFiles(world)],
      namesOf,
    ).filter(({ place }) => !world.isTemplate(place.file));
    const findings = withoutBaseline(withoutSilenced(world, merged, directives), {
      read: options.own["baseline"],
      write: options.own["write-baseline"],
    });
    writeReport({ world, environments: checked.environments, findings, options }, terminal);
    return {
      notices: world.notices,
      status: findings.some(({ severity }) => severities.indexOf(severity) <= limit) ? 1 : 0,
    };
  },
};

function severityOf(word: string): number {
  const found = severities.findIndex((severity) => severity === word);
  if (found < 0) throw new UsageError(l10n.t("--fail-on must be one of {0}", severities.join(", ")));
  return found;
}

function documentFindings(read: ReadFile, options: CheckOptions): readonly (readonly DocumentFinding[])[] {
  return read.documents.map(({ text, parsed, placed }) =>
    parsed === undefined ? unreadFindings(text) : checkDocument(parsed, placed.facts, options),
  );
}

function unusedFiles(world: World): readonly Finding[] {
  return world.files.flatMap((file) => unusedFileFindings(world.index, file, world.environmentsOf(file)));
}

/** What the texts alone say, where it stands in the files. What kustomize changes, and patches, are not judged as they are written. */
function* placedFindings(
  world: World,
  found: ReadonlyMap<FileId, readonly (readonly DocumentFinding[])[]>,
): Generator<Finding> {
  for (const [file, documents] of found) {
    const indexed = world.index.file(file);
    if (indexed === undefined || documents.every((findings) => findings.length === 0)) continue;
    const environments = world.environmentsOf(file);
    const isChanged = world.isPartial(file) || environments.some(({ kind }) => kind === "kustomization");
    const resources = groupBy(indexed.resources, ({ start }) => start);
    const namespace = environments[0]?.namespace ?? defaultNamespace;
    const names = environments.map(({ name }) => name);
    for (const [index, document] of indexed.facts.documents.entries()) {
      const wanted = (documents[index] ?? []).filter(({ asWritten }) => !asWritten || !isChanged);
      yield* placeDocumentFindings(
        file,
        document,
        wanted,
        (number) => resources.get(document.start)?.[number]?.within(namespace),
        names,
      );
    }
  }
}

interface Checked {
  readonly findings: readonly Finding[];
  readonly environments: readonly CheckedEnvironment[];
}

/** What the rules say of each object in each of its environments, one environment after the other. */
function checkEnvironments(world: World, options: CheckOptions): Checked {
  const findings: Finding[] = [];
  const environments: CheckedEnvironment[] = [];
  for (const environment of world.environments) {
    findings.push(...buildFindings(environment));
    for (const resource of environment.resources()) {
      if (!world.isPartial(resource.file))
        findings.push(...checkResource(world.viewFrom(resource.file, environment), resource, options));
    }
    environments.push({
      name: environmentName(environment),
      kind: environment.kind,
      closed: environment.open.length === 0,
    });
    release(environment);
  }
  return { findings, environments };
}

/** The findings that no comment silences, and a hint for each comment that silences nothing. */
function withoutSilenced(
  world: World,
  findings: readonly Finding[],
  directives: ReadonlyMap<FileId, readonly Directive[]>,
): readonly Finding[] {
  let left = findings;
  for (const [file, own] of directives) {
    const facts = world.index.file(file)?.facts ?? { documents: [] };
    const environments = world.environmentsOf(file);
    left = suppress(left, {
      file,
      directives: own,
      lineAt: (offset) => positionIn(facts, offset).line,
      environments: environments.map(({ name }) => name),
      isClear:
        environments.every(({ open }) => open.length === 0) &&
        facts.documents.every((document) => document.facts.state !== "broken"),
    });
  }
  return left;
}
