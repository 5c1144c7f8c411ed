import * as l10n from "@vscode/l10n";
import { at, textAt } from "../../../base/json.ts";
import { podTemplatePath } from "../../../kubernetes/pod-template.ts";
import { named } from "../../describe.ts";
import type { Draft, Rule, Subject } from "../rule.ts";

/** On the host's network, dnsPolicy ClusterFirst silently means Default (kubelet, pkg/kubelet/network/dns/dns.go, getPodDNSType, v1.36). */
export const hostNetworkDns: Rule = {
  codes: ["pod/host-network-dns"],
  kinds: undefined,
  check({ resource, object }: Subject): readonly Draft[] {
    const template = podTemplatePath(resource.group, resource.kind);
    if (template === undefined) return [];
    const spec = [...template, "spec"];
    const policy = textAt(object, ...spec, "dnsPolicy") ?? "ClusterFirst";
    if (at(object, ...spec, "hostNetwork") !== true || policy !== "ClusterFirst") return [];
    return [
      {
        code: "pod/host-network-dns",
        severity: "hint",
        message: l10n.t(
          "{0} uses the host's network, where dnsPolicy ClusterFirst means Default: its pods do not resolve cluster names. ClusterFirstWithHostNet does.",
          named(resource),
        ),
        path: [...spec, "hostNetwork"],
        part: "entry",
        fixes: [
          {
            title: l10n.t("Set dnsPolicy to {0}", "ClusterFirstWithHostNet"),
            preferred: true,
            changes: [{ kind: "set", resource, path: [...spec, "dnsPolicy"], value: "ClusterFirstWithHostNet" }],
          },
        ],
      },
    ];
  },
};
