import { FileDecoration, l10n, ThemeColor, Uri, window } from "vscode";
import type { TreeObject } from "../../server/src/protocol/messages.ts";

/** The scheme of URIs that exist for their badges alone. */
const scheme = "drydock-tree";

/** A URI that says how many findings an object has; objects without any have none. */
export function badgeUri({ kind, namespace, name, errors, warnings, others }: TreeObject): Uri | undefined {
  if (errors + warnings + others === 0) return undefined;
  return Uri.from({
    scheme,
    path: `/${kind}/${namespace}/${name}`,
    query: [errors, warnings, others].join(),
  });
}

/** Shows the numbers of findings at the right of the tree, in the colours that the Explorer has for files. */
export function serveBadges(): { dispose(): void } {
  return window.registerFileDecorationProvider({
    provideFileDecoration(uri) {
      if (uri.scheme !== scheme) return undefined;
      const [errors = 0, warnings = 0, others = 0] = uri.query.split(",").map(Number);
      const count = errors + warnings + others;
      const color = errors > 0 ? "list.errorForeground" : "list.warningForeground";
      return new FileDecoration(
        count > 99 ? "99" : String(count),
        l10n.t("{0} errors, {1} warnings, {2} others", errors, warnings, others),
        errors + warnings === 0 ? undefined : new ThemeColor(color),
      );
    },
  });
}
