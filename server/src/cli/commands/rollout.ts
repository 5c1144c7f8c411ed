import * as l10n from "@vscode/l10n";
import { isObject } from "../../base/json.ts";
import type { JsonObject, JsonValue } from "../../base/json.ts";
import { mistakesOf } from "../../features/diagnostics/causes.ts";
import { named } from "../../features/describe.ts";
import { objectIn } from "../../features/simulation/before.ts";
import { rolloutReport } from "../../features/simulation/rollout-report.ts";
import { rolloutSvg } from "../../features/simulation/svg.ts";
import { rolloutMarkdown, rolloutText } from "../../features/simulation/text.ts";
import { committedText } from "../../host/node/git.ts";
import { readText } from "../../host/node/read.ts";
import { workloadsOf } from "../../index/queries.ts";
import type { Environment, Resource } from "../../index/types.ts";
import { newestKubernetes } from "../../kubernetes/api-lifecycle.ts";
import { canRollOut, rolloutScenario } from "../../resolve/to-scenario.ts";
import type { RolloutChange } from "../../resolve/to-scenario.ts";
import type { Scenario } from "../../simulation/scenario.ts";
import { readScenario } from "../../simulation/scenario/read-scenario.ts";
import { simulate } from "../../simulation/simulate.ts";
import type { Summary, Timeline } from "../../simulation/timeline.ts";
import { UsageError } from "../arguments.ts";
import type { Arguments } from "../arguments.ts";
import type { Command, Ending } from "../command.ts";
import { compareForOutput, isMeantWorkload } from "../name.ts";
import { writeJson } from "../output.ts";
import type { Terminal } from "../output.ts";
import { environmentName, loadWorld, resourcesIn } from "../world.ts";

/** `drydock rollout`: the steps that the controllers would take, from the objects in the files or from a scenario. */
export const rollout: Command = {
  shape: {
    takesName: "optional",
    formats: ["text", "json", "markdown", "svg"],
    options: ["from", "to", "image", "scenario"],
  },
  run(options, terminal) {
    const { scenario: path } = options.own;
    if (path !== undefined) {
      const played = [{ title: path, environment: null, timeline: simulate(scenarioIn(path, options)) }];
      print(options, terminal, played);
      return { notices: [], ...verdictOn(played) };
    }
    const world = loadWorld(options);
    const found = [...resourcesIn(world, workloadsOf)]
      .filter(({ resource }) => canRollOut(resource) && isMeantWorkload(resource, options))
      .sort((a, b) => compareForOutput(a.resource, b.resource));
    const rollouts = found.map(({ environment, resource }) => rolloutOf(environment, resource, options));
    print(options, terminal, rollouts);
    const missing = l10n.t("there is no Deployment, StatefulSet or DaemonSet {0}", options.name ?? "");
    return { notices: world.notices, ...(found.length === 0 ? { status: 1, missing } : verdictOn(rollouts)) };
  },
};

interface Rollout {
  readonly title: string;
  readonly environment: string | null;
  readonly before?: { readonly how: string; readonly oldImage: string; readonly newImage: string };
  readonly timeline: Timeline;
}

/** Whether anything was simulated; a rollout that gets stuck was. */
function verdictOn(rollouts: readonly Rollout[]): Pick<Ending, "status" | "missing"> {
  const isSimulated = rollouts.some(({ timeline: { summary } }) => !notSimulated(summary));
  if (isSimulated) return { status: 0 };
  return { status: 1, missing: l10n.t("nothing was simulated: {0}", rollouts.map(({ title }) => title).join(", ")) };
}

function notSimulated({ outcome, because }: Summary): boolean {
  return outcome === "rejected" || because === "too-large";
}

