import * as l10n from "@vscode/l10n";
import { textAt } from "../../../base/json.ts";
import { resolveService } from "../../../resolve/service.ts";
import type { ServicePort } from "../../../resolve/types.ts";
import type { Draft, Rule, Subject } from "../rule.ts";

/** kube-proxy skips headless Services: whatever it would do for others does not happen (pkg/proxy/util, ShouldSkipService, v1.36). */
export const headless: Rule = {
  codes: ["service/headless-port", "service/headless-affinity"],
  kinds: ["/Service"],
  check(subject: Subject): readonly Draft[] {
    const { resource, object, environment } = subject;
    if (textAt(object, "spec", "clusterIP") !== "None") return [];
    const drafts = resolveService(environment, resource).ports.flatMap((port) => remapped(subject, port));
    if (textAt(object, "spec", "sessionAffinity") !== "ClientIP") return drafts;
    const affinity: Draft = {
      code: "service/headless-affinity",
      severity: "information",
      message: l10n.t(
        "Service {0} is headless: clients choose a pod by DNS, so sessionAffinity has no effect.",
        resource.name,
      ),
      path: ["spec", "sessionAffinity"],
      part: "entry",
      fixes: [
        {
          title: l10n.t("Remove sessionAffinity"),
          changes: [{ kind: "remove", resource, path: ["spec", "sessionAffinity"] }],
        },
      ],
    };
    return [...drafts, affinity];
  },
};

function remapped({ resource }: Subject, { index, port, targetPort }: ServicePort): readonly Draft[] {
  if (typeof targetPort !== "number" || targetPort === port) return [];
  return [
    {
      code: "service/headless-port",
      severity: "information",
      message: l10n.t(
        "Service {0} is headless: nothing translates port {1} to {2}, clients must connect to {2}.",
        resource.name,
        port,
        targetPort,
      ),
      path: ["spec", "ports", index, "port"],
      fixes: [
        {
          title: l10n.t("Change port to {0}", targetPort),
          changes: [{ kind: "set", resource, path: ["spec", "ports", index, "port"], value: targetPort }],
        },
      ],
    },
  ];
}
