import { arrayAt } from "../../base/json.ts";
import type { JsonObject } from "../../base/json.ts";

export type Variables = Readonly<Record<string, string>>;

/**
 * Replaces `$(NAME)` by the variable's value. Unknown, empty and unterminated references stay as written, `$$` gives `$`, and values are not expanded again.
 * Of several sets of variables the first that has the name counts.
 * Imitates kubernetes, third_party/forked/golang/expansion/expand.go, Expand and MappingFuncFor, v1.36.
 */
export function expand(text: string, ...variables: readonly Variables[]): string {
  return text.replace(/\$(?:\$|\(([^)]*)\))/g, (match: string, name: string | undefined) =>
    name === undefined ? "$" : (variables.find((set) => Object.hasOwn(set, name))?.[name] ?? match),
  );
}

/** The names that a text refers to, escaped ones left out. */
export function referencedVariables(text: string): readonly string[] {
  return [...text.matchAll(/\$(?:\$|\(([^)]*)\))/g)].flatMap(([, name]) => (name === undefined ? [] : [name]));
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
  // A Map keeps odd names such as `__proto__` harmless while the environment grows.
  const own = new Map(Object.entries(envFrom));
  for (const { name, value } of env) own.set(name, expand(value, Object.fromEntries(own), services));
  return { ...services, ...Object.fromEntries(own) };
}

/** A container's command and arguments with the final environment (pkg/kubelet/container/helpers.go, ExpandContainerCommandAndArgs, v1.36). */
export function expandCommand(
  container: JsonObject,
  variables: Variables,
): { readonly command: readonly string[]; readonly args: readonly string[] } {
  const expanded = (field: "command" | "args"): readonly string[] =>
    arrayAt(container, field)
      .filter((entry) => typeof entry === "string")
      .map((entry) => expand(entry, variables));
  return { command: expanded("command"), args: expanded("args") };
}
