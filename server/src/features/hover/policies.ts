import * as l10n from "@vscode/l10n";
import { arrayAt, at, numberAt, textAt } from "../../base/json.ts";
import { resolveService } from "../../resolve/service.ts";
import type { ServiceResolution } from "../../resolve/types.ts";
import { podsText } from "../describe.ts";
import { durationText } from "../spell-out.ts";
import type { HoverRequest } from "./hover.ts";
import { code, paragraphs } from "../markdown.ts";

interface Case {
  readonly resolution: ServiceResolution;
  /** Pods once settled; `undefined` where their number is not known. */
  readonly pods: number | undefined;
  readonly nodes: number;
}

/** Hovers on a Service's policies: what each does to this Service with its pods and nodes. */
export function policyHover({ subject, context }: HoverRequest): string | undefined {
  const { environment, resource, path } = subject;
  if (resource.group !== "" || resource.kind !== "Service" || path[0] !== "spec") return undefined;
  const resolution = resolveService(environment, resource);
  const { object } = resource;
  const about: Case = { resolution, pods: podCount(resolution), nodes: context.settings.nodes.length };
  switch (path[1]) {
    case "internalTrafficPolicy":
      return internalPolicy(about, textAt(object, "spec", "internalTrafficPolicy"));
    case "externalTrafficPolicy":
      return externalPolicy(about, textAt(object, "spec", "externalTrafficPolicy"));
    case "sessionAffinity":
    case "sessionAffinityConfig":
      return affinity(
        about,
        textAt(object, "spec", "sessionAffinity"),
        numberAt(object, "spec", "sessionAffinityConfig", "clientIP", "timeoutSeconds") ?? 10_800,
      );
    case "trafficDistribution":
      return distribution(about, textAt(object, "spec", "trafficDistribution"));
    case "publishNotReadyAddresses":
      return notReady(at(object, "spec", "publishNotReadyAddresses") === true);
    case "ipFamilyPolicy":
    case "ipFamilies":
      return families(
        textAt(object, "spec", "ipFamilyPolicy"),
        arrayAt(object, "spec", "ipFamilies").filter((family) => typeof family === "string"),
      );
    default:
      return undefined;
  }
}

function podCount({ workloads }: ServiceResolution): number | undefined {
  return workloads.reduce<number | undefined>(
    (sum, { replicas }) => (sum === undefined || replicas === undefined ? undefined : sum + replicas),
    0,
  );
}

/** `3 pods of this Service stand on at most 3 of 5 nodes: at least 2 have none.` */
function spread({ pods, nodes }: Case, without: string): string {
  if (pods === undefined) return l10n.t("Its pods stand on every node that takes them.");
  const bare = Math.max(0, nodes - pods);
  return bare === 0
    ? l10n.t(
        "{0} of this Service on {1} nodes: every node can have one, but the scheduler promises nothing.",
        podsText(pods),
        nodes,
      )
    : l10n.t(
        "{0} of this Service on {1} nodes: at least {2} have none, and there {3}.",
        podsText(pods),
        nodes,
        bare,
        without,
      );
}

function headlessNote({ resolution }: Case): string | undefined {
  return resolution.headless
    ? l10n.t("This Service is headless: kube-proxy does nothing for it, so this has no effect.")
    : undefined;
}

function internalPolicy(about: Case, policy: string | undefined): string {
  if (policy !== "Local")
    return paragraphs(
      l10n.t("**Cluster**: clients inside the cluster reach every endpoint, whatever their node."),
      headlessNote(about),
    );
  return paragraphs(
    l10n.t(
      "**Local**: clients inside the cluster reach only endpoints on their own node; where there is none, connections are dropped.",
    ),
    headlessNote(about) ?? spread(about, l10n.t("clients inside the cluster get no answer")),
  );
}

function externalPolicy(about: Case, policy: string | undefined): string {
  if (policy !== "Local")
    return l10n.t(
      "**Cluster**: traffic from outside may go on to another node; the pods then see the node's address instead of the client's.",
    );
  return paragraphs(
    l10n.t(
      "**Local**: traffic from outside stays on the node that it came to, and the pods see the client's address. A node without an endpoint drops it.",
    ),
    spread(about, l10n.t("traffic from outside is dropped")),
    about.resolution.type === "LoadBalancer"
      ? l10n.t(
          "The load balancer asks healthCheckNodePort of every node and leaves out those without a ready endpoint.",
        )
      : undefined,
  );
}

function affinity(about: Case, value: string | undefined, seconds: number): string {
  if (value !== "ClientIP") return l10n.t("**None**: every connection may go to another pod.");
  const note = headlessNote(about);
  if (note !== undefined) return note;
  const pods = about.pods === undefined ? "" : ` ${l10n.t("This Service has {0}.", podsText(about.pods))}`;
  return (
    l10n.t(
      "**ClientIP**: connections from one address go to the same pod, until it has been silent for {0} ({1} seconds). All clients behind one address share a pod.",
      durationText(seconds),
      seconds,
    ) + pods
  );
}

function distribution(about: Case, value: string | undefined): string | undefined {
  switch (value) {
    case "PreferClose":
    case "PreferSameZone":
      return paragraphs(
        l10n.t(
          "{0}: connections stay in the client's zone as long as it has a ready endpoint; else they go anywhere.",
          `**${value}**`,
        ),
        headlessNote(about) ?? spread(about, l10n.t("connections leave for another node")),
      );
    case "PreferSameNode":
      return paragraphs(
        l10n.t(
          "**PreferSameNode**: connections stay on the client's node as long as it has a ready endpoint, then in its zone, else they go anywhere.",
        ),
        headlessNote(about) ?? spread(about, l10n.t("connections leave for another node")),
      );
    default:
      return undefined;
  }
}

function notReady(isOn: boolean): string {
  return isOn
    ? l10n.t(
        "Endpoints count as ready from the moment that a pod has an address: DNS names them and connections go there before the pod is ready. Meant for the peers of clustered software.",
      )
    : l10n.t("Only ready pods are named by DNS and get connections.");
}

function families(policy: string | undefined, written: readonly string[]): string {
  const shown = written.length === 0 ? "" : ` ${l10n.t("Written here: {0}.", code(written.join(", ")))}`;
  switch (policy) {
    case "PreferDualStack":
      return (
        l10n.t(
          "**PreferDualStack**: an address of each family where the cluster has both, else of the one that it has.",
        ) + shown
      );
    case "RequireDualStack":
      return (
        l10n.t("**RequireDualStack**: an address of each family; a cluster with only one refuses the Service.") + shown
      );
    default:
      return l10n.t("**SingleStack**: one family, the first of ipFamilies or the cluster's own.") + shown;
  }
}
