import type { JsonPath, JsonValue } from "../../base/json.ts";
import { at } from "../../base/json.ts";
import type { CursorSubject } from "../context.ts";

/** Whether both paths lead to the same place. */
export function isPath(path: JsonPath, wanted: JsonPath): boolean {
  return path.length === wanted.length && startsWith(path, wanted);
}

/** Whether a path leads to a place or into it. */
export function startsWith(path: JsonPath, start: JsonPath): boolean {
  return start.every((step, index) => path[index] === step);
}

/** The value at a path of the object as its environment has it; as written, where the environment's object is another one there. */
export function valueAt({ resource, facts }: CursorSubject, path: JsonPath): JsonValue | undefined {
  return at(resource.object, ...path) ?? at(facts.object, ...path);
}
