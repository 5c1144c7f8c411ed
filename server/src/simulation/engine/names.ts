import { replicaSetName } from "../rollout/deployment-sync.ts";

/** How revisions and pods are called whose real names only the cluster invents. */
export interface RevisionNames {
  revision(revision: number): string;
  pod(revisionName: string, ordinal: number): string;
}

/**
 * `web-<old>` and `web-<new>` where a change of the template is simulated, further ones `web-<new-2>` …; pods `web-<new>-<1>`.
 * Without a change pods are `web-<1>`.
 */
export class PlaceholderNames implements RevisionNames {
  readonly #name: string;
  readonly #changes: boolean;
  #given = 0;

  constructor(name: string, changes: boolean) {
    this.#name = name;
    this.#changes = changes;
  }

  revision(): string {
    const given = this.#given++;
    const [first, next] = this.#changes ? ["old", "new"] : ["hash", "hash"];
    if (given === 0) return replicaSetName(this.#name, `<${first}>`);
    return replicaSetName(this.#name, given === 1 && this.#changes ? `<${next}>` : `<${next}-${given}>`);
  }

  pod(revisionName: string, ordinal: number): string {
    const only = replicaSetName(this.#name, "<hash>");
    return revisionName === only ? `${this.#name}-<${ordinal}>` : `${revisionName}-<${ordinal}>`;
  }
}
