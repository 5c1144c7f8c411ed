import { parseDocument } from "../../yaml/parse.ts";
import { refuse } from "../failure.ts";
import { compileExpression } from "../regular-expression.ts";
import { field, get, isIndex, isListMatch, listItems, setField, splitListMatch } from "./fields.ts";
import { Node, type NodeKind, noTag } from "./node.ts";
import { fromYaml } from "./read.ts";

/**
 * All nodes at a path of field names, indices, `[name=web]` and `*`; `undefined` where nothing matches. With `create` missing parts are made,
 * the last one of that kind. kyaml, yaml/match.go, PathMatcher, v0.21.2.
 */
export function matchPath(
  node: Node | undefined,
  path: readonly string[],
  create?: NodeKind,
): readonly Node[] | undefined {
  const [part, ...rest] = path;
  if (node === undefined) return undefined;
  if (part === undefined) return [node];
  if (isIndex(part)) return matchIndex(node, Number(part), rest, create);
  if (isListMatch(part)) return matchItems(node, part, rest, create);
  if (part === "*") return collect(listItems(node), rest, create);
  return matchField(node, part, rest, create);
}

function collect(
  items: readonly Node[],
  rest: readonly string[],
  create: NodeKind | undefined,
): readonly Node[] | undefined {
  const found = items.flatMap((item) => matchPath(item, rest, create) ?? []);
  return found.length === 0 ? undefined : found;
}

function matchField(
  node: Node,
  name: string,
  rest: readonly string[],
  create: NodeKind | undefined,
): readonly Node[] | undefined {
  const found =
    get(node, name) ??
    (create === undefined ? undefined : setField(node, name, new Node(kindFor(rest[0], create), noTag, node.origin)));
  if (found?.kind === "scalar" && rest.length > 0) return matchPath(parseScalar(found), rest, create);
  return matchPath(found, rest, create);
}

/** The kind that a created node needs for the next part of the path. */
function kindFor(next: string | undefined, last: NodeKind): NodeKind {
  if (next === undefined) return last;
  return isListMatch(next) || isIndex(next) ? "list" : "map";
}

function matchIndex(
  node: Node,
  index: number,
  rest: readonly string[],
  create: NodeKind | undefined,
): readonly Node[] | undefined {
  const items = listItems(node);
  if (items.length === index && create !== undefined)
    node.items = [...items, new Node(kindFor(rest[0], create), noTag, node.origin)];
  const item = node.items[index];
  if (item === undefined)
    refuse("other", `index ${index} specified but only ${items.length} elements found`, node.origin);
  return matchPath(item, rest, create);
}

function matchItems(
  node: Node,
  part: string,
  rest: readonly string[],
  create: NodeKind | undefined,
): readonly Node[] | undefined {
  const [name, pattern] = splitListMatch(part);
  const expression = compileExpression(pattern, node.origin);
  const fits = (item: Node): boolean => {
    const compared = name === "" ? item : field(item, name);
    return compared !== undefined && expression.test(printed(compared));
  };
  const matching = listItems(node).filter(fits);
  const found = name === "" ? (matching.length === 0 ? undefined : matching) : collect(matching, rest, create);
  if (found !== undefined || create === undefined) return found;
  const item = name === "" ? Node.scalar(pattern, noTag, node.origin) : Node.map(node.origin);
  if (name !== "")
    item.entries = [{ key: Node.scalar(name, noTag, node.origin), value: Node.scalar(pattern, noTag, node.origin) }];
  if (!fits(item)) refuse("other", `failed to create element for ${JSON.stringify(part)}`, node.origin);
  node.items = [...node.items, item];
  return name === "" ? [item] : matchPath(item, rest, create);
}

/** A scalar as YAML: quotes belong to it. */
function printed(node: Node): string {
  return node.kind === "scalar" ? (node.quoted ? JSON.stringify(node.text) : node.text) : "";
}

/** The YAML or JSON that stands in a scalar. */
export function parseScalar(node: Node): Node {
  const document = parseDocument(node.text);
  const mistake = document.problems.find(({ kind }) => kind === "syntax" || kind === "limit");
  if (mistake !== undefined) refuse("other", mistake.message, node.origin);
  if (document.root === null) refuse("other", "wrong node kind: there is nothing in the text", node.origin);
  const { origin } = node;
  return fromYaml(document.root, "resource", (span) => origin ?? { file: "", span }, node.text);
}