function rolloutOf(environment: Environment, workload: Resource, options: Arguments): Rollout {
  const kubernetesVersion = options.kubernetesVersion === "" ? newestKubernetes : options.kubernetesVersion;
  const facts = { kubernetesVersion, nodes: options.nodes, proxyMode: "nftables" } as const;
  const change = changeOf(workload, options);
  const made = rolloutScenario(environment, workload, change, facts);
  if (made === undefined) throw new UsageError(l10n.t("{0} has no rollouts", named(workload)));
  const rejected = mistakesOf(change.after ?? workload.object, { kubernetesVersion, yamlSyntax: true }).map(
    ({ message }) => message,
  );
  const { scenario, before: how, oldImage, newImage } = made;
  const place = [workload.kind, workload.name, workload.namespace ?? ""] as const;
  const title =
    oldImage === newImage
      ? l10n.t("{0}/{1} in {2}", ...place)
      : l10n.t("{0}/{1} in {2}: {3} → {4}", ...place, ...shortened(oldImage, newImage));
  return {
    title,
    environment: environmentName(environment),
    before: { how, oldImage, newImage },
    timeline: simulate(rejected.length === 0 ? scenario : { ...scenario, rejected }),
  };
}

/** Two images without what they have in common: `blog:1`, `blog:2` instead of the whole addresses. */
function shortened(oldImage: string, newImage: string): readonly [string, string] {
  const name = (image: string): string => image.slice(image.lastIndexOf("/") + 1);
  return [name(oldImage), name(newImage)];
}

/** The state before: the file that `--from` names, else the one in the last commit; new images from `--image`. */
function changeOf(workload: Resource, options: Arguments): RolloutChange {
  const { from, to, image } = options.own;
  if (to !== undefined)
    return { before: { object: workload.object, how: "chosen" }, after: chosenIn(to, workload, options) };
  const images = image === undefined ? {} : { images: imagesOf(image) };
  if (from !== undefined) return { before: { object: chosenIn(from, workload, options), how: "chosen" }, ...images };
  const text = image === undefined ? committedText(workload.file) : undefined;
  const committed = text === undefined ? undefined : objectIn(text, workload);
  return committed === undefined ? images : { before: { object: committed, how: "committed" }, ...images };
}

function chosenIn(path: string, workload: Resource, options: Arguments): JsonObject {
  const object = objectIn(textOf(path, options), workload);
  if (object === undefined) throw new UsageError(l10n.t("{0} does not hold {1}", path, named(workload)));
  return object;
}

function imagesOf(image: string): Readonly<Record<string, string>> {
  const at = image.indexOf("=");
  if (at <= 0) throw new UsageError(l10n.t("--image must be CONTAINER=IMAGE"));
  return { [image.slice(0, at)]: image.slice(at + 1) };
}

function textOf(path: string, options: Arguments): string {
  const read = readText(path, options.maxFileSize);
  if ("notice" in read) throw new UsageError(l10n.t("{0} can't be read", path));
  return read.text;
}

function scenarioIn(path: string, options: Arguments): Scenario {
  const { value, error } = readScenario(jsonIn(path, textOf(path, options)));
  if (error !== undefined) throw new UsageError(`${path}: ${error}`);
  return value;
}

function jsonIn(path: string, text: string): JsonValue {
  try {
    const value: unknown = JSON.parse(text);
    return isJson(value) ? value : null;
  } catch {
    throw new UsageError(l10n.t("{0}: a scenario is written in JSON", path));
  }
}

function isJson(value: unknown): value is JsonValue {
  return (
    value === null ||
    ["string", "number", "boolean"].includes(typeof value) ||
    Array.isArray(value) ||
    isObject(value as JsonValue)
  );
}

function print(options: Arguments, terminal: Terminal, rollouts: readonly Rollout[]): void {
  if (options.format === "json") {
    const entries = rollouts.map(({ timeline, environment, before }) => ({
      environment,
      ...(before === undefined ? {} : { before }),
      ...timeline,
    }));
    writeJson(terminal, entries.length === 1 ? entries[0] : { version: 1, rollouts: entries });
    return;
  }
  const texts = rollouts.map(({ title, environment, timeline }) => {
    const heading = environment === null ? title : `${title} [${environment}]`;
    if (options.format === "svg") return rolloutSvg(heading, timeline);
    const report = rolloutReport(heading, timeline);
    return options.format === "markdown" ? rolloutMarkdown(report) : rolloutText(report);
  });
  terminal.write(texts.join("\n"));
}
