import type { Resource } from "../index/types.ts";
import type { Arguments } from "./arguments.ts";

/** Whether an object is the one that `[NAMESPACE/]NAME` means; without a namespace the one of `--namespace`, else any. */
export function isMeant(resource: Resource, { name, namespace }: Pick<Arguments, "name" | "namespace">): boolean {
  if (name === undefined) return true;
  const slash = name.indexOf("/");
  const wanted = slash < 0 ? namespace : name.slice(0, slash);
  return resource.name === name.slice(slash + 1) && (wanted === undefined || resource.namespace === wanted);
}

/** As `isMeant`, for `[NAMESPACE/][KIND/]NAME` of a pod or workload; a kind is written as kubectl takes it: in any case, short or as plural. */
export function isMeantWorkload(
  resource: Resource,
  { name, namespace }: Pick<Arguments, "name" | "namespace">,
): boolean {
  const parts = name?.split("/") ?? [];
  const kind = workloadKind(parts.at(-2) ?? "");
  if (kind === undefined) return isMeant(resource, { name, namespace });
  const withoutKind = [...parts.slice(0, -2), parts.at(-1)].join("/");
  return resource.kind.toLowerCase() === kind && isMeant(resource, { name: withoutKind, namespace });
}

const shortKinds: Readonly<Record<string, string>> = {
  po: "pod",
  deploy: "deployment",
  rs: "replicaset",
  sts: "statefulset",
  ds: "daemonset",
  cj: "cronjob",
  rc: "replicationcontroller",
};

const workloadKinds: ReadonlySet<string> = new Set([...Object.values(shortKinds), "job", "rollout"]);

function workloadKind(word: string): string | undefined {
  const lower = word.toLowerCase();
  const long = Object.hasOwn(shortKinds, lower) ? shortKinds[lower]! : lower;
  return [long, long.replace(/s$/, "")].find((each) => workloadKinds.has(each));
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
