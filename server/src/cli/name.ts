import type { Resource } from "../index/types.ts";
import type { Arguments } from "./arguments.ts";

/** Whether an object is the one that `[NAMESPACE/]NAME` means; without a namespace the one of `--namespace`, else any. */
export function isMeant(resource: Resource, { name, namespace }: Pick<Arguments, "name" | "namespace">): boolean {
  if (name === undefined) return true;
  const slash = name.indexOf("/");
  const wanted = slash < 0 ? namespace : name.slice(0, slash);
  return resource.name === name.slice(slash + 1) && (wanted === undefined || resource.namespace === wanted);
}

/** As `isMeant`, for `[NAMESPACE/][KIND/]NAME`; kinds compare without case. */
export function isMeantKind(resource: Resource, options: Pick<Arguments, "name" | "namespace">): boolean {
  const parts = options.name?.split("/") ?? [];
  const kind = parts.length > 1 ? parts.at(-2) : undefined;
  if (kind === undefined || kind.toLowerCase() !== resource.kind.toLowerCase()) return isMeant(resource, options);
  return isMeant(resource, { ...options, name: [...parts.slice(0, -2), parts.at(-1)].join("/") });
}

/** Order of objects in output: namespace, name, then where they stand. */
export function compareForOutput(a: Resource, b: Resource): number {
  return (
    compareTexts(a.namespace ?? "", b.namespace ?? "") ||
    compareTexts(a.name, b.name) ||
    compareTexts(a.file, b.file) ||
    a.place.start - b.place.start
  );
}

/** Order of UTF-16 units: the same everywhere, whatever the language of the machine. */
export function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
