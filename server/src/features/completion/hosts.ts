import * as l10n from "@vscode/l10n";
import { at, scalarText } from "../../base/json.ts";
import { servicesOf } from "../../index/queries.ts";
import type { Environment, Resource } from "../../index/types.ts";
import { resolveService } from "../../resolve/service.ts";
import { listText, named } from "../describe.ts";
import type { Choice } from "./choice.ts";

/** More pods of one StatefulSet are not offered one by one. */
const maxPods = 3;

/** Names by which pods reach the Services of an environment, at the end of what is typed; nothing where no host is expected. */
export function hostChoices(
  environment: Environment,
  resource: Resource,
  before: string,
  clusterDomain: string,
): readonly Choice[] {
  const typed = /(?:^|[^a-z0-9.-])([a-z0-9][a-z0-9.-]*|)$/.exec(before)?.[1];
  if (typed === undefined) return [];
  const lead = before.slice(0, before.length - typed.length);
  const port = /([a-z0-9][a-z0-9.-]*):$/.exec(lead)?.[1];
  if (typed === "" && port !== undefined) return portsOf(environment, resource, port, before.length);
  if (typed === "" && !/(?:\/\/|[@=])$/.test(lead)) return [];
  const span = { start: lead.length, end: before.length };
  return servicesOf(environment).flatMap((service) =>
    namesFor(environment, service, resource, clusterDomain).map((choice) => ({ ...choice, span })),
  );
}

function namesFor(
  environment: Environment,
  service: Resource,
  resource: Resource,
  clusterDomain: string,
): readonly Choice[] {
  const full = `${service.name}.${service.namespace ?? ""}.svc.${clusterDomain}`;
  const isOwn = service.namespace === resource.namespace;
  const resolution = resolveService(environment, service);
  const leads = listText(resolution.workloads.map((workload) => named(workload.resource)));
  const detail = leads === "" ? l10n.t("Service in {0}", service.namespace ?? "") : l10n.t("leads to {0}", leads);
  const pods = resolution.headless ? podNames(resolution.workloads.map((workload) => workload.resource)) : [];
  const texts = [...(isOwn ? [service.name] : []), full, ...pods.map((pod) => `${pod}.${full}`)];
  return texts.map((text, index) => ({ text, detail, documentation: undefined, rank: isOwn ? Math.min(index, 1) : 1 }));
}

function podNames(workloads: readonly Resource[]): readonly string[] {
  return workloads
    .filter(({ kind }) => kind === "StatefulSet")
    .flatMap(({ name, object }) => {
      const replicas = Number(scalarText(at(object, "spec", "replicas")) ?? 1);
      return Array.from({ length: Math.min(replicas, maxPods) || 0 }, (_, ordinal) => `${name}-${ordinal}`);
    });
}

/** The ports of the Service whose name stands before the colon. */
function portsOf(environment: Environment, resource: Resource, host: string, end: number): readonly Choice[] {
  const [name, namespace = resource.namespace] = host.split(".");
  const service = servicesOf(environment).find((each) => each.name === name && each.namespace === namespace);
  if (service === undefined) return [];
  return resolveService(environment, service).ports.map((port) => ({
    text: String(port.port),
    detail: port.name === "" ? named(service) : l10n.t("{0} of {1}", port.name, named(service)),
    documentation: undefined,
    rank: 0,
    span: { start: end, end },
  }));
}
