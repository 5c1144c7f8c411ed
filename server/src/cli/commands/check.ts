import * as l10n from "@vscode/l10n";
import { groupBy } from "../../base/group.ts";
import type { Range } from "../../base/lines.ts";
import { editsOf } from "../../features/code-actions/edits.ts";
import { checkResource, mergeFindings, placeDocumentFindings } from "../../features/diagnostics/check.ts";
import { checkDocument } from "../../features/diagnostics/document.ts";
import type { DocumentFinding } from "../../features/diagnostics/document.ts";
import type { CheckOptions } from "../../features/diagnostics/rule.ts";
import type { Finding, Severity } from "../../features/finding.ts";
import type { Span } from "../../base/span.ts";
import { release } from "../../index/environment.ts";
import { defaultNamespace } from "../../index/place.ts";
import type { Environment, FileId } from "../../index/types.ts";
import { newestKubernetes } from "../../kubernetes/api-lifecycle.ts";
import { rangeIn } from "../../model/position.ts";
import { readFile } from "../../model/read.ts";
import type { ReadFile } from "../../model/read.ts";
import { UsageError } from "../arguments.ts";
import type { Arguments } from "../arguments.ts";
import type { Command } from "../command.ts";
import { styled, writeJson } from "../output.ts";
import type { Style, Terminal } from "../output.ts";
import { environmentName, loadWorld, textOfFile } from "../world.ts";
import type { World } from "../world.ts";

/** `drydock check`: what the API server would refuse, and what is accepted but can't work. */
export const check: Command = {
  shape: { takesName: "never", formats: ["text", "json"], options: ["fail-on"] },
  run(options, terminal) {
    const limit = severityOf(options.own["fail-on"] ?? "error");
    const ofDocuments = new Map<FileId, readonly (readonly DocumentFinding[])[]>();
    const checkOptions: CheckOptions = {
      kubernetesVersion: options.kubernetesVersion === "" ? newestKubernetes : options.kubernetesVersion,
      yamlSyntax: true,
    };
    const world = loadWorld(options, (file, read) => ofDocuments.set(file, documentFindings(read, checkOptions)));
    const checked = checkEnvironments(world, checkOptions);
    const namesOf = (file: FileId): readonly string[] => world.environmentsOf(file).map(({ name }) => name);
    const findings = mergeFindings([...placedFindings(world, ofDocuments), ...checked.findings], namesOf);
    if (options.format === "json") writeJson(terminal, reportOf(world, checked.environments, findings, options));
    else writeText(world, findings, terminal);
    return {
      notices: world.notices,
      status: findings.some(({ severity }) => severities.indexOf(severity) <= limit) ? 1 : 0,
    };
  },
};

const severities: readonly Severity[] = ["error", "warning", "information", "hint"];

function severityOf(word: string): number {
  const found = severities.findIndex((severity) => severity === word);
  if (found < 0) throw new UsageError(l10n.t("--fail-on must be one of {0}", severities.join(", ")));
  return found;
}

function documentFindings(read: ReadFile, options: CheckOptions): readonly (readonly DocumentFinding[])[] {
  return read.documents.map(({ parsed, placed }) =>
    parsed === undefined ? [] : checkDocument(parsed, placed.facts, options),
  );
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

interface CheckedEnvironment {
  readonly name: string | null;
  readonly kind: Environment["kind"];
  readonly closed: boolean;
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

function reportOf(
  world: World,
  environments: readonly CheckedEnvironment[],
  findings: readonly Finding[],
  options: Arguments,
) {
  const rangeOf = (file: FileId, span: Span): Range =>
    rangeIn(world.index.file(file)?.facts ?? { documents: [] }, span);
  const reads = new Map<FileId, ReadFile | undefined>();
  const readOf = (file: FileId): ReadFile | undefined => {
    if (!reads.has(file)) reads.set(file, readAgain(file, options));
    return reads.get(file);
  };
  return {
    version: 1,
    ...countsOf(world),
    environments,
    findings: findings.map((finding) => findingJson(finding, rangeOf, readOf)),
  };
}

function readAgain(file: FileId, options: Arguments): ReadFile | undefined {
  const text = textOfFile(file, options);
  return text === undefined ? undefined : readFile(text);
}

function countsOf({ index, files }: World): {
  readonly files: number;
  readonly documents: number;
  readonly resources: number;
} {
  const indexed = files.flatMap((file) => index.file(file) ?? []);
  return {
    files: files.length,
    documents: indexed.reduce((sum, { facts }) => sum + facts.documents.length, 0),
    resources: indexed.reduce((sum, { resources }) => sum + resources.length, 0),
  };
}

function findingJson(
  finding: Finding,
  rangeOf: (file: FileId, span: Span) => Range,
  readOf: (file: FileId) => ReadFile | undefined,
) {
  const { code, severity, message, place, resource, environments, related, fixes } = finding;
  return {
    code,
    severity,
    message,
    path: place.file,
    range: rangeOf(place.file, place),
    resource:
      resource === undefined
        ? null
        : { apiVersion: resource.apiVersion, kind: resource.kind, namespace: resource.namespace, name: resource.name },
    environments: environments.map((name) => (name === "" ? "." : name)),
    related: related.map((each) => ({
      path: each.place.file,
      range: rangeOf(each.place.file, each.place),
      message: each.message,
    })),
    fixes: fixes.flatMap(({ title, changes }) => {
      const files = editsOf(changes, readOf);
      if (files === undefined) return [];
      return [
        {
          title,
          edits: files.flatMap(({ file, edits }) =>
            edits.map(({ span, newText }) => ({ path: file, range: rangeOf(file, span), newText })),
          ),
        },
      ];
    }),
  };
}

const styles: Readonly<Record<Severity, Style>> = { error: "red", warning: "yellow", information: "blue", hint: "dim" };

function writeText(world: World, findings: readonly Finding[], terminal: Terminal): void {
  for (const { place, severity, message, code } of findings) {
    const { line, character } = rangeIn(world.index.file(place.file)?.facts ?? { documents: [] }, place).start;
    const where = styled(terminal, "bold", `${place.file}:${line + 1}:${character + 1}`);
    terminal.write(
      `${where}: ${styled(terminal, styles[severity], severityText(severity))}: ${message} ${styled(terminal, "dim", `[${code}]`)}\n`,
    );
  }
  const { files, resources } = countsOf(world);
  const counts = severities
    .map((severity) => ({ severity, count: findings.filter((finding) => finding.severity === severity).length }))
    .filter(({ count }) => count > 0);
  const found =
    counts.length === 0
      ? l10n.t("nothing found")
      : counts.map(({ severity, count }) => `${count} × ${severityText(severity)}`).join(", ");
  terminal.write(`${l10n.t("{0} files, {1} objects: {2}", files, resources, found)}\n`);
}

function severityText(severity: Severity): string {
  switch (severity) {
    case "error":
      return l10n.t("error");
    case "warning":
      return l10n.t("warning");
    case "information":
      return l10n.t("information");
    case "hint":
      return l10n.t("hint");
  }
}
