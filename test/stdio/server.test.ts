import { protocolSuite } from "../support/protocol-suite.ts";
import { startProgram, writeFolder } from "../support/stdio.ts";

protocolSuite({
  name: "stdio of dist/server.cjs",
  start: (files) => Promise.resolve({ wire: startProgram("server.cjs", ["--stdio"]), folder: writeFolder(files) }),
  exits: true,
});
