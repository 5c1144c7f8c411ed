/** What the rules of a pod's parts need to know about the whole. */
export interface PodRules {
  /** A Pod itself, not the template of another object. */
  readonly isPod: boolean;
  /** The Pod's name; "" for templates. */
  readonly name: string;
  readonly podLabels: Readonly<Record<string, string>>;
  /** Seconds; what is written or the default. */
  readonly gracePeriod: number;
  /** What is written or the default. */
  readonly restartPolicy: string;
  /** `spec.os.name`; `undefined` without `spec.os`. */
  readonly os: string | undefined;
  /** Whether the pod shares the host's user namespace, as by default. */
  readonly hostUsers: boolean;
  readonly claimNames: ReadonlySet<string>;
}

/** In the order in which errors list them. */
export const pullPolicies = ["Always", "IfNotPresent", "Never"] as const;
