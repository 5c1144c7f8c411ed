import { fileText, readObjects } from "./documents.ts";
import { readKustomizationSettings } from "./settings/kustomization-settings.ts";
import type { Node } from "./tree/node.ts";

/**
 * What the texts of files mean, kept between builds: 500 overlays of one base parse it once. It holds one version of each file,
 * the latest text that was asked for; the nodes in it are copied before anything changes them. Files that were not used for
 * the longest time make room for others.
 */
export class ParseCache {
  readonly #objects: Memory<readonly Node[]>;
  readonly #kustomizations: Memory<Node>;

  readonly #isAccepted: (file: string) => boolean;

  /**
   * @param limit the number of characters of the texts whose nodes are kept; nodes take about ten times as many bytes
   * @param isAccepted whether the API server would accept all CustomResourceDefinitions in a file: their schemas are not read before somebody asks for them
   */
  constructor(limit = 4_000_000, isAccepted: (file: string) => boolean = () => false) {
    this.#isAccepted = isAccepted;
    this.#objects = new Memory(limit);
    this.#kustomizations = new Memory(limit);
  }

  /** The objects of a resource or patch file. */
  objects(file: string, text: string): readonly Node[] {
    const schemas = this.#isAccepted(file) ? "closed" : "read";
    return this.#objects.get(file, text, () => readObjects(fileText(file, text), schemas));
  }

  /** The decoded settings of a kustomization file. */
  kustomization(file: string, text: string): Node {
    return this.#kustomizations.get(file, text, () => readKustomizationSettings(file, text));
  }

  /** Forgets a file that is gone. */
  delete(file: string): void {
    this.#objects.delete(file);
    this.#kustomizations.delete(file);
  }
}

/** Values by file, in the order of their last use. */
class Memory<Value> {
  readonly #entries = new Map<string, { readonly text: string; readonly value: Value }>();
  readonly #limit: number;
  #size = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get(file: string, text: string, make: () => Value): Value {
    const known = this.#entries.get(file);
    const value = known?.text === text ? known.value : make();
    this.delete(file);
    this.#entries.set(file, { text, value });
    this.#size += text.length;
    for (const oldest of this.#entries.keys()) {
      if (this.#size <= this.#limit || oldest === file) break;
      this.delete(oldest);
    }
    return value;
  }

  delete(file: string): void {
    this.#size -= this.#entries.get(file)?.text.length ?? 0;
    this.#entries.delete(file);
  }
}
