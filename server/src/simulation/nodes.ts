/** A node of the simulated cluster. */
export interface SimulatedNode {
  readonly name: string;
  /** Its label `topology.kubernetes.io/zone`; absent or empty: none. */
  readonly zone?: string;
  readonly labels?: Readonly<Record<string, string>>;
  /** Its Ready condition; true by default. */
  readonly ready?: boolean;
  /** Allocatable CPU; the same on all nodes by default, 0 = not reported. */
  readonly cpuMilli?: number;
}
