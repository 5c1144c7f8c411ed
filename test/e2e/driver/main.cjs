const { existsSync } = require("node:fs");

// Runs the suite that the environment names, once: a reloaded window finds its result. Without a suite this extension does nothing.
exports.activate = () => {
  const suite = process.env["DRYDOCK_E2E_SUITE"];
  const result = process.env["DRYDOCK_E2E_RESULT"];
  if (suite !== undefined && result !== undefined && !existsSync(result)) void require(suite).run();
};
