import * as l10n from "@vscode/l10n";
import type { JsonObject, JsonValue } from "../../../base/json.ts";
import { arrayAt, numberAt, textAt, textMapAt } from "../../../base/json.ts";
import { find } from "../../../index/queries.ts";
import { podTemplatePath } from "../../../kubernetes/pod-template.ts";
import { selectedBy } from "../../../resolve/selected-by.ts";
import type { CursorSubject } from "../../context.ts";
import { named } from "../../describe.ts";
import type { Refactoring, RefactoringRequest } from "./refactor.ts";

/** New objects for the workload at the cursor, behind its document: a Service, a headless one, a PodDisruptionBudget. */
export function creationRefactorings({ subject }: RefactoringRequest): readonly Refactoring[] {
  const { environment, resource } = subject;
  const labels = podLabels(subject);
  const isRunningOn = resource.group === "apps" || (resource.group === "" && resource.kind === "Pod");
  if (labels === undefined || !isRunningOn || resource.name === "") return [];
  const ports = servicePorts(subject);
  const { disruptionBudgets } = selectedBy(environment, resource);
  const headlessName = textAt(resource.object, "spec", "serviceName") ?? `${resource.name}-headless`;
  return [
    ...(ports.length === 0 || exists(subject, resource.name)
      ? []
      : [
          creation(
            subject,
            l10n.t("Create a Service for {0}", named(resource)),
            service(subject, resource.name, labels, { ports }),
          ),
        ]),
    ...(exists(subject, headlessName)
      ? []
      : [
          creation(
            subject,
            l10n.t("Create a headless Service for {0}", named(resource)),
            service(subject, headlessName, labels, { clusterIP: "None", ...(ports.length === 0 ? {} : { ports }) }),
          ),
        ]),
    ...(disruptionBudgets.length > 0 || resource.kind === "DaemonSet" || resource.kind === "Pod"
      ? []
      : [creation(subject, l10n.t("Create a PodDisruptionBudget for {0}", named(resource)), budget(subject, labels))]),
  ];
}

function creation({ resource }: CursorSubject, title: string, object: JsonObject): Refactoring {
  return {
    kind: "refactor.rewrite",
    fix: { title, changes: [{ kind: "new-object", place: resource.document, object }] },
  };
}

/** The labels by which the pods are found: those of the workload's own selector, else all of the template. */
function podLabels({ resource }: CursorSubject): Readonly<Record<string, string>> | undefined {
  const template = podTemplatePath(resource.group, resource.kind);
  if (template === undefined) return undefined;
  const own = textMapAt(resource.object, "spec", "selector", "matchLabels");
  const labels = Object.keys(own).length > 0 ? own : textMapAt(resource.object, ...template, "metadata", "labels");
  return Object.keys(labels).length === 0 ? undefined : labels;
}

function exists({ environment, resource }: CursorSubject, name: string): boolean {
  return find(environment, { group: "", kind: "Service", namespace: resource.namespace, name }).length > 0;
}

function servicePorts({ resource }: CursorSubject): readonly JsonValue[] {
  const template = podTemplatePath(resource.group, resource.kind) ?? [];
  const declared = arrayAt(resource.object, ...template, "spec", "containers").flatMap((each) =>
    arrayAt(each, "ports"),
  );
  const ports = declared.flatMap((port) => {
    const number = numberAt(port, "containerPort");
    return number === undefined ? [] : [{ number, name: textAt(port, "name"), protocol: textAt(port, "protocol") }];
  });
  return ports.map(({ number, name, protocol }) => ({
    ...(name === undefined ? (ports.length > 1 ? { name: `port-${number}` } : {}) : { name }),
    ...(protocol === undefined || protocol === "TCP" ? {} : { protocol }),
    port: number,
    targetPort: name ?? number,
  }));
}

function metadata({ facts }: CursorSubject, name: string): JsonObject {
  return facts.namespace === undefined ? { name } : { name, namespace: facts.namespace };
}

function service(subject: CursorSubject, name: string, selector: JsonObject, spec: JsonObject): JsonObject {
  return { apiVersion: "v1", kind: "Service", metadata: metadata(subject, name), spec: { selector, ...spec } };
}

function budget(subject: CursorSubject, matchLabels: JsonObject): JsonObject {
  return {
    apiVersion: "policy/v1",
    kind: "PodDisruptionBudget",
    metadata: metadata(subject, subject.resource.name),
    spec: { maxUnavailable: 1, selector: { matchLabels } },
  };
}
