import { checkLabelValue } from "../names.ts";
import { quote } from "../go-text.ts";
import { warnAboutClaim, warnAboutFraction } from "./claims.ts";
import type { Field } from "./field.ts";
import { warnAboutOverlaps } from "./volume-paths.ts";

const deprecatedLabels: ReadonlyMap<string, string> = new Map([
  ["beta.kubernetes.io/arch", 'deprecated since v1.14; use "kubernetes.io/arch" instead'],
  ["beta.kubernetes.io/os", 'deprecated since v1.14; use "kubernetes.io/os" instead'],
  ["failure-domain.beta.kubernetes.io/region", 'deprecated since v1.17; use "topology.kubernetes.io/region" instead'],
  ["failure-domain.beta.kubernetes.io/zone", 'deprecated since v1.17; use "topology.kubernetes.io/zone" instead'],
  ["beta.kubernetes.io/instance-type", 'deprecated since v1.17; use "node.kubernetes.io/instance-type" instead'],
]);

const deprecatedAnnotations: ReadonlyMap<string, string> = new Map([
  ["scheduler.alpha.kubernetes.io/critical-pod", 'non-functional in v1.16+; use the "priorityClassName" field instead'],
  ["security.alpha.kubernetes.io/sysctls", 'non-functional in v1.11+; use the "sysctls" field instead'],
  ["security.alpha.kubernetes.io/unsafe-sysctls", 'non-functional in v1.11+; use the "sysctls" field instead'],
]);

const deprecatedVolumes: readonly (readonly [string, string, string])[] = [
  ["photonPersistentDisk", "photonPersistentDisk", "deprecated in v1.11, non-functional in v1.16+"],
  ["gitRepo", "gitRepo", "deprecated in v1.11, and disabled by default in v1.33+"],
  ["scaleIO", "scaleIO", "deprecated in v1.16, non-functional in v1.22+"],
  ["flocker", "flocker", "deprecated in v1.22, non-functional in v1.25+"],
  ["storageos", "storageOS", "deprecated in v1.22, non-functional in v1.25+"],
  ["quobyte", "quobyte", "deprecated in v1.22, non-functional in v1.25+"],
  ["glusterfs", "glusterfs", "deprecated in v1.25, non-functional in v1.26+"],
  ["cephfs", "cephfs", "deprecated in v1.28, non-functional in v1.31+"],
  ["rbd", "rbd", "deprecated in v1.28, non-functional in v1.31+"],
];

const seccompNote = 'non-functional in v1.27+; use the "seccompProfile" field instead';
const nullSelector = "a null labelSelector results in matching no pod";

/** pkg/api/pod/warnings.go, warningsForPodSpecAndMeta, v1.36; `template` is absent for a Pod itself. */
export function warnAboutPod(metadata: Field, spec: Field, template: Field | undefined): void {
  const containers = ["initContainers", "containers", "ephemeralContainers"].flatMap((list) => spec.get(list).items());
  warnAboutNodeLabels(spec);
  warnAboutSpread(spec);
  warnAboutAnnotations(metadata.get("annotations"), containers, spec, template);
  warnAboutVolumes(spec.get("volumes"));
  warnAboutRepeats(spec.get("hostAliases"), "ip");
  warnAboutRepeats(spec.get("imagePullSecrets"), "name");
  for (const name of spec
    .get("imagePullSecrets")
    .items()
    .map((secret) => secret.get("name"))) {
    if (name.text === "") name.warn(`${name.name}: invalid empty name ""`);
  }
  for (const resource of ["memory", "ephemeral-storage"]) warnAboutFraction(spec.get("overhead").key(resource));
  for (const container of containers) warnAboutContainer(container);
  warnAboutPorts(containers);
  const grace = spec.get("terminationGracePeriodSeconds");
  // A Pod's negative period has become 1 before.
  if (template !== undefined && grace.int < 0)
    grace.warn(`${grace.name}: must be >= 0; negative values are invalid and will be treated as 1`);
  for (const name of ["podAffinity", "podAntiAffinity"]) warnAboutAffinity(spec.at("affinity", name));
}

