import * as l10n from "@vscode/l10n";
import { nameKey } from "../../../index/keys.ts";
import type { Resource } from "../../../index/types.ts";
import { named } from "../../describe.ts";
import type { Fix } from "../../finding.ts";
import type { Draft, Rule, Subject } from "../rule.ts";

/** One object written twice in what is applied together: the later one replaces the earlier. Reported once, at the second definition. */
export const duplicateObject: Rule = {
  codes: ["object/defined-twice"],
  kinds: undefined,
  check({ environment, resource }: Subject): readonly Draft[] {
    if (environment.kind === "kustomization" || resource.name === "") return [];
    const { group, kind, name } = resource;
    const [first, second] = environment
      .posting(nameKey(group, kind, name))
      .filter(({ namespace, file }) => namespace === resource.namespace && file === resource.file);
    if (first === undefined || second?.place.start !== resource.place.start) return [];
    return [
      {
        code: "object/defined-twice",
        severity: "information",
        message: l10n.t(
          "{0} is defined twice in this file: applied together, the later definition replaces the earlier one.",
          named(resource),
        ),
        path: ["metadata", "name"],
        related: [{ place: first.place, message: l10n.t("the other definition") }],
        fixes: [renaming(resource, freeName(environment, resource))],
      },
    ];
  },
};

function renaming(resource: Resource, name: string): Fix {
  // By its place: the first definition has the same kind and name.
  const { document } = resource;
  return {
    title: l10n.t("Change the name to {0}", name),
    changes: [{ kind: "document", place: document, change: { kind: "set", path: ["metadata", "name"], value: name } }],
  };
}

function freeName(environment: Subject["environment"], { group, kind, name, namespace }: Resource): string {
  for (let number = 2; ; number++) {
    const candidate = `${name}-${number}`;
    const taken = environment.posting(nameKey(group, kind, candidate));
    if (taken.every((other) => other.namespace !== namespace)) return candidate;
  }
}
