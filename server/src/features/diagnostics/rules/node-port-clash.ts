import * as l10n from "@vscode/l10n";
import { arrayAt, numberAt, textAt } from "../../../base/json.ts";
import { kindKey } from "../../../index/keys.ts";
import type { Environment, Resource } from "../../../index/types.ts";
import { named } from "../../describe.ts";
import type { Draft, Rule, Subject } from "../rule.ts";

/** Two Services that ask for one node port: the API server gives it to whichever comes first. */
export const nodePortClash: Rule = {
  codes: ["service/node-port-clash"],
  kinds: ["/Service"],
  check({ environment, resource }: Subject): readonly Draft[] {
    return claimsOf(resource).flatMap(({ index, claim, nodePort }) => {
      const others = (claims(environment).get(claim) ?? []).filter((other) => !sameObject(other, resource));
      const [other] = others;
      if (other === undefined) return [];
      return [
        {
          code: "service/node-port-clash",
          severity: severity(environment, resource, others),
          message: l10n.t(
            "Service {0}: node port {1} is also asked for by {2} in namespace {3}. The API server refuses whichever comes second.",
            resource.name,
            nodePort,
            named(other),
            other.namespace ?? "",
          ),
          path: ["spec", "ports", index, "nodePort"],
          fixes: [
            {
              title: l10n.t("Remove nodePort {0}: the cluster chooses a free one", nodePort),
              changes: [{ kind: "remove", resource, path: ["spec", "ports", index, "nodePort"] }],
            },
          ],
          related: others
            .slice(0, 3)
            .map((holder) => ({ place: holder.place, message: l10n.t("{0} asks for it, too", named(holder)) })),
        },
      ];
    });
  },
};

/** Files of a folder may be alternatives to each other; what kustomize renders is applied together. */
function severity(environment: Environment, resource: Resource, others: readonly Resource[]): Draft["severity"] {
  if (environment.kind === "kustomization") return "error";
  return others.some(({ file }) => file === resource.file) ? "warning" : "information";
}

interface Claim {
  readonly index: number;
  /** Protocol and port: TCP and UDP may share a number. */
  readonly claim: string;
  readonly nodePort: number;
}

function claimsOf({ object }: Resource): readonly Claim[] {
  return arrayAt(object, "spec", "ports").flatMap((port, index) => {
    const nodePort = numberAt(port, "nodePort");
    return nodePort === undefined || nodePort === 0
      ? []
      : [{ index, claim: `${textAt(port, "protocol") ?? "TCP"} ${nodePort}`, nodePort }];
  });
}

function claims(environment: Environment): ReadonlyMap<string, readonly Resource[]> {
  return environment.shared("node ports", () => {
    const holders = new Map<string, Resource[]>();
    for (const service of environment.posting(kindKey("", "Service"))) {
      for (const { claim } of claimsOf(service)) {
        const known = holders.get(claim);
        if (known === undefined) holders.set(claim, [service]);
        else known.push(service);
      }
    }
    return holders;
  });
}

function sameObject(a: Resource, b: Resource): boolean {
  return a.namespace === b.namespace && a.name === b.name;
}
