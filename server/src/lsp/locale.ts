import * as l10n from "@vscode/l10n";
import chinese from "../../../l10n/bundle.l10n.zh-cn.json" with { type: "json" };

/** Translations that the server brings along, for clients that send none. */
const bundles: Readonly<Record<string, Readonly<Record<string, string>>>> = { "zh-cn": chinese };

/** Chooses the language of all texts: what the client sends wins, then the translation for its locale, then English. */
export function chooseLanguage(locale: string | undefined, sent: Readonly<Record<string, string>> | undefined): void {
  const bundle = sent ?? bundles[locale?.toLowerCase().replace("_", "-") ?? ""] ?? {};
  l10n.config({ contents: { ...bundle } });
}
