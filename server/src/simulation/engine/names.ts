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
    if (!this.#changes) return given === 0 ? `${this.#name}-<hash>` : `${this.#name}-<hash-${given + 1}>`;
    if (given === 0) return `${this.#name}-<old>`;
    return given === 1 ? `${this.#name}-<new>` : `${this.#name}-<new-${given}>`;
  }

  pod(revisionName: string, ordinal: number): string {
    return revisionName === `${this.#name}-<hash>` ? `${this.#name}-<${ordinal}>` : `${revisionName}-<${ordinal}>`;
  }
}
