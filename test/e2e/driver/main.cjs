// Runs the suite that the environment names; without one this extension does nothing.
exports.activate = () => {
  const suite = process.env["DRYDOCK_E2E_SUITE"];
  if (suite !== undefined) void require(suite).run();
};
