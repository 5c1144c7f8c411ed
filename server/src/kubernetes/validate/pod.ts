import { textMapAt } from "../../base/json.ts";
import { checkDns1123Label, checkDns1123Subdomain, checkQualifiedName } from "../names.ts";
import { compareQuantities, quantityText, type Quantity } from "../quantity.ts";
import { sumOfContainers } from "./aggregate-requests.ts";
import {
  validateContainers,
  validateEphemeralContainers,
  validateImageSpaces,
  validateInitContainers,
} from "./containers.ts";
import { validateDns, validateHostNames } from "./dns-config.ts";
import type { Field } from "./field.ts";
import { countedMetadata, validateAnnotations, validateLabels, validateMetadata } from "./metadata.ts";
import { validatePodAnnotations, validateProfilesMatch } from "./pod-annotations.ts";
import type { PodRules } from "./pod-rules.ts";
import { warnAboutPod } from "./pod-warnings.ts";
import { isHugePages, quantityOf, validateOverhead, validatePodResources } from "./resources.ts";
import { validateAffinity, validateTolerations, validateTopologySpread } from "./scheduling.ts";
import { validateHostProcess, validateOperatingSystem, validatePodSecurity } from "./security-context.ts";
import { validateVolumes } from "./volumes.ts";

/** pkg/apis/core/validation/validation.go, ValidatePodCreate, v1.36. */
export function validatePod(pod: Field): void {
  const [metadata, spec] = [pod.get("metadata"), pod.get("spec")];
  validateMetadata(metadata, countedMetadata);
  validatePodAnnotations(metadata.get("annotations"), metadata.get("annotations"), spec);
  const name = metadata.get("name").text === "" ? generatedName(metadata) : metadata.get("name").text;
  validatePodSpec(spec, { isPod: true, name, podLabels: textMapAt(metadata.value, "labels") });
  validateTokens(spec);
  for (const container of [...spec.get("containers").items(), ...spec.get("initContainers").items()])
    validateImageSpaces(container);
  spec.get("ephemeralContainers").forbiddenIfAny("cannot be set on create");
  if (spec.get("nodeName").text !== "" && spec.get("schedulingGates").size > 0) {
    spec.get("nodeName").forbidden("cannot be set until all schedulingGates have been cleared");
  }
  validateProfilesMatch(metadata, spec);
  const messages = checkDns1123Label(name);
  const usage =
    "this is used in the Pod's hostname, which can result in surprising behavior; a DNS label is recommended";
  if (messages.length > 0) metadata.get("name").warn(`metadata.name: ${usage}: [${messages.join(" ")}]`);
  warnAboutPod(metadata, spec, undefined);
}

function generatedName(metadata: Field): string {
  const prefix = metadata.get("generateName").text;
  return prefix === "" ? "" : `${prefix}x`;
}

/** validation.go, ValidatePodTemplateSpec, v1.36: labels and annotations are named as if they stood beside the metadata. */
export function validatePodTemplate(template: Field): void {
  const [metadata, spec] = [template.get("metadata"), template.get("spec")];
  validateTemplateMetadata(template);
  validatePodSpec(spec, { isPod: false, name: "", podLabels: textMapAt(metadata.value, "labels") });
  validateProfilesMatch(metadata, spec);
  spec.get("ephemeralContainers").forbiddenIfAny("ephemeral containers not allowed in pod template");
  warnAboutPod(metadata, spec, template);
}

/** The part of a template's check that a StatefulSet repeats. */
export function validateTemplateMetadata(template: Field): void {
  const metadata = template.get("metadata");
  const annotations = metadata.get("annotations").as("annotations", template);
  validateLabels(metadata.get("labels").as("labels", template));
  validateAnnotations(annotations);
  validatePodAnnotations(metadata.get("annotations"), annotations, template.get("spec"));
}

/** Containers of all kinds, in the order in which the API server visits them. */
function allContainers(spec: Field): readonly Field[] {
  return ["initContainers", "containers", "ephemeralContainers"].flatMap((list) => spec.get(list).items());
}

