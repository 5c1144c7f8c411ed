import * as l10n from "@vscode/l10n";
import { textAt } from "../../base/json.ts";
import { byNamespace } from "../../index/queries.ts";
import { workloadsKey } from "../../index/keys.ts";
import { resolveService } from "../../resolve/service.ts";
import type { PossibleWorkload, ServiceResolution } from "../../resolve/types.ts";
import { workloadOf } from "../../resolve/workloads.ts";
import { labelsText, listText, named, podsText } from "../describe.ts";
import { explainNearMiss, serviceSelection } from "../diagnostics/rules/service-selection.ts";
import type { Subject } from "../diagnostics/rule.ts";
import { linkTo } from "../page.ts";
import type { ServiceIn } from "../services-at.ts";
import { policySteps, readinessStep } from "./readiness.ts";
import { portSteps } from "./ports.ts";
import { plain } from "./step.ts";
import type { Evidence, Step } from "./step.ts";

/** The conditions for endpoints of a Service; what comes behind a cause that makes it pointless is left out. */
export function stepsOf(service: ServiceIn): readonly Step[] {
  const resolution = resolveService(service.environment, service.resource);
  if (resolution.type === "ExternalName") return [alias(resolution)];
  if (resolution.empty === "invalid") return [invalidSelector()];
  if (resolution.selector === undefined) return withoutSelector(resolution);
  const selector = written(resolution);
  if (resolution.workloads.length === 0) return [selector, noMatch(service, resolution), ...unseen(service)];
  return [
    selector,
    match(resolution),
    replicas(resolution),
    ...portSteps(resolution),
    readinessStep(resolution),
    ...headless(resolution),
    ...policySteps(service.environment, resolution),
    ...unseen(service),
  ];
}

function alias({ service }: ServiceResolution): Step {
  const target = textAt(service.object, "spec", "externalName") ?? "";
  return {
    state: "wrong",
    title: l10n.t("An ExternalName never has any: it is a DNS alias of {0}.", target),
    evidence: [plain(l10n.t("The control plane makes no EndpointSlices for this type, whatever the selector says."))],
    fixes: [l10n.t("For endpoints, remove the type and externalName and write a selector.")],
  };
}

function invalidSelector(): Step {
  return {
    state: "wrong",
    title: l10n.t("The selector is no map of texts."),
    evidence: [],
    fixes: [l10n.t("Write one label per line, and quotes around numbers and words such as true.")],
  };
}

function withoutSelector({ service, manual }: ServiceResolution): readonly Step[] {
  const note = plain(l10n.t("Without a selector the control plane makes no endpoints: somebody else has to."));
  if (manual.length > 0) {
    return [
      { state: "note", title: l10n.t("It has no selector."), evidence: [note], fixes: [] },
      {
        state: "right",
        title: l10n.t("Its endpoints are written by hand."),
        evidence: manual.map((resource) => ({ text: named(resource), links: [linkTo(resource)] })),
        fixes: [],
      },
    ];
  }
  const label = `kubernetes.io/service-name: ${service.name}`;
  return [
    {
      state: "wrong",
      title: l10n.t("It has no selector, and nobody wrote endpoints for it."),
      evidence: [note],
      fixes: [
        l10n.t("Write a selector with the labels of the pods that are meant."),
        l10n.t("Or write an EndpointSlice with the label {0}.", label),
      ],
    },
  ];
}

function written({ service, selector = {} }: ServiceResolution): Step {
  const words = labelsText(selector);
  return {
    state: "right",
    title: l10n.t("It has a selector: {0}.", words),
    links: [{ words, place: service.origin(["spec", "selector"], "value") ?? service.place }],
    evidence: [],
    fixes: [],
  };
}

function match({ service, workloads }: ServiceResolution): Step {
  return {
    state: "right",
    title: l10n.t("Pods in namespace {0} have these labels.", service.namespace ?? ""),
    evidence: workloads.slice(0, 20).map(({ resource, podLabels }) => ({
      text: l10n.t("{0} makes pods with {1}", named(resource), labelsText(podLabels)),
      links: [linkTo(resource)],
    })),
    fixes: [],
  };
}

