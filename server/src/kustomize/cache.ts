import { fileText, readObjects } from "./documents.ts";
import { readKustomizationSettings } from "./settings/kustomization-settings.ts";
import type { Node } from "./tree/node.ts";

/**
 * What the texts of files mean, kept between builds: 500 overlays of one base parse it once. It holds one version of each file,
 * the latest text that was asked for; the nodes in it are copied before anything changes them.
 */
export class ParseCache {
  readonly #objects = new Map<string, Cached<readonly Node[]>>();
  readonly #kustomizations = new Map<string, Cached<Node>>();

  /** The objects of a resource or patch file. */
  objects(file: string, text: string): readonly Node[] {
    return remember(this.#objects, file, text, () => readObjects(fileText(file, text)));
  }

  /** The decoded settings of a kustomization file. */
  kustomization(file: string, text: string): Node {
    return remember(this.#kustomizations, file, text, () => readKustomizationSettings(file, text));
  }

  /** Forgets a file that is gone. */
  delete(file: string): void {
    this.#objects.delete(file);
    this.#kustomizations.delete(file);
  }
}

interface Cached<Value> {
  readonly text: string;
  readonly value: Value;
}

function remember<Value>(cached: Map<string, Cached<Value>>, file: string, text: string, make: () => Value): Value {
  const known = cached.get(file);
  if (known?.text === text) return known.value;
  const value = make();
  cached.set(file, { text, value });
  return value;
}
