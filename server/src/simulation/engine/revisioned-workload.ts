import { numberAt, objectAt, textAt } from "../../base/json.ts";
import type { JsonObject } from "../../base/json.ts";
import type { ControllerRevision } from "../rollout/controller-revisions.ts";
import { specOf } from "../rollout/deployment-state.ts";
import type { Reason } from "../rollout/events.ts";
import type { ReplicaSetRow } from "../timeline.ts";
import type { Cluster } from "./cluster.ts";
import type { RevisionNames } from "./names.ts";
import type { Pod, PodGroup } from "./pods.ts";
import { RevisionedPodGroup } from "./revisioned-pod-group.ts";
import type { PodIndex } from "./revisioned-pod-group.ts";

/** What StatefulSets and DaemonSets have in common: pods of several controller revisions in one group. */
export abstract class RevisionedWorkload {
  readonly id: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly cluster: Cluster;
  readonly names: RevisionNames;
  readonly pods: RevisionedPodGroup;
  generation = 1;
  spec: JsonObject;
  metadata: JsonObject;
  /** Ascending; the last one is the template's, once a sync has seen it. */
  revisions: readonly ControllerRevision[] = [];

  constructor(cluster: Cluster, kind: string, object: JsonObject, names: RevisionNames, index: PodIndex) {
    this.cluster = cluster;
    this.kind = kind;
    this.names = names;
    this.metadata = objectAt(object, "metadata") ?? {};
    this.spec = specOf(object);
    this.namespace = textAt(this.metadata, "namespace") ?? "default";
    this.name = textAt(this.metadata, "name") ?? "";
    this.id = `${kind}/${this.name}`;
    this.pods = new RevisionedPodGroup(() => (numberAt(this.spec, "minReadySeconds") ?? 0) * 1000, index);
  }

  apply(object: JsonObject): void {
    this.metadata = objectAt(object, "metadata") ?? {};
    this.write(specOf(object));
  }

  write(spec: JsonObject): void {
    if (JSON.stringify(spec) !== JSON.stringify(this.spec)) this.generation++;
    this.spec = spec;
  }

  /** `kubectl rollout undo`: the template of an earlier revision, 0 for the one before. */
  undo(toRevision: number): void {
    const found =
      toRevision === 0 ? this.revisions.at(-2) : this.revisions.find((candidate) => candidate.revision === toRevision);
    if (found !== undefined) this.write({ ...this.spec, template: found.template });
  }

  abstract snapshot(): () => JsonObject;

  object(): JsonObject {
    return this.snapshot()();
  }

  protected snapshotWith(status: object): () => JsonObject {
    const { kind, metadata, generation, spec } = this;
    return () => ({
      apiVersion: "apps/v1",
      kind,
      metadata: { ...metadata, generation },
      spec,
      status: { ...status },
    });
  }

  groups(): readonly PodGroup[] {
    return [this.pods];
  }

  revisionOf(pod: Pod): number {
    return this.revisions.find((revision) => revision.name === pod.revision)?.revision ?? 0;
  }

  isNew(pod: Pod): boolean {
    return this.revisions.at(-1)?.name === pod.revision;
  }

  templateOf(revision: string): JsonObject {
    return this.revisions.find((candidate) => candidate.name === revision)?.template ?? {};
  }

  /** One row per revision that has pods, and one for the newest. */
  rows(): readonly ReplicaSetRow[] {
    const newest = this.revisions.at(-1);
    return this.revisions.flatMap((revision) => {
      const count = this.pods.tally.of(revision.name);
      const role = revision === newest ? "new" : "old";
      if (role === "old" && count.replicas + count.terminating === 0) return [];
      return [{ workload: this.id, name: revision.name, revision: revision.revision, role, ...count }];
    });
  }

  deletePod(pod: Pod, message: string, reason: Reason): void {
    this.cluster.deletePod(pod);
    const data = { ...reason.data, step: "delete", revision: pod.revision };
    this.cluster.record(this.id, { ...reason, type: "Normal", reason: "SuccessfulDelete", message, data });
  }

  createPod(
    made: { readonly name: string; readonly revision: string; readonly ordinal: number; readonly node?: string },
    message: string,
    reason: Reason,
  ): void {
    const template = this.templateOf(made.revision);
    const { id: workload, namespace, pods: group } = this;
    this.cluster.createPod({ ...made, template, workload, namespace, group });
    const data = { ...reason.data, step: "create", revision: made.revision };
    this.cluster.record(this.id, { ...reason, type: "Normal", reason: "SuccessfulCreate", message, data });
  }
}
