import * as l10n from "@vscode/l10n";
import type { JsonPath } from "../../base/json.ts";
import { arrayAt, at, objectAt, textAt } from "../../base/json.ts";
import type { Environment } from "../../index/types.ts";
import { podTemplatePath } from "../../kubernetes/pod-template.ts";
import { selectedBy } from "../../resolve/selected-by.ts";
import type { SelectedWorkload, ServiceResolution } from "../../resolve/types.ts";
import { named } from "../describe.ts";
import { linkTo } from "../page.ts";
import { plain } from "./step.ts";
import type { Evidence, Step } from "./step.ts";

/** What the pods have to do before they count as ready, which is what an endpoint needs to get traffic. */
export function readinessStep({ service, workloads }: ServiceResolution): Step {
  const evidence = workloads.flatMap(conditionsOf);
  const isPublishedAlways = at(service.object, "spec", "publishNotReadyAddresses") === true;
  if (isPublishedAlways) {
    return {
      state: "right",
      title: l10n.t("Pods count from the start: publishNotReadyAddresses is set."),
      evidence,
      fixes: [],
    };
  }
  return {
    state: evidence.length === 0 ? "right" : "note",
    title:
      evidence.length === 0
        ? l10n.t("Pods are ready as soon as their containers run: there is no readiness probe.")
        : l10n.t("Pods count once they are ready."),
    evidence,
    fixes: [],
  };
}

function conditionsOf({ resource }: SelectedWorkload): readonly Evidence[] {
  const path: JsonPath = [...(podTemplatePath(resource.group, resource.kind) ?? []), "spec"];
  const name = named(resource);
  const probes = arrayAt(resource.object, ...path, "containers").flatMap((container, index) =>
    (["startupProbe", "readinessProbe"] as const).flatMap((probe) => {
      if (objectAt(container, probe) === undefined) return [];
      const place = resource.origin([...path, "containers", index, probe], "key") ?? resource.place;
      const text = l10n.t("{0}: container {1} has to pass its {2}", name, textAt(container, "name") ?? "", probe);
      return [{ text, links: [linkTo(resource), { words: probe, place }] }];
    }),
  );
  const gates = arrayAt(resource.object, ...path, "readinessGates").map((gate) =>
    plain(l10n.t("{0}: somebody has to set the condition {1}", name, textAt(gate, "conditionType") ?? "")),
  );
  return [...probes, ...gates];
}

/** NetworkPolicies take no endpoints away, but they look the same from outside: connections do not come through. */
export function policySteps(environment: Environment, { workloads }: ServiceResolution): readonly Step[] {
  const policies = new Set(workloads.flatMap(({ resource }) => selectedBy(environment, resource).networkPolicies));
  if (policies.size === 0) return [];
  return [
    {
      state: "note",
      title: l10n.t("NetworkPolicies say who may connect to these pods; endpoints do not depend on them."),
      evidence: [...policies].map((policy) => ({ text: named(policy), links: [linkTo(policy)] })),
      fixes: [],
    },
  ];
}
