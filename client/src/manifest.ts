import type { TextDocument } from "vscode";

/** The languages that Kubernetes manifests are written in; the extension manifest's activation events name the same. */
export const languages = ["yaml", "json", "jsonc", "dockercompose", "helm"] as const;

const schemes = ["file", "vscode-vfs", "untitled"] as const;

/** Every text that Drydock may have to say something about. Not the sides of a diff, not outputs. */
export const documentSelector: readonly { readonly language: string; readonly scheme: string }[] = languages.flatMap(
  (language) => schemes.map((scheme) => ({ language, scheme })),
);

/** The definitions of a Helm chart's templates, whatever language other extensions take them for. */
export const helpersSelector: readonly { readonly pattern: string; readonly scheme: string }[] = schemes.map(
  (scheme) => ({ pattern: "**/templates/**/*.tpl", scheme }),
);

const apiVersion = /(?:^|[{,])\s*"?apiVersion"?\s*:/m;
const kind = /(?:^|[{,])\s*"?kind"?\s*:/m;

/** A cheap look at whether a text is Kubernetes' or a kustomization; the server decides. */
export function isManifest(document: TextDocument): boolean {
  if (
    !documentSelector.some(({ language, scheme }) => language === document.languageId && scheme === document.uri.scheme)
  ) {
    return false;
  }
  if (/\/kustomization\.ya?ml$/i.test(document.uri.path)) return true;
  const text = document.getText();
  return apiVersion.test(text) && kind.test(text);
}
