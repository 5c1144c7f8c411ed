import * as l10n from "@vscode/l10n";
import type { OpenReason } from "../../index/types.ts";

/** Why not all of an environment can be seen, in words. */
export function reasonText({ code, subject }: OpenReason): string {
  switch (code) {
    case "remote-base":
      return l10n.t("{0} lies elsewhere", subject);
    case "helm-chart":
      return l10n.t("the chart {0} makes objects", subject);
    case "plugin":
      return l10n.t("the plugin {0} makes or changes objects", subject);
    case "applier":
      return l10n.t("the controller that applies it changes objects ({0})", subject);
    case "build-fails":
      return l10n.t("kustomize refuses to build it: {0}", subject);
    case "pod-maker":
      return l10n.t("{0} makes pods", subject);
    case "template":
      return l10n.t("a template that other software fills in");
    case "placeholder":
      return l10n.t("values that other software fills in");
    case "broken-document":
      return l10n.t("a document that can't be read");
    case "unread-file":
      return l10n.t("a file that is not read: {0}", subject);
  }
}
