import type { JsonObject } from "../base/json.ts";

/**
 * What is simulated: a cluster, the objects as they stand before, what happens to them, how their pods behave and who uses them.
 * Plain JSON. Objects are API objects after the API server's defaults; times are milliseconds since the beginning.
 */
export interface Scenario {
  readonly version: 1;
  /** Seed of everything random: readiness jitter, the endpoint that a request gets. Default 1. */
  readonly seed?: number;
  readonly cluster?: Cluster;
  /**
   * Deployments, StatefulSets, DaemonSets, ReplicaSets (of an earlier revision: owned by a Deployment through `ownerReferences`), Services, HorizontalPodAutoscalers, PodDisruptionBudgets.
   * The simulation starts when all of them have settled: every replica of the first revision is there and available. Other kinds are ignored.
   */
  readonly objects: readonly JsonObject[];
  readonly pods?: PodBehaviour;
  readonly actions?: readonly Action[];
  readonly load?: readonly Load[];
  readonly traffic?: Traffic;
  /** `settled` (the default): until nothing will ever change; a number: no longer than so many milliseconds. */
  readonly until?: "settled" | number;
  /** The workload that the frames' conditions, status line and fenceposts speak of; by default the one that the first action names, else the first workload of `objects`. */
  readonly focus?: WorkloadId;
  /** What the API server says against the changed objects; where there is any, nothing is simulated and the outcome is `rejected`. */
  readonly rejected?: readonly string[];
}

/** `Deployment/web`: kind and name. */
export type WorkloadId = string;

export interface Cluster {
  /** Default: three nodes in zone `a`, `b` and `c`. */
  readonly nodes?: readonly ScenarioNode[];
  /** `1.36` when absent. */
  readonly kubernetesVersion?: string;
  /** Gates that differ from the version's defaults, e.g. `MaxUnavailableStatefulSet: true`. */
  readonly featureGates?: Readonly<Record<string, boolean>>;
  readonly proxy?: { readonly mode?: "iptables" | "nftables" | "ipvs"; readonly scheduler?: string };
}

export interface ScenarioNode {
  readonly name: string;
  readonly zone?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly taints?: readonly JsonObject[];
}

export interface PodBehaviour {
  readonly default?: Partial<PodTiming>;
  /** The last rule that applies to a pod wins, field by field. */
  readonly rules?: readonly PodRule[];
}

/** How long a pod takes for the stations of its life. */
export interface PodTiming {
  /** From creation until the containers run. */
  readonly startupMs: number;
  /** From running until the Ready condition becomes True. */
  readonly readyAfterMs: number;
  /** Up to so much more until ready, evenly distributed (seeded). */
  readonly readyJitterMs: number;
  /** From running until the application accepts connections; by default as `readyAfterMs`. Larger than it: a pod that says ready too early. */
  readonly listensAfterMs: number;
  /** From deletion until SIGTERM: the preStop hook. The application goes on serving. */
  readonly preStopMs: number;
  /** From SIGTERM until the containers have exited. */
  readonly terminationMs: number;
  /** From deletion until SIGKILL, counted with the preStop hook. */
  readonly gracePeriodMs: number;
  /** From a change of a pod's readiness until every node's proxy has heard of it. */
  readonly endpointPropagationMs: number;
}

export interface PodRule extends Partial<PodTiming> {
  /** All workloads when absent. */
  readonly workload?: WorkloadId;
  /** Pods of the template that an action brings in (`new`), of the one before (`old`), or of a revision's number. */
  readonly revision?: "new" | "old" | number;
  /** The n-th pod of that revision, from 1 (StatefulSet: the ordinal, from 0). */
  readonly ordinal?: number;
  /** `never`: no pod of this rule ever becomes ready. */
  readonly ready?: "never";
}

/** One thing that a person (or a pipeline) does. Exactly one of the verbs. */
export type Action = { readonly atMs: number } & (
  | { readonly apply: JsonObject }
  | { readonly pause: WorkloadId }
  | { readonly resume: WorkloadId }
  | { readonly undo: WorkloadId; /** 0 or absent: the revision before. */ readonly toRevision?: number }
  | { readonly scale: WorkloadId; readonly replicas: number }
  | { readonly setSelector: string; readonly selector: Readonly<Record<string, string>> }
  | { readonly killPod: string }
  | { readonly drainNode: string }
);

/** From `atMs` on, the workload's pods share this demand evenly: millicores of cpu, or milli-units of another metric. */
export interface Load {
  readonly atMs: number;
  readonly workload: WorkloadId;
  /** `cpu`, `memory`, or the name of a pods metric. */
  readonly metric: string;
  readonly milli: number;
}

/** Clients of one Service. */
export interface Traffic {
  /** `[NAMESPACE/]NAME`. */
  readonly service: string;
  readonly port?: string | number;
  readonly requestsPerSecond: number;
  readonly clients: number;
  /** Whether a client keeps its connection, and with it its pod. */
  readonly keepAlive?: boolean;
  /** How long a request takes. */
  readonly serviceTimeMs?: number;
  /** How long every pod's preStop hook takes, where no rule says otherwise. */
  readonly preStopMs?: number;
  /** A second Service that gets a share of the requests: an Ingress canary. */
  readonly canary?: { readonly service: string; /** Of 100. */ readonly weight: number };
}
