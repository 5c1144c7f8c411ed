import { parseInt, quote } from "../go-text.ts";
import { jsonProblem } from "./base64.ts";
import type { Field } from "./field.ts";
import { checkDescendingPath } from "./paths.ts";

const appArmorPrefix = "container.apparmor.security.beta.kubernetes.io/";
const seccompPrefix = "container.seccomp.security.alpha.kubernetes.io/";
const seccompOfPod = "seccomp.security.alpha.kubernetes.io/pod";

/** `annotations` as they are, `place` as the API server names them (pkg/apis/core/validation/validation.go, ValidatePodSpecificAnnotations, v1.36). */
export function validatePodAnnotations(annotations: Field, place: Field, spec: Field): void {
  if (!annotations.isSet) return;
  const mirror = place.key("kubernetes.io/config.mirror");
  if (mirror.isSet && spec.get("nodeName").text === "")
    mirror.invalid("must set spec.nodeName if mirror pod annotation is set");
  const tolerations = place.key("scheduler.alpha.kubernetes.io/tolerations").text;
  const problem = tolerations === "" ? undefined : jsonProblem(tolerations, "array");
  if (problem !== undefined) place.invalid(problem, "scheduler.alpha.kubernetes.io/tolerations");
  const cost = place.key("controller.kubernetes.io/pod-deletion-cost");
  if (cost.isSet && !isDeletionCost(cost.text)) cost.invalid("must be a 32bit integer");
  for (const [key, annotation] of place.entries()) {
    if (key === seccompOfPod || key.startsWith(seccompPrefix)) annotation.as(key, place).check(checkSeccompProfile);
    if (key.startsWith(appArmorPrefix)) validateAppArmor(annotation, key.slice(appArmorPrefix.length), spec);
  }
}

/** pkg/apis/core/helper/helpers.go, GetDeletionCostFromPodAnnotations, v1.36. */
function isDeletionCost(text: string): boolean {
  if (/^\+/.test(text) || /^-?0\d/.test(text) || text === "-0") return false;
  return parseInt(text, 32).error === undefined;
}

function checkSeccompProfile(profile: string): readonly string[] {
  if (["runtime/default", "docker/default", "unconfined"].includes(profile)) return [];
  if (profile.startsWith("localhost/")) return checkDescendingPath(profile.slice("localhost/".length));
  return ["must be a valid seccomp profile"];
}

function validateAppArmor(annotation: Field, container: string, spec: Field): void {
  if (!containers(spec).some((item) => item.get("name").text === container))
    annotation.invalid("container not found", container);
  const profile = annotation.text;
  if (profile === "" || profile === "runtime/default" || profile === "unconfined" || profile.startsWith("localhost/"))
    return;
  annotation.invalid(`invalid AppArmor profile name: ${quote(profile)}`);
}

function containers(spec: Field): readonly Field[] {
  return ["initContainers", "containers", "ephemeralContainers"].flatMap((list) => spec.get(list).items());
}

/** Fields and old annotations for the same profile must agree (validation.go, validateSeccompAnnotationsAndFields and validateAppArmorAnnotationsAndFieldsMatchOnCreate, v1.36). */
export function validateProfilesMatch(metadata: Field, spec: Field): void {
  const annotations = metadata.get("annotations");
  if (annotations.size === 0) return;
  const podContext = spec.get("securityContext");
  matchProfile(
    annotations.key(seccompOfPod),
    podContext.get("seccompProfile"),
    podContext.get("seccompProfile"),
    seccomp,
  );
  for (const container of containers(spec)) {
    const name = container.get("name").text;
    const own = container.at("securityContext", "seccompProfile");
    matchProfile(annotations.key(seccompPrefix + name), own, own, seccomp);
  }
  if (spec.at("os", "name").text === "windows") return;
  for (const container of containers(spec)) {
    const own = container.at("securityContext", "appArmorProfile");
    const profile = own.isSet ? own : podContext.get("appArmorProfile");
    matchProfile(annotations.key(appArmorPrefix + container.get("name").text), profile, own, appArmor);
  }
}

interface ProfileKind {
  readonly name: string;
  readonly runtimeDefaults: readonly string[];
}

const seccomp: ProfileKind = { name: "seccomp", runtimeDefaults: ["runtime/default", "docker/default"] };
const appArmor: ProfileKind = { name: "apparmor", runtimeDefaults: ["runtime/default"] };

function matchProfile(annotation: Field, profile: Field, place: Field, kind: ProfileKind): void {
  if (!annotation.isSet || !profile.isSet) return;
  const differentType = `${kind.name} type in annotation and field must match`;
  const type = place.get("type");
  switch (profile.get("type").text) {
    case "Unconfined":
      if (annotation.text !== "unconfined") type.forbidden(differentType);
      break;
    case "RuntimeDefault":
      if (!kind.runtimeDefaults.includes(annotation.text)) type.forbidden(differentType);
      break;
    case "Localhost":
      if (!annotation.text.startsWith("localhost/")) type.forbidden(differentType);
      else if (annotation.text !== `localhost/${profile.get("localhostProfile").text}`) {
        place.get("localhostProfile").forbidden(`${kind.name} profile in annotation and field must match`);
      }
  }
}
