import { shortestFloat, scalarFromJson, valueOf, toJson } from "./json.ts";
import { boolTag, intTag, Node, nullTag, stringTag } from "./node.ts";
import { resolvePlain } from "./resolve.ts";

/**
 * A copy of the node as it comes back from JSON: dates are strings, numbers have one notation. `exact` keeps integers of any size,
 * `float` makes every number a float of Go, as JSON patches do. Origins stay.
 */
export function throughJson(node: Node, numbers: "exact" | "float"): Node {
  toJson(node);
  return convert(node, numbers);
}

function convert(node: Node, numbers: "exact" | "float"): Node {
  const copy = node.kind === "scalar" ? convertScalar(node, numbers) : convertContainer(node, numbers);
  copy.earlier = node.earlier;
  return copy;
}

function convertScalar(node: Node, numbers: "exact" | "float"): Node {
  return numbers === "float" ? scalarFromJson(valueOf(node), node.origin) : exactScalar(node);
}

function convertContainer(node: Node, numbers: "exact" | "float"): Node {
  const copy = new Node(node.kind, "", node.origin);
  copy.items = node.items.map((item) => convert(item, numbers));
  copy.entries = node.entries.map(({ key, value }) => ({
    key: Node.scalar(key.text, stringTag, key.origin, numbers === "exact"),
    value: convert(value, numbers),
  }));
  return copy;
}

function exactScalar(node: Node): Node {
  const value = valueOf(node);
  switch (typeof value) {
    case "string":
      return Node.scalar(value, stringTag, node.origin, true);
    case "boolean":
      return Node.scalar(String(value), boolTag, node.origin);
    case "object":
      return Node.scalar("null", nullTag, node.origin);
    case "bigint":
      return Node.scalar(value.toString(), intTag, node.origin);
    default: {
      const text = Number.isInteger(value) ? String(value) : shortestFloat(value);
      return Node.scalar(text, resolvePlain(text).tag, node.origin);
    }
  }
}
