import { previewAt } from "../../features/preview/preview.ts";
import { previewRequest } from "../../protocol/messages.ts";
import type { PageResult, PreviewParams } from "../../protocol/messages.ts";
import type { Handler } from "../handler.ts";

/** `drydock/preview`: DNS records and endpoints as a text that follows the manifests. */
export const preview: Handler = {
  capabilities: () => ({}),
  register(session) {
    session.connection.onRequest(
      previewRequest,
      session.guard.handler<PreviewParams, PageResult | null>(previewRequest, null, ({ uri, position, service }) => {
        const context = session.workspace.contextOf(uri);
        if (context === undefined) return null;
        return (
          previewAt(context, {
            offset: position === undefined ? undefined : session.offsetAt(context.read, position),
            service,
          }) ?? null
        );
      }),
    );
  },
};
