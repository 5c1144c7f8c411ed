import * as l10n from "@vscode/l10n";
import type { JsonPath } from "../../../base/json.ts";
import type { Resource } from "../../../index/types.ts";
import { podTemplatePath } from "../../../kubernetes/pod-template.ts";
import { resolveService } from "../../../resolve/service.ts";
import type { LabelDifference, NearMiss, ServiceResolution } from "../../../resolve/types.ts";
import { labelsText, listText, named } from "../../describe.ts";
import type { Fix, RelatedPlace } from "../../finding.ts";
import type { Draft, Rule, Subject } from "../rule.ts";

/** A Service whose selector matches nothing; a warning only where it is clear what was meant. */
export const serviceSelection: Rule = {
  codes: ["service/no-matching-pods"],
  kinds: ["/Service"],
  check({ environment, resource }: Subject): readonly Draft[] {
    if (environment.open.length > 0) return [];
    const resolution = resolveService(environment, resource);
    if (resolution.empty !== "no-match" || resolution.selector === undefined) return [];
    const [nearest] = resolution.nearMisses;
    if (resolution.possible.length > 0 || nearest === undefined)
      return [draft(resolution, l10n.t("No pod template has these labels."))];
    return [draft(resolution, explainNearMiss(nearest), nearest)];
  },
};

const certain: readonly NearMiss["kind"][] = ["typing-error", "not-on-template", "namespace"];

function draft(resolution: ServiceResolution, reason: string, nearest?: NearMiss): Draft {
  const { service, selector = {}, possible, nearMisses } = resolution;
  const first = nearest?.differences[0];
  return {
    code: "service/no-matching-pods",
    severity: nearest !== undefined && certain.includes(nearest.kind) ? "warning" : "information",
    message: `${l10n.t("Service {0} selects no pods: nothing in namespace {1} has {2}.", service.name, service.namespace ?? "", labelsText(selector))} ${possible.length > 0 ? possibleText(resolution) : reason}`,
    path:
      first === undefined || nearest?.kind === "not-on-template"
        ? ["spec", "selector"]
        : ["spec", "selector", first.key],
    part: first === undefined || nearest?.kind === "not-on-template" ? "value" : "entry",
    related: nearMisses.slice(0, 3).flatMap(relatedTo),
    fixes: nearest === undefined ? [] : fixesFor(service, nearest),
  };
}

function possibleText({ possible }: ServiceResolution): string {
  const names = listText(possible.map(({ resource }) => named(resource)));
  return possible.every(({ why }) => why === "namespace")
    ? l10n.t("{0} would match if both stood in the same namespace.", names)
    : l10n.t("{0} in another folder would match.", names);
}

/** What a workload has instead of what the selector wants. */
export function explainNearMiss({ kind, workload, differences }: NearMiss): string {
  const name = named(workload.resource);
  const [difference] = differences;
  switch (kind) {
    case "namespace":
      return l10n.t(
        "{0} has them in namespace {1}: a Service reaches its own namespace only.",
        name,
        workload.resource.namespace ?? "",
      );
    case "not-on-template":
      return l10n.t(
        "{0} has them itself, but its pod template lacks {1}: a Service looks at the pods' labels.",
        name,
        labelsText(missing(differences)),
      );
    case "other-key":
      return l10n.t("{0} has the value under the key {1}.", name, difference?.foundKey ?? "");
    case "typing-error":
    case "one-value":
      return l10n.t("{0} has {1}={2}.", name, difference?.key ?? "", difference?.found ?? "");
  }
}

function missing(differences: NearMiss["differences"]): Readonly<Record<string, string>> {
  return Object.fromEntries(differences.map(({ key, wanted }) => [key, wanted]));
}

function relatedTo(miss: NearMiss): readonly RelatedPlace[] {
  const { resource } = miss.workload;
  const place = resource.origin(templateLabels(resource), "value") ?? resource.place;
  return [{ place, message: l10n.t("nearest: {0}", explainNearMiss(miss)) }];
}

function fixesFor(service: Resource, miss: NearMiss): readonly Fix[] {
  const { kind, differences, workload } = miss;
  const [difference] = differences;
  switch (kind) {
    case "namespace":
      return namespaceFixes(service, workload.resource);
    case "not-on-template":
      return templateFixes(miss);
    case "other-key":
      return difference?.foundKey === undefined
        ? []
        : keyFixes(service, workload.resource, difference.key, difference.foundKey);
    case "typing-error":
    case "one-value":
      return difference?.found === undefined ? [] : valueFixes(service, miss, difference, difference.found);
  }
}

function namespaceFixes(service: Resource, workload: Resource): readonly Fix[] {
  if (workload.namespace === null) return [];
  const value = workload.namespace;
  return [
    {
      title: l10n.t("Move Service {0} to namespace {1}", service.name, value),
      changes: [{ kind: "set", resource: service, path: ["metadata", "namespace"], value }],
    },
  ];
}

/** The labels that the object has, for its pods. */
function templateFixes({ workload: { resource }, differences }: NearMiss): readonly Fix[] {
  const labels = missing(differences);
  const path = templateLabels(resource);
  const hasLabels = resource.origin(path) !== undefined;
  return [
    {
      title: l10n.t("Give the pods of {0} the label {1}", named(resource), labelsText(labels)),
      preferred: true,
      changes: hasLabels
        ? Object.entries(labels).map(([key, value]) => ({ kind: "set", resource, path: [...path, key], value }))
        : [{ kind: "set", resource, path, value: labels }],
    },
  ];
}

function keyFixes(service: Resource, workload: Resource, wanted: string, found: string): readonly Fix[] {
  const inTemplate = renamings(workload, found, wanted);
  return [
    {
      title: l10n.t("Change the key in the selector to {0}", found),
      changes: [{ kind: "rename-key", resource: service, path: ["spec", "selector", wanted], name: found }],
    },
    ...(inTemplate.length === 0
      ? []
      : [{ title: l10n.t("Change the key of the label of {0} to {1}", named(workload), wanted), changes: inTemplate }]),
  ];
}

/** The key in the template, and in the workload's own selector. */
function renamings(workload: Resource, from: string, to: string): Fix["changes"] {
  return labelPaths(workload, from)
    .filter((path) => workload.origin(path) !== undefined)
    .map((path) => ({ kind: "rename-key", resource: workload, path, name: to }));
}

function valueFixes(
  service: Resource,
  { kind, workload: { resource } }: NearMiss,
  { key, wanted }: LabelDifference,
  found: string,
): readonly Fix[] {
  return [
    {
      title: l10n.t("Change selector to {0}: {1}", key, found),
      preferred: kind === "typing-error",
      changes: [{ kind: "set", resource: service, path: ["spec", "selector", key], value: found }],
    },
    {
      title: l10n.t("Change the label of {0} to {1}: {2}", named(resource), key, wanted),
      changes: labelPaths(resource, key)
        .filter((path) => resource.origin(path) !== undefined)
        .map((path) => ({ kind: "set", resource, path, value: wanted })),
    },
  ];
}

function labelPaths(workload: Resource, key: string): readonly JsonPath[] {
  return [
    [...templateLabels(workload), key],
    ["spec", "selector", "matchLabels", key],
  ];
}

function templateLabels({ group, kind }: Resource): JsonPath {
  return [...(podTemplatePath(group, kind) ?? []), "metadata", "labels"];
}
