import type { JsonObject } from "../../base/json.ts";
import { templatesEqual } from "./deployment-state.ts";

/** A kept pod template of a StatefulSet or DaemonSet. */
export interface ControllerRevision {
  readonly name: string;
  readonly revision: number;
  readonly template: JsonObject;
}

/** Gives the revision of a new template its name: `web-<new>`. */
export type NameRevision = (revision: number) => string;

/**
 * The kept revisions, ascending, with the one of this template last: found again it takes the next number, else it is made.
 * Imitates kube-controller-manager, pkg/controller/statefulset/stateful_set_control.go, getStatefulSetRevisions, v1.36.
 */
export function withUpdateRevision(
  revisions: readonly ControllerRevision[],
  template: JsonObject,
  name: NameRevision,
): readonly ControllerRevision[] {
  const last = revisions.at(-1);
  if (last !== undefined && templatesEqual(last.template, template)) return revisions;
  const revision = (last?.revision ?? 0) + 1;
  const equal = revisions.findLast((candidate) => templatesEqual(candidate.template, template));
  if (equal === undefined) return [...revisions, { name: name(revision), revision, template }];
  return [...revisions.filter((candidate) => candidate !== equal), { ...equal, revision }];
}

/** Drops the lowest revisions that no pod needs, down to the limit (stateful_set_control.go, truncateHistory, v1.36). */
export function withinHistory(
  revisions: readonly ControllerRevision[],
  live: ReadonlySet<string>,
  limit: number,
): readonly ControllerRevision[] {
  const unused = revisions.filter((revision) => !live.has(revision.name));
  if (limit < 0 || unused.length <= limit) return revisions;
  const dropped = new Set(unused.slice(0, unused.length - limit));
  return revisions.filter((revision) => !dropped.has(revision));
}
