import * as l10n from "@vscode/l10n";
import { numberAt, textAt } from "../../base/json.ts";
import { find } from "../../index/queries.ts";
import { resolveService } from "../../resolve/service.ts";
import type { HoverRequest } from "./hover.ts";
import { bullets, code, linked, paragraphs } from "../markdown.ts";

const shownPods = 3;

/** Hovers on a StatefulSet's `serviceName`: the Service behind it and the DNS names that its pods get there. */
export function statefulSetHover({ subject, context, link }: HoverRequest): string | undefined {
  const { environment, resource, path } = subject;
  if (resource.group !== "apps" || resource.kind !== "StatefulSet") return undefined;
  if (path.length !== 2 || path[0] !== "spec" || path[1] !== "serviceName") return undefined;
  const name = textAt(resource.object, "spec", "serviceName") ?? "";
  const namespace = resource.namespace ?? environment.namespace;
  if (name === "") return l10n.t("Without a Service its pods get no DNS names of their own.");
  const [service] = find(environment, { group: "", kind: "Service", namespace, name });
  if (service === undefined)
    return l10n.t("No Service {0} in namespace {1} is known here.", code(name), code(namespace));
  const resolution = resolveService(environment, service);
  const selects = resolution.workloads.some(
    ({ resource: each }) => each.kind === resource.kind && each.name === resource.name,
  );
  if (!selects) return l10n.t("{0} does not select these pods, so they get no DNS names there.", linked(service, link));
  const first = numberAt(resource.object, "spec", "ordinals", "start") ?? 0;
  const replicas = numberAt(resource.object, "spec", "replicas") ?? 1;
  const domain = `${name}.${namespace}.svc.${context.settings.clusterDomain}`;
  const names = Array.from({ length: Math.min(replicas, shownPods) }, (_, index) =>
    code(`${resource.name}-${first + index}.${domain}`),
  );
  return paragraphs(
    resolution.headless
      ? l10n.t("{0} (headless) names each pod:", linked(service, link))
      : l10n.t(
          "{0} names each pod, but is not headless: its own name leads to its cluster address.",
          linked(service, link),
        ),
    bullets(replicas > shownPods ? [...names, l10n.t("{0} more", replicas - shownPods)] : names),
  );
}