function rulesOf(spec: Field, known: Pick<PodRules, "isPod" | "name" | "podLabels">): PodRules {
  const grace = spec.get("terminationGracePeriodSeconds");
  const claims = spec
    .get("resourceClaims")
    .items()
    .map((claim) => claim.get("name").text);
  return {
    ...known,
    gracePeriod: grace.isSet ? grace.int : 30,
    restartPolicy: spec.get("restartPolicy").or("Always").text,
    os: spec.get("os").isSet ? spec.at("os", "name").text : undefined,
    hostUsers: spec.get("hostUsers").value !== false,
    claimNames: new Set(claims.filter((name) => name !== "")),
  };
}

/** validation.go, ValidatePodSpec, v1.36. */
function validatePodSpec(spec: Field, known: Pick<PodRules, "isPod" | "name" | "podLabels">): void {
  const rules = rulesOf(spec, known);
  const [containers, initContainers] = [spec.get("containers"), spec.get("initContainers")];
  const volumes = validateVolumes(spec.get("volumes"), rules);
  validateResourceClaims(spec.get("resourceClaims"));
  validateContainers(containers, volumes, rules);
  validateInitContainers(initContainers, containers, volumes, rules);
  validateEphemeralContainers(
    spec.get("ephemeralContainers"),
    [...containers.items(), ...initContainers.items()],
    volumes,
    rules,
  );
  if (spec.get("resources").isSet) validatePodLevelResources(spec, rules);
  validateHostNetworkPorts(spec);
  spec.get("restartPolicy").or("Always").oneOf(["Always", "OnFailure", "Never"]);
  validateDns(spec);
  validateLabels(spec.get("nodeSelector"));
  validatePodSecurity(spec.get("securityContext"), spec);
  validateAffinity(spec.get("affinity"));
  validateGates(spec);
  validateTopologySpread(spec.get("topologySpreadConstraints"), rules);
  validateHostProcess(spec, allContainers(spec));
  validateHostUsers(spec);
  validateHostNames(spec);
  validateReferences(spec);
  validateTolerations(spec.get("tolerations"));
  if (spec.get("overhead").isSet) validateOverhead(spec.get("overhead"), spec.get("overhead"));
  validateOs(spec, rules);
  validateFileKeyVolumes(spec);
}

function validateReferences(spec: Field): void {
  for (const name of [serviceAccountName(spec), spec.get("nodeName"), spec.get("priorityClassName")])
    name.checkIfAny(checkDns1123Subdomain);
  spec.get("runtimeClassName").checkIfSet(checkDns1123Subdomain);
  const deadline = spec.get("activeDeadlineSeconds");
  if (deadline.isSet) deadline.range(1, 2147483647);
  const preemption = spec.get("preemptionPolicy");
  if (preemption.isSet && preemption.needed()) preemption.oneOf(["PreemptLowerPriority", "Never"]);
}

/** The deprecated `serviceAccount` stands for it (pkg/apis/core/v1/conversion.go, Convert_v1_PodSpec_To_core_PodSpec, v1.36). */
function serviceAccountName(spec: Field): Field {
  return spec.get("serviceAccountName").or(spec.get("serviceAccount").text);
}

function validateGates(spec: Field): void {
  for (const gate of spec.get("readinessGates").items()) gate.get("conditionType").check(checkQualifiedName);
  const seen = new Set<string>();
  for (const gate of spec.get("schedulingGates").items()) {
    const name = gate.get("name").text;
    gate.check(checkQualifiedName, name);
    if (seen.has(name)) gate.duplicate(name);
    seen.add(name);
  }
}

/** validation.go, validatePodResourceClaims, v1.36. */
function validateResourceClaims(claims: Field): void {
  const seen = new Set<string>();
  for (const claim of claims.items()) {
    const [name, direct, template] = [
      claim.get("name"),
      claim.get("resourceClaimName"),
      claim.get("resourceClaimTemplateName"),
    ];
    if (seen.has(name.text)) name.duplicate();
    else name.checkRequired(checkDns1123Label);
    if (name.text !== "") seen.add(name.text);
    if (direct.isSet && template.isSet)
      claim.invalid("at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified");
    if (!direct.isSet && !template.isSet)
      claim.invalid("must specify one of: `resourceClaimName`, `resourceClaimTemplateName`");
    direct.checkIfSet(checkDns1123Subdomain);
    template.checkIfSet(checkDns1123Subdomain);
  }
}

