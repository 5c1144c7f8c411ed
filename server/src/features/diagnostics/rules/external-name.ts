import * as l10n from "@vscode/l10n";
import { arrayAt, objectAt, textAt } from "../../../base/json.ts";
import { parseIp } from "../../../kubernetes/ip-address.ts";
import type { Draft, Rule, Subject } from "../rule.ts";

/** An ExternalName is a DNS alias and nothing else: what looks like more has no effect. */
export const externalName: Rule = {
  codes: ["service/external-name-address", "service/external-name-selector", "service/external-name-ports"],
  kinds: ["/Service"],
  check({ resource, object }: Subject): readonly Draft[] {
    if (textAt(object, "spec", "type") !== "ExternalName") return [];
    const drafts: Draft[] = [];
    const target = textAt(object, "spec", "externalName") ?? "";
    if (parseIp(target) !== undefined) {
      drafts.push({
        code: "service/external-name-address",
        severity: "warning",
        message: l10n.t(
          "Service {0}: externalName {1} is an address, for which cluster DNS answers nothing. Use a Service without selector and an EndpointSlice instead.",
          resource.name,
          target,
        ),
        path: ["spec", "externalName"],
      });
    }
    if (Object.keys(objectAt(object, "spec", "selector") ?? {}).length > 0) {
      drafts.push({
        code: "service/external-name-selector",
        severity: "information",
        message: l10n.t(
          "Service {0} is an ExternalName: its selector has no effect, no endpoints are made.",
          resource.name,
        ),
        path: ["spec", "selector"],
        part: "entry",
        fixes: [
          { title: l10n.t("Remove the selector"), changes: [{ kind: "remove", resource, path: ["spec", "selector"] }] },
        ],
      });
    }
    if (arrayAt(object, "spec", "ports").length > 0) {
      drafts.push({
        code: "service/external-name-ports",
        severity: "hint",
        message: l10n.t(
          "Service {0} is an ExternalName: DNS does not know ports, clients use the port of {1} itself.",
          resource.name,
          target,
        ),
        path: ["spec", "ports"],
        part: "key",
        fixes: [
          { title: l10n.t("Remove the ports"), changes: [{ kind: "remove", resource, path: ["spec", "ports"] }] },
        ],
      });
    }
    return drafts;
  },
};
