/** What the verdict on an object depends on besides the object. */
export interface Context {
  /** The minor number of the Kubernetes version: 36 for 1.36. */
  readonly minor: number;
  /** Whether the creation is only tried: node ports are not checked against their range then. */
  readonly dryRun: boolean;
  /** The ranges of the cluster's Service addresses, one per family; `undefined` where nobody knows them. */
  readonly serviceRanges: readonly string[] | undefined;
}
