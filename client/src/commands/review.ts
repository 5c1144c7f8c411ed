import { l10n, window } from "vscode";
import type { Pages } from "../pages.ts";

/** Shows what the changes since a commit do to the cluster; asks which commit. The manifest offers it in trusted workspaces alone, since it runs git. */
export function reviewCommand(pages: Pages): (commit?: unknown) => Promise<void> {
  return async (commit) => {
    const chosen = typeof commit === "string" ? commit : await askForCommit();
    if (chosen === undefined || chosen === "") return;
    await pages.show({ kind: "review", subject: chosen, params: { commit: chosen } });
  };
}

async function askForCommit(): Promise<string | undefined> {
  const other = l10n.t("Another commit, branch or tag…");
  const picked = await window.showQuickPick(
    [
      { label: "HEAD", description: l10n.t("what is not committed yet") },
      { label: "origin/HEAD", description: l10n.t("all that this branch changes") },
      { label: other },
    ],
    { title: l10n.t("Review Changes against"), matchOnDescription: true },
  );
  if (picked?.label !== other) return picked?.label;
  return window.showInputBox({
    title: l10n.t("Review Changes against"),
    prompt: l10n.t("A commit, branch or tag of git"),
  });
}
