import { textAt } from "../../base/json.ts";
import type { JsonObject } from "../../base/json.ts";
import { failure, success } from "../../base/outcome.ts";
import type { Outcome } from "../../base/outcome.ts";
import { byteLength, quote } from "../../kubernetes/go-text.ts";
import { checkDns1123Label, checkDns1123Subdomain } from "../../kubernetes/names.ts";

/** How a pod calls itself. */
export interface PodHostname {
  readonly hostname: string;
  /** `<subdomain>.<namespace>.svc.<cluster domain>`, empty without a subdomain. */
  readonly domain: string;
}

/** The cluster's part in a pod's name. */
export interface HostnameOptions {
  readonly clusterDomain: string;
  /** Whether `hostnameOverride` is read: the feature gate HostnameOverride, on by default since 1.35. */
  readonly hostnameOverride?: boolean;
}

const maxHostname = 63;
const maxOverride = 64;

/**
 * A pod's hostname and domain. Imitates kubelet, pkg/kubelet/kubelet_pods.go, GeneratePodHostNameAndDomain, v1.36; a name that is no DNS label is an error.
 */
export function podHostname(pod: JsonObject, options: HostnameOptions): Outcome<PodHostname> {
  const override = textAt(pod, "spec", "hostnameOverride");
  if (override !== undefined && options.hostnameOverride !== false) return overriddenHostname(override);
  const name = textAt(pod, "metadata", "name") ?? "";
  const hostname = textAt(pod, "spec", "hostname") ?? "";
  const subdomain = textAt(pod, "spec", "subdomain") ?? "";
  const wrong = labelError("Hostname", hostname) ?? labelError("Subdomain", subdomain);
  if (wrong !== undefined) return failure(wrong);
  const namespace = textAt(pod, "metadata", "namespace") ?? "";
  return success({
    hostname: truncateHostname(hostname === "" ? name : hostname),
    domain: subdomain === "" ? "" : `${subdomain}.${namespace}.svc.${options.clusterDomain}`,
  });
}

/** At most 63 characters, without dashes and dots at the cut (kubelet_pods.go, truncatePodHostnameIfNeeded, v1.36). */
export function truncateHostname(hostname: string): string {
  return hostname.length <= maxHostname ? hostname : hostname.slice(0, maxHostname).replace(/[-.]+$/, "");
}

function overriddenHostname(override: string): Outcome<PodHostname> {
  const messages = checkDns1123Subdomain(override);
  if (messages.length > 0)
    return failure(`pod HostnameOverride ${quote(override)} is not a valid DNS subdomain: ${messages.join(";")}`);
  if (byteLength(override) > maxOverride) {
    return failure(`pod HostnameOverride ${quote(override)} must be no more than ${maxOverride} characters`);
  }
  return success({ hostname: override, domain: "" });
}

function labelError(field: "Hostname" | "Subdomain", value: string): string | undefined {
  const messages = value === "" ? [] : checkDns1123Label(value);
  return messages.length === 0
    ? undefined
    : `pod ${field} ${quote(value)} is not a valid DNS label: ${messages.join(";")}`;
}
