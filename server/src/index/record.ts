import type { Environment, EnvironmentKind, FileId, OpenReason, QueryKey, Resource } from "./types.ts";

/** What an answer has read of an environment; as long as that is the same, so is the answer. */
export interface Reads {
  readonly postings: ReadonlyMap<QueryKey, readonly Resource[]>;
  /** Defined where all objects were read. */
  readonly resources: readonly Resource[] | undefined;
  /** Defined where it mattered whether something can't be seen. */
  readonly open: readonly OpenReason[] | undefined;
  /** Defined where the next environment up was asked. */
  readonly wider: Reads | undefined;
}

export interface Recording {
  /** Answers like the recorded environment. */
  readonly environment: Environment;
  /** What has been read so far. */
  reads(): Reads;
}

/** Notes what is read of an environment, so that the answer can be kept until one of these things changes. */
export function record(environment: Environment): Recording {
  return new Recorder(environment);
}

/** How much of what an answer has read is different now: nothing, only places and what no answer about other objects rests on, or more. */
export type Difference = "none" | "places" | "objects";

/** Compares what answers have read with later states of their environments. Comparisons of lists are remembered, since many answers read the same ones. */
export class ReadsComparison {
  readonly #lists = new WeakMap<
    readonly Resource[],
    { readonly list: readonly Resource[]; readonly difference: Difference }
  >();

  differenceTo(environment: Environment, reads: Reads): Difference {
    let all: Difference = "none";
    const note = (former: readonly Resource[], list: readonly Resource[]): boolean => {
      const difference = this.#compare(former, list);
      if (difference !== "none") all = difference;
      return difference === "objects";
    };
    for (const [key, posting] of reads.postings) {
      if (note(posting, environment.posting(key))) return "objects";
    }
    if (reads.resources !== undefined && note(reads.resources, environment.resources())) return "objects";
    if (reads.open !== undefined && !isSameOpenness(reads.open, environment.open)) return "objects";
    const wider = reads.wider === undefined ? undefined : environment.wider();
    if (reads.wider === undefined) return all;
    const above = wider === undefined ? "objects" : this.differenceTo(wider, reads.wider);
    return above === "none" ? all : above;
  }

  #compare(former: readonly Resource[], list: readonly Resource[]): Difference {
    if (former === list) return "none";
    const known = this.#lists.get(former);
    if (known?.list === list) return known.difference;
    const difference = differenceBetween(former, list);
    if (former.length > shortList) this.#lists.set(former, { list, difference });
    return difference;
  }
}

/** Lists up to this length are compared faster than looked up. */
const shortList = 8;

function differenceBetween(former: readonly Resource[], list: readonly Resource[]): Difference {
  if (former.length !== list.length) return "objects";
  let difference: Difference = "none";
  for (let index = 0; index < list.length; index++) {
    const [before, now] = [former[index]!, list[index]!];
    if (before === now) continue;
    if (before.essence !== now.essence) return "objects";
    difference = "places";
  }
  return difference;
}

class Recorder implements Recording, Environment {
  readonly #base: Environment;
  readonly #postings = new Map<QueryKey, readonly Resource[]>();
  #resources: readonly Resource[] | undefined;
  #open: readonly OpenReason[] | undefined;
  #wider: Recorder | undefined;

  constructor(base: Environment) {
    this.#base = base;
  }

  get environment(): Environment {
    return this;
  }

  get name(): string {
    return this.#base.name;
  }

  get kind(): EnvironmentKind {
    return this.#base.kind;
  }

  get namespace(): string {
    return this.#base.namespace;
  }

  get open(): readonly OpenReason[] {
    return (this.#open ??= this.#base.open);
  }

  files(): readonly FileId[] {
    return this.#base.files();
  }

  resources(): readonly Resource[] {
    return (this.#resources ??= this.#base.resources());
  }

  posting(key: QueryKey): readonly Resource[] {
    const posting = this.#base.posting(key);
    this.#postings.set(key, posting);
    return posting;
  }

  shared<Value>(name: string, compute: (environment: Environment) => Value): Value {
    const { value, reads } = this.#base.shared(`recorded ${name}`, (base) => {
      const recording = record(base);
      return { value: compute(recording.environment), reads: recording.reads() };
    });
    this.#take(reads);
    return value;
  }

  wider(): Environment | undefined {
    const wider = this.#base.wider();
    if (wider === undefined) return undefined;
    return (this.#wider ??= new Recorder(wider));
  }

  reads(): Reads {
    return { postings: this.#postings, resources: this.#resources, open: this.#open, wider: this.#wider?.reads() };
  }

  #take(reads: Reads): void {
    for (const [key, posting] of reads.postings) this.#postings.set(key, posting);
    this.#resources ??= reads.resources;
    this.#open ??= reads.open;
    const wider = reads.wider === undefined ? undefined : this.#base.wider();
    if (reads.wider === undefined || wider === undefined) return;
    this.#wider ??= new Recorder(wider);
    this.#wider.#take(reads.wider);
  }
}

function isSameOpenness(left: readonly OpenReason[], right: readonly OpenReason[]): boolean {
  return (
    left === right ||
    (left.length === right.length &&
      left.every(({ code, subject }, index) => code === right[index]?.code && subject === right[index].subject))
  );
}
