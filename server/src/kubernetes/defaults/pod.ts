import { arrayAt, at, isObject, objectAt, textAt } from "../../base/json.ts";
import type { JsonObject, JsonValue } from "../../base/json.ts";
import { isSidecar } from "../find-port.ts";
import { addQuantities, compareQuantities, parseQuantity, quantityText } from "../quantity.ts";
import type { Quantity } from "../quantity.ts";
import { changed, fillAbsent, fillEmpty, inEach, inField, inStruct, isZero, when, withoutEmpty } from "./change.ts";
import type { Change } from "./change.ts";
import { container } from "./container.ts";
import { requestsFromLimits, resourceList, resourceRequirements } from "./resources.ts";
import { volume } from "./volume.ts";

/** Defaults of every pod's `spec`, in templates, too (pkg/apis/core/v1/defaults.go, SetDefaults_PodSpec, v1.36). */
const podSpec: Change = (spec) =>
  changed(
    spec,
    fillEmpty({ restartPolicy: "Always", dnsPolicy: "ClusterFirst", schedulerName: "default-scheduler" }),
    fillAbsent({ terminationGracePeriodSeconds: 30, securityContext: {} }),
    inEach("containers", container),
    inEach("initContainers", container),
    inEach("ephemeralContainers", container),
    inEach("volumes", volume),
    inEach("tolerations", withoutEmpty("key", "operator", "value", "effect")),
    inField("overhead", resourceList),
    inField("resources", resourceRequirements),
  );

/** A workload's pod template. */
export const podTemplate: Change = (template) => changed(template, inStruct("metadata"), inStruct("spec", podSpec));

/** What pods get beyond their templates (pkg/apis/core/v1/defaults.go, SetDefaults_Pod, v1.36). */
export const pod: Change = inStruct(
  "spec",
  podSpec,
  inEach("containers", requestsFromLimits),
  inEach("initContainers", requestsFromLimits),
  (spec) => inField("resources", podLevelHugePages(spec), podLevelRequests(spec))(spec),
  fillAbsent({ enableServiceLinks: true }),
  when(
    (spec) => at(spec, "hostNetwork") === true,
    inEach("containers", hostPorts),
    inEach("initContainers", hostPorts),
  ),
);

function hostPorts(object: JsonObject): JsonObject {
  return inEach("ports", (port) =>
    isZero(port["hostPort"]) && port["containerPort"] !== undefined
      ? { ...port, hostPort: port["containerPort"] }
      : port,
  )(object);
}

/** Limits of huge pages of the whole pod where it writes other resources: those of its containers (defaultHugePagePodLimits, v1.36). */
function podLevelHugePages(spec: JsonObject): Change {
  return (resources) => {
    const [limits, requests] = [objectAt(resources, "limits") ?? {}, objectAt(resources, "requests") ?? {}];
    if (Object.keys(limits).length === 0 && Object.keys(requests).length === 0) return resources;
    const hugePages = Object.entries(containerTotals(spec, "limits")).filter(
      ([name]) => name.startsWith("hugepages-") && !(name in requests) && !(name in limits),
    );
    return hugePages.length === 0
      ? resources
      : { ...resources, limits: { ...limits, ...Object.fromEntries(hugePages) } };
  };
}

/** Requests of the whole pod, where its limits are written: from its containers, else from those limits (defaultPodRequests, v1.36). */
function podLevelRequests(spec: JsonObject): Change {
  return (resources) => {
    const limits = objectAt(resources, "limits") ?? {};
    if (Object.keys(limits).length === 0) return resources;
    const fromContainers = containerTotals(spec, "requests");
    const inherited = Object.fromEntries(
      [...Object.entries(limits), ...Object.entries(fromContainers)].filter(([name]) => isPodLevelResource(name)),
    );
    const requests = { ...inherited, ...objectAt(resources, "requests") };
    return Object.keys(requests).length === 0 ? resources : { ...resources, requests };
  };
}

function isPodLevelResource(name: string): boolean {
  return name === "cpu" || name === "memory" || name.startsWith("hugepages-");
}

/**
 * What containers request, or are limited to, together: all at once, or any init container with the sidecars before it.
 * Imitates component-helpers, resource/helpers.go, AggregateContainerRequests and AggregateContainerLimits, v1.36.
 */
function containerTotals(spec: JsonObject, field: "limits" | "requests"): JsonObject {
  const running = new Map<string, Quantity>();
  const sidecars = new Map<string, Quantity>();
  const initial = new Map<string, Quantity>();
  for (const entry of arrayAt(spec, "containers")) combine(running, amountsOf(entry, field), addQuantities);
  for (const entry of arrayAt(spec, "initContainers")) {
    const amounts = amountsOf(entry, field);
    if (isSidecar(entry)) {
      combine(running, amounts, addQuantities);
      combine(sidecars, amounts, addQuantities);
      combine(initial, sidecars, larger);
    } else {
      const together = new Map(sidecars);
      combine(together, amounts, addQuantities);
      combine(initial, together, larger);
    }
  }
  combine(running, initial, larger);
  return Object.fromEntries([...running].map(([name, quantity]) => [name, quantityText(quantity)]));
}

function combine(
  totals: Map<string, Quantity>,
  amounts: ReadonlyMap<string, Quantity>,
  merge: (a: Quantity, b: Quantity) => Quantity,
): void {
  for (const [name, amount] of amounts) {
    const total = totals.get(name);
    totals.set(name, total === undefined ? amount : merge(total, amount));
  }
}

function larger(a: Quantity, b: Quantity): Quantity {
  return compareQuantities(a, b) < 0 ? b : a;
}

function amountsOf(entry: JsonValue, field: "limits" | "requests"): ReadonlyMap<string, Quantity> {
  const names = isObject(entry) ? Object.keys(objectAt(entry, "resources", field) ?? {}) : [];
  return new Map(
    names.flatMap((name) => {
      const quantity = parseQuantity(textAt(entry, "resources", field, name) ?? "").value;
      return quantity === undefined ? [] : [[name, quantity] as const];
    }),
  );
}
