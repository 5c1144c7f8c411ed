import type { Node } from "./node.ts";

/** Whether two nodes have the same content, wherever it came from. */
export function isSameTree(a: Node, b: Node): boolean {
  return (
    a.kind === b.kind &&
    a.tag === b.tag &&
    a.text === b.text &&
    a.entries.length === b.entries.length &&
    a.items.length === b.items.length &&
    a.items.every((item, index) => isSamePair(item, b.items[index])) &&
    a.entries.every(
      ({ key, value }, index) => isSamePair(key, b.entries[index]?.key) && isSamePair(value, b.entries[index]?.value),
    )
  );
}

function isSamePair(a: Node, b: Node | undefined): boolean {
  return b !== undefined && isSameTree(a, b);
}
