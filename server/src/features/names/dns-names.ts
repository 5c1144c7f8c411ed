import * as l10n from "@vscode/l10n";
import { servicesOf } from "../../index/queries.ts";
import type { Environment, Resource } from "../../index/types.ts";
import { dnsRecordsOf } from "../../resolve/dns.ts";
import { cursorAt } from "../context.ts";
import type { FileContext } from "../context.ts";
import { named } from "../describe.ts";
import { servicesAt } from "../services-at.ts";

/** A name under which something answers, for copying. */
export interface DnsName {
  readonly name: string;
  /** Whose it is, and from where it works. */
  readonly detail: string;
}

/** Names offered in all, and of the pods of one Service. */
const mostNames = 500;
const mostPods = 20;

/** The names of the Services at an offset, then those of the environment's other Services; short forms only where they work from the cursor's namespace. */
export function dnsNamesAt(context: FileContext, offset: number): readonly DnsName[] {
  const [environment] = context.environments;
  if (environment === undefined) return [];
  const from = cursorAt(context, offset)?.subject?.resource.namespace ?? environment.namespace;
  const first = servicesAt(context, { offset, service: undefined }).map(({ resource }) => resource);
  const rest = servicesOf(environment).filter((service) => !first.includes(service));
  const { clusterDomain } = context.settings;
  return [...first, ...rest]
    .slice(0, mostNames)
    .flatMap((service) => namesOf(environment, service, from, clusterDomain))
    .slice(0, mostNames);
}

function namesOf(environment: Environment, service: Resource, from: string, domain: string): readonly DnsName[] {
  const namespace = service.namespace ?? "";
  const base = `${service.name}.${namespace}`;
  const full = `${base}.svc.${domain}`;
  const detail = named(service);
  const everywhere = l10n.t("{0}, from everywhere", detail);
  const short =
    namespace === from ? [{ name: service.name, detail: l10n.t("{0}, from namespace {1} alone", detail, from) }] : [];
  return [
    ...short,
    { name: base, detail: everywhere },
    { name: `${base}.svc`, detail: everywhere },
    { name: full, detail: l10n.t("{0}, the full name", detail) },
    ...podNames(environment, service, full, domain),
  ];
}

/** Names of pods that are known before they run: those with a hostname, such as a StatefulSet's. */
function podNames(environment: Environment, service: Resource, full: string, domain: string): readonly DnsName[] {
  const names = dnsRecordsOf(environment, service, domain)
    .filter(({ name, type }) => type !== "SRV" && name !== full && name.endsWith(`.${full}`) && !name.includes("<"))
    .map(({ name }) => name);
  return [...new Set(names)]
    .slice(0, mostPods)
    .map((name) => ({ name, detail: l10n.t("a pod of {0}", named(service)) }));
}
