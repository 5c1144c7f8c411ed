import { canonicalJson, numberAt } from "../../base/json.ts";
import type { Environment, OpenReason, Resource } from "../../index/types.ts";
import { hashSuffix } from "../../kustomize/generators/hash.ts";
import { defaulted } from "../../resolve/to-scenario.ts";
import { isService } from "../services-at.ts";

/** An object before and after a change; at least one of them is there. */
export type Pair =
  | { readonly old: Resource | undefined; readonly fresh: Resource }
  | { readonly old: Resource; readonly fresh: undefined };

export function newest({ old, fresh }: Pair): Resource {
  return fresh ?? old;
}

/** An object that comes, goes, gets another generated name, or another number of pods. */
export interface ObjectReview {
  /** `Deployment/web`. */
  readonly object: string;
  readonly namespace: string | null;
  readonly change: "added" | "removed" | "renamed" | "scaled";
  readonly resource: Resource;
  /** For `renamed`: the object before it. */
  readonly was?: string;
  /** For `scaled`. */
  readonly replicas?: { readonly before: number; readonly after: number };
}

/** Objects other than Services, which are reviewed by what they reach. */
export function reviewObjects(pairs: readonly Pair[]): readonly ObjectReview[] {
  const others = pairs.filter((pair) => !isService(newest(pair)));
  const gone = others.flatMap(({ old, fresh }) => (old !== undefined && fresh === undefined ? [old] : []));
  const renamed = new Set<Resource>();
  const present = others.flatMap(({ old, fresh }): readonly ObjectReview[] => {
    if (fresh === undefined) return [];
    if (old !== undefined) return reviewReplicas(old, fresh);
    const before = gone.find((each) => !renamed.has(each) && isSameGenerator(each, fresh));
    if (before === undefined) return [{ ...nameOf(fresh), change: "added", resource: fresh }];
    renamed.add(before);
    return [{ ...nameOf(fresh), change: "renamed", resource: fresh, was: nameOf(before).object }];
  });
  const removed = gone.filter((each) => !renamed.has(each));
  return [...removed.map((each): ObjectReview => ({ ...nameOf(each), change: "removed", resource: each })), ...present];
}

/** What keeps parts of one side from being seen, and not of the other: where they differ, so may what is told. */
export function differentReasons(one: Environment | undefined, other: Environment | undefined): readonly OpenReason[] {
  const keys = new Set((other?.open ?? []).map(keyOf));
  return (one?.open ?? []).filter((reason) => hiding.has(reason.code) && !keys.has(keyOf(reason)));
}

const hiding: ReadonlySet<OpenReason["code"]> = new Set([
  "build-fails",
  "broken-document",
  "unread-file",
  "remote-base",
]);

function keyOf({ code, subject }: OpenReason): string {
  return canonicalJson([code, subject]);
}

/** `shop/Deployment/web`. */
export function fullName({ object, namespace }: Pick<ObjectReview, "object" | "namespace">): string {
  return namespace === null ? object : `${namespace}/${object}`;
}

function nameOf({ kind, name, namespace }: Resource): Pick<ObjectReview, "object" | "namespace"> {
  return { object: `${kind}/${name}`, namespace };
}

function reviewReplicas(old: Resource, fresh: Resource): readonly ObjectReview[] {
  const before = numberAt(defaulted(old), "spec", "replicas");
  const after = numberAt(defaulted(fresh), "spec", "replicas");
  if (before === undefined || after === undefined || before === after) return [];
  return [{ ...nameOf(fresh), change: "scaled", resource: fresh, replicas: { before, after } }];
}

/** ConfigMaps and Secrets whose names differ in the hash of their contents alone. */
function isSameGenerator(old: Resource, fresh: Resource): boolean {
  return (
    old.group === "" &&
    (old.kind === "ConfigMap" || old.kind === "Secret") &&
    old.kind === fresh.kind &&
    old.namespace === fresh.namespace &&
    hashSuffix.test(old.name) &&
    hashSuffix.test(fresh.name) &&
    old.name.replace(hashSuffix, "") === fresh.name.replace(hashSuffix, "")
  );
}
