import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as l10n from "@vscode/l10n";
import { reviewChange } from "../../features/review/review.ts";
import type { EnvironmentReview, Environments } from "../../features/review/review.ts";
import { markdownStyle, plainStyle, reviewText } from "../../features/review/text.ts";
import { committedFiles, writeCommitted } from "../../host/node/git.ts";
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
    const review = base === undefined ? betweenFolders(options) : againstCommit(options, base);
    if (options.format === "json") writeJson(terminal, { version: 1, environments: review.map(environmentJson) });
    else terminal.write(reviewText(review, options.format === "markdown" ? markdownStyle : plainStyle));
    return { notices: [], status: 0 };
  },
};

function betweenFolders(options: Arguments): readonly EnvironmentReview[] {
  const [before, after, ...others] = options.paths;
  if (before === undefined || after === undefined || others.length > 0)
    throw new UsageError(l10n.t("diff takes two folders, or --git BASE and one"));
  return review(environmentsIn(before, options), environmentsIn(after, options), options);
}

/** The commit's files are written to a folder of their own for as long as it takes. */
function againstCommit(options: Arguments, commit: string): readonly EnvironmentReview[] {
  const [folder = "."] = options.paths;
  const files = committedFiles(folder, commit);
  if (files === undefined) throw new UsageError(l10n.t("git knows no {0} for {1}", commit, folder));
  const copy = mkdtempSync(join(tmpdir(), "drydock-diff-"));
  try {
    if (!writeCommitted(folder, files, copy))
      throw new UsageError(l10n.t("git does not give the files of {0}", commit));
    return review(environmentsIn(copy, options), environmentsIn(folder, options), options);
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
  return new Map(world.environments.map((environment) => [relativeName(environment.name), environment]));
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

function environmentJson({ environment, services, rollouts, refusals }: EnvironmentReview) {
  return {
    name: environment === "" ? "." : environment,
    services: services.map(({ resource, ...rest }) => ({ ...rest, path: resource.file })),
    rollouts: rollouts.map(({ resource, ...rest }) => ({ ...rest, path: resource.file })),
    refusals: refusals.map(({ resource, ...rest }) => ({ ...rest, path: resource.file })),
  };
}
