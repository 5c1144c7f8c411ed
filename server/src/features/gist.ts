import * as l10n from "@vscode/l10n";
import { arrayAt, at, numberAt, objectAt, scalarText, textAt } from "../base/json.ts";
import type { Environment, Resource } from "../index/types.ts";
import { podTemplatePath } from "../kubernetes/pod-template.ts";
import { resolveService } from "../resolve/service.ts";
import { listText, named, podsText } from "./describe.ts";

/** What is worth knowing of an object before it is chosen or looked up, in a few words; of a Secret its keys alone. */
export function gistOf(environment: Environment, resource: Resource): string | undefined {
  const { group, kind, object } = resource;
  if (podTemplatePath(group, kind) !== undefined) return podsOf(resource);
  switch (`${group}/${kind}`) {
    case "/ConfigMap":
    case "/Secret":
      return keysOf(resource);
    case "/Service":
      return serviceGist(environment, resource);
    case "/PersistentVolumeClaim":
      return joined(
        scalarText(at(object, "spec", "resources", "requests", "storage")),
        ...arrayAt(object, "spec", "accessModes").map(scalarText),
      );
    case "storage.k8s.io/StorageClass":
      return textAt(object, "provisioner");
    case "scheduling.k8s.io/PriorityClass":
      return scalarText(at(object, "value"));
    case "networking.k8s.io/IngressClass":
      return textAt(object, "spec", "controller");
    default:
      return undefined;
  }
}

function podsOf({ kind, object }: Resource): string | undefined {
  if (kind === "Pod" || kind === "Job" || kind === "CronJob") return undefined;
  return podsText(kind === "DaemonSet" ? undefined : (numberAt(object, "spec", "replicas") ?? 1));
}

function keysOf({ object }: Resource): string | undefined {
  const keys = ["data", "stringData", "binaryData"].flatMap((field) => Object.keys(objectAt(object, field) ?? {}));
  return keys.length === 0 ? undefined : l10n.t("Keys: {0}", keys.join(", "));
}

function serviceGist(environment: Environment, service: Resource): string | undefined {
  const ports = arrayAt(service.object, "spec", "ports").flatMap((port) => scalarText(at(port, "port")) ?? []);
  const workloads = resolveService(environment, service).workloads.map(({ resource }) => named(resource));
  return joined(
    ports.length === 0 ? undefined : l10n.t("Ports: {0}", ports.join(", ")),
    workloads.length === 0 ? undefined : l10n.t("leads to {0}", listText(workloads)),
  );
}

function joined(...parts: readonly (string | undefined)[]): string | undefined {
  const said = parts.filter((part) => part !== undefined && part !== "");
  return said.length === 0 ? undefined : said.join(" · ");
}
