import * as l10n from "@vscode/l10n";
import type { FileNotice } from "../model/facts.ts";

/** Why a file is not read, or only in part; `limit` is what a person can raise for a large one. */
export function noticeText(notice: FileNotice, limit: string): string {
  switch (notice) {
    case "too-large":
      return l10n.t("not read, it is larger than {0} allows", limit);
    case "too-slow":
      return l10n.t("read in part, it takes too long");
    case "binary":
      return l10n.t("not read, it is no text");
    case "unreadable":
      return l10n.t("can't be read");
  }
}
