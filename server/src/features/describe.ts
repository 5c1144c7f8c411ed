import * as l10n from "@vscode/l10n";
import type { ObjectIdentity } from "../index/types.ts";

/** `Deployment web`: the way messages name an object; the namespace is said only where it matters. */
export function named(object: Pick<ObjectIdentity, "kind" | "name">): string {
  return object.name === "" ? object.kind : `${object.kind} ${object.name}`;
}

/** `app=web, tier=front`: labels as kubectl writes them. */
export function labelsText(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(", ");
}

/** `a`, `a and b`, `a, b and c`; long lists end in a number. */
export function listText(items: readonly string[], most = 4): string {
  const shown =
    items.length > most ? [...items.slice(0, most - 1), l10n.t("{0} more", items.length - most + 1)] : items;
  const last = shown.at(-1);
  if (last === undefined) return "";
  return shown.length === 1 ? last : l10n.t("{0} and {1}", shown.slice(0, -1).join(", "), last);
}

/** `1 pod`, `3 pods`, `pods` where the number is not known. */
export function podsText(count: number | undefined): string {
  if (count === undefined) return l10n.t("one pod per node");
  return count === 1 ? l10n.t("1 pod") : l10n.t("{0} pods", count);
}
