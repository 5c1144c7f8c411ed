import * as l10n from "@vscode/l10n";
import type { SelectedWorkload, ServicePort, ServiceResolution } from "../../resolve/types.ts";
import { named } from "../describe.ts";
import { linkTo } from "../page.ts";
import { plain } from "./step.ts";
import type { Evidence, Step } from "./step.ts";

/** Whether each port of the Service leads to a port of the pods. */
export function portSteps({ ports, workloads, headless }: ServiceResolution): readonly Step[] {
  if (ports.length === 0) return headless ? [] : [withoutPorts()];
  const steps = ports.map((port) => portStep(port, workloads));
  // One port that leads somewhere is enough for an endpoint; then the others are only partly right.
  const anywhere = steps.some(({ state }) => state !== "wrong");
  return steps.map((step) => (step.state === "wrong" && anywhere ? { ...step, state: "partly" } : step));
}

function withoutPorts(): Step {
  return {
    state: "wrong",
    title: l10n.t("It has no ports, which the API server refuses."),
    evidence: [],
    fixes: [l10n.t("Write at least one entry below spec.ports.")],
  };
}

function portStep(port: ServicePort, workloads: readonly SelectedWorkload[]): Step {
  const found = workloads.map((workload) => ({
    workload,
    target: workload.ports.find(({ index }) => index === port.index),
  }));
  const missing = found.filter(({ target }) => target?.number === undefined).length;
  const words = port.name === "" ? String(port.port) : `${port.name} (${port.port})`;
  return {
    state: missing === 0 ? "right" : missing === found.length ? "wrong" : "partly",
    title:
      missing === 0
        ? l10n.t("Port {0} leads to port {1} of the pods.", words, port.targetPort)
        : l10n.t("Port {0} leads to a port {1} that pods do not have.", words, port.targetPort),
    evidence: found.map(({ workload, target }) => targetLine(port, workload, target)),
    fixes:
      missing === 0
        ? []
        : [
            l10n.t(
              "Give a container port the name {0}, or write one of its names or numbers as targetPort.",
              port.targetPort,
            ),
          ],
  };
}

function targetLine(
  port: ServicePort,
  { resource }: SelectedWorkload,
  target: SelectedWorkload["ports"][number] | undefined,
): Evidence {
  const name = named(resource);
  if (target?.number === undefined)
    return { text: `${name}: ${mistake(port, target?.mistake)}`, links: [linkTo(resource)] };
  const place = target.declaration === undefined ? undefined : resource.origin(target.declaration, "value");
  if (place !== undefined) {
    const words = String(target.number);
    return { text: `${name}: ${words}/${port.protocol}`, links: [linkTo(resource), { words, place }] };
  }
  return plain(l10n.t("{0}: {1}, which no container declares; that is allowed", name, target.number));
}

function mistake({ protocol, targetPort }: ServicePort, found: SelectedWorkload["ports"][number]["mistake"]): string {
  switch (found) {
    case "other-protocol":
      return l10n.t("its port {0} has another protocol than {1}", targetPort, protocol);
    case "init-container":
      return l10n.t("port {0} belongs to an init container, which does not count", targetPort);
    case undefined:
      return l10n.t("no container port has the name {0}", targetPort);
  }
}
