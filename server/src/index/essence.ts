import { isArray, isObject } from "../base/json.ts";
import type { JsonValue } from "../base/json.ts";

/** Fields of containers that no answer about another object rests on. */
const ownBusiness: ReadonlySet<string> = new Set(["image", "imagePullPolicy", "command", "args"]);

const containerLists: ReadonlySet<string> = new Set(["containers", "initContainers", "ephemeralContainers"]);

/** Whether two states of an object differ at most in what only concerns itself: what its containers run. */
export function isSameToOthers(left: JsonValue, right: JsonValue, isContainer = false): boolean {
  if (left === right) return true;
  if (isArray(left) && isArray(right))
    return (
      left.length === right.length && left.every((item, index) => isSameToOthers(item, right[index]!, isContainer))
    );
  if (!isObject(left) || !isObject(right) || isArray(left) || isArray(right)) return false;
  const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...keys].every((key) => {
    if (isContainer && ownBusiness.has(key)) return true;
    const [before, after] = [left[key], right[key]];
    return before !== undefined && after !== undefined && isSameToOthers(before, after, containerLists.has(key));
  });
}
