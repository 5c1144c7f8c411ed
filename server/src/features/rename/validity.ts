import * as l10n from "@vscode/l10n";
import { arrayAt, at, objectAt, textAt } from "../../base/json.ts";
import type { JsonObject, JsonPath, JsonValue } from "../../base/json.ts";
import { nameKey, podLabelKey } from "../../index/keys.ts";
import type { Environment } from "../../index/types.ts";
import {
  checkConfigMapKey,
  checkDns1123Label,
  checkDns1123Subdomain,
  checkEnvironmentVariableName,
  checkLabelValue,
  checkPortName,
  checkQualifiedName,
} from "../../kubernetes/names.ts";
import { judge } from "../../kubernetes/validate/index.ts";
import type { Target } from "../../resolve/relations/types.ts";
import { named } from "../describe.ts";
import type { RenameSubject } from "./subject.ts";

/** Why a new name would not do, as a sentence; `undefined` when it would. */
export function reasonAgainstName(subject: RenameSubject, name: string, kubernetesVersion: string): string | undefined {
  const [message] = messagesAbout(subject, name, kubernetesVersion);
  if (message !== undefined) return l10n.t("{0} is no valid name here: {1}", name, message);
  for (const target of subject.targets) {
    const taken = takenBy(subject, target, name);
    if (taken !== undefined) return taken;
  }
  return undefined;
}

function messagesAbout(
  { type, labelPart, targets }: RenameSubject,
  name: string,
  kubernetesVersion: string,
): readonly string[] {
  if (labelPart !== undefined) return labelPart === "key" ? checkQualifiedName(name) : checkLabelValue(name);
  switch (type) {
    case "object":
      return targets.flatMap((target) => objectNameMessages(target, name, kubernetesVersion));
    case "container-port":
      return checkPortName(name);
    case "key":
      return checkConfigMapKey(name);
    case "container":
    case "volume":
    case "service-port":
      return checkDns1123Label(name);
    case "variable":
      return checkEnvironmentVariableName(name);
    default:
      return name === "" ? [l10n.t("It is empty.")] : [];
  }
}

/** What the API server says of the object under its new name; of custom resources, the rule that all names keep. */
function objectNameMessages({ resource, path }: Target, name: string, kubernetesVersion: string): readonly string[] {
  const renamed = withValue(resource.object, path, name);
  const verdict = judge(renamed as JsonObject, { kubernetesVersion });
  if (verdict.verdict === "unknown" || path[0] !== "metadata") return checkDns1123Subdomain(name);
  if (verdict.verdict === "accepted") return [];
  return verdict.causes.filter(({ field }) => field === "metadata.name").map(({ message }) => message);
}

/** The value with another one at a path. */
function withValue(value: JsonValue, [step, ...rest]: JsonPath, replacement: string): JsonValue {
  if (step === undefined) return replacement;
  if (typeof step === "number")
    return arrayAt(value).map((item, index) => (index === step ? withValue(item, rest, replacement) : item));
  const object = objectAt(value) ?? {};
  return { ...object, [step]: withValue(object[step] ?? null, rest, replacement) };
}

/** Who has the name already. */
function takenBy(subject: RenameSubject, target: Target, name: string): string | undefined {
  const { resource, path } = target;
  if (subject.labelPart === "value") return labelTaken(subject.environment, target, name);
  if (subject.labelPart === "key" || subject.type === "key")
    return siblingKeys(resource.object, path).includes(name)
      ? l10n.t("{0} has {1} already.", named(resource), name)
      : undefined;
  if (subject.type === "object") return objectTaken(subject, target, name);
  return siblingNames(resource.object, path).includes(name)
    ? l10n.t("{0} has {1} already.", named(resource), name)
    : undefined;
}

function objectTaken(
  { environment, text, written }: RenameSubject,
  { resource }: Target,
  name: string,
): string | undefined {
  const { group, kind, namespace } = resource;
  const rendered = text.replace(written, name);
  const other = environment.posting(nameKey(group, kind, rendered)).find((each) => each.namespace === namespace);
  return other === undefined ? undefined : l10n.t("There is a {0} already.", named(other));
}

/** Two groups of pods would become one. */
function labelTaken(environment: Environment, { resource, path }: Target, value: string): string | undefined {
  const key = String(path.at(-1));
  const other = environment.posting(podLabelKey(key, value)).find((each) => each.namespace === resource.namespace);
  return other === undefined ? undefined : l10n.t("{0} has {1}={2} already.", named(other), key, value);
}

function siblingKeys(object: JsonObject, path: JsonPath): readonly string[] {
  return Object.keys(objectAt(object, ...path.slice(0, -1)) ?? {});
}

/** The names that other items of the same list have in the same field. */
function siblingNames(object: JsonObject, path: JsonPath): readonly string[] {
  const index = path.findLastIndex((step) => typeof step === "number");
  if (index < 0) return [];
  const list = at(object, ...path.slice(0, index));
  return arrayAt(list).flatMap((item) => textAt(item, ...path.slice(index + 1)) ?? []);
}
