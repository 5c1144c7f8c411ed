import * as l10n from "@vscode/l10n";
import { numberAt } from "../../base/json.ts";
import { find } from "../../index/queries.ts";
import { scaleTargetOf } from "../../resolve/selected-by.ts";
import type { HoverRequest } from "./hover.ts";
import { code, linked, paragraphs } from "../markdown.ts";

/** Hovers on a HorizontalPodAutoscaler: its bounds, and the workload that it scales. */
export function autoscalerHover({ subject, link }: HoverRequest): string | undefined {
  const { environment, resource, path } = subject;
  if (resource.group !== "autoscaling" || resource.kind !== "HorizontalPodAutoscaler") return undefined;
  const isBound = path[0] === "spec" && (path[1] === "minReplicas" || path[1] === "maxReplicas");
  const isTarget = path[0] === "spec" && path[1] === "scaleTargetRef";
  const isName = path[0] === "kind" || (path[0] === "metadata" && path[1] === "name");
  const target = scaleTargetOf(resource);
  if (target === undefined || !(isBound || isTarget || isName)) return undefined;
  const [found] = find(environment, { ...target, namespace: resource.namespace });
  const min = numberAt(resource.object, "spec", "minReplicas") ?? 1;
  const max = numberAt(resource.object, "spec", "maxReplicas");
  const written = found === undefined ? undefined : numberAt(found.object, "spec", "replicas");
  return paragraphs(
    found === undefined
      ? l10n.t(
          "No {0} in namespace {1} is known here.",
          code(`${target.kind} ${target.name}`),
          code(resource.namespace ?? ""),
        )
      : l10n.t("Scales {0} between {1} and {2} pods.", linked(found, link), min, max ?? "?"),
    written === undefined || max === undefined ? undefined : replicasText(written, min, max),
  );
}

function replicasText(written: number, min: number, max: number): string {
  if (written === 0) return l10n.t("replicas 0 is written there: the autoscaler stays switched off.");
  return written < min || written > max
    ? l10n.t(
        "replicas {0} is written there, outside of these bounds: every apply sets it, and the autoscaler moves it back.",
        written,
      )
    : l10n.t(
        "replicas {0} is written there: every apply sets it anew, whatever the autoscaler has chosen. Leave it out.",
        written,
      );
}
