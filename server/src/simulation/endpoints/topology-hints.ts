import type { SimulatedNode } from "../nodes.ts";
import type { SliceChanges, WithEndpoints } from "./hints.ts";
import { isHintable, mapEndpoints, setHints, withoutHints } from "./hints.ts";
import type { Endpoint } from "./slice.ts";

/** Why zone hints are given or not; the controller's event texts stand behind these ids. */
export type TopologyMessage =
  | "InsufficientNodeInfo"
  | "NodesReadyInOneZoneOnly"
  | "InsufficientNumberOfEndpoints"
  | "MinAllocationExceedsOverloadThreshold"
  | "NoZoneSpecified"
  | "NoAllocatedHintsForZones"
  | "TopologyAwareHintsEnabled";

/** How many endpoints a zone should, must at least, and may at most have. */
export interface Allocation {
  readonly minimum: number;
  readonly maximum: number;
  readonly desired: number;
}

/** The slices with their hints, and why they have them or not. */
export interface TopologyResult<S extends WithEndpoints> extends SliceChanges<S> {
  /** Hints per zone afterwards; `undefined` where hints are off. */
  readonly hintsByZone: Readonly<Record<string, number>> | undefined;
  readonly message: TopologyMessage;
}

/** An endpoint may get at most a fifth more traffic than its even share. */
const OVERLOAD_THRESHOLD = 0.2;

/** Each zone's part of the allocatable CPU, `undefined` where hints are impossible. Imitates k8s.io/endpointslice, topologycache/topologycache.go, SetNodes, v1.36. */
export function cpuRatioByZone(nodes: readonly SimulatedNode[]): Readonly<Record<string, number>> | undefined {
  const counted = nodes.filter((node) => node.ready !== false && !isControlPlane(node));
  if (counted.some((node) => (node.zone ?? "") === "" || cpuOf(node) === 0)) return undefined;
  const total = counted.reduce((sum, node) => sum + cpuOf(node), 0);
  const byZone: Record<string, number> = {};
  for (const node of counted) byZone[node.zone ?? ""] = (byZone[node.zone ?? ""] ?? 0) + cpuOf(node);
  if (Object.keys(byZone).length < 2) return undefined;
  return Object.fromEntries(sortedEntries(byZone).map(([zone, cpu]) => [zone, cpu / total]));
}

/** Gives every ready endpoint a zone hint so that each zone has its part of them, or removes all hints. Imitates k8s.io/endpointslice, topologycache/topologycache.go, AddHints, v1.36. */
export function topologyHints<S extends WithEndpoints>(
  slices: SliceChanges<S>,
  ratios: Readonly<Record<string, number>> | undefined,
): TopologyResult<S> {
  const total = [...slices.create, ...slices.update, ...slices.unchanged].reduce(
    (sum, slice) => sum + slice.endpoints.filter(isHintable).length,
    0,
  );
  const allocations = allocate(total, ratios);
  if (typeof allocations === "string") return { ...withoutHints(slices), hintsByZone: undefined, message: allocations };
  const { kept, outdated, hintsByZone } = countUnchanged(slices.unchanged, allocations);
  const update = [...slices.update, ...outdated];
  const allocatable = [...slices.create, ...update];
  if (
    allocatable.some((slice) =>
      slice.endpoints.some((endpoint) => isHintable(endpoint) && (endpoint.zone ?? "") === ""),
    )
  )
    return {
      ...withoutHints({ ...slices, update, unchanged: kept }),
      hintsByZone: undefined,
      message: "NoZoneSpecified",
    };
  const local = allocatable.map((slice) =>
    mapEndpoints(slice, (endpoint) =>
      setHints(endpoint, isHintable(endpoint) ? zoneHints(endpoint.zone ?? "") : undefined),
    ),
  );
  for (const slice of local)
    for (const endpoint of slice.endpoints.filter(isHintable)) add(hintsByZone, endpoint.zone ?? "", 1);
  const { giving, receiving } = zonesToRebalance(allocations, hintsByZone);
  const moved = redistribute(local, giving, receiving);
  for (const [zone, change] of Object.entries(moved.changeByZone)) add(hintsByZone, zone, change);
  const result = {
    create: moved.slices.slice(0, slices.create.length),
    update: moved.slices.slice(slices.create.length),
    unchanged: kept,
  };
  if (Object.keys(hintsByZone).length === 0)
    return { ...withoutHints(result), hintsByZone: undefined, message: "NoAllocatedHintsForZones" };
  return { ...result, hintsByZone, message: "TopologyAwareHintsEnabled" };
}

/** Hints per zone of a slice that may stay as it is, `undefined` where it may not. Imitates k8s.io/endpointslice, topologycache/utils.go, getHintsByZone, v1.36. */
export function countHints(
  endpoints: readonly Endpoint[],
  maximum: Readonly<Record<string, number>>,
  allocated: Readonly<Record<string, number>>,
): Readonly<Record<string, number>> | undefined {
  const counts: Record<string, number> = {};
  for (const endpoint of endpoints.filter(isHintable)) {
    const zones = endpoint.hints?.forZones ?? [];
    if (zones.length === 0 || zones.some(({ name }) => maximum[name] === undefined)) return undefined;
    for (const { name } of zones) add(counts, name, 1);
  }
  const isOver = Object.entries(counts).some(([zone, count]) => count + (allocated[zone] ?? 0) > (maximum[zone] ?? 0));
  return isOver ? undefined : counts;
}

