import { canonicalJson } from "../../base/json.ts";
import type { SliceChanges } from "./hints.ts";
import { setHints } from "./hints.ts";
import { portsKey } from "./ports.ts";
import type { Endpoint, EndpointPort, Slice } from "./slice.ts";
import { endpointObject } from "./slice.ts";

/** Endpoints that the pods of one port list should have. */
export interface DesiredGroup {
  readonly ports: readonly EndpointPort[];
  readonly endpoints: readonly Endpoint[];
}

/** What one sync writes, leaves alone and deletes. */
export interface PackingResult extends SliceChanges<Slice> {
  readonly delete: readonly Slice[];
}

/**
 * Distributes the desired endpoints of one address type over the existing slices and new ones, as one sync does.
 * Imitates k8s.io/endpointslice, reconciler.go, reconcileByAddressType, reconcileByPortMapping and finalize, v1.36 (flag --max-endpoints-per-slice, 100 by default).
 * @param template a slice without ports and endpoints: what new slices look like; existing ones take over its labels
 */
export function packSlices(
  template: Slice,
  desired: readonly DesiredGroup[],
  existing: readonly Slice[],
  maximum: number,
): PackingResult {
  const result: { create: Slice[]; update: Slice[]; unchanged: Slice[]; delete: Slice[] } = {
    create: [],
    update: [],
    unchanged: [],
    delete: [],
  };
  const keys = new Set(desired.map(({ ports }) => portsKey(ports)));
  for (const group of desired) {
    const key = portsKey(group.ports);
    const packed = packGroup(
      { ...template, ports: group.ports },
      group.endpoints,
      existing.filter((slice) => portsKey(slice.ports) === key),
      maximum,
    );
    result.create.push(...packed.create);
    result.update.push(...packed.update);
    result.unchanged.push(...packed.unchanged);
    result.delete.push(...packed.delete);
  }
  result.delete.push(...existing.filter((slice) => !keys.has(portsKey(slice.ports))));
  if (existing.length === result.delete.length && result.create.length === 0) addPlaceholder(template, result);
  return reuseDeleted(result);
}

/** A Service without endpoints keeps one empty slice. */
function addPlaceholder(template: Slice, result: { create: Slice[]; unchanged: Slice[]; delete: Slice[] }): void {
  const only = result.delete[0];
  if (result.delete.length === 1 && only?.endpoints.length === 0 && only.ports.length === 0)
    result.unchanged.push(...result.delete.splice(0));
  else result.create.push(template);
}

/** Slices that would be deleted are overwritten with what would be created. */
function reuseDeleted(result: PackingResult): PackingResult {
  const reused = Math.min(result.create.length, result.delete.length);
  const rewritten = result.create
    .slice(0, reused)
    .map((slice, index) => ({ ...slice, ...nameOf(result.delete[index]) }));
  return {
    ...result,
    create: result.create.slice(reused),
    update: [...result.update, ...rewritten],
    delete: result.delete.slice(reused),
  };
}

function nameOf(slice: Slice | undefined): { readonly name?: string } {
  return slice?.name === undefined ? {} : { name: slice.name };
}

function packGroup(
  template: Slice,
  desired: readonly Endpoint[],
  existing: readonly Slice[],
  maximum: number,
): PackingResult {
  const open = new Map(desired.map((endpoint) => [endpointKey(endpoint), endpoint]));
  const { update, unchanged, deleted } = keepExisting(template, open, existing);
  const rest = [...open.values()];
  const filled = [...update]
    .sort((a, b) => b.endpoints.length - a.endpoints.length)
    .map((slice) => fill(slice, rest, maximum));
  const create: Slice[] = [];
  while (rest.length > 0) {
    const roomy = rest.length < maximum ? fullestWithRoom(unchanged, rest.length, maximum) : undefined;
    if (roomy === undefined) create.push(fill({ ...template, endpoints: [] }, rest, maximum));
    else filled.push(fill(unchanged.splice(unchanged.indexOf(roomy), 1)[0] ?? roomy, rest, maximum));
  }
  return { create, update: filled, unchanged, delete: deleted };
}

/** Takes from the open endpoints those that existing slices already hold. */
function keepExisting(
  template: Slice,
  open: Map<string, Endpoint>,
  existing: readonly Slice[],
): { update: Slice[]; unchanged: Slice[]; deleted: Slice[] } {
  const [update, unchanged, deleted]: [Slice[], Slice[], Slice[]] = [[], [], []];
  for (const slice of existing) {
    const kept = slice.endpoints.flatMap((endpoint) => takeEqual(open, endpoint));
    const isSame =
      kept.length === slice.endpoints.length &&
      kept.every((endpoint, index) => sameBeyondKey(endpoint, slice.endpoints[index]));
    if (isSame && canonicalJson({ ...slice.labels }) === canonicalJson({ ...template.labels })) unchanged.push(slice);
    else if (kept.length === 0 && slice.endpoints.length > 0) deleted.push(slice);
    else update.push({ ...slice, labels: template.labels, endpoints: kept });
  }
  return { update, unchanged, deleted };
}

function takeEqual(open: Map<string, Endpoint>, endpoint: Endpoint): readonly Endpoint[] {
  const key = endpointKey(endpoint);
  const found = open.get(key);
  open.delete(key);
  return found === undefined ? [] : [found];
}

/** Moves as many of the remaining endpoints into the slice as it holds. */
function fill(slice: Slice, rest: Endpoint[], maximum: number): Slice {
  const room = Math.max(0, maximum - slice.endpoints.length);
  return room === 0 || rest.length === 0
    ? slice
    : { ...slice, endpoints: [...slice.endpoints, ...rest.splice(0, room)] };
}

/** Imitates k8s.io/endpointslice, utils.go, getSliceToFill, v1.36. */
function fullestWithRoom(slices: readonly Slice[], needed: number, maximum: number): Slice | undefined {
  let fullest: Slice | undefined;
  for (const slice of slices) {
    const size = slice.endpoints.length;
    if (size + needed <= maximum && size > (fullest?.endpoints.length ?? -1)) fullest = slice;
  }
  return fullest;
}

/** What makes endpoints the same one. Imitates k8s.io/endpointslice, util/endpointset.go, hashEndpoint, v1.36. */
function endpointKey(endpoint: Endpoint): string {
  const { namespace, name } = endpoint.targetRef ?? {};
  return canonicalJson([[...endpoint.addresses].sort(), endpoint.hostname ?? "", namespace ?? "", name ?? ""]);
}

/** Hints do not count: they are written afterwards. */
function sameBeyondKey(a: Endpoint, b: Endpoint | undefined): boolean {
  if (b === undefined) return false;
  return (
    canonicalJson(endpointObject(setHints(a, undefined))) === canonicalJson(endpointObject(setHints(b, undefined)))
  );
}