function warnAboutNodeLabels(spec: Field): void {
  for (const [key, entry] of spec.get("nodeSelector").entries()) {
    const note = deprecatedLabels.get(key);
    if (note !== undefined) entry.warn(`${entry.name}: ${note}`);
  }
  const affinity = spec.at("affinity", "nodeAffinity");
  for (const term of affinity.at("requiredDuringSchedulingIgnoredDuringExecution", "nodeSelectorTerms").items())
    warnAboutTerm(term, false);
  for (const term of affinity.get("preferredDuringSchedulingIgnoredDuringExecution").items())
    warnAboutTerm(term.get("preference"), true);
}

/** pkg/api/node/util.go, GetWarningsForNodeSelectorTerm, v1.36. */
function warnAboutTerm(term: Field, checksValues: boolean): void {
  for (const expression of term.get("matchExpressions").items()) {
    warnAboutLabel(expression.get("key"));
    for (const value of checksValues ? expression.get("values").items() : []) {
      for (const message of checkLabelValue(value.text))
        value.warn(`${value.name}: ${value.text} is invalid, ${message}`);
    }
  }
}

function warnAboutLabel(key: Field): void {
  const note = deprecatedLabels.get(key.text);
  if (note !== undefined) key.warn(`${key.name}: ${key.text} is ${note}`);
}

function warnAboutSpread(spec: Field): void {
  for (const constraint of spec.get("topologySpreadConstraints").items()) {
    warnAboutLabel(constraint.get("topologyKey"));
    warnAboutSelector(constraint.get("labelSelector"));
  }
}

function warnAboutSelector(selector: Field): void {
  if (!selector.isSet) selector.warn(`${selector.name}: ${nullSelector}`);
}

function warnAboutAffinity(affinity: Field): void {
  for (const term of affinity.get("requiredDuringSchedulingIgnoredDuringExecution").items())
    warnAboutSelector(term.get("labelSelector"));
  for (const term of affinity.get("preferredDuringSchedulingIgnoredDuringExecution").items()) {
    warnAboutSelector(term.at("podAffinityTerm", "labelSelector"));
  }
}

function warnAboutAnnotations(
  annotations: Field,
  containers: readonly Field[],
  spec: Field,
  template: Field | undefined,
): void {
  const note = (key: string, message: string): void => {
    const annotation = annotations.key(key);
    if (annotation.isSet) annotation.warn(`${annotation.name}: ${message}`);
  };
  for (const [key, message] of deprecatedAnnotations) note(key, message);
  const podContext = spec.get("securityContext");
  if (!podContext.get("seccompProfile").isSet) note("seccomp.security.alpha.kubernetes.io/pod", seccompNote);
  for (const container of containers) {
    const [name, context] = [container.get("name").text, container.get("securityContext")];
    if (!context.get("seccompProfile").isSet)
      note(`container.seccomp.security.alpha.kubernetes.io/${name}`, seccompNote);
    if (template === undefined || context.get("appArmorProfile").isSet) continue;
    const key = `container.apparmor.security.beta.kubernetes.io/${name}`;
    if (!isProfile(podContext.get("appArmorProfile"), annotations.key(key).text)) {
      note(key, 'deprecated since v1.30; use the "appArmorProfile" field instead');
    }
  }
}

function isProfile(profile: Field, annotation: string): boolean {
  const types: Readonly<Record<string, string>> = { "runtime/default": "RuntimeDefault", unconfined: "Unconfined" };
  const local = annotation.startsWith("localhost/") ? annotation.slice("localhost/".length) : undefined;
  if (!profile.isSet) return false;
  if (local !== undefined)
    return profile.get("type").text === "Localhost" && profile.get("localhostProfile").text === local;
  return profile.get("type").text === types[annotation];
}

