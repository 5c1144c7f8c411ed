import type { ServerCapabilities } from "vscode-languageserver";
import type { ClientFeatures } from "./client-features.ts";
import type { Session } from "./session.ts";

/** One verb of the protocol: what it announces, and what it answers. */
export interface Handler {
  /** What `initialize` says of it to a client with these features. */
  capabilities(client: ClientFeatures): ServerCapabilities;
  /** Listens to its requests; called once, before the first message. */
  register(session: Session): void;
}
