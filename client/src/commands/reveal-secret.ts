import { env, l10n, window } from "vscode";
import {
  type RevealSecretParams,
  type RevealSecretResult,
  revealSecretRequest,
} from "../../../server/src/protocol/messages.ts";
import type { Server } from "../server.ts";

/** Shows the decoded value of a Secret, in a message that is gone when it is closed. */
export function revealSecretCommand(server: Server): (params: RevealSecretParams) => Promise<void> {
  return async (params) => {
    const found = await server.request<RevealSecretResult | null>(revealSecretRequest, params);
    if (found === undefined || found === null) {
      void window.showInformationMessage(l10n.t("There is no value of a Secret at this place any more."));
      return;
    }
    const { key, value } = found;
    if (value === null) {
      void window.showInformationMessage(l10n.t("{0} holds bytes that are no text.", key));
      return;
    }
    const copy = l10n.t("Copy");
    const chosen = await window.showInformationMessage(key, { modal: true, detail: value }, copy);
    if (chosen === copy) await env.clipboard.writeText(value);
  };
}
