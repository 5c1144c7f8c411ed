import { arrayAt, objectAt, textAt } from "../../base/json.ts";
import type { JsonObject } from "../../base/json.ts";
import { Budget, evictionAnswer } from "../disruption/budgets.ts";
import type { ScaleOf } from "../disruption/budgets.ts";
import type { BudgetStatus, EvictionAnswer } from "../disruption/budget.ts";
import type { ScenarioNode, WorkloadId } from "../scenario.ts";
import { Cluster } from "./cluster.ts";
import { DaemonSetWorkload } from "./daemon-set-workload.ts";
import { DeploymentWorkload } from "./deployment-workload.ts";
import { PlaceholderNames } from "./names.ts";
import type { TemplateFate } from "./names.ts";
import { PodGroup } from "./pods.ts";
import type { Pod } from "./pods.ts";
import { ReplicaSetWorkload } from "./replica-set-workload.ts";
import { StatefulSetWorkload } from "./stateful-set-workload.ts";
import type { Workload } from "./workload.ts";

export interface WorldOptions {
  readonly nodes: readonly ScenarioNode[];
  readonly featureGates?: Readonly<Record<string, boolean>>;
  /** Workloads whose template will change: their pods are told apart by name. */
  readonly changing: ReadonlySet<WorkloadId>;
}

/** Far more than any rollout needs at one moment: no input may keep the controllers busy for ever. */
const maxRounds = 100_000;

/** A cluster with its workloads and budgets. */
export class World {
  readonly cluster: Cluster;
  readonly workloads: Workload[] = [];
  readonly budgets: Budget[] = [];
  readonly #options: WorldOptions;

  constructor(objects: readonly JsonObject[], options: WorldOptions) {
    this.#options = options;
    this.cluster = new Cluster(options.nodes);
    for (const object of objects) {
      this.#add(object, objects, options.changing.has(idOf(object)) ? "changed" : "kept");
    }
  }

  workload(id: WorkloadId): Workload | undefined {
    return this.workloads.find((workload) => workload.id === id);
  }

  workloadOf(pod: Pod): Workload | undefined {
    return this.workload(pod.workload);
  }

  /** Creates or changes an object, as `kubectl apply` does with one whose every field is written. */
  apply(object: JsonObject): void {
    const id = idOf(object);
    const workload = this.workload(id);
    if (workload !== undefined) workload.apply(object);
    else if (textAt(object, "kind") === "PodDisruptionBudget") this.#replaceBudget(object);
    else this.#add(object, [object], "brought-in");
  }

  /** Lets every controller sync until nothing changes; `afterStep` is told after each round that changed something. */
  settle(afterStep: () => void): void {
    for (let round = 0; round < maxRounds && this.#syncAll(); round++) afterStep();
  }

  /** By name. */
  budgetStatuses(): ReadonlyMap<string, BudgetStatus> {
    const pods = this.cluster.pods.byName;
    return new Map(this.budgets.map((budget) => [budget.name, budget.status(pods.values(), this.#scaleOf)]));
  }

  /** What the API server says to an eviction; an accepted one deletes the pod. */
  evict(pod: Pod): EvictionAnswer {
    const answer = evictionAnswer(pod, this.budgets, this.cluster.pods.byName.values(), this.#scaleOf);
    if (answer.code === 201) this.cluster.deletePod(pod);
    return answer;
  }

  readonly #scaleOf: ScaleOf = (pod) => {
    const owner = this.workloadOf(pod);
    return owner === undefined ? undefined : { id: owner.id, replicas: owner.desired };
  };

  #syncAll(): boolean {
    let changed = false;
    for (const workload of this.workloads) if (workload.sync()) changed = true;
    return changed;
  }

  #add(object: JsonObject, all: readonly JsonObject[], template: TemplateFate): void {
    const { cluster, workloads } = this;
    const name = textAt(object, "metadata", "name") ?? "";
    const names = new PlaceholderNames(name, template);
    switch (textAt(object, "kind")) {
      case "Deployment":
        workloads.push(new DeploymentWorkload(cluster, object, historyOf(name, all), names));
        break;
      case "StatefulSet": {
        const gate = this.#options.featureGates?.["MaxUnavailableStatefulSet"] ?? false;
        workloads.push(new StatefulSetWorkload(cluster, object, names, gate));
        break;
      }
      case "DaemonSet":
        workloads.push(new DaemonSetWorkload(cluster, object, names));
        break;
      case "ReplicaSet":
        if (ownerOf(object) === undefined) workloads.push(new ReplicaSetWorkload(cluster, object, names));
        break;
      case "Pod":
        this.#addPod(object, name);
        break;
      case "PodDisruptionBudget":
        this.budgets.push(new Budget(object));
        break;
      default:
        break;
    }
  }

  #addPod(object: JsonObject, name: string): void {
    const namespace = textAt(object, "metadata", "namespace") ?? "default";
    const group = new PodGroup(() => 0);
    this.cluster.createPod({
      name,
      namespace,
      workload: `Pod/${name}`,
      group,
      template: object,
      revision: name,
      ordinal: 1,
    });
  }

  #replaceBudget(object: JsonObject): void {
    const budget = new Budget(object);
    const index = this.budgets.findIndex((other) => other.name === budget.name);
    if (index < 0) this.budgets.push(budget);
    else this.budgets[index] = budget;
  }
}

/** `Deployment/web`. */
export function idOf(object: JsonObject): WorkloadId {
  return `${textAt(object, "kind") ?? ""}/${textAt(object, "metadata", "name") ?? ""}`;
}

/** ReplicaSets of earlier revisions of a Deployment. */
function historyOf(deployment: string, all: readonly JsonObject[]): readonly JsonObject[] {
  return all.filter((object) => textAt(object, "kind") === "ReplicaSet" && ownerOf(object) === deployment);
}

function ownerOf(object: JsonObject): string | undefined {
  const owner = arrayAt(object, "metadata", "ownerReferences").find(
    (reference) => textAt(reference, "kind") === "Deployment",
  );
  return owner === undefined ? undefined : textAt(objectAt(owner), "name");
}
