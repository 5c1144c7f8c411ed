import type { JsonObject, JsonValue } from "../../../server/src/base/json.ts";

/** An operation of the recorded JSON patches. */
export interface PatchOperation {
  readonly op: "add" | "remove" | "replace";
  readonly path: string;
  readonly value?: JsonValue;
}

type Container = JsonValue[] | Record<string, JsonValue>;

/** The object after the operations; the given one stays as it is. */
export function patched(object: JsonObject, patch: readonly PatchOperation[]): JsonObject {
  const copy = structuredClone(object) as Record<string, JsonValue>;
  for (const operation of patch) apply(copy, operation);
  return copy;
}

function apply(root: Container, { op, path, value }: PatchOperation): void {
  const keys = path.slice(1).split("/").map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
  const last = keys.pop() ?? "";
  const parent = keys.reduce<Container>((container, key) => (container as Record<string, Container>)[key] ?? fail(path), root);
  if (!Array.isArray(parent)) {
    if (op === "remove") Reflect.deleteProperty(parent, last);
    else parent[last] = structuredClone(value ?? null);
    return;
  }
  const index = last === "-" ? parent.length : Number(last);
  const added = op === "remove" ? [] : [structuredClone(value ?? null)];
  parent.splice(index, op === "add" ? 0 : 1, ...added);
}

function fail(path: string): never {
  throw new Error(`nothing at ${path}`);
}
