import * as l10n from "@vscode/l10n";
import { textAt, textMapAt } from "../../../base/json.ts";
import { nameKey } from "../../../index/keys.ts";
import { servicesOf } from "../../../index/queries.ts";
import type { Resource } from "../../../index/types.ts";
import { resolveService } from "../../../resolve/service.ts";
import { labelsText, named } from "../../describe.ts";
import type { Fix } from "../../finding.ts";
import { nearest } from "../fixes/general.ts";
import type { Draft, Rule, Subject } from "../rule.ts";

/** The Service that gives the pods of a StatefulSet their names. */
export const statefulSetService: Rule = {
  codes: ["workload/service-name-missing", "workload/service-name-not-headless", "workload/service-name-other-pods"],
  kinds: ["apps/StatefulSet"],
  check({ environment, resource, object }: Subject): readonly Draft[] {
    const serviceName = textAt(object, "spec", "serviceName") ?? "";
    if (serviceName === "") return [];
    const candidates = environment.posting(nameKey("", "Service", serviceName));
    const service = candidates.find(({ namespace }) => namespace === resource.namespace);
    const draft = (
      code: string,
      severity: Draft["severity"],
      message: string,
      fixes: readonly Fix[],
    ): readonly Draft[] => [
      {
        code,
        severity,
        message,
        path: ["spec", "serviceName"],
        fixes,
        related: service === undefined ? [] : [{ place: service.place, message: named(service) }],
      },
    ];
    if (service === undefined) {
      if (environment.open.length > 0 || candidates.length > 0) return [];
      return draft(
        "workload/service-name-missing",
        "information",
        l10n.t(
          "StatefulSet {0}: there is no Service {1} in namespace {2}, so its pods get no DNS names of their own.",
          resource.name,
          serviceName,
          resource.namespace ?? "",
        ),
        [
          ...nearest(serviceName, headlessServices(environment, resource)).map((name, index): Fix => ({
            title: l10n.t("Change serviceName to {0}", name),
            preferred: index === 0,
            changes: [{ kind: "set", resource, path: ["spec", "serviceName"], value: name }],
          })),
          ...creation(resource, serviceName),
        ],
      );
    }
    const resolution = resolveService(environment, service);
    if (!resolution.headless) {
      return draft(
        "workload/service-name-not-headless",
        "information",
        l10n.t(
          "StatefulSet {0}: Service {1} is not headless. The pods' names resolve, yet the Service's own name leads to its cluster address, not to the pods.",
          resource.name,
          serviceName,
        ),
        [
          {
            title: l10n.t("Make {0} headless", named(service)),
            changes: [{ kind: "set", resource: service, path: ["spec", "clusterIP"], value: "None" }],
          },
        ],
      );
    }
    if (
      resolution.selector === undefined ||
      resolution.workloads.some(
        (workload) => workload.resource.kind === "StatefulSet" && workload.resource.name === resource.name,
      )
    )
      return [];
    return draft(
      "workload/service-name-other-pods",
      "warning",
      l10n.t(
        "StatefulSet {0}: Service {1} does not select its pods, so they get no DNS names of their own.",
        resource.name,
        serviceName,
      ),
      selectorFix(service, textMapAt(object, "spec", "selector", "matchLabels")),
    );
  },
};

function creation(resource: Resource, name: string): readonly Fix[] {
  const selector = textMapAt(resource.object, "spec", "selector", "matchLabels");
  if (Object.keys(selector).length === 0) return [];
  const namespace = resource.writtenNamespace;
  const object = {
    apiVersion: "v1",
    kind: "Service",
    metadata: namespace === undefined ? { name } : { name, namespace },
    spec: { clusterIP: "None", selector },
  };
  return [
    {
      title: l10n.t("Create the headless Service {0}", name),
      changes: [{ kind: "new-object", place: resource.document, object }],
    },
  ];
}

function headlessServices(environment: Subject["environment"], { namespace }: Resource): readonly string[] {
  return servicesOf(environment)
    .filter((service) => service.namespace === namespace && resolveService(environment, service).headless)
    .map(({ name }) => name);
}

function selectorFix(service: Resource, labels: Readonly<Record<string, string>>): readonly Fix[] {
  if (Object.keys(labels).length === 0) return [];
  return [
    {
      title: l10n.t("Change the selector of {0} to {1}", named(service), labelsText(labels)),
      changes: [{ kind: "set", resource: service, path: ["spec", "selector"], value: labels }],
    },
  ];
}