/** Nothing matches: what was probably meant, or what there is instead. */
function noMatch(service: ServiceIn, resolution: ServiceResolution): Step {
  const { possible, nearMisses, selector = {} } = resolution;
  const namespace = resolution.service.namespace ?? "";
  const evidence = [...possible.map(possibleLine), ...nearMisses.map(nearMissLine)];
  return {
    state: possible.length > 0 || service.environment.open.length > 0 ? "unknown" : "wrong",
    title: l10n.t("No pod template in namespace {0} has {1}.", namespace, labelsText(selector)),
    evidence: evidence.length > 0 ? evidence : others(service),
    fixes: fixTitles(service),
  };
}

function possibleLine({ resource, why }: PossibleWorkload): Evidence {
  const name = named(resource);
  const text =
    why === "namespace"
      ? l10n.t("{0} has them, and would match if both were applied to one namespace", name)
      : l10n.t("{0} has them, but stands in another folder", name);
  return { text, links: [linkTo(resource)] };
}

function nearMissLine(miss: ServiceResolution["nearMisses"][number]): Evidence {
  return { text: explainNearMiss(miss), links: [linkTo(miss.workload.resource)] };
}

/** What there is in the namespace, where nothing comes close. */
function others({ environment, resource }: ServiceIn): readonly Evidence[] {
  const namespace = resource.namespace ?? "";
  const workloads = byNamespace(environment, workloadsKey).get(namespace) ?? [];
  if (workloads.length === 0) return [plain(l10n.t("Nothing in namespace {0} makes pods.", namespace))];
  return workloads.slice(0, 10).map((workload) => ({
    text: l10n.t("{0} makes pods with {1}", named(workload), labelsText(workloadOf(workload).podLabels)),
    links: [linkTo(workload)],
  }));
}

/** The quick fixes that the finding about the selector has. */
function fixTitles({ environment, resource }: ServiceIn): readonly string[] {
  const subject: Subject = {
    environment,
    resource,
    object: resource.object,
    options: { kubernetesVersion: "", yamlSyntax: false },
  };
  const titles = serviceSelection.check(subject).flatMap(({ fixes = [] }) => fixes.map(({ title }) => title));
  return titles.length > 0
    ? titles
    : [l10n.t("Write labels into the selector that all pods which are meant have in their template.")];
}

function replicas({ workloads }: ServiceResolution): Step {
  const evidence = workloads.map(({ resource, replicas: count }) => ({
    text: `${named(resource)}: ${podsText(count)}`,
    links: [linkTo(resource)],
  }));
  if (workloads.some(({ replicas: count }) => count !== 0))
    return { state: "right", title: l10n.t("There are pods."), evidence, fixes: [] };
  const names = listText(workloads.map(({ resource }) => named(resource)));
  return {
    state: "wrong",
    title: l10n.t("What it selects is scaled to 0."),
    evidence,
    fixes: [l10n.t("Set spec.replicas of {0} to 1 or more.", names)],
  };
}

function headless({ headless: isHeadless, service }: ServiceResolution): readonly Step[] {
  if (!isHeadless) return [];
  const name = `${service.name}.${service.namespace ?? ""}.svc`;
  return [
    {
      state: "note",
      title: l10n.t("It is headless: there is no cluster address."),
      evidence: [
        plain(l10n.t("DNS answers {0} with the addresses of the pods; clients connect to their ports.", name)),
      ],
      fixes: [],
    },
  ];
}

/** What the answer can't see. */
function unseen({ environment }: ServiceIn): readonly Step[] {
  if (environment.open.length === 0) return [];
  return [
    {
      state: "note",
      title: l10n.t("Not everything can be seen here: pods may come from elsewhere."),
      evidence: environment.open.slice(0, 10).map(({ code, subject, place }) => {
        const words = subject === "" ? code : subject;
        return { text: words, links: place === undefined ? [] : [{ words, place }] };
      }),
      fixes: [],
    },
  ];
}
