import { checkDns1123Label, checkPortName } from "../names.ts";
import { protocols } from "./endpoints.ts";
import { validateEnvironment, validateEnvironmentFrom } from "./environment.ts";
import type { Field } from "./field.ts";
import { validateMounts } from "./mounts.ts";
import { pullPolicies, type PodRules } from "./pod-rules.ts";
import { validateLifecycle, validateProbes } from "./probes.ts";
import { validateContainerResources } from "./resources.ts";
import { validateContainerSecurity } from "./security-context.ts";
import type { Volumes } from "./volumes.ts";

/** pkg/apis/core/validation/validation.go, validateContainers, v1.36. */
export function validateContainers(containers: Field, volumes: Volumes, rules: PodRules): void {
  if (!containers.coded("pod/no-containers").needed()) return;
  const names = new Set<string>();
  for (const container of containers.items().map(withoutStopSignal)) {
    validateContainer(container, volumes, rules);
    takeName(container, names);
    if (container.get("lifecycle").isSet) validateLifecycle(container.get("lifecycle"), rules);
    validateProbes(container, rules);
    validateRestartPolicy(container);
  }
  validateHostPorts(containers.items());
}

/** validation.go, validateInitContainers, v1.36. */
export function validateInitContainers(containers: Field, regular: Field, volumes: Volumes, rules: PodRules): void {
  const names = new Set(regular.items().map((container) => container.get("name").text));
  for (const container of containers.items().map(withoutStopSignal)) {
    validateContainer(container, volumes, rules);
    validateInitRestartPolicy(container);
    // Those without a name are not held against each other.
    if (container.get("name").text !== "" || names.has("")) takeName(container, names);
    // Init containers run one by one; the API server counts each as the first one.
    validateHostPorts([container.as("[0]")]);
    const sidecar = container.get("restartPolicy").text === "Always";
    if (sidecar) {
      if (container.get("lifecycle").isSet) validateLifecycle(container.get("lifecycle"), rules);
      validateProbes(container, rules);
    } else {
      validateNoSidecar(container);
    }
  }
}

function validateNoSidecar(container: Field): void {
  for (const name of ["lifecycle", "livenessProbe", "readinessProbe", "startupProbe"]) {
    container.get(name).forbiddenIfSet("may not be set for init containers without restartPolicy=Always");
  }
  for (const policy of container.get("resizePolicy").items()) {
    const restart = policy.get("restartPolicy");
    if (restart.text === "RestartContainer")
      restart.invalid("must not be set to 'RestartContainer' for non-sidecar initContainers");
  }
}

function takeName(container: Field, names: Set<string>): void {
  const name = container.get("name");
  if (names.has(name.text)) name.coded("pod/duplicate-container-name").duplicate(name.text);
  else names.add(name.text);
}

/** As long as the gate ContainerStopSignals is off, stop signals are dropped (pkg/api/pod/util.go, dropContainerStopSignals, v1.36). */
function withoutStopSignal(container: Field): Field {
  const isAlone = container
    .get("lifecycle")
    .keys()
    .every((key) => key === "stopSignal");
  return isAlone ? container.withIn("lifecycle", undefined) : container;
}

const ephemeralFields: ReadonlySet<string> = new Set([
  "name",
  "image",
  "command",
  "args",
  "workingDir",
  "envFrom",
  "env",
  "volumeMounts",
  "volumeDevices",
  "terminationMessagePath",
  "terminationMessagePolicy",
  "imagePullPolicy",
  "securityContext",
  "stdin",
  "stdinOnce",
  "tty",
  "targetContainerName",
]);

/** validation.go, validateEphemeralContainers, v1.36. */
export function validateEphemeralContainers(
  containers: Field,
  others: readonly Field[],
  volumes: Volumes,
  rules: PodRules,
): void {
  const names = new Set(others.map((container) => container.get("name").text));
  const targets = new Set(names);
  for (const container of containers.items().map(withoutStopSignal)) {
    validateContainer(container, volumes, rules);
    validateImageSpaces(container);
    const [name, target] = [container.get("name"), container.get("targetContainerName")];
    if (names.has(name.text)) name.duplicate(name.text);
    names.add(name.text);
    if (target.text !== "" && !targets.has(target.text)) target.notFound();
    for (const field of container.keys()) {
      if (!ephemeralFields.has(field)) container.get(field).forbiddenIfAny("cannot be set for an Ephemeral Container");
    }
    for (const mount of container.get("volumeMounts").items()) {
      for (const field of ["subPath", "subPathExpr"])
        mount.get(field).forbiddenIfAny("cannot be set for an Ephemeral Container");
    }
  }
}

