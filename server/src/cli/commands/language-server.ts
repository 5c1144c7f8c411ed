import { nodeHost } from "../../host/node/host.ts";
import { keepYoungGenerationSmall } from "../../host/node/memory.ts";
import { serveStreams } from "../../lsp/transports/node.ts";
import type { Command } from "../command.ts";

/** `drydock language-server --stdio`: the language server for any editor, on standard input and output until the client ends it. */
export const languageServer: Command = {
  shape: { takesName: "never", formats: ["text"], options: [] },
  run() {
    keepYoungGenerationSmall();
    serveStreams(process.stdin, process.stdout, nodeHost());
    return new Promise((resolve) => process.once("exit", () => resolve({ status: 0, notices: [] })));
  },
};
