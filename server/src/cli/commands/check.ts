import { availableParallelism } from "node:os";
import * as l10n from "@vscode/l10n";
import { groupBy } from "../../base/group.ts";
import { mergeFindings, placeDocumentFindings } from "../../features/diagnostics/check.ts";
import type { DocumentFinding } from "../../features/diagnostics/document.ts";
import { unusedFileFindings } from "../../features/diagnostics/kustomize.ts";
import { severities } from "../../features/finding.ts";
import type { Finding } from "../../features/finding.ts";
import type { Directive } from "../../features/suppression/directive.ts";
import { suppress } from "../../features/suppression/suppress.ts";
import { defaultNamespace } from "../../index/place.ts";
import type { FileId } from "../../index/types.ts";
import { positionIn } from "../../model/position.ts";
import { UsageError } from "../arguments.ts";
import type { Arguments } from "../arguments.ts";
import { withoutBaseline } from "../baseline.ts";
import type { CheckTask } from "../check/part.ts";
import { checkTogether } from "../check/threads.ts";
import type { AllParts } from "../check/threads.ts";
import type { Command, StartThread } from "../command.ts";
import { reportFormats, writeReport } from "../reports/report.ts";
import { newQueue } from "../turns.ts";
import { listFiles } from "../world.ts";
import type { World } from "../world.ts";

/** So many files and more are worth a second thread, which takes a tenth of a second to start. */
const fewestFilesForThreads = 200;

/** More threads than this gain nothing: each puts all files in order for itself. */
const mostThreads = 4;

/** `drydock check`: what the API server would refuse, and what is accepted but can't work. */
export const check: Command = {
  shape: { takesName: "never", formats: reportFormats, options: ["fail-on", "baseline", "write-baseline"] },
  async run(options, terminal, startThread) {
    const limit = severityOf(options.own["fail-on"] ?? "error");
    const { world, environments, found, directives } = await checkAll(options, startThread);
    const namesOf = (file: FileId): readonly string[] => world.environmentsOf(file).map(({ name }) => name);
    const merged = mergeFindings(
      [...placedFindings(world, found), ...environments.flatMap(({ findings }) => findings), ...unusedFiles(world)],
      namesOf,
    ).filter(({ place }) => !world.isTemplate(place.file));
    const findings = withoutBaseline(withoutSilenced(world, merged, directives), {
      read: options.own["baseline"],
      write: options.own["write-baseline"],
    });
    writeReport(
      { world, environments: environments.map(({ environment }) => environment), findings, options },
      terminal,
    );
    return {
      notices: world.notices,
      status: findings.some(({ severity }) => severities.indexOf(severity) <= limit) ? 1 : 0,
    };
  },
};

async function checkAll(options: Arguments, startThread: StartThread | undefined): Promise<AllParts> {
  const listed = listFiles(options);
  const threads =
    startThread === undefined || listed.files.size < fewestFilesForThreads
      ? 1
      : Math.min(mostThreads, availableParallelism());
  const task: CheckTask = { options, listed, threads, files: newQueue(), environments: newQueue() };
  return checkTogether(
    task,
    Array.from({ length: threads - 1 }, () => startThread!(task)),
  );
}

function severityOf(word: string): number {
  const found = severities.findIndex((severity) => severity === word);
  if (found < 0) throw new UsageError(l10n.t("--fail-on must be one of {0}", severities.join(", ")));
  return found;
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
