import { floatTag, intTag, boolTag, Node, nullTag, stringTag } from "../tree/node.ts";
import type { SourceRange } from "../types.ts";

/** The type of a setting, as Go's structs give it. `any` is not looked into. */
export type Shape = "string" | "bool" | "int" | "any" | ListShape | TextsShape | StructShape;

export interface ListShape {
  readonly list: Shape;
}

/** A map of texts. */
export interface TextsShape {
  readonly values: "string";
}

export interface StructShape {
  readonly name: string;
  readonly fields: Readonly<Record<string, Shape>>;
}

export interface DecodeOptions {
  /** Unknown fields are refused. */
  readonly strict: boolean;
  readonly fail: (message: string, at: SourceRange | undefined) => never;
}

/**
 * The settings with the names that the shape spells and without nulls. Names compare without case; wrong types are refused.
 * Go's encoding/json with DisallowUnknownFields, on what sigs.k8s.io/yaml makes of the YAML.
 */
export function decode(node: Node, shape: Shape, options: DecodeOptions, path = ""): Node {
  if (shape === "any") return node;
  if (typeof shape === "string") return decodeScalar(node, shape, options, path);
  if ("list" in shape) return decodeList(node, shape, options, path);
  return "values" in shape ? decodeTexts(node, options, path) : decodeStruct(node, shape, options, path);
}

function decodeScalar(node: Node, shape: "string" | "bool" | "int", options: DecodeOptions, path: string): Node {
  const tags = { string: [stringTag], bool: [boolTag], int: [intTag, floatTag] }[shape];
  const fits =
    node.kind === "scalar" && tags.includes(node.tag) && (shape !== "int" || Number.isInteger(Number(node.text)));
  return fits ? node : mismatch(node, shape === "int" ? "int64" : shape, options, path);
}

function decodeList(node: Node, shape: ListShape, options: DecodeOptions, path: string): Node {
  if (node.kind !== "list") return mismatch(node, `[]${typeName(shape.list)}`, options, path);
  const list = Node.list(node.origin);
  list.items = node.items.map((item) =>
    item.tag === nullTag ? zeroValue(shape.list, item) : decode(item, shape.list, options, path),
  );
  return list;
}

function zeroValue(shape: Shape, node: Node): Node {
  return shape === "string" ? Node.scalar("", stringTag, node.origin) : Node.map(node.origin);
}

function decodeTexts(node: Node, options: DecodeOptions, path: string): Node {
  if (node.kind !== "map") return mismatch(node, "map[string]string", options, path);
  const map = Node.map(node.origin);
  for (const { key, value } of node.entries) {
    const text =
      value.tag === nullTag ? Node.scalar("", stringTag, value.origin) : decodeScalar(value, "string", options, path);
    replaceField(map, key.text, text);
  }
  return map;
}

function decodeStruct(node: Node, shape: StructShape, options: DecodeOptions, path: string): Node {
  if (node.kind !== "map") return mismatch(node, shape.name, options, path);
  const map = Node.map(node.origin);
  for (const { key, value } of node.entries) {
    const name = fieldName(shape, key.text);
    const fieldShape = name === undefined ? undefined : shape.fields[name];
    if (name === undefined || fieldShape === undefined) {
      if (options.strict) options.fail(`json: unknown field ${JSON.stringify(key.text)}`, key.origin);
      continue;
    }
    if (value.tag !== nullTag)
      replaceField(
        map,
        name,
        decode(value, fieldShape, options, path === "" ? `${shape.name}.${name}` : `${path}.${name}`),
      );
  }
  return map;
}

/** The last one of two equal keys wins. */
function replaceField(map: Node, name: string, value: Node): void {
  map.entries = map.entries.filter(({ key }) => key.text !== name);
  map.entries = [...map.entries, { key: Node.scalar(name, stringTag, value.origin, true), value }];
}

function fieldName(shape: StructShape, name: string): string | undefined {
  if (Object.hasOwn(shape.fields, name)) return name;
  const folded = name.toLowerCase();
  return Object.keys(shape.fields).find((known) => known.toLowerCase() === folded);
}

function typeName(shape: Shape): string {
  if (typeof shape === "string") return shape === "int" ? "int64" : shape;
  if ("list" in shape) return `[]${typeName(shape.list)}`;
  return "values" in shape ? "map[string]string" : `types.${shape.name}`;
}

function mismatch(node: Node, wanted: string, options: DecodeOptions, path: string): never {
  const found = node.kind === "map" ? "object" : node.kind === "list" ? "array" : scalarNames[node.tag];
  const place = path === "" ? `Go value of type types.${wanted}` : `Go struct field ${path} of type ${wanted}`;
  return options.fail(`json: cannot unmarshal ${found ?? "string"} into ${place}`, node.origin);
}

const scalarNames: Readonly<Record<string, string>> = {
  [stringTag]: "string",
  [boolTag]: "bool",
  [intTag]: "number",
  [floatTag]: "number",
};
