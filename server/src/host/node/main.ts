import { serveProcess } from "../../lsp/transports/node.ts";
import { nodeHost } from "./host.ts";
import { keepYoungGenerationSmall } from "./memory.ts";

keepYoungGenerationSmall();
serveProcess(nodeHost());
