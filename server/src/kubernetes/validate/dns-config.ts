import { checkDns1123Label, checkDns1123Subdomain, checkDns1123SubdomainWithUnderscore } from "../names.ts";
import { checkLegacyIp } from "../ip-checks.ts";
import { byteLength } from "../go-text.ts";
import type { Field } from "./field.ts";

const maxNameservers = 3;
const maxSearches = 32;
const maxSearchBytes = 2048;

/** pkg/apis/core/validation/validation.go, validateDNSPolicy and validatePodDNSConfig, v1.36. */
export function validateDns(spec: Field): void {
  const policy = spec.get("dnsPolicy").coded("pod/dns-config").or("ClusterFirst");
  const config = spec.get("dnsConfig");
  const nameservers = config.get("nameservers").coded("pod/dns-config");
  policy.oneOf(["ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"]);
  if (policy.text === "None" && !config.isSet) {
    config.coded("pod/dns-config").required("must provide `dnsConfig` when `dnsPolicy` is None");
  } else if (policy.text === "None" && nameservers.isEmpty) {
    nameservers.required("must provide at least one DNS nameserver when `dnsPolicy` is None");
  } else if (config.isSet) {
    validateConfig(config, nameservers);
  }
}

function validateConfig(config: Field, nameservers: Field): void {
  if (nameservers.size > maxNameservers) nameservers.invalid(`must not have more than ${maxNameservers} nameservers`);
  for (const nameserver of nameservers.items()) nameserver.coded("pod/dns-config").check(checkLegacyIp);
  const searches = config.get("searches").coded("pod/dns-config");
  if (searches.size > maxSearches) searches.invalid(`must not have more than ${maxSearches} search paths`);
  if (byteLength(searches.texts.join(" ")) > maxSearchBytes) {
    searches.invalid(`must not have more than ${maxSearchBytes} characters (including spaces) in the search list`);
  }
  for (const search of searches.items()) {
    if (search.text !== ".")
      search.coded("pod/dns-config").check(checkDns1123SubdomainWithUnderscore, search.text.replace(/\.$/, ""));
  }
  for (const option of config.get("options").items()) {
    if (option.get("name").text === "") option.coded("pod/dns-config").required("must not be empty");
  }
}

/** The names of a pod itself (validation.go, ValidatePodSpec and validatePodHostName, v1.36). */
export function validateHostNames(spec: Field): void {
  for (const name of ["hostname", "subdomain"]) spec.get(name).checkIfAny(checkDns1123Label);
  const override = spec.get("hostnameOverride");
  if (override.isSet) {
    if (spec.get("setHostnameAsFQDN").flag) override.forbidden("may not be specified when setHostnameAsFQDN is true");
    if (spec.get("hostNetwork").flag) override.forbidden("may not be specified when hostNetwork is true");
    override.mostBytes(64);
    override.check(checkDns1123Subdomain);
  }
  for (const alias of spec.get("hostAliases").items()) {
    alias.get("ip").check(checkLegacyIp);
    for (const hostname of alias.get("hostnames").items()) hostname.check(checkDns1123Subdomain);
  }
}
