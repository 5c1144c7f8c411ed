const bucketCount = 2048;

/** An immutable map of texts: a changed copy shares all buckets that the change does not touch, so that it costs little however large the map is. */
export class PersistentMap<Value> {
  readonly #buckets: readonly (ReadonlyMap<string, Value> | undefined)[];

  constructor(buckets: readonly (ReadonlyMap<string, Value> | undefined)[] = []) {
    this.#buckets = buckets;
  }

  get(key: string): Value | undefined {
    return this.#buckets[bucketOf(key)]?.get(key);
  }

  /** A copy with other values for these keys; `undefined` removes a key. */
  with(changes: Iterable<readonly [string, Value | undefined]>): PersistentMap<Value> {
    const buckets = [...this.#buckets];
    const copied = new Map<number, Map<string, Value>>();
    for (const [key, value] of changes) {
      const number = bucketOf(key);
      let bucket = copied.get(number);
      if (bucket === undefined) {
        bucket = new Map(buckets[number] ?? []);
        copied.set(number, bucket);
        buckets[number] = bucket;
      }
      if (value === undefined) bucket.delete(key);
      else bucket.set(key, value);
    }
    return copied.size === 0 ? this : new PersistentMap(buckets);
  }

  /** All entries, in no particular order. */
  *entries(): Generator<readonly [string, Value]> {
    for (const bucket of this.#buckets) {
      if (bucket !== undefined) yield* bucket.entries();
    }
  }
}

/** FNV-1a, 32 bits. */
function bucketOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < key.length; index++) hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193);
  return (hash >>> 0) % bucketCount;
}
