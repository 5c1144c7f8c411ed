import { replicaSetName } from "../rollout/deployment-sync.ts";

/** How revisions and pods are called whose real names only the cluster invents. */
export interface RevisionNames {
  revision(revision: number): string;
  pod(revisionName: string, ordinal: number): string;
}

/** What a scenario does to a workload's template. */
export type TemplateFate = "kept" | "changed" | "brought-in";

/** The names of the first revision and of those after it. */
const names: Readonly<Record<TemplateFate, readonly [string, string]>> = {
  kept: ["hash", "hash"],
  changed: ["old", "new"],
  "brought-in": ["new", "new"],
};

/**
 * `web-<old>` and `web-<new>` where a change of the template is simulated, further ones `web-<new-2>` …; pods `web-<new>-<1>`.
 * Without a change pods are `web-<1>`. A workload that the change brings in (a canary, the green one) has new pods alone.
 */
export class PlaceholderNames implements RevisionNames {
  readonly #name: string;
  readonly #template: TemplateFate;
  #given = 0;

  constructor(name: string, template: TemplateFate) {
    this.#name = name;
    this.#template = template;
  }

  revision(): string {
    const given = this.#given++;
    const [first, next] = names[this.#template];
    if (given === 0) return replicaSetName(this.#name, `<${first}>`);
    const isFirstNew = given === 1 && first !== next;
    return replicaSetName(this.#name, isFirstNew ? `<${next}>` : `<${next}-${given}>`);
  }

  pod(revisionName: string, ordinal: number): string {
    const only = replicaSetName(this.#name, "<hash>");
    return revisionName === only ? `${this.#name}-<${ordinal}>` : `${revisionName}-<${ordinal}>`;
  }
}