/** How many endpoints zones give away and get. Imitates k8s.io/endpointslice, topologycache/utils.go, getGivingAndReceivingZones, v1.36. */
export function zonesToRebalance(
  allocations: Readonly<Record<string, Pick<Allocation, "desired">>>,
  allocated: Readonly<Record<string, number>>,
): { readonly giving: Record<string, number>; readonly receiving: Record<string, number> } {
  const surplus: Record<string, number> = {};
  const lack: Record<string, number> = {};
  for (const [zone, { desired }] of sortedEntries(allocations)) {
    const difference = (allocated[zone] ?? 0) - desired;
    if (difference > 0) surplus[zone] = difference;
    if (difference < 0) lack[zone] = -difference;
  }
  const giving: Record<string, number> = {};
  const receiving: Record<string, number> = {};
  for (;;) {
    const from = greatest(surplus);
    const to = greatest(lack);
    if (from === undefined || to === undefined) break;
    const [give, receive] = [surplus[from] ?? 0, lack[to] ?? 0];
    if ((give < 1 && receive < 1) || give < 0.5 || receive < 0.5) break;
    add(giving, from, 1);
    add(surplus, from, -1);
    add(receiving, to, 1);
    add(lack, to, -1);
  }
  return { giving, receiving };
}

/** Moves hints from giving to receiving zones, in the order of the endpoints. Imitates k8s.io/endpointslice, topologycache/utils.go, redistributeHints, v1.36 (which takes receiving zones at random). */
export function redistribute<S extends WithEndpoints>(
  slices: readonly S[],
  giving: Readonly<Record<string, number>>,
  receiving: Readonly<Record<string, number>>,
): { readonly slices: readonly S[]; readonly changeByZone: Readonly<Record<string, number>> } {
  const [left, wanted] = [{ ...giving }, { ...receiving }];
  const changeByZone: Record<string, number> = {};
  const move = (endpoint: Endpoint): Endpoint => {
    const from = endpoint.zone ?? "";
    const to = sortedEntries(wanted).find(([, count]) => count > 0)?.[0];
    if (!isHintable(endpoint) || to === undefined || (left[from] ?? 0) <= 0) return endpoint;
    add(left, from, -1);
    add(wanted, to, -1);
    add(changeByZone, to, 1);
    add(changeByZone, from, -1);
    return setHints(endpoint, zoneHints(to));
  };
  return { slices: slices.map((slice) => mapEndpoints(slice, move)), changeByZone };
}

/** Imitates k8s.io/endpointslice, topologycache/topologycache.go, getAllocations, v1.36. */
function allocate(
  endpoints: number,
  ratios: Readonly<Record<string, number>> | undefined,
): Readonly<Record<string, Allocation>> | TopologyMessage {
  if (ratios === undefined) return "InsufficientNodeInfo";
  const zones = sortedEntries(ratios);
  if (zones.length < 2) return "NodesReadyInOneZoneOnly";
  if (zones.length > endpoints) return "InsufficientNumberOfEndpoints";
  const minimum = (ratio: number): number => Math.ceil(ratio * endpoints * (1 / (1 + OVERLOAD_THRESHOLD)));
  const spare = endpoints - zones.reduce((sum, [, ratio]) => sum + minimum(ratio), 0);
  if (spare < 0) return "MinAllocationExceedsOverloadThreshold";
  return Object.fromEntries(
    zones.map(([zone, ratio]) => [
      zone,
      {
        minimum: minimum(ratio),
        maximum: minimum(ratio) + spare,
        desired: Math.max(ratio * endpoints, minimum(ratio)),
      },
    ]),
  );
}

/** Splits the unchanged slices into those whose hints can stay and those that must be written anew. */
function countUnchanged<S extends WithEndpoints>(
  unchanged: readonly S[],
  allocations: Readonly<Record<string, Allocation>>,
): { readonly kept: readonly S[]; readonly outdated: readonly S[]; readonly hintsByZone: Record<string, number> } {
  const maximum = Object.fromEntries(
    Object.entries(allocations).map(([zone, allocation]) => [zone, allocation.maximum]),
  );
  const [kept, outdated]: [S[], S[]] = [[], []];
  const hintsByZone: Record<string, number> = {};
  for (const slice of unchanged) {
    const counts = countHints(slice.endpoints, maximum, hintsByZone);
    (counts === undefined ? outdated : kept).push(slice);
    for (const [zone, count] of Object.entries(counts ?? {})) add(hintsByZone, zone, count);
  }
  return { kept, outdated, hintsByZone };
}

function zoneHints(zone: string): { readonly forZones: readonly { readonly name: string }[] } {
  return { forZones: [{ name: zone }] };
}

/** The zone with the greatest positive number; the first by name among equals, where the controller takes any. */
function greatest(numbers: Readonly<Record<string, number>>): string | undefined {
  let found: string | undefined;
  for (const [zone, number] of sortedEntries(numbers))
    if (number > (found === undefined ? 0 : (numbers[found] ?? 0))) found = zone;
  return found;
}

function add(counts: Record<string, number>, key: string, change: number): void {
  counts[key] = (counts[key] ?? 0) + change;
}

function sortedEntries<T>(record: Readonly<Record<string, T>>): readonly (readonly [string, T])[] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}

function cpuOf(node: SimulatedNode): number {
  return node.cpuMilli ?? 1000;
}

function isControlPlane(node: SimulatedNode): boolean {
  const labels = node.labels ?? {};
  return "node-role.kubernetes.io/control-plane" in labels || "node-role.kubernetes.io/master" in labels;
}
