import * as l10n from "@vscode/l10n";
import type { JsonObject, JsonPath } from "../../../base/json.ts";
import { arrayAt, at, numberAt, objectAt, textAt, textMapAt } from "../../../base/json.ts";
import { groupOf, podTemplatePath } from "../../../kubernetes/pod-template.ts";
import type { PathChange } from "../../finding.ts";
import { freeName, nearest, removalFix } from "./general.ts";
import { setting } from "./types.ts";
import type { FixRequest, ObjectFix } from "./types.ts";

/** Fixes for one code, from what is known of its field. */
export type CodeFix = (request: FixRequest) => readonly ObjectFix[];

const removeField: CodeFix = ({ object, mistake: { path } }) => removalFix(object, path);

/** Codes with a way out of their own; the others have the general ones alone. */
export const fixesByCode: Readonly<Record<string, CodeFix>> = {
  "workload/missing-selector": missingSelector,
  "workload/selector-mismatch": selectorMismatch,
  "workload/update-strategy": bothZero,
  "service/missing-port-name": missingPortName,
  "service/missing-ports": headless,
  "service/node-port": removeField,
  "service/node-port-range": removeField,
  "service/load-balancer": removeField,
  "service/traffic-policy": removeField,
  "service/session-affinity": removeField,
  "service/cluster-ip": removeField,
  "service/headless": removeField,
  "service/external-ips": removeField,
  "pod/dns-config": removeField,
  "pod/resources": requestsAboveLimits,
  "pod/volume-mount": missingVolume,
  "pod/host-port": hostPort,
  "ingress/path": ingressPath,
  "autoscaling/replicas": replicaBounds,
};

function templatePath(object: JsonObject): JsonPath {
  return (
    podTemplatePath(groupOf(textAt(object, "apiVersion") ?? ""), textAt(object, "kind") ?? "") ?? ["spec", "template"]
  );
}

function missingSelector({ object }: FixRequest): readonly ObjectFix[] {
  const labels = textMapAt(object, ...templatePath(object), "metadata", "labels");
  if (Object.keys(labels).length === 0) return labelledByName(object);
  return [
    {
      title: l10n.t("Select the labels of the pod template"),
      preferred: true,
      changes: [setting(["spec", "selector"], { matchLabels: labels })],
    },
  ];
}

/** Neither selector nor labels: the name says which pods these are. */
function labelledByName(object: JsonObject): readonly ObjectFix[] {
  const name = textAt(object, "metadata", "name") ?? "";
  const template = templatePath(object);
  if (name === "" || objectAt(object, ...template) === undefined) return [];
  const labels = { app: name };
  return [
    {
      title: l10n.t("Give the pods the label {0}, and select it", `app: ${name}`),
      changes: [
        setting(["spec", "selector"], { matchLabels: labels }),
        setting([...template, "metadata", "labels"], labels),
      ],
    },
  ];
}

function selectorMismatch({ object }: FixRequest): readonly ObjectFix[] {
  const selectorPath = ["spec", "selector", "matchLabels"];
  const labelsPath = [...templatePath(object), "metadata", "labels"];
  const [wanted, labels] = [textMapAt(object, ...selectorPath), textMapAt(object, ...labelsPath)];
  const different = Object.keys(wanted).filter((key) => wanted[key] !== labels[key]);
  if (different.length === 0) return [];
  const added = Object.fromEntries(different.map((key) => [key, wanted[key] ?? ""]));
  const toLabels =
    objectAt(object, ...labelsPath) === undefined
      ? [setting(labelsPath, added)]
      : different.map((key) => setting([...labelsPath, key], wanted[key] ?? ""));
  const toSelector = different.map((key): PathChange =>
    labels[key] === undefined
      ? { kind: "remove", path: [...selectorPath, key] }
      : setting([...selectorPath, key], labels[key]),
  );
  const isKept = different.some((key) => labels[key] !== undefined) || different.length < Object.keys(wanted).length;
  const fixes: ObjectFix[] = [
    { title: l10n.t("Give the pod template the labels of the selector"), preferred: true, changes: toLabels },
  ];
  if (isKept)
    fixes.push({ title: l10n.t("Change the selector to the labels of the pod template"), changes: toSelector });
  else if (Object.keys(labels).length > 0)
    fixes.push({
      title: l10n.t("Change the selector to the labels of the pod template"),
      changes: [setting(selectorPath, labels)],
    });
  return fixes;
}

/** maxSurge and maxUnavailable must not both be 0: nothing could ever change. */
function bothZero({ object, mistake: { cause } }: FixRequest): readonly ObjectFix[] {
  if (!/(may not be|cannot be) 0 when/.test(cause.message)) return [];
  const strategy = textAt(object, "kind") === "Deployment" ? "strategy" : "updateStrategy";
  const update = ["spec", strategy, "rollingUpdate"];
  return [
    {
      title: l10n.t("Allow one pod more: maxSurge 1"),
      preferred: true,
      changes: [setting([...update, "maxSurge"], 1)],
    },
    { title: l10n.t("Allow one pod less: maxUnavailable 1"), changes: [setting([...update, "maxUnavailable"], 1)] },
  ];
}

