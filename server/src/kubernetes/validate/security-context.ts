import { checkDns1123Subdomain } from "../names.ts";
import { byteLength } from "../go-text.ts";
import type { Field } from "./field.ts";
import { checkDescendingPath } from "./paths.ts";
import type { PodRules } from "./pod-rules.ts";

const profileTypes = ["Localhost", "RuntimeDefault", "Unconfined"];
const maxId = 2147483647;

/** pkg/apis/core/validation/validation.go, ValidateSecurityContext, v1.36. */
export function validateContainerSecurity(context: Field, hostUsers: boolean): void {
  if (!context.isSet) return;
  for (const name of ["runAsUser", "runAsGroup"]) context.get(name).range(0, maxId);
  const procMount = context.get("procMount");
  procMount.oneOfIfSet(["Default", "Unmasked"]);
  if (hostUsers && procMount.text === "Unmasked") procMount.invalid("`hostUsers` must be false to use `Unmasked`");
  validateSeccomp(context.get("seccompProfile"));
  validateEscalation(context);
  validateWindowsOptions(context.get("windowsOptions"));
  validateAppArmor(context.get("appArmorProfile"));
}

function validateEscalation(context: Field): void {
  const start = "cannot set `allowPrivilegeEscalation` to false and";
  if (context.get("allowPrivilegeEscalation").value !== false) return;
  if (context.get("privileged").flag) context.invalid(`${start} \`privileged\` to true`);
  for (const capability of context.at("capabilities", "add").texts) {
    if (capability === "CAP_SYS_ADMIN") context.invalid(`${start} \`capabilities.Add\` CAP_SYS_ADMIN`);
  }
}

/** validation.go, validatePodSpecSecurityContext, v1.36. */
export function validatePodSecurity(context: Field, spec: Field): void {
  for (const name of ["fsGroup", "runAsUser", "runAsGroup"]) context.get(name).range(0, maxId);
  for (const group of context.get("supplementalGroups").items()) group.range(0, maxId);
  const share = spec.get("shareProcessNamespace");
  if (share.flag && spec.get("hostPID").flag) {
    share.as("shareProcessNamespace", context).invalid("ShareProcessNamespace and HostPID cannot both be enabled");
  }
  validateSysctls(context.get("sysctls"), spec);
  context.get("fsGroupChangePolicy").oneOfIfSet(["Always", "OnRootMismatch"]);
  validateSeccomp(context.get("seccompProfile"));
  validateWindowsOptions(context.get("windowsOptions"));
  validateAppArmor(context.get("appArmorProfile"));
  context.get("supplementalGroupsPolicy").oneOfIfSet(["Merge", "Strict"]);
  context.get("seLinuxChangePolicy").oneOfIfSet(["Recursive"]);
}

const sysctlPattern = /^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$/;
const sysctlHint =
  "must have at most 253 characters and match regex ^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$";

function validateSysctls(sysctls: Field, spec: Field): void {
  const names = new Set<string>();
  for (const sysctl of sysctls.items()) {
    const name = sysctl.get("name");
    if (name.needed()) {
      if (byteLength(name.text) > 253 || !sysctlPattern.test(name.text)) name.invalid(sysctlHint);
      else if (names.has(name.text)) name.duplicate();
    }
    const namespace = sysctlNamespace(name.text);
    if (spec.get("hostNetwork").flag && namespace === "net")
      name.invalid("may not be specified when 'hostNetwork' is true");
    else if (spec.get("hostIPC").flag && namespace === "ipc")
      name.invalid("may not be specified when 'hostIPC' is true");
    names.add(name.text);
  }
}

/** component-helpers, node/util/sysctl/namespace.go, GetNamespace, v0.36: the separator that comes first decides which one counts. */
function sysctlNamespace(name: string): "net" | "ipc" | undefined {
  const first = /[./]/.exec(name)?.[0];
  const plain = first === "/" ? name.replace(/[./]/g, (separator) => (separator === "/" ? "." : "/")) : name;
  if (plain.startsWith("net.")) return "net";
  return plain === "kernel.sem" || /^(kernel\.shm|kernel\.msg|fs\.mqueue\.)/.test(plain) ? "ipc" : undefined;
}

function validateSeccomp(profile: Field): void {
  if (!profile.isSet) return;
  const [type, local] = [profile.get("type"), profile.get("localhostProfile")];
  if (type.needed("type is required when seccompProfile is set")) type.oneOf(profileTypes);
  if (type.text !== "Localhost") {
    if (local.isSet)
      local.invalid("can only be set when seccomp type is Localhost", {
        Type: type.text,
        LocalhostProfile: local.text,
      });
  } else if (local.isSet) {
    local.check(checkDescendingPath);
  } else {
    local.required("must be set when seccomp type is Localhost");
  }
}

/** validation.go, ValidateAppArmorProfileField, v1.36. */
function validateAppArmor(profile: Field): void {
  if (!profile.isSet) return;
  const [type, local] = [profile.get("type"), profile.get("localhostProfile")];
  if (!type.needed("type is required when appArmorProfile is set") || !type.oneOf(profileTypes)) return;
  if (type.text !== "Localhost") {
    if (local.isSet) local.invalid("can only be set when AppArmor type is Localhost");
    return;
  }
  if (local.text.trim() !== local.text) local.invalid("must not be padded with whitespace");
  else local.needed("must be set when AppArmor type is Localhost");
  local.mostBytes(4095);
}

