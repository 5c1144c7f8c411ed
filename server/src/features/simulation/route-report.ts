import * as l10n from "@vscode/l10n";
import type { BackendBalance, RouteBalance, RouteStatus } from "../../simulation/ingress/balance-route.ts";
import { escaped } from "../markdown.ts";
import { aligned, markdownTable } from "./tables.ts";
import { shareText } from "./text.ts";

/** How the requests of a route spread, for a terminal. */
export function routeText(route: RouteBalance): string {
  return `${[routeTitle(route), ...routeNotes(route), "", ...aligned([columns(), ...cells(route)])].join("\n")}\n`;
}

/** The same for a pull request or a document. */
export function routeMarkdown(route: RouteBalance): string {
  const notes = routeNotes(route).flatMap((note) => ["", note]);
  return `${[`#### ${escaped(routeTitle(route))}`, ...notes, "", ...markdownTable(columns(), cells(route))].join("\n")}\n`;
}

/** `HTTPRoute/shop/web · rule 1 · shop.example / · 10000 requests (seed 1)`. */
export function routeTitle({ route, rule, matches, requests, seed }: RouteBalance): string {
  const parts = [route, l10n.t("rule {0}", rule + 1), matches, l10n.t("{0} requests (seed {1})", requests, seed)];
  return parts.filter((part) => part !== "").join(" · ");
}

/** What becomes of requests that no pod answers, and what nobody can tell. */
export function routeNotes({ failed, unknown, status, backends }: RouteBalance): readonly string[] {
  const isUneven = backends.some(({ endpoints }) => endpoints.some(({ expectedShare }) => expectedShare === null));
  const isWeightless = backends.every(({ weight }) => weight === 0);
  return [
    ...(isWeightless && status !== null
      ? [l10n.t("All weights are 0: every request gets {0}.", statusText(status))]
      : []),
    ...(isWeightless && status === null ? [l10n.t("All weights are 0: Istio refuses such a VirtualService.")] : []),
    ...(failed > 0 && !isWeightless ? [l10n.t("{0} requests fail.", failed)] : []),
    ...(unknown > 0 && !isWeightless ? [l10n.t("What becomes of {0} requests is unknown.", unknown)] : []),
    ...(isUneven
      ? [l10n.t("How a proxy spreads requests over the pods of one Service is its own affair: unknown.")]
      : []),
  ];
}

const columns = (): readonly string[] => [
  l10n.t("Service"),
  l10n.t("weight"),
  l10n.t("pod"),
  l10n.t("state"),
  l10n.t("exact share"),
  l10n.t("requests"),
];

/** A row for each backend, and below it one for each pod whose share is known. */
function cells({ backends }: RouteBalance): readonly (readonly string[])[] {
  return backends.flatMap((backend) => {
    const { weight, expectedShare, requests, endpoints } = backend;
    const pods = endpoints.filter((endpoint) => endpoint.expectedShare !== null);
    return [
      [backendName(backend), String(weight), "", stateText(backend), shareText(expectedShare), String(requests)],
      ...pods.map((pod) => ["", "", pod.pod, "", shareText(pod.expectedShare ?? expectedShare), String(pod.requests)]),
    ];
  });
}

/** `shop/web (v2)`. */
export function backendName({ service, subset }: BackendBalance): string {
  return subset === null ? service : `${service} (${subset})`;
}

/** What stands behind a backend, and what its clients get where nothing does. */
export function stateText({ state, status, endpoints }: BackendBalance): string {
  const texts: Readonly<Record<BackendBalance["state"], () => string>> = {
    served: () => l10n.t("{0} ready", endpoints.length),
    "no-endpoints": () => l10n.t("no endpoints"),
    missing: () => l10n.t("no such Service"),
    "not-granted": () => l10n.t("no ReferenceGrant allows it"),
    "no-subset": () => l10n.t("no DestinationRule has the subset"),
    "no-port": () => l10n.t("no such port"),
    unseen: () => l10n.t("not in these files"),
    foreign: () => l10n.t("no Service of the cluster"),
  };
  const text = texts[state]();
  if (state === "served") return text;
  return `${text}: ${status === null ? l10n.t("unknown") : statusText(status)}`;
}

function statusText(status: RouteStatus): string {
  return status === "rejected" ? l10n.t("rejected") : status;
}
