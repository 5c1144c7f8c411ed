/** What the verdict on an object depends on besides the object. */
export interface Context {
  /** The minor number of the Kubernetes version: 36 for 1.36. */
  readonly minor: number;
  /** Whether the creation is only tried: node ports are not checked against their range then. */
  readonly dryRun: boolean;
  /** Whether the cluster has only what Kubernetes itself makes: no PriorityClasses and RuntimeClasses of its own. */
  readonly freshCluster: boolean;
  /** The ranges of the cluster's Service addresses, one per family; `undefined` where nobody knows them. */
  readonly serviceRanges: readonly string[] | undefined;
}
