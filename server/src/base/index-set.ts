/**
 * A set of small whole numbers from 0 on that finds its next member in either direction without looking at the others.
 * Bits in words of 32, with a bit for each word that is not empty in the level above, up to a single word.
 */
export class IndexSet {
  #levels: Int32Array[] = [new Int32Array(1)];
  #size = 0;

  get size(): number {
    return this.#size;
  }

  has(index: number): boolean {
    return ((this.#levels[0]![index >>> 5] ?? 0) & (1 << (index & 31))) !== 0;
  }

  /** Adds a number, or takes it out. */
  put(index: number, isIn: boolean): void {
    if (isIn) this.add(index);
    else this.delete(index);
  }

  add(index: number): void {
    if (this.has(index)) return;
    while (index >>> 5 >= this.#levels[0]!.length) this.#grow();
    this.#size++;
    let bit = index;
    for (const words of this.#levels) {
      const word = bit >>> 5;
      const before = words[word]!;
      words[word] = before | (1 << (bit & 31));
      if (before !== 0) return;
      bit = word;
    }
  }

  delete(index: number): void {
    if (!this.has(index)) return;
    this.#size--;
    let bit = index;
    for (const words of this.#levels) {
      const word = bit >>> 5;
      words[word]! &= ~(1 << (bit & 31));
      if (words[word] !== 0) return;
      bit = word;
    }
  }

  /** The lowest member from `from` on, -1 where there is none. */
  next(from: number): number {
    let bit = from;
    for (let level = 0; level < this.#levels.length; level++) {
      const words = this.#levels[level]!;
      const word = bit >>> 5;
      if (word >= words.length) return -1;
      const rest = words[word]! & (-1 << (bit & 31));
      if (rest !== 0) return this.#lowestBelow(level, word * 32 + lowestBit(rest));
      bit = word + 1;
    }
    return -1;
  }

  /** The highest member, -1 where there is none. */
  get highest(): number {
    let index = 0;
    for (let level = this.#levels.length - 1; level >= 0; level--) {
      const word = this.#levels[level]![index]!;
      if (word === 0) return -1;
      index = index * 32 + 31 - Math.clz32(word);
    }
    return index;
  }

  /** The members, the highest first; the set must not change meanwhile. */
  *descending(): Generator<number> {
    for (let index = this.highest; index >= 0; index = this.#previous(index - 1)) yield index;
  }

  /** The members, the lowest first; the set must not change meanwhile. */
  *[Symbol.iterator](): Generator<number> {
    for (let index = this.next(0); index >= 0; index = this.next(index + 1)) yield index;
  }

  #previous(from: number): number {
    let bit = from;
    for (let level = 0; level < this.#levels.length && bit >= 0; level++) {
      const word = bit >>> 5;
      const rest = this.#levels[level]![word]! & (-1 >>> (31 - (bit & 31)));
      if (rest !== 0) return this.#highestBelow(level, word * 32 + 31 - Math.clz32(rest));
      bit = word - 1;
    }
    return -1;
  }

  #lowestBelow(level: number, bit: number): number {
    let index = bit;
    for (let below = level - 1; below >= 0; below--) index = index * 32 + lowestBit(this.#levels[below]![index]!);
    return index;
  }

  #highestBelow(level: number, bit: number): number {
    let index = bit;
    for (let below = level - 1; below >= 0; below--) {
      index = index * 32 + 31 - Math.clz32(this.#levels[below]![index]!);
    }
    return index;
  }

  /** Makes room for 32 times as much. */
  #grow(): void {
    const top = this.#levels.at(-1)![0]!;
    this.#levels = this.#levels.map((words) => {
      const longer = new Int32Array(words.length * 32);
      longer.set(words);
      return longer;
    });
    this.#levels.push(Int32Array.of(top === 0 ? 0 : 1));
  }
}

function lowestBit(word: number): number {
  return 31 - Math.clz32(word & -word);
}
