import { numberAt } from "../../base/json.ts";
import { annotation, byCreation, maxInt32 } from "./deployment-state.ts";
import type { Deployment, ReplicaSet } from "./deployment-state.ts";

const maxHistoryCharacters = 2000;

const notCopied: ReadonlySet<string> = new Set(Object.values(annotation));

/** A set's revision; 0 where its annotation is no number. */
export function revisionOf(set: ReplicaSet): number {
  return parseRevision(set.annotations[annotation.revision]) ?? 0;
}

/**
 * The new set's annotations: the Deployment's own, and the revision; a set that is taken again notes its former revision. The same object where nothing changes.
 * Imitates kube-controller-manager, pkg/controller/deployment/util/deployment_util.go, SetNewReplicaSetAnnotations, v1.36.
 */
export function newSetAnnotations(
  deployment: Deployment,
  present: Readonly<Record<string, string>>,
  revision: number,
): Readonly<Record<string, string>> {
  // Copied at the first change alone: nearly always there is none.
  let next = present;
  const put = (key: string, value: string): void => {
    if (next[key] !== value) next = { ...next, [key]: value };
  };
  for (const [key, value] of Object.entries(deployment.annotations)) if (!notCopied.has(key)) put(key, value);
  const written = present[annotation.revision];
  const before = written === "" ? 0 : parseRevision(written);
  if (before !== undefined && before < revision) {
    put(annotation.revision, String(revision));
    if (written !== undefined) put(annotation.revisionHistory, history(present[annotation.revisionHistory], written));
  }
  return next;
}

/** Former revisions, comma separated; the oldest are dropped where the text would be too long. */
function history(present: string | undefined, revision: string): string {
  if (present === undefined || present === "") return revision;
  let kept = present.split(",");
  while (kept.length > 0 && [...kept, revision].join(",").length > maxHistoryCharacters) kept = kept.slice(1);
  return [...kept, revision].join(",");
}

/**
 * The old sets that the revision history limit removes: of as many as are too many, the lowest revisions first, those that are empty.
 * Imitates kube-controller-manager, pkg/controller/deployment/sync.go, cleanupDeployment, v1.36.
 */
export function setsBeyondHistory(deployment: Deployment, oldSets: readonly ReplicaSet[]): readonly ReplicaSet[] {
  const limit = numberAt(deployment.spec, "revisionHistoryLimit") ?? maxInt32;
  if (limit === maxInt32) return [];
  const candidates = oldSets.filter((set) => !set.deleted);
  const excess = candidates.length - limit;
  if (excess <= 0) return [];
  return candidates
    .toSorted(byRevision)
    .slice(0, excess)
    .filter((set) => set.status.replicas === 0 && set.replicas === 0 && set.observed);
}

/** Ascending; where a revision cannot be read, by creation (pkg/controller/controller_utils.go, ReplicaSetsByRevision, v1.36). */
function byRevision(a: ReplicaSet, b: ReplicaSet): number {
  const left = parseRevision(a.annotations[annotation.revision]);
  const right = parseRevision(b.annotations[annotation.revision]);
  if (left === undefined || right === undefined || left === right) return byCreation(a, b);
  return left - right;
}

/** No annotation counts as 0, one that is no number as unknown (deployment_util.go, Revision, v1.36). */
function parseRevision(text: string | undefined): number | undefined {
  if (text === undefined) return 0;
  return /^[+-]?[0-9]+$/.test(text) ? Number(text) : undefined;
}
