import { objectAt } from "../../base/json.ts";
import type { JsonObject } from "../../base/json.ts";
import { DaemonNodes } from "../rollout/daemon-nodes.ts";
import { daemonSetLimits, reconcileDaemonSet } from "../rollout/daemon-set.ts";
import type { DaemonSetStatus, DaemonSetStep } from "../rollout/daemon-set.ts";
import type { ScenarioNode } from "../scenario.ts";
import type { ConditionRow, Fenceposts } from "../timeline.ts";
import type { Cluster } from "./cluster.ts";
import { daemonPlacement } from "./daemon-placement.ts";
import type { RevisionNames } from "./names.ts";
import type { Pod } from "./pods.ts";
import { RevisionedWorkload } from "./revisioned-workload.ts";
import { hasSameFields } from "../same-fields.ts";
import type { Workload, WorkloadState } from "./workload.ts";

/** A DaemonSet of the simulated cluster: one pod on each node that takes it. */
export class DaemonSetWorkload extends RevisionedWorkload implements Workload {
  status: DaemonSetStatus = {
    observedGeneration: 0,
    desiredNumberScheduled: 0,
    currentNumberScheduled: 0,
    numberMisscheduled: 0,
    numberReady: 0,
    updatedNumberScheduled: 0,
    numberAvailable: 0,
    numberUnavailable: 0,
  };
  readonly #daemonNodes: DaemonNodes<Pod>;
  readonly #nodesByName: ReadonlyMap<string, ScenarioNode>;
  #placedTemplate: JsonObject | undefined;
  #created = 0;

  constructor(cluster: Cluster, object: JsonObject, names: RevisionNames) {
    const nodes = new Map(cluster.nodes.map((node) => [node.name, node]));
    const daemonNodes = new DaemonNodes<Pod>([...nodes.keys()]);
    super(cluster, "DaemonSet", object, names, daemonNodes);
    this.#daemonNodes = daemonNodes;
    this.#nodesByName = nodes;
  }

  get desired(): number {
    return this.#nodes.wanted;
  }

  sync(): boolean {
    const { generation, spec, status, revisions } = this;
    const output = reconcileDaemonSet({
      generation,
      spec,
      revisions,
      nameRevision: (revision) => this.names.revision(revision),
      nodes: this.#nodes,
      tally: this.pods.tally,
    });
    this.revisions = output.revisions;
    this.status = output.status;
    for (const step of output.steps) this.#do(step);
    const isSame = output.revisions === revisions && hasSameFields(status, output.status);
    return output.steps.length > 0 || !isSame;
  }

  /** A DaemonSet has no size of its own. */
  scale(): void {
    return undefined;
  }

  snapshot(): () => JsonObject {
    return this.snapshotWith(this.status);
  }

  conditions(): readonly ConditionRow[] {
    return [];
  }

  fenceposts(): Fenceposts {
    const replicas = this.desired;
    const { maxSurge, maxUnavailable } = daemonSetLimits(this.spec, replicas);
    const missing = Math.min(maxUnavailable, replicas);
    return {
      replicas,
      maxSurge,
      maxUnavailable: missing,
      maxPods: replicas + maxSurge,
      minAvailable: replicas - missing,
    };
  }

  get state(): WorkloadState {
    const { desiredNumberScheduled, updatedNumberScheduled, numberAvailable, observedGeneration } = this.status;
    const isComplete =
      observedGeneration >= this.generation &&
      updatedNumberScheduled === desiredNumberScheduled &&
      numberAvailable === desiredNumberScheduled;
    return { isComplete, deadlineExceeded: false, isPaused: false };
  }

  /** Where pods belong is decided once per node and template. */
  get #nodes(): DaemonNodes<Pod> {
    const template = objectAt(this.spec, "template") ?? {};
    if (template !== this.#placedTemplate) {
      this.#placedTemplate = template;
      this.#daemonNodes.decide((name) => daemonPlacement(this.#nodesByName.get(name) ?? { name }, template));
    }
    return this.#daemonNodes;
  }

  #do(step: DaemonSetStep<Pod>): void {
    if ("createOn" in step) {
      const revision = this.revisions.at(-1)?.name ?? "";
      const ordinal = ++this.#created;
      const name = this.names.pod(revision, ordinal);
      this.createPod({ name, revision, ordinal, node: step.createOn }, `Created pod: ${name}`, step.reason);
    } else {
      this.deletePod(step.delete, `Deleted pod: ${step.delete.name}`, step.reason);
    }
  }
}
