import * as l10n from "@vscode/l10n";
import type { JsonObject, JsonPath } from "../../base/json.ts";
import { objectAt, textAt } from "../../base/json.ts";
import { podTemplatePath } from "../../kubernetes/pod-template.ts";
import { qosClass } from "../../kubernetes/qos-class.ts";
import type { QosClass } from "../../kubernetes/qos-class.ts";
import type { HoverRequest } from "./hover.ts";
import { bullets, code, paragraphs } from "../markdown.ts";
import { valueAt } from "./paths.ts";
import { quantityWords } from "./quantities.ts";

/** Hovers on the resources of a container: what each amount means, and the quality of service of the pods. */
export function resourcesHover({ subject }: HoverRequest): string | undefined {
  const { resource, path } = subject;
  const template = podTemplatePath(resource.group, resource.kind);
  const at = path.lastIndexOf("resources");
  if (template === undefined || at < template.length + 1) return undefined;
  const spec = objectAt(valueAt(subject, [...template, "spec"]));
  const own = objectAt(valueAt(subject, path.slice(0, at + 1)));
  if (spec === undefined || own === undefined || isVolume(path)) return undefined;
  const quality = qosClass(spec);
  return paragraphs(
    bullets([...lines(own, "requests"), ...lines(own, "limits")]),
    `**QoS ${quality}**: ${qualityText(quality)}`,
  );
}

/** `volumeClaimTemplates` and ephemeral volumes have resources of their own. */
function isVolume(path: JsonPath): boolean {
  return path.includes("volumes") || path.includes("volumeClaimTemplates");
}

function lines(resources: JsonObject, field: "requests" | "limits"): readonly string[] {
  const list = objectAt(resources, field) ?? {};
  return Object.keys(list).flatMap((name) => {
    const written = typeof list[name] === "number" ? String(list[name]) : textAt(list, name);
    return written === undefined ? [] : [`${field} ${code(name)}: ${meaning(field, name, written)}`];
  });
}

function meaning(field: "requests" | "limits", name: string, written: string): string {
  const words = quantityWords(written, name) ?? code(written);
  if (field === "requests")
    return name === "cpu"
      ? l10n.t("{0} reserved on the node, and the share when CPUs are short", words)
      : l10n.t("{0} reserved on the node", words);
  if (name === "cpu") return l10n.t("{0}; whoever wants more waits (throttling)", words);
  return name === "memory" ? l10n.t("{0}; whoever takes more is killed (OOMKilled)", words) : words;
}

function qualityText(quality: QosClass): string {
  switch (quality) {
    case "Guaranteed":
      return l10n.t(
        "every container has limits for CPU and memory equal to its requests; these pods go last when a node runs out of memory.",
      );
    case "Burstable":
      return l10n.t(
        "something is requested or limited, but not everything equally; these pods go once they use more than they have requested.",
      );
    case "BestEffort":
      return l10n.t("nothing is requested or limited; these pods go first when a node runs out of memory.");
  }
}
