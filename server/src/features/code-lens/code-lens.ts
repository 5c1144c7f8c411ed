import * as l10n from "@vscode/l10n";
import type { Place } from "../../index/types.ts";
import { podTemplatePath } from "../../kubernetes/pod-template.ts";
import { resolveService } from "../../resolve/service.ts";
import type { ServiceResolution } from "../../resolve/types.ts";
import { resourcesOf } from "../context.ts";
import type { CursorSubject, FileContext } from "../context.ts";
import { listText, named, podsText } from "../describe.ts";
import { workloadLenses } from "./workload.ts";

/** A line above an object: what it says and where it leads. */
export interface Lens {
  readonly place: Place;
  readonly title: string;
  readonly action: LensAction;
}

export type LensAction =
  | { readonly kind: "places"; readonly places: readonly Place[] }
  | { readonly kind: "preview"; readonly service: string }
  /** `Deployment/shop/web` in the simulator. */
  | { readonly kind: "simulate"; readonly what: "rollout" | "balance"; readonly object: string }
  | { readonly kind: "none" };

/** The lenses of a file, for its active environment. */
export function lensesOf(context: FileContext): readonly Lens[] {
  const { services, workloads } = context.settings.codeLens;
  const active = { ...context, environments: context.environments.slice(0, 1) };
  return [...resourcesOf(active)].flatMap((subject) => {
    const { group, kind } = subject.resource;
    if (group === "" && kind === "Service") return services ? serviceLenses(subject) : [];
    return workloads && podTemplatePath(group, kind) !== undefined ? workloadLenses(subject) : [];
  });
}

function serviceLenses({ environment, resource }: CursorSubject): readonly Lens[] {
  const resolution = resolveService(environment, resource);
  const place = firstLine(resource);
  const service = `${resource.namespace ?? ""}/${resource.name}`;
  return [
    { place, title: selectionTitle(resolution), action: selectionAction(resolution) },
    { place, title: l10n.t("DNS and endpoints"), action: { kind: "preview", service } },
    ...(resolution.type === "ExternalName"
      ? []
      : [{ place, title: l10n.t("balancing"), action: simulate("balance", resource) }]),
  ];
}

/** What opens an object in the simulator. */
export function simulate(
  what: "rollout" | "balance",
  { kind, namespace, name }: CursorSubject["resource"],
): LensAction {
  return { kind: "simulate", what, object: `${kind}/${namespace ?? ""}/${name}` };
}

function selectionAction({ workloads, manual }: ServiceResolution): LensAction {
  const places = [...workloads.map(({ resource }) => resource.place), ...manual.map(({ place }) => place)];
  return places.length === 0 ? { kind: "none" } : { kind: "places", places };
}

function selectionTitle(resolution: ServiceResolution): string {
  const { workloads, manual, empty } = resolution;
  switch (empty) {
    case "external-name":
      return l10n.t("alias of another name");
    case "no-selector":
      return l10n.t("no selector, no endpoints written by hand");
    case "invalid":
      return l10n.t("the selector is no map of texts");
    case "no-match":
      return l10n.t("selects no pods");
    case "no-replicas":
      return l10n.t("0 pods · {0}", listText(workloads.map(({ resource }) => named(resource))));
    case undefined:
      return workloads.length === 0
        ? listText(manual.map(named))
        : `${podsText(podCount(resolution))} · ${listText(workloads.map(({ resource }) => named(resource)))}${manual.length > 0 ? ` · ${listText(manual.map(named))}` : ""}`;
  }
}

function podCount({ workloads }: ServiceResolution): number | undefined {
  return workloads.reduce<number | undefined>(
    (sum, { replicas }) => (sum === undefined || replicas === undefined ? undefined : sum + replicas),
    0,
  );
}

/** Above the object's first line, whichever of its two leading fields that is. */
export function firstLine(resource: CursorSubject["resource"]): Place {
  const [first] = [resource.origin(["apiVersion"], "entry"), resource.origin(["kind"], "entry")]
    .filter((place) => place !== undefined)
    .sort((a, b) => a.start - b.start);
  return first ?? resource.place;
}
