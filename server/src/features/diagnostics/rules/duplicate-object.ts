import * as l10n from "@vscode/l10n";
import { nameKey } from "../../../index/keys.ts";
import { named } from "../../describe.ts";
import type { Draft, Rule, Subject } from "../rule.ts";

/** One object written twice in what is applied together: the later one replaces the earlier. Reported once, at the second definition. */
export const duplicateObject: Rule = {
  codes: ["object/defined-twice"],
  kinds: undefined,
  check({ environment, resource }: Subject): readonly Draft[] {
    if (environment.kind === "kustomization" || resource.name === "") return [];
    const [first, second] = environment
      .posting(nameKey(resource.group, resource.kind, resource.name))
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
      },
    ];
  },
};
