import type { JsonPath } from "../../base/json.ts";
import type { SpanPart } from "../../base/span-table.ts";
import type { Resource } from "../../index/types.ts";

/** Where an object declares something that others name: its name, a label, a port, a key. */
export interface Target {
  readonly resource: Resource;
  readonly path: JsonPath;
  /** `entry`: a label, whose key and value are asked for together. */
  readonly part: SpanPart;
}

/** A name for a target that equal ones share. */
export function targetKey({ resource, path }: Pick<Target, "resource" | "path">): string {
  const { group, kind, namespace, name, file } = resource;
  return JSON.stringify([file, group, kind, namespace, name, resource.place.start, ...path]);
}
