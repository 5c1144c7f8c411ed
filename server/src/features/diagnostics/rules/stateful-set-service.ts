import * as l10n from "@vscode/l10n";
import { textAt } from "../../../base/json.ts";
import { nameKey } from "../../../index/keys.ts";
import { resolveService } from "../../../resolve/service.ts";
import { named } from "../../describe.ts";
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
    const draft = (code: string, severity: Draft["severity"], message: string): readonly Draft[] => [
      {
        code,
        severity,
        message,
        path: ["spec", "serviceName"],
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
    );
  },
};
