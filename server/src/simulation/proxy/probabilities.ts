/**
 * The `--probability` of each iptables rule for n endpoints, in the order of the rules; `undefined` for the last, which takes what is left.
 * Imitates kube-proxy, pkg/proxy/iptables/proxier.go, probability and writeServiceToEndpointRules, v1.36.
 */
export function ruleProbabilities(endpoints: number): readonly (string | undefined)[] {
  return Array.from({ length: endpoints }, (_, index) =>
    index === endpoints - 1 ? undefined : (1 / (endpoints - index)).toFixed(10),
  );
}

/** The nftables expression that picks one of n endpoints evenly. Imitates kube-proxy, pkg/proxy/nftables/proxier.go, v1.36. */
export function numgenExpression(endpoints: readonly string[], hasAffinity: boolean): string {
  const choices = endpoints.map(
    (endpoint, index) => `${index} : ${hasAffinity ? `goto endpoint-${endpoint}` : endpoint}`,
  );
  return `numgen random mod ${endpoints.length} ${hasAffinity ? "vmap" : "map"} { ${choices.join(" , ")} }`;
}
