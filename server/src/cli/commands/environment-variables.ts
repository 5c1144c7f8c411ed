import * as l10n from "@vscode/l10n";
import { workloadsOf } from "../../index/queries.ts";
import type { Environment, Resource } from "../../index/types.ts";
import { environmentVariablesOf } from "../../resolve/environment-variables.ts";
import type { EnvironmentVariables, OwnVariable } from "../../resolve/types.ts";
import type { Command } from "../command.ts";
import { compareForOutput, compareTexts, isMeantWorkload } from "../name.ts";
import { startOf, styled, writeJson } from "../output.ts";
import type { Terminal } from "../output.ts";
import { environmentName, loadWorld, resourcesIn } from "../world.ts";
import type { World } from "../world.ts";

/** `drydock environment-variables`: what a workload's containers find in their environment. */
export const environmentVariables: Command = {
  shape: { takesName: "required", formats: ["text", "json"], options: [] },
  run(options, terminal) {
    const world = loadWorld(options);
    const found = [...resourcesIn(world, workloadsOf, (resource) => isMeantWorkload(resource, options))].sort(
      compareFound,
    );
    const answers = found.map(({ environment, resource }) => ({
      environment,
      resource,
      variables: environmentVariablesOf(environment, resource),
    }));
    const [first, ...others] = answers.map((answer) => answerJson(world, answer));
    if (options.format === "json")
      writeJson(terminal, {
        version: 1,
        ...(first ?? { variables: [], containers: [], ambiguous: [] }),
        ...(others.length === 0 ? {} : { alternatives: others }),
      });
    else for (const answer of answers) terminal.write(answerText(answer, terminal));
    return {
      notices: world.notices,
      status: found.length === 0 ? 1 : 0,
      missing: l10n.t("there is no pod or workload {0}", options.name ?? ""),
    };
  },
};

interface Found {
  readonly environment: Environment;
  readonly resource: Resource;
}

function compareFound(a: Found, b: Found): number {
  return (
    compareForOutput(a.resource, b.resource) ||
    compareTexts(a.resource.kind, b.resource.kind) ||
    compareTexts(a.environment.name, b.environment.name)
  );
}

interface Answer extends Found {
  readonly variables: EnvironmentVariables;
}

function answerJson(world: World, { environment, resource, variables: { services, containers, ambiguous } }: Answer) {
  return {
    environment: environmentName(environment),
    workload: { kind: resource.kind, namespace: resource.namespace, name: resource.name },
    variables: services.map(({ name, value, source }) => ({ name, value, source: { kind: "Service", ...source } })),
    containers: containers.map(({ name, variables, missing }) => ({
      name,
      variables: variables.map((variable) => ownJson(world, variable)),
      ...(missing.length === 0 ? {} : { missing }),
    })),
    ambiguous,
  };
}

function ownJson(world: World, { name, value, place }: OwnVariable) {
  return { name, value, source: place === undefined ? null : { path: place.file, line: startOf(world, place).line } };
}

function answerText(
  { environment, resource, variables: { services, containers, ambiguous } }: Answer,
  terminal: Terminal,
): string {
  const title = `${resource.kind} ${resource.namespace ?? ""}/${resource.name}  [${environmentName(environment) ?? "none"}]`;
  const lines = [styled(terminal, "bold", title), ...services.map(({ name, value }) => `  ${name}=${value}`)];
  for (const { name, values } of ambiguous)
    lines.push(`  ${styled(terminal, "yellow", l10n.t("{0}: chance decides between {1}", name, values.join(", ")))}`);
  for (const { name: container, variables, missing } of containers) {
    lines.push(
      `  ${styled(terminal, "bold", l10n.t("container {0}", container))}`,
      ...variables.map(({ name, value }) => `    ${name}=${value}`),
    );
    for (const { kind, name, key } of missing)
      lines.push(
        `    ${styled(terminal, "yellow", l10n.t("missing: {0}", key === undefined ? `${kind} ${name}` : `${kind} ${name}, ${key}`))}`,
      );
  }
  return `${lines.join("\n")}\n`;
}
