import { secretValueAt } from "../../features/hover/secret.ts";
import { revealSecretRequest } from "../../protocol/messages.ts";
import type { RevealSecretParams, RevealSecretResult } from "../../protocol/messages.ts";
import type { Handler } from "../handler.ts";

/** `drydock/revealSecret`: the value of a Secret, for a person who has asked to see it. */
export const revealSecret: Handler = {
  capabilities: () => ({}),
  register(session) {
    session.connection.onRequest(
      revealSecretRequest,
      session.guard.handler<RevealSecretParams, RevealSecretResult | null>(
        revealSecretRequest,
        null,
        ({ uri, position }) => {
          const context = session.workspace.contextOf(uri);
          const found =
            context === undefined ? undefined : secretValueAt(context, session.offsetAt(context.read, position));
          return found === undefined ? null : { key: found.key, value: found.value ?? null };
        },
      ),
    );
  },
};
