import { at, numberAt, objectAt, textAt, textMapAt } from "../../base/json.ts";
import type { JsonObject } from "../../base/json.ts";
import { resolveFenceposts } from "../rollout/deployment-arithmetic.ts";
import { conditionOf, isComplete } from "../rollout/deployment-progress.ts";
import { lastRevision, withTemplate } from "../rollout/deployment-rollback.ts";
import { revisionOf } from "../rollout/deployment-revisions.ts";
import { annotation, desiredReplicas, isPaused, newDeployment, specOf, withSpec } from "../rollout/deployment-state.ts";
import type { Condition, Deployment, DeploymentStatus, ReplicaSet } from "../rollout/deployment-state.ts";
import { findNewReplicaSet } from "../rollout/deployment-sync.ts";
import { reconcileDeployment } from "../rollout/deployment.ts";
import type { ConditionRow, Fenceposts, ReplicaSetRow } from "../timeline.ts";
import type { Cluster } from "./cluster.ts";
import { hasSameFields } from "../same-fields.ts";
import type { RevisionNames } from "./names.ts";
import type { Pod, PodGroup } from "./pods.ts";
import { ReplicaSetPods } from "./replica-set-pods.ts";
import { replicaSetOf } from "./replica-set-workload.ts";
import type { Workload, WorkloadState } from "./workload.ts";

/** A Deployment with its ReplicaSets. */
export class DeploymentWorkload implements Workload {
  readonly kind = "Deployment";
  readonly id: string;
  readonly #cluster: Cluster;
  readonly #names: RevisionNames;
  readonly #pods = new Map<string, ReplicaSetPods>();
  #object: JsonObject;
  #deployment: Deployment;
  #sets: readonly ReplicaSet[];

  /** `history`: ReplicaSets of earlier revisions, as API objects. */
  constructor(cluster: Cluster, object: JsonObject, history: readonly JsonObject[], names: RevisionNames) {
    this.#cluster = cluster;
    this.#names = names;
    this.#object = object;
    this.#deployment = newDeployment(object);
    this.id = `Deployment/${this.#deployment.name}`;
    this.#sets = history.map(replicaSetOf);
  }

  get namespace(): string {
    return this.#deployment.namespace;
  }

  get name(): string {
    return this.#deployment.name;
  }