/** validation.go, validatePodResources and validatePodResourceConsistency, v1.36. */
function validatePodLevelResources(spec: Field, rules: PodRules): void {
  const resources = spec.get("resources");
  if (rules.os === "windows") {
    resources.forbidden("may not be set for a windows pod");
    return;
  }
  validatePodResources(resources, rules.claimNames);
  for (const [name, request] of resources.get("requests").entries())
    reportLess(request, sumOfContainers(spec, "requests", name), "requests");
  for (const [name, limit] of resources.get("limits").entries()) {
    if (isHugePages(name)) reportLess(limit, sumOfContainers(spec, "limits", name), "limits");
  }
  for (const container of spec.get("containers").items()) validateLimitsBelow(container, resources);
}

function reportLess(amount: Field, sum: Quantity | undefined, what: string): void {
  const own = quantityOf(amount);
  if (own === undefined || sum === undefined || compareQuantities(sum, own) <= 0) return;
  const detail = `must be greater than or equal to aggregate container ${what} of ${quantityText(sum)}`;
  amount.coded("pod/resources").invalid(detail, quantityText(own));
}

/** The API server names a path that does not exist. */
function validateLimitsBelow(container: Field, resources: Field): void {
  for (const [name, limit] of container.at("resources", "limits").entries()) {
    const [own, pod] = [quantityOf(limit), quantityOf(resources.get("limits").key(name))];
    if (own === undefined || pod === undefined || compareQuantities(own, pod) <= 0) continue;
    const index = /\[\d+\]$/.exec(container.name)?.[0] ?? "";
    const place = limit.as(`containers${index}[${name}].limits`, resources).coded("pod/resources");
    place.invalid(`must be less than or equal to pod limits of ${quantityText(pod)}`, quantityText(own));
  }
}

/** validation.go, validatePodHostNetworkDeps, v1.36; a Pod's absent host ports are filled in before. */
function validateHostNetworkPorts(spec: Field): void {
  if (!spec.get("hostNetwork").flag) return;
  for (const port of spec
    .get("containers")
    .items()
    .flatMap((container) => container.get("ports").items())) {
    const hostPort = port.get("hostPort").coded("pod/host-port");
    if (hostPort.int === 0 || hostPort.int === port.get("containerPort").int) continue;
    hostPort.invalid("must match `containerPort` when `hostNetwork` is true");
  }
}

/** validation.go, validateHostUsers, v1.36. */
function validateHostUsers(spec: Field): void {
  if (spec.get("hostUsers").value !== false) return;
  const detail = "when `hostUsers` is false";
  spec.get("hostNetwork").forbiddenIfAny(detail);
  spec.get("hostPID").as("HostPID").forbiddenIfAny(detail);
  spec.get("hostIPC").as("HostIPC").forbiddenIfAny(detail);
  for (const container of allContainers(spec)) container.get("volumeDevices").forbiddenIfAny(detail);
}

/** validation.go, validateOS, v1.36: other rules of an operating system apply only to a known one. */
function validateOs(spec: Field, rules: PodRules): void {
  const os = spec.get("os");
  if (!os.isSet || !os.get("name").needed()) return;
  if (rules.os === "linux" || rules.os === "windows") validateOperatingSystem(spec, allContainers(spec), rules);
  else os.notSupported(["linux", "windows"], rules.os);
}

/** validation.go, validateFileKeyRefVolumes, v1.36. */
function validateFileKeyVolumes(spec: Field): void {
  const volumes = new Map(
    spec
      .get("volumes")
      .items()
      .map((volume) => [volume.get("name").text, volume]),
  );
  for (const variable of allContainers(spec).flatMap((container) => container.get("env").items())) {
    const reference = variable.at("valueFrom", "fileKeyRef");
    if (!reference.isSet) continue;
    const name = reference.get("volumeName");
    const volume = volumes.get(name.text);
    if (volume === undefined) name.notFound();
    else if (!isEmptyDir(volume)) name.invalid("referenced volume must be of type emptyDir");
  }
}

/** A volume that names no source is an emptyDir. */
function isEmptyDir(volume: Field): boolean {
  return volume.get("emptyDir").isSet || volume.keys().every((key) => key === "name");
}

/** validation.go, validatePodMetadataAndSpec, v1.36: admission would add the service account, were it on. */
function validateTokens(spec: Field): void {
  if (serviceAccountName(spec).text !== "") return;
  for (const source of spec
    .get("volumes")
    .items()
    .flatMap((volume) => volume.at("projected", "sources").items())) {
    source.get("serviceAccountToken").forbiddenIfSet("must not be specified when serviceAccountName is not set");
  }
}
