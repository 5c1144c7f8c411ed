import { serveProcess } from "../../lsp/transports/node.ts";
import { nodeHost } from "./host.ts";

serveProcess(nodeHost());
