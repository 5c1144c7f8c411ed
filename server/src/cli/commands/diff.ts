import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as l10n from "@vscode/l10n";
import { byName, reviewChange } from "../../features/review/review.ts";
import type { EnvironmentReview, Environments } from "../../features/review/review.ts";
import { markdownStyle, plainStyle, reviewText } from "../../features/review/text.ts";
import { committedFiles, hasGit, writeCommitted } from "../../host/node/git.ts";
import type { OpenReason, Resource } from "../../index/types.ts";
import { newestKubernetes } from "../../kubernetes/api-lifecycle.ts";
import { UsageError } from "../arguments.ts";
import type { Arguments } from "../arguments.ts";
import type { Command } from "../command.ts";
import { writeJson } from "../output.ts";
import { fileIdOf, loadWorld } from "../world.ts";

/** `drydock diff OLD NEW`, or `drydock diff --git BASE [PATH]`: what a change does to the cluster's behaviour, for each environment. */
export const diff: Command = {
  shape: { takesName: "never", formats: ["text", "json", "markdown"], options: ["git"] },
  run(options, terminal) {
    const base = options.own["git"];
    const { review, pathOf } = base === undefined ? betweenFolders(options) : againstCommit(options, base);
    if (options.format === "json")
      writeJson(terminal, { version: 1, environments: review.map((each) => environmentJson(each, pathOf)) });
    else terminal.write(reviewText(review, options.format === "markdown" ? markdownStyle : plainStyle));
    return { notices: [], status: 0 };
  },
};

interface Reviewed {
  readonly review: readonly EnvironmentReview[];
  /** The path of a file as the person knows it. */
  readonly pathOf: (file: string) => string;
}

function betweenFolders(options: Arguments): Reviewed {
  const [before, after, ...others] = options.paths;
  if (before === undefined || after === undefined || others.length > 0)
    throw new UsageError(l10n.t("diff takes two folders, or --git BASE and one"));
  return {
    review: review(environmentsIn(before, options), environmentsIn(after, options), options),
    pathOf: (file) => file,
  };
}

/** The commit's files are written to a folder of their own for as long as it takes. */
function againstCommit(options: Arguments, commit: string): Reviewed {
  const [folder = ".", ...others] = options.paths;
  if (others.length > 0) throw new UsageError(l10n.t("diff takes two folders, or --git BASE and one"));
  const files = committedFiles(folder, commit);
  if (files === undefined)
    throw new UsageError(
      hasGit() ? l10n.t("git knows no {0} for {1}", commit, folder) : l10n.t("there is no git to ask for {0}", commit),
    );
  const copy = mkdtempSync(join(tmpdir(), "drydock-diff-"));
  try {
    if (!writeCommitted(files, copy)) throw new UsageError(l10n.t("git does not give the files of {0}", commit));
    const [root, copied] = [fileIdOf(folder), `${fileIdOf(copy)}/`];
    const pathOf = (file: string): string =>
      file.startsWith(copied) ? `${root === "" ? "" : `${root}/`}${file.slice(copied.length)}` : file;
    return { review: review(environmentsIn(copy, options), environmentsIn(folder, options), options), pathOf };
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/** The environments of a folder, by their names relative to it. */
function environmentsIn(folder: string, options: Arguments): Environments {
  const world = loadWorld({ ...options, paths: [folder] });
  const root = fileIdOf(folder);
  const relativeName = (name: string): string =>
    name === root ? "" : root === "" ? name : name.slice(root.length + 1);
  return byName(world.environments, ({ name }) => relativeName(name));
}

function review(
  before: Environments,
  after: Environments,
  { kubernetesVersion, nodes, clusterDomain }: Arguments,
): readonly EnvironmentReview[] {
  return reviewChange(before, after, {
    kubernetesVersion: kubernetesVersion === "" ? newestKubernetes : kubernetesVersion,
    nodes,
    clusterDomain,
    proxyMode: "nftables",
  });
}

function environmentJson(
  { environment, change, unseen, objects, services, rollouts, refusals }: EnvironmentReview,
  pathOf: (file: string) => string,
) {
  const withPath = ({ resource, ...rest }: { readonly resource: Resource }) => ({
    ...rest,
    path: pathOf(resource.file),
  });
  const reasons = (list: readonly OpenReason[]) =>
    list.map(({ code, subject, place }) => ({
      code,
      subject,
      path: place === undefined ? null : pathOf(place.file),
    }));
  return {
    name: environment === "" ? "." : environment,
    change,
    unseen: { before: reasons(unseen.before), after: reasons(unseen.after) },
    services: services.map(withPath),
    rollouts: rollouts.map(withPath),
    refusals: refusals.map(withPath),
    objects: objects.map(withPath),
  };
}
