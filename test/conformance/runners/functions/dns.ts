import { arrayAt, at, isObject, objectAt, textAt, textMapAt } from "../../../../server/src/base/json.ts";
import type { JsonObject } from "../../../../server/src/base/json.ts";
import { serviceVariables, variablesOfServices } from "../../../../server/src/simulation/dns/environment-variables.ts";
import { expand, expandCommand, lookupIn, mergeEnvironment } from "../../../../server/src/simulation/dns/expansion.ts";
import { podResolvConf } from "../../../../server/src/simulation/dns/resolv-conf.ts";
import type { ClusterDns } from "../../../../server/src/simulation/dns/resolv-conf.ts";
import { answerOf } from "./answer.ts";
import type { Answer, FunctionAnswers } from "./answer.ts";

export const dnsAnswers: FunctionAnswers = {
  "envvars.FromServices": (input) => ({
    out: variablesOfServices(arrayAt(input, "services").filter(isObject)).map(({ name, value }) => ({ name, value })),
  }),
  "kubelet.getServiceEnvVarMap": (input) => {
    const services = arrayAt(input, "services").filter(isObject);
    const links = at(input, "enableServiceLinks") === true;
    const { variables, ambiguous } = serviceVariables(textAt(input, "namespace") ?? "", services, links);
    return { out: Object.keys(ambiguous).length === 0 ? { variables } : { variables, ambiguous } };
  },
  "expansion.Expand": (input) => ({
    out: expand(textAt(input, "input") ?? "", lookupIn(...arrayAt(input, "variables").map((set) => textMapAt(set)))),
  }),
  "kubelet.makeEnvironmentVariables": (input) => ({
    out: mergeEnvironment(namedValues(input, "env"), textMapAt(input, "envFrom"), textMapAt(input, "services")),
  }),
  "container.ExpandContainerCommandAndArgs": (input) => {
    const variables = Object.fromEntries(namedValues(input, "variables").map(({ name, value }) => [name, value]));
    const { command, args } = expandCommand(input, variables);
    return { out: { command: [...command], args: [...args] } };
  },
  "dns.Configurer.GetPodDNS": podDnsAnswer,
};

function podDnsAnswer(input: JsonObject): Answer {
  const pod = { metadata: { namespace: textAt(input, "namespace") ?? "" }, spec: input };
  const cluster: ClusterDns = {
    nameservers: textsAt(input, "clusterDNS"),
    domain: textAt(input, "node", "clusterDomain") ?? "",
    nodeAddresses: textsAt(input, "nodeIPs"),
  };
  // The recorded kubelet without a file ran with --resolv-conf="".
  const host = textAt(input, "node", "hostResolvConf") || undefined;
  return answerOf(podResolvConf(pod, host, cluster), (found) => ({
    nameservers: [...found.nameservers],
    searches: [...found.searches],
    options: [...found.options].sort(),
  }));
}

function textsAt(input: JsonObject, field: string): readonly string[] {
  return arrayAt(objectAt(input, "node"), field).filter((entry) => typeof entry === "string");
}

function namedValues(input: JsonObject, field: string): readonly { readonly name: string; readonly value: string }[] {
  return arrayAt(input, field).map((entry) => ({ name: textAt(entry, "name") ?? "", value: textAt(entry, "value") ?? "" }));
}
