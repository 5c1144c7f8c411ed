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
  check(subject: Subject): readonly Draft[] {
    const { environment, resource, object } = subject;
    const name = textAt(object, "spec", "serviceName") ?? "";
    if (name === "") return [];
    const candidates = environment.posting(nameKey("", "Service", name));
    const service = candidates.find(({ namespace }) => namespace === resource.namespace);
    if (service === undefined)
      return environment.open.length > 0 || candidates.length > 0 ? [] : [missing(subject, name)];
    const { headless, selector, workloads } = resolveService(environment, service);
    if (!headless) return [notHeadless(subject, service)];
    const selects = workloads.some(
      (each) => each.resource.kind === "StatefulSet" && each.resource.name === resource.name,
    );
    return selector === undefined || selects ? [] : [otherPods(subject, service)];
  },
};

const path = ["spec", "serviceName"];

function missing({ environment, resource }: Subject, name: string): Draft {
  const renames = nearest(name, headlessServices(environment, resource)).map((each, index): Fix => ({
    title: l10n.t("Change serviceName to {0}", each),
    preferred: index === 0,
    changes: [{ kind: "set", resource, path, value: each }],
  }));
  return {
    code: "workload/service-name-missing",
    severity: "information",
    message: l10n.t(
      "StatefulSet {0}: there is no Service {1} in namespace {2}, so its pods get no DNS names of their own.",
      resource.name,
      name,
      resource.namespace ?? "",
    ),
    path,
    fixes: [...renames, ...creation(resource, name)],
  };
}

function notHeadless({ resource }: Subject, service: Resource): Draft {
  return {
    code: "workload/service-name-not-headless",
    severity: "information",
    message: l10n.t(
      "StatefulSet {0}: Service {1} is not headless. The pods' names resolve, yet the Service's own name leads to its cluster address, not to the pods.",
      resource.name,
      service.name,
    ),
    path,
    related: [{ place: service.place, message: named(service) }],
    fixes: [
      {
        title: l10n.t("Make {0} headless", named(service)),
        changes: [{ kind: "set", resource: service, path: ["spec", "clusterIP"], value: "None" }],
      },
    ],
  };
}

function otherPods({ resource, object }: Subject, service: Resource): Draft {
  return {
    code: "workload/service-name-other-pods",
    severity: "warning",
    message: l10n.t(
      "StatefulSet {0}: Service {1} does not select its pods, so they get no DNS names of their own.",
      resource.name,
      service.name,
    ),
    path,
    related: [{ place: service.place, message: named(service) }],
    fixes: selectorFix(service, textMapAt(object, "spec", "selector", "matchLabels")),
  };
}

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
