import { reviewRequest } from "../../protocol/messages.ts";
import type { PageResult, ReviewParams } from "../../protocol/messages.ts";
import type { Handler } from "../handler.ts";
import { reviewAgainst } from "../review.ts";
import { toResult } from "./pages.ts";

/** `drydock/review`: what the changes since a commit do to each environment. Runs git, so only when a person asks. */
export const review: Handler = {
  capabilities: () => ({}),
  register(session) {
    session.connection.onRequest(
      reviewRequest,
      session.guard.handler<ReviewParams, PageResult | null>(reviewRequest, null, async ({ commit }) =>
        toResult(session, await reviewAgainst(session, commit)),
      ),
    );
  },
};