function warnAboutVolumes(volumes: Field): void {
  for (const volume of volumes.items()) {
    for (const [field, printed, note] of deprecatedVolumes) {
      const source = volume.get(field).as(printed);
      if (source.isSet) source.warn(`${source.name}: ${note}`);
    }
    const claim = volume.at("ephemeral", "volumeClaimTemplate", "spec");
    if (claim.isSet) warnAboutClaim(claim);
  }
  for (const volume of volumes.items()) warnAboutOverlaps(volume);
}

function warnAboutRepeats(list: Field, field: string): void {
  const seen = new Set<string>();
  for (const item of list.items().map((entry) => entry.get(field))) {
    if (seen.has(item.text)) item.warn(`${item.name}: duplicate ${field} ${quote(item.text)}`);
    seen.add(item.text);
  }
}

function warnAboutContainer(container: Field): void {
  for (const resource of ["memory", "ephemeral-storage"]) {
    for (const list of ["limits", "requests"]) warnAboutFraction(container.at("resources", list).key(resource));
  }
  const seen = new Set<string>();
  for (const variable of container.get("env").items()) {
    const [name, value] = [variable.get("name").text, variable.get("value").text];
    const reference = `$(${name})`;
    const hides = variable.get("valueFrom").isSet || value === reference || !value.includes(reference);
    if (seen.has(name) && hides) {
      variable.warn(
        `${variable.name}: hides previous definition of ${quote(name)}, which may be dropped when using apply`,
      );
    }
    seen.add(name);
  }
}

interface Port {
  readonly place: Field;
  readonly key: string;
  readonly hostIp: string;
  readonly hostPort: number;
}

function warnAboutPorts(containers: readonly Field[]): void {
  const ports = containers.flatMap((container) => container.get("ports").items()).map(portOf);
  for (const [index, port] of ports.entries()) {
    if (port.hostIp !== "" && port.hostPort === 0)
      port.place.warn(`${port.place.name}: hostIP set without hostPort: ${printed(port)}`);
    for (const other of ports.slice(0, index).filter((earlier) => earlier.key === port.key)) warnAboutPair(port, other);
  }
  const names = new Map<string, Field>();
  for (const { place } of ports) {
    const name = place.get("name").text;
    const other = names.get(name)?.name;
    if (name === "") continue;
    if (other === undefined) names.set(name, place);
    else
      place.warn(
        `${place.name}: duplicate port name ${quote(name)} with ${other}, services and probes that select ports by name will use ${other}`,
      );
  }
}

function portOf(place: Field): Port {
  const key = `${place.get("containerPort").int}/${place.get("protocol").or("TCP").text}`;
  return { place, key, hostIp: place.get("hostIP").text, hostPort: place.get("hostPort").int };
}

/** A struct as Go's %+v prints it. */
function printed({ place, hostIp, hostPort }: Port): string {
  const [name, number, protocol] = [
    place.get("name").text,
    place.get("containerPort").int,
    place.get("protocol").or("TCP").text,
  ];
  return `{Name:${name} HostPort:${hostPort} ContainerPort:${number} Protocol:${protocol} HostIP:${hostIp}}`;
}

function warnAboutPair(port: Port, other: Port): void {
  const kind = relation(port, other);
  if (kind !== undefined) port.place.warn(`${port.place.name}: ${kind} port definition with ${other.place.name}`);
}

function relation(port: Port, other: Port): string | undefined {
  if (port.hostIp === other.hostIp && port.hostPort === other.hostPort) return "duplicate";
  if (port.hostPort === 0 || other.hostPort === 0) return "overlapping";
  const oneIsEverywhere = (port.hostIp === "") !== (other.hostIp === "");
  return port.hostPort === other.hostPort && oneIsEverywhere ? "dangerously ambiguous" : undefined;
}