/** Pods alone check this, templates do not (validation.go, validateContainerOnlyForPod, v1.36). */
export function validateImageSpaces(container: Field): void {
  const image = container.get("image");
  if (image.text.trim() !== image.text) image.invalid("must not have leading or trailing whitespace");
}

/** What all kinds of containers have in common (validation.go, validateContainerCommon, v1.36). */
function validateContainer(container: Field, volumes: Volumes, rules: PodRules): void {
  container.get("name").coded("pod/container-name").checkRequired(checkDns1123Label);
  container.get("image").needed();
  container.get("terminationMessagePolicy").or("File").oneOf(["File", "FallbackToLogsOnError"]);
  validatePorts(container.get("ports"));
  validateEnvironment(container.get("env"));
  validateEnvironmentFrom(container.get("envFrom"));
  validateMounts(container, volumes);
  container.get("imagePullPolicy").or("Always").oneOf(pullPolicies);
  validateContainerResources(container.get("resources"), rules.claimNames);
  validateResizePolicy(container.get("resizePolicy"), rules.restartPolicy);
  validateContainerSecurity(container.get("securityContext"), rules.hostUsers);
}

function validatePorts(ports: Field): void {
  const names = new Set<string>();
  for (const port of ports.items()) {
    const name = port.get("name");
    if (name.text !== "" && name.coded("pod/container-port").check(checkPortName)) {
      if (names.has(name.text)) name.coded("pod/duplicate-port-name").duplicate();
      names.add(name.text);
    }
    const [number, hostPort] = [
      port.get("containerPort").coded("pod/container-port"),
      port.get("hostPort").coded("pod/container-port"),
    ];
    if (number.needed()) number.port();
    if (hostPort.int !== 0) hostPort.port();
    port.get("protocol").coded("pod/container-port").or("TCP").oneOf(protocols);
  }
}

/** validation.go, AccumulateUniqueHostPorts, v1.36. */
function validateHostPorts(containers: readonly Field[]): void {
  const taken = new Set<string>();
  for (const container of containers) {
    for (const port of container.get("ports").items()) {
      const hostPort = port.get("hostPort").coded("pod/host-port");
      if (hostPort.int === 0) continue;
      const key = `${port.get("protocol").or("TCP").text}/${port.get("hostIP").text}/${hostPort.int}`;
      if (taken.has(key)) hostPort.duplicate(key);
      taken.add(key);
    }
  }
}

/** validation.go, validateResizePolicy, v1.36: errors stand at the list. */
function validateResizePolicy(policies: Field, podRestartPolicy: string): void {
  const seen = new Set<string>();
  for (const policy of policies.items()) {
    const [resource, restart] = [policy.get("resourceName").text, policy.get("restartPolicy").text];
    if (seen.has(resource)) policy.duplicate(resource);
    seen.add(resource);
    if (resource === "") policies.required();
    else if (resource !== "cpu" && resource !== "memory") policies.notSupported(["cpu", "memory"], resource);
    if (restart === "") policies.required();
    else if (restart !== "NotRequired" && restart !== "RestartContainer")
      policies.notSupported(["NotRequired", "RestartContainer"], restart);
    if (podRestartPolicy === "Never" && restart !== "NotRequired") {
      policies.invalid("must be 'NotRequired' when pod `restartPolicy` is 'Never'", restart);
    }
  }
}

/** validation.go, validateInitContainerRestartPolicy, v1.36: without a policy, nobody looks at the rules. */
function validateInitRestartPolicy(container: Field): void {
  const policy = container.get("restartPolicy");
  if (policy.isSet) validateRestartPolicy(container);
  else if (container.get("restartPolicyRules").size > 0) requireRestartPolicy(policy);
}

function requireRestartPolicy(policy: Field): void {
  policy.required("must specify restartPolicy when restart rules are used");
}

/** validation.go, validateContainerRestartPolicy, v1.36. */
function validateRestartPolicy(container: Field): void {
  const [policy, rules] = [container.get("restartPolicy"), container.get("restartPolicyRules")];
  if (policy.isSet) policy.oneOf(["Always", "Never", "OnFailure"]);
  else if (rules.size > 0) requireRestartPolicy(policy);
  rules.mostItems(20);
  for (const rule of rules.items()) {
    rule.get("action").oneOf(["Restart", "RestartAllContainers"]);
    const codes = rule.get("exitCodes");
    if (codes.isSet) {
      codes.get("operator").oneOf(["In", "NotIn"]);
      codes.get("values").mostItems(255);
    } else {
      codes.required("must be specified");
    }
  }
}
