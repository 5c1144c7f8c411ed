import type { Elsewhere, Notation } from "../../server/src/protocol/messages.ts";

/** What can be asked of the editor about its other extensions; an installed one counts, since it becomes active with the first YAML file. */
export interface Surroundings {
  readonly isInstalled: (extension: string) => boolean;
  /** A setting by its full name. */
  readonly setting: (name: string) => unknown;
}

/** Extensions that report syntax errors of a notation, unless their setting is off. */
const checkers: readonly { readonly extension: string; readonly setting: string; readonly notation: Notation }[] = [
  { extension: "redhat.vscode-yaml", setting: "yaml.validate", notation: "yaml" },
  { extension: "vscode.json-language-features", setting: "json.validate.enable", notation: "json" },
];

/** The settings of others on which {@link elsewhereAmong} depends. */
export const neighbourSettings: readonly string[] = [
  ...checkers.map(({ setting }) => setting),
  "yaml.completion",
  "yaml.schemas",
];

/** What other extensions do already for the texts that Drydock looks at. */
export function elsewhereAmong({ isInstalled, setting }: Surroundings): Elsewhere {
  const active = checkers.filter((each) => isInstalled(each.extension) && setting(each.setting) !== false);
  return {
    // The extension's manifest contributes them.
    snippets: true,
    syntaxErrors: active.map(({ notation }) => notation),
    fields: isInstalled("redhat.vscode-yaml") && setting("yaml.completion") !== false && knowsKubernetes(),
  };

  /** The YAML extension has the schema of Kubernetes from another one, or from its own settings, which call it `kubernetes` or name an address. */
  function knowsKubernetes(): boolean {
    const schemas = setting("yaml.schemas");
    const isNamed =
      typeof schemas === "object" && schemas !== null && /kubernetes/i.test(Object.keys(schemas).join("\n"));
    return isInstalled("ms-kubernetes-tools.vscode-kubernetes-tools") || isNamed;
  }
}
