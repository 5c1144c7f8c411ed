import { reportRequest } from "../../protocol/messages.ts";
import type { ReportResult } from "../../protocol/messages.ts";
import type { Handler } from "../handler.ts";
import { drydockVersion } from "../../base/version.ts";

/** `drydock/report`: figures for a bug report, never anything of a manifest. */
export const report: Handler = {
  capabilities: () => ({}),
  register(session) {
    session.connection.onRequest(reportRequest, (): ReportResult => ({
      serverVersion: drydockVersion,
      kubernetesVersion: session.kubernetesVersion,
      files: session.workspace.index.filesBelow("").length,
      resources: session.workspace.resourceCount,
      environments: session.workspace.environments.all().length,
    }));
  },
};