  get desired(): number {
    return desiredReplicas(this.#deployment);
  }

  sync(): boolean {
    const podsChanged = this.#syncReplicaSets();
    const before = this.#deployment;
    const output = reconcileDeployment({
      deployment: before,
      sets: this.#sets,
      pods: { unfinished: (set) => this.#groupOf(set).pods.size },
      nameReplicaSet: (revision) => this.#names.revision(revision),
      now: this.#cluster.now,
    });
    for (const event of output.events) this.#cluster.record(this.id, event);
    if (output.requeueAfter !== undefined) {
      this.#cluster.requeueAt(this.#cluster.now + waitBeforeNextLook(output.requeueAfter));
    }
    const setsChanged = this.#takeSets(output.sets);
    this.#deployment = output.deployment;
    // Between two syncs of a Deployment its ReplicaSets have caught up.
    this.#syncReplicaSets();
    return podsChanged || setsChanged || (before !== output.deployment && !isSame(before, output.deployment));
  }

  apply(object: JsonObject): void {
    this.#object = object;
    const revision = this.#deployment.annotations[annotation.revision];
    const annotations = textMapAt(object, "metadata", "annotations");
    this.#deployment = {
      ...this.#deployment,
      annotations: revision === undefined ? annotations : { ...annotations, [annotation.revision]: revision },
    };
    this.#deployment = withSpec(this.#deployment, specOf(object));
  }

  scale(replicas: number): void {
    this.#deployment = withSpec(this.#deployment, { ...this.#deployment.spec, replicas });
  }

  undo(toRevision: number): void {
    const revision = toRevision === 0 ? lastRevision(this.#sets) : toRevision;
    const set = this.#sets.find((candidate) => revisionOf(candidate) === revision);
    if (set === undefined || isPaused(this.#deployment)) return;
    this.#deployment = withTemplate(this.#deployment, set.template);
  }

  object(): JsonObject {
    return this.snapshot()();
  }

  snapshot(): () => JsonObject {
    const [object, deployment] = [this.#object, this.#deployment];
    return () => deploymentObject(object, deployment);
  }

  rows(): readonly ReplicaSetRow[] {
    const newSet = this.#newSet;
    return this.#sets
      .filter((set) => set === newSet || set.replicas > 0 || this.#groupOf(set).pods.size > 0)
      .map((set) => {
        const { ready, available, terminating } = this.#groupOf(set);
        const role = set === newSet ? "new" : "old";
        const counts = { replicas: set.replicas, ready, available, terminating };
        return { workload: this.id, name: set.name, revision: revisionOf(set), role, ...counts };
      });
  }

  /** All sets, those without pods too: what `kubectl get replicasets` lists. */
  get sets(): readonly ReplicaSet[] {
    return this.#sets;
  }

  groups(): readonly PodGroup[] {
    return this.#sets.map((set) => this.#groupOf(set));
  }

  revisionOf(pod: Pod): number {
    const set = this.#sets.find((candidate) => candidate.name === pod.revision);
    return set === undefined ? 0 : revisionOf(set);
  }

  isNew(pod: Pod): boolean {
    return this.#newSet?.name === pod.revision;
  }

  conditions(): readonly ConditionRow[] {
    return this.#deployment.status.conditions.map(conditionRow);
  }

  fenceposts(): Fenceposts {
    return deploymentFenceposts(this.#deployment.spec);
  }

  get state(): WorkloadState {
    const { status } = this.#deployment;
    const reason = conditionOf(status, "Progressing")?.reason;
    return {
      isComplete: isComplete(this.#deployment, status),
      deadlineExceeded: reason === "ProgressDeadlineExceeded",
      isPaused: isPaused(this.#deployment),
    };
  }

  get #newSet(): ReplicaSet | undefined {
    return findNewReplicaSet(this.#deployment, this.#sets);
  }

  #takeSets(sets: readonly ReplicaSet[]): boolean {
    const before = this.#sets;
    if (sets.length === before.length && sets.every((set, index) => set === before[index])) return false;
    this.#sets = sets;
    return true;
  }

  #syncReplicaSets(): boolean {
    const before = this.#sets;
    const related = (): readonly PodGroup[] => this.groups();
    const after = before.map((set) => this.#podsOf(set).sync(set, related));
    return this.#takeSets(after);
  }

  #groupOf(set: ReplicaSet): PodGroup {
    return this.#podsOf(set).group;
  }

  #podsOf(set: ReplicaSet): ReplicaSetPods {
    let pods = this.#pods.get(set.name);
    if (pods === undefined) {
      pods = new ReplicaSetPods(this.#cluster, this, this.#names);
      this.#pods.set(set.name, pods);
    }
    return pods;
  }
}

/**
 * A second more than what is left, so that it does not come too early; where less than a second is left, as soon as the rate limiter lets it.
 * Imitates kube-controller-manager, pkg/controller/deployment/progress.go, requeueStuckDeployment, v1.36.
 */
function waitBeforeNextLook(requeueAfterMs: number): number {
  return requeueAfterMs === 0 ? shortestWaitMs : requeueAfterMs + 1000;
}

/** client-go, util/workqueue/default_rate_limiters.go, DefaultTypedControllerRateLimiter, v1.36. */
const shortestWaitMs = 5;

/** The bounds of a rolling update; for Recreate neither surge nor minimum. */
export function deploymentFenceposts(spec: JsonObject): Fenceposts {
  const replicas = numberAt(spec, "replicas") ?? 1;
  if (textAt(spec, "strategy", "type") === "Recreate") {
    return { replicas, maxSurge: 0, maxUnavailable: replicas, maxPods: replicas, minAvailable: 0 };
  }
  const rollingUpdate = objectAt(spec, "strategy", "rollingUpdate");
  const resolved = resolveFenceposts(at(rollingUpdate, "maxSurge"), at(rollingUpdate, "maxUnavailable"), replicas);
  const { surge, unavailable } = resolved.error === undefined ? resolved.value : { surge: 0, unavailable: 0 };
  const missing = Math.min(unavailable, replicas);
  return {
    replicas,
    maxSurge: surge,
    maxUnavailable: missing,
    maxPods: replicas + surge,
    minAvailable: replicas - missing,
  };
}

/** The Deployment as the API server would show it; `object` has what no controller writes. */
function deploymentObject(object: JsonObject, { spec, status, generation, annotations }: Deployment): JsonObject {
  const { terminatingReplicas, conditions, ...counts } = status;
  const known = terminatingReplicas === undefined ? {} : { terminatingReplicas };
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { ...objectAt(object, "metadata"), generation, annotations },
    spec,
    status: { ...counts, ...known, conditions: conditions.map(conditionRow) },
  };
}

function conditionRow({ type, status, reason, message }: Condition): JsonObject & ConditionRow {
  return { type, status, reason, message };
}

/** Whether a sync has left everything but the sets as it was. */
function isSame(before: Deployment, after: Deployment): boolean {
  return (
    before.generation === after.generation &&
    (before.annotations === after.annotations || hasSameFields(before.annotations, after.annotations)) &&
    hasSameCounts(before.status, after.status) &&
    hasSameConditions(before.status.conditions, after.status.conditions)
  );
}

function hasSameCounts(before: DeploymentStatus, after: DeploymentStatus): boolean {
  return (
    before.observedGeneration === after.observedGeneration &&
    before.replicas === after.replicas &&
    before.updatedReplicas === after.updatedReplicas &&
    before.readyReplicas === after.readyReplicas &&
    before.availableReplicas === after.availableReplicas &&
    before.unavailableReplicas === after.unavailableReplicas &&
    before.terminatingReplicas === after.terminatingReplicas
  );
}

function hasSameConditions(before: readonly Condition[], after: readonly Condition[]): boolean {
  if (before === after) return true;
  return (
    before.length === after.length && after.every((condition, index) => hasSameFields(before[index] ?? {}, condition))
  );
}
