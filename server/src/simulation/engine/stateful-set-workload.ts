import { at, numberAt, textAt } from "../../base/json.ts";
import type { JsonObject } from "../../base/json.ts";
import { OrdinalPods } from "../rollout/ordinal-pods.ts";
import { reconcileStatefulSet, statefulSetMaxUnavailable } from "../rollout/stateful-set.ts";
import type { StatefulSetStep } from "../rollout/stateful-set.ts";
import { newStatefulSetStatus } from "../rollout/stateful-set-status.ts";
import type { StatefulSetStatus } from "../rollout/stateful-set-status.ts";
import type { ConditionRow, Fenceposts } from "../timeline.ts";
import type { Cluster } from "./cluster.ts";
import type { RevisionNames } from "./names.ts";
import type { Pod } from "./pods.ts";
import { RevisionedWorkload } from "./revisioned-workload.ts";
import { hasSameFields } from "../same-fields.ts";
import type { Workload, WorkloadState } from "./workload.ts";

/** A StatefulSet of the simulated cluster: pods by ordinal, made and replaced in order. */
export class StatefulSetWorkload extends RevisionedWorkload implements Workload {
  readonly #ordinals: OrdinalPods<Pod>;
  readonly #maxUnavailableGate: boolean;
  status: StatefulSetStatus = newStatefulSetStatus;

  constructor(cluster: Cluster, object: JsonObject, names: RevisionNames, maxUnavailableGate: boolean) {
    const ordinals = new OrdinalPods<Pod>();
    super(cluster, "StatefulSet", object, names, ordinals);
    this.#ordinals = ordinals;
    this.#maxUnavailableGate = maxUnavailableGate;
  }

  get desired(): number {
    return numberAt(this.spec, "replicas") ?? 1;
  }

  sync(): boolean {
    const { generation, spec, status, revisions } = this;
    const output = reconcileStatefulSet({
      generation,
      spec,
      status,
      revisions,
      nameRevision: (revision) => this.names.revision(revision),
      pods: this.#ordinals,
      tally: this.pods.tally,
      maxUnavailableGate: this.#maxUnavailableGate,
    });
    this.revisions = output.revisions;
    this.status = output.status;
    for (const step of output.steps) this.#do(step);
    const isSame = output.revisions === revisions && hasSameFields(status, output.status);
    return output.steps.length > 0 || !isSame;
  }

  scale(replicas: number): void {
    this.write({ ...this.spec, replicas });
  }

  snapshot(): () => JsonObject {
    return this.snapshotWith(this.status);
  }

  conditions(): readonly ConditionRow[] {
    return [];
  }

  /** An update takes pods away before it makes new ones: there is no surge. */
  fenceposts(): Fenceposts {
    const replicas = this.desired;
    const written = at(this.spec, "updateStrategy", "rollingUpdate", "maxUnavailable");
    const maxUnavailable = this.#maxUnavailableGate ? statefulSetMaxUnavailable(written, replicas) : 1;
    const missing = Math.min(maxUnavailable, replicas);
    return { replicas, maxSurge: 0, maxUnavailable: missing, maxPods: replicas, minAvailable: replicas - missing };
  }

  get state(): WorkloadState {
    const { status, desired } = this;
    const partition = numberAt(this.spec, "updateStrategy", "rollingUpdate", "partition") ?? 0;
    const toUpdate = Math.max(0, desired - partition);
    const isUpdated =
      textAt(this.spec, "updateStrategy", "type") === "OnDelete"
        ? status.updatedReplicas === desired
        : status.updatedReplicas >= toUpdate;
    const isComplete =
      isUpdated &&
      status.replicas === desired &&
      status.availableReplicas === desired &&
      status.observedGeneration >= this.generation;
    return { isComplete, deadlineExceeded: false, isPaused: false };
  }

  #do(step: StatefulSetStep<Pod>): void {
    if ("create" in step) {
      const name = `${this.name}-${step.create}`;
      const message = `Create Pod ${name} in StatefulSet ${this.name} successful`;
      this.createPod({ name, revision: step.revision, ordinal: step.create }, message, step.reason);
    } else {
      const message = `Delete Pod ${step.delete.name} in StatefulSet ${this.name} successful`;
      this.deletePod(step.delete, message, step.reason);
    }
  }
}
