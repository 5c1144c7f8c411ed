import { elsewhereNotification } from "../../protocol/messages.ts";
import type { Elsewhere } from "../../protocol/messages.ts";
import type { Handler } from "../handler.ts";

/** `drydock/elsewhere`: another extension has come, gone, or been told to be silent. */
export const elsewhere: Handler = {
  capabilities: () => ({}),
  register(session) {
    session.connection.onNotification(elsewhereNotification, (params: Elsewhere) => session.share(params));
  },
};
