import * as l10n from "@vscode/l10n";
import type { FileContext } from "../context.ts";
import { PageWriter } from "../page.ts";
import type { Page } from "../page.ts";
import { qualified, servicesAt } from "../services-at.ts";
import type { ServiceIn, ServiceRequest } from "../services-at.ts";
import { stepsOf } from "./steps.ts";
import type { Step } from "./step.ts";

/** Services that one page goes through. */
const mostServices = 20;

/** Why a Service has no endpoints, or what they hang on: each condition in the order of cause and effect, with what proves it and the way out. `undefined` where the file has no Service. */
export function explainAt(context: FileContext, request: ServiceRequest): Page | undefined {
  const services = servicesAt(context, request);
  const [first] = services;
  if (first === undefined) return undefined;
  const writer = new PageWriter();
  for (const service of services.slice(0, mostServices)) explain(writer, service);
  if (services.length > mostServices) writer.blank().line(l10n.t("… and {0} more", services.length - mostServices));
  if (services.length > 1) return writer.page(l10n.t("{0} Services", services.length));
  return writer.page(l10n.t("Service {0}", qualified(first.resource)));
}

function explain(writer: PageWriter, service: ServiceIn): void {
  const steps = stepsOf(service);
  const { resource } = service;
  const name = l10n.t("Service {0}", qualified(resource));
  writer.heading(1, l10n.t("{0}: why endpoints, or why none", name), { words: name, place: resource.place });
  writer.line(verdict(steps));
  steps.forEach((step, index) => write(writer, step, index + 1));
  writeCommands(writer, service);
}

function verdict(steps: readonly Step[]): string {
  const cause = steps.find(({ state }) => state === "wrong");
  if (cause !== undefined) return l10n.t("It has no endpoints: {0}", cause.title);
  const doubt = steps.find(({ state }) => state === "unknown");
  if (doubt !== undefined) return l10n.t("It can't be said from here: {0}", doubt.title);
  const weakness = steps.find(({ state }) => state === "partly");
  return weakness === undefined
    ? l10n.t("It has endpoints as soon as the pods are ready.")
    : l10n.t("It has endpoints, but not everywhere: {0}", weakness.title);
}

const signs: Readonly<Record<Step["state"], string>> = { right: "✓", wrong: "✗", partly: "!", unknown: "?", note: "·" };

function write(writer: PageWriter, { state, title, links = [], evidence, fixes }: Step, number: number): void {
  writer.heading(2, `${number}. ${signs[state]} ${title}`, ...links);
  for (const each of evidence) writer.line(`- ${each.text}`, ...each.links);
  for (const fix of fixes) writer.line(`- ${l10n.t("Way out: {0}", fix)}`);
}

/** What shows the same in a running cluster. */
function writeCommands(writer: PageWriter, { resource }: ServiceIn): void {
  const namespace = resource.namespace ?? "";
  writer.heading(2, l10n.t("In the cluster"));
  writer.line(`    kubectl -n ${namespace} get endpointslices -l kubernetes.io/service-name=${resource.name}`);
  writer.line(`    kubectl -n ${namespace} describe service ${resource.name}`);
}
