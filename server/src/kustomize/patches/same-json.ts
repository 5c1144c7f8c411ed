import { isSameJson } from "../../base/json.ts";
import { toJson } from "../tree/json.ts";
import type { Node } from "../tree/node.ts";

/** Whether two nodes mean equal JSON values. */
export function sameJson(left: Node | undefined, right: Node | undefined): boolean {
  if (left === undefined || right === undefined) return left === right;
  return isSameJson(toJson(left), toJson(right));
}
