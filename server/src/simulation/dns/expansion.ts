import { arrayAt } from "../../base/json.ts";
import type { JsonObject } from "../../base/json.ts";

/** Environment variables by name. */
export type Variables = Readonly<Record<string, string>>;

/** The value of a variable, `undefined` for an unknown one. */
export type Lookup = (name: string) => string | undefined;

/**
 * Replaces `$(NAME)` by the variable's value. Unknown, empty and unterminated references stay as written, `$$` gives `$`, and values are not expanded again.
 * Imitates kubernetes, third_party/forked/golang/expansion/expand.go, Expand, v1.36.
 */
export function expand(text: string, lookup: Lookup): string {
  // Behind the last closing bracket nothing can be a reference; searching there would take quadratic time.
  const end = text.lastIndexOf(")") + 1;
  const expanded = text
    .slice(0, end)
    .replace(/\$(?:\$|\(([^)]*)\))/g, (match: string, name: string | undefined) =>
      name === undefined ? "$" : (lookup(name) ?? match),
    );
  return expanded + text.slice(end).replaceAll("$$", () => "$");
}

/** Looks a name up in several sets; the first that has it counts (expand.go, MappingFuncFor, v1.36). */
export function lookupIn(...sets: readonly Variables[]): Lookup {
  return (name) => sets.find((set) => Object.hasOwn(set, name))?.[name];
}

/**
 * A container's environment: `envFrom` below `env`, each variable of `env` expanded with what stands before it, Services last.
 * Imitates kubelet, pkg/kubelet/kubelet_pods.go, makeEnvironmentVariables, v1.36.
 */
export function mergeEnvironment(
  env: readonly { readonly name: string; readonly value: string }[],
  envFrom: Variables,
  services: Variables,
): Variables {
  const own = new Map(Object.entries(envFrom));
  const service = lookupIn(services);
  for (const { name, value } of env) {
    own.set(
      name,
      expand(value, (other) => own.get(other) ?? service(other)),
    );
  }
  return { ...services, ...Object.fromEntries(own) };
}

/** A container's command and arguments with the final environment (pkg/kubelet/container/helpers.go, ExpandContainerCommandAndArgs, v1.36). */
export function expandCommand(
  container: JsonObject,
  variables: Variables,
): { readonly command: readonly string[]; readonly args: readonly string[] } {
  const lookup = lookupIn(variables);
  const expanded = (field: "command" | "args"): readonly string[] =>
    arrayAt(container, field)
      .filter((entry) => typeof entry === "string")
      .map((entry) => expand(entry, lookup));
  return { command: expanded("command"), args: expanded("args") };
}