const netBiosDomain = /^[^\\/:*?"<>|.][^\\/:*?"<>|]{0,14}$/;
const dnsDomain = /^[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*$/;

/** validation.go, validateWindowsSecurityContextOptions, v1.36. */
function validateWindowsOptions(options: Field): void {
  options.get("gmsaCredentialSpecName").checkIfSet(checkDns1123Subdomain);
  const credential = options.get("gmsaCredentialSpec");
  if (credential.isSet) {
    if (credential.text === "") credential.invalid("gmsaCredentialSpec cannot be an empty string");
    else if (byteLength(credential.text) > 65536) credential.invalid("gmsaCredentialSpec size must be under 64 KiB");
  }
  options.get("runAsUserName").checkIfSet(checkWindowsUser);
}

function checkWindowsUser(name: string): readonly string[] {
  if (name === "") return ["runAsUserName cannot be an empty string"];
  if (/[\x00-\x1f\x7f]/.test(name)) return ["runAsUserName cannot contain control characters"];
  const parts = name.split("\\");
  if (parts.length > 2) return ["runAsUserName cannot contain more than one backslash"];
  const user = parts.at(-1) ?? "";
  const domain = parts.length === 2 ? parts[0] : undefined;
  return [...checkWindowsDomain(domain), ...checkWindowsAccount(user)];
}

function checkWindowsDomain(domain: string | undefined): readonly string[] {
  if (domain === undefined) return [];
  const messages = byteLength(domain) >= 256 ? ["runAsUserName's Domain length must be under 256 characters"] : [];
  if (netBiosDomain.test(domain) || dnsDomain.test(domain)) return messages;
  return [...messages, "runAsUserName's Domain doesn't match the NetBios nor the DNS format"];
}

function checkWindowsAccount(user: string): readonly string[] {
  const messages: string[] = [];
  if (user === "") messages.push("runAsUserName's User cannot be empty");
  else if (byteLength(user) > 104) messages.push("runAsUserName's User length must not be longer than 104 characters");
  if (/^[. ]+$/.test(user)) messages.push("runAsUserName's User cannot contain only periods or spaces");
  if (/["/\\:;|=,+*?<>@[\]]/.test(user))
    messages.push("runAsUserName's User cannot contain the following characters: \"/\\:;|=,+*?<>@[]");
  return messages;
}

const linuxOfPod = [
  "appArmorProfile",
  "seLinuxOptions",
  "seccompProfile",
  "fsGroup",
  "fsGroupChangePolicy",
  "runAsUser",
  "runAsGroup",
  "supplementalGroups",
  "supplementalGroupsPolicy",
  "seLinuxChangePolicy",
];
const linuxOfContainer = [
  "appArmorProfile",
  "seLinuxOptions",
  "seccompProfile",
  "capabilities",
  "readOnlyRootFilesystem",
  "privileged",
  "allowPrivilegeEscalation",
  "procMount",
  "runAsUser",
  "runAsGroup",
];

/** What one operating system's pods must leave out (validation.go, validateLinux and validateWindows, v1.36). */
export function validateOperatingSystem(spec: Field, containers: readonly Field[], rules: PodRules): void {
  const context = spec.get("securityContext");
  if (rules.os === "linux") {
    for (const place of [context, ...containers.map((container) => container.get("securityContext"))]) {
      place.get("windowsOptions").forbiddenIfSet("windows options cannot be set for a linux pod");
    }
  } else if (rules.os === "windows") {
    const unwanted = "cannot be set for a windows pod";
    for (const name of linuxOfPod) context.get(name).forbiddenIfSet(unwanted);
    context.get("sysctls").forbiddenIfAny(unwanted);
    for (const name of ["hostUsers", "shareProcessNamespace"]) spec.get(name).forbiddenIfSet(unwanted);
    for (const name of ["hostPID", "hostIPC"]) spec.get(name).forbiddenIfAny(unwanted);
    for (const container of containers) {
      for (const name of linuxOfContainer) container.get("securityContext").get(name).forbiddenIfSet(unwanted);
    }
  }
}

/** validation.go, validateWindowsHostProcessPod, v1.36. */
export function validateHostProcess(spec: Field, containers: readonly Field[]): void {
  const pod = spec.at("securityContext", "windowsOptions", "hostProcess");
  const values = containers.map((container) => container.at("securityContext", "windowsOptions", "hostProcess"));
  for (const value of values) {
    if (!pod.isSet || !value.isSet || pod.value === value.value) continue;
    value.invalid(`pod hostProcess value must be identical if both are specified, was ${pod.flag}`);
  }
  const hosted = values.filter((value) => (value.isSet ? value.flag : pod.flag)).length;
  if (hosted === 0) return;
  if (hosted !== containers.length) {
    spec.invalid("If pod contains any hostProcess containers then all containers must be HostProcess containers", "");
  }
  const network = spec.get("hostNetwork");
  if (!network.flag) network.invalid("hostNetwork must be true if pod contains any hostProcess containers", false);
}
