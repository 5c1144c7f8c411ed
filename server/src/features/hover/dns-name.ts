import * as l10n from "@vscode/l10n";
import { textAt } from "../../base/json.ts";
import { find } from "../../index/queries.ts";
import type { Resource } from "../../index/types.ts";
import { resolveService } from "../../resolve/service.ts";
import { nameUnder } from "../../kubernetes/dns-names.ts";
import { labelsText, listText } from "../describe.ts";
import type { HoverRequest } from "./hover.ts";
import { code, linked, paragraphs } from "../markdown.ts";
import type { Linker } from "../markdown.ts";

/** Hovers on a cluster DNS name inside a text: the Service behind it and what a query answers. */
export function dnsNameHover({ cursor, subject, context, link }: HoverRequest): string | undefined {
  const { node, part } = cursor.location;
  if (part !== "value" || node?.type !== "scalar") return undefined;
  const { environment, resource } = subject;
  const name = nameUnder(cursor.document.text, node.span, cursor.offset, {
    namespace: resource.namespace ?? environment.namespace,
    clusterDomain: context.settings.clusterDomain,
  });
  if (name === undefined) return undefined;
  const [service] = find(environment, { group: "", kind: "Service", namespace: name.namespace, name: name.service });
  if (service === undefined) {
    return name.isCertain
      ? l10n.t("No Service {0} in namespace {1} is known here.", code(name.service), code(name.namespace))
      : undefined;
  }
  const resolution = resolveService(environment, service);
  const full = `${name.service}.${name.namespace}.svc.${context.settings.clusterDomain}`;
  return paragraphs(
    `${code(full)} · ${linked(service, link)}`,
    answer(service, resolution, link),
    name.pod === undefined ? undefined : l10n.t("The pod {0} of it.", code(name.pod)),
  );
}

function answer(
  service: Resource,
  { headless, type, workloads, selector, empty }: ReturnType<typeof resolveService>,
  link: Linker,
): string {
  if (type === "ExternalName")
    return l10n.t("An alias of {0}.", code(textAt(service.object, "spec", "externalName") ?? ""));
  const targets = listText(workloads.map(({ resource }) => linked(resource, link)));
  if (empty === "no-match") return l10n.t("Selects no pods ({0}).", code(labelsText(selector ?? {})));
  const leads = targets === "" ? "" : l10n.t("Leads to {0}.", targets);
  return headless
    ? `${l10n.t("Answers with the address of each ready pod.")} ${leads}`
    : `${l10n.t("Answers with the cluster address of the Service.")} ${leads}`;
}