const usualNames: Readonly<Record<number, string>> = {
  80: "http",
  443: "https",
  8080: "http",
  8443: "https",
  9090: "metrics",
};

function missingPortName({ object, mistake: { path } }: FixRequest): readonly ObjectFix[] {
  const item = path.at(-1) === "name" ? path.slice(0, -1) : path;
  const port = numberAt(object, ...item, "port");
  if (port === undefined) return [];
  const taken = arrayAt(object, ...item.slice(0, -1)).flatMap((each) => textAt(each, "name") ?? []);
  const usual = usualNames[port] ?? `port-${port}`;
  const name = taken.includes(usual) ? freeName(usual, taken) : usual;
  return [{ title: l10n.t("Name the port {0}", name), preferred: true, changes: [setting([...item, "name"], name)] }];
}

function requestsAboveLimits({ object, mistake: { path, cause } }: FixRequest): readonly ObjectFix[] {
  const [, resource = "", limit = ""] =
    /must be less than or equal to (\S+) limit of (\S+?)$/.exec(cause.message) ?? [];
  const requests = path.lastIndexOf("requests");
  const resources = requests < 0 ? path : path.slice(0, requests);
  const requested = at(object, ...resources, "requests", resource);
  if (limit === "" || requested === undefined || (typeof requested !== "string" && typeof requested !== "number"))
    return [];
  return [
    {
      title: l10n.t("Request {0}, as much as the limit", limit),
      changes: [setting([...resources, "requests", resource], limit)],
    },
    {
      title: l10n.t("Raise the limit to {0}", requested),
      changes: [setting([...resources, "limits", resource], requested)],
    },
  ];
}

function missingVolume({ object, mistake: { path, cause } }: FixRequest): readonly ObjectFix[] {
  const name = textAt(object, ...path);
  if (cause.reason !== "FieldValueNotFound" || name === undefined || name === "") return [];
  const volumes = [...templatePath(object), "spec", "volumes"];
  const known = arrayAt(object, ...volumes);
  const names = known.flatMap((volume) => textAt(volume, "name") ?? []);
  return [
    ...nearest(name, names).map((each, index) => ({
      title: l10n.t("Change {0} to {1}", name, each),
      preferred: index === 0,
      changes: [setting(path, each)],
    })),
    {
      title: l10n.t("Add an empty volume {0}", name),
      changes: [setting([...volumes, known.length], { name, emptyDir: {} })],
    },
  ];
}

/** On the host's network both numbers are the same. */
function hostPort({ object, mistake: { path } }: FixRequest): readonly ObjectFix[] {
  const item = path.at(-1) === "hostPort" || path.at(-1) === "containerPort" ? path.slice(0, -1) : path;
  const [container, host] = [numberAt(object, ...item, "containerPort"), numberAt(object, ...item, "hostPort")];
  if (container === undefined || host === undefined || container === host) return [];
  return [
    { title: l10n.t("Change hostPort to {0}", container), changes: [setting([...item, "hostPort"], container)] },
    { title: l10n.t("Remove {0}", "hostPort"), changes: [{ kind: "remove", path: [...item, "hostPort"] }] },
  ];
}

function ingressPath({ object, mistake: { path } }: FixRequest): readonly ObjectFix[] {
  const last = path.at(-1);
  const item = last === "path" || last === "pathType" ? path.slice(0, -1) : path;
  const written = textAt(object, ...item, "path");
  const fixes: ObjectFix[] = [];
  if (at(object, ...item, "pathType") === undefined)
    fixes.push({
      title: l10n.t("Add pathType: {0}", "Prefix"),
      preferred: true,
      changes: [setting([...item, "pathType"], "Prefix")],
    });
  if (written !== undefined && !written.startsWith("/"))
    fixes.push({
      title: l10n.t("Change {0} to {1}", written, `/${written}`),
      preferred: true,
      changes: [setting([...item, "path"], `/${written}`)],
    });
  return fixes;
}

function replicaBounds({ object }: FixRequest): readonly ObjectFix[] {
  const [min, max] = [numberAt(object, "spec", "minReplicas"), numberAt(object, "spec", "maxReplicas")];
  if (min === undefined || max === undefined || max >= min) return [];
  return [
    { title: l10n.t("Change {0} to {1}", "maxReplicas", min), changes: [setting(["spec", "maxReplicas"], min)] },
    { title: l10n.t("Change {0} to {1}", "minReplicas", max), changes: [setting(["spec", "minReplicas"], max)] },
  ];
}

/** A Service without ports is possible where kube-proxy has nothing to do. */
function headless(): readonly ObjectFix[] {
  return [{ title: l10n.t("Make the Service headless"), changes: [setting(["spec", "clusterIP"], "None")] }];
}
