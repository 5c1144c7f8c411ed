import { serveWorker } from "../../lsp/transports/browser.ts";
import { browserHost } from "./host.ts";

serveWorker(self, browserHost);
