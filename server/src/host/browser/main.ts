import { serveWorker } from "../../lsp/transports/browser.ts";
import { browserHost } from "./host.ts";

serveWorker(self as unknown as DedicatedWorkerGlobalScope, browserHost);
