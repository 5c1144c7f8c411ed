import * as l10n from "@vscode/l10n";
import { byNamespace, namespacesOf } from "../../index/queries.ts";
import { workloadsKey } from "../../index/keys.ts";
import { resolveName } from "../../resolve/dns.ts";
import type { Asker } from "../../resolve/dns.ts";
import type { NameResolution } from "../../resolve/types.ts";
import type { FileContext } from "../context.ts";
import { PageWriter } from "../page.ts";
import type { Page } from "../page.ts";
import { table } from "../preview/table.ts";

/** Whoever may ask for names in the file's active environment: a plain pod of each namespace, and the pods of each workload. Those of `first` stand first. */
export function askersOf({ environments: [environment] }: FileContext, first: string | undefined): readonly Asker[] {
  if (environment === undefined) return [];
  const workloads = byNamespace(environment, workloadsKey);
  const others = [...namespacesOf(environment)].filter((name) => name !== first).sort();
  return [...(first === undefined ? [] : [first]), ...others].flatMap((namespace) => [
    { namespace },
    ...[...new Set((workloads.get(namespace) ?? []).map(({ name }) => name))].map((pod) => ({ namespace, pod })),
  ]);
}

/** How a pod resolves a name: its resolv.conf, the questions in their order, the answer. `undefined` where there is no such pod. */
export function nameResolutionPage(context: FileContext, asker: Asker, name: string): Page | undefined {
  const [environment] = context.environments;
  if (environment === undefined) return undefined;
  const { clusterDomain, nodeSearchDomains, nodes } = context.settings;
  const found = resolveName(environment, asker, name, { clusterDomain, nodeSearchDomains, nodes });
  if (found === undefined) return undefined;
  const from = asker.pod === undefined ? l10n.t("a pod in {0}", asker.namespace) : `${asker.namespace}/${asker.pod}`;
  const writer = new PageWriter();
  writer.heading(1, l10n.t("{0}, asked by {1}", name, from));
  writer.line(outcome(found));
  if (found.error === undefined) {
    writeSettings(writer, found);
    writeQueries(writer, found);
  }
  return writer.page(name);
}

function outcome({ error, result, queries }: NameResolution): string {
  if (error !== undefined) return l10n.t("The pod has no resolv.conf: {0}", error);
  if (result === undefined) return l10n.t("Nobody has this name.");
  const answers = queries.filter(({ name, answer }) => name === result && answer.length > 0);
  const values = [...new Set(answers.flatMap(({ answer }) => answer))];
  return answers.some(({ isForwarded }) => isForwarded)
    ? l10n.t("It is a name outside of the cluster, {0}: its answer is not known here.", result)
    : l10n.t("It is {0}: {1}", result, values.join(", "));
}

function writeSettings(writer: PageWriter, { resolvConf: { nameservers, searches, options } }: NameResolution): void {
  writer.heading(2, "resolv.conf");
  for (const each of nameservers) writer.line(`    nameserver ${each}`);
  if (searches.length > 0) writer.line(`    search ${searches.join(" ")}`);
  if (options.length > 0) writer.line(`    options ${options.join(" ")}`);
}

function writeQueries(writer: PageWriter, { queries }: NameResolution): void {
  writer.heading(2, l10n.t("Questions in their order"));
  const rows = queries.map(({ name, type, rcode, answer, isForwarded }, index) => [
    String(index + 1),
    name,
    type,
    isForwarded ? l10n.t("{0} (a server outside)", rcode) : rcode,
    answer.join(", "),
  ]);
  writer.line(table(["", l10n.t("name"), l10n.t("type"), l10n.t("result"), l10n.t("answer")], rows));
}
