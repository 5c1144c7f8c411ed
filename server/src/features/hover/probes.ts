import * as l10n from "@vscode/l10n";
import type { JsonPath, JsonValue } from "../../base/json.ts";
import { arrayAt, at, numberAt, objectAt, textAt } from "../../base/json.ts";
import { podTemplatePath } from "../../kubernetes/pod-template.ts";
import { durationText } from "../spell-out.ts";
import type { HoverRequest } from "./hover.ts";
import { code, paragraphs } from "../markdown.ts";
import { valueAt } from "./paths.ts";

const probes = ["startupProbe", "readinessProbe", "livenessProbe"] as const;
type ProbeName = (typeof probes)[number];

/** Hovers anywhere inside a probe: what it does as a sentence, and how long things take at most. */
export function probeHover({ subject }: HoverRequest): string | undefined {
  const { resource, path } = subject;
  const template = podTemplatePath(resource.group, resource.kind);
  const name = probes.find((each) => path.includes(each));
  if (template === undefined || name === undefined) return undefined;
  const container: JsonPath = path.slice(0, path.indexOf(name));
  const probe = valueAt(subject, [...container, name]);
  const times = timesOf(probe);
  const startup = objectAt(valueAt(subject, container), "startupProbe");
  const grace = graceSeconds(probe, valueAt(subject, [...template, "spec"]));
  return paragraphs(
    `**${name}** · ${action(probe)}`,
    times.initialDelay > 0
      ? l10n.t(
          "Every {0}, for the first time {1} after the start; each try may take {2}.",
          durationText(times.period),
          durationText(times.initialDelay),
          durationText(times.timeout),
        )
      : l10n.t(
          "Every {0}, from the start; each try may take {1}.",
          durationText(times.period),
          durationText(times.timeout),
        ),
    consequence(name, times, grace),
    name === "startupProbe" || startup === undefined
      ? undefined
      : l10n.t(
          "It waits until the startup probe has succeeded, which may take up to {0}.",
          durationText(longestStart(timesOf(startup))),
        ),
  );
}

interface Times {
  readonly initialDelay: number;
  readonly period: number;
  readonly timeout: number;
  readonly successes: number;
  readonly failures: number;
}

/** The numbers of a probe in seconds with the API server's defaults (pkg/apis/core/v1/defaults.go, SetDefaults_Probe, v1.36). */
function timesOf(probe: JsonValue | undefined): Times {
  const field = (name: string, fallback: number): number => numberAt(probe, name) || fallback;
  return {
    initialDelay: field("initialDelaySeconds", 0),
    period: field("periodSeconds", 10),
    timeout: field("timeoutSeconds", 1),
    successes: field("successThreshold", 1),
    failures: field("failureThreshold", 3),
  };
}

/**
 * The longest time until `count` tries in a row have ended: the first one starts with the next tick, the others follow, and the last one takes all of its time.
 * Imitates the kubelet, pkg/kubelet/prober/worker.go, run and doProbe, v1.36.
 */
function longest({ period, timeout }: Times, count: number): number {
  return period + (count - 1) * Math.max(period, timeout) + timeout;
}

function longestStart(times: Times): number {
  return times.initialDelay + longest(times, times.failures);
}

function consequence(name: ProbeName, times: Times, grace: number): string {
  switch (name) {
    case "startupProbe":
      return l10n.t(
        "The container has up to {0} to start; after {1} failures in a row it is restarted. Until then no other probe runs.",
        durationText(longestStart(times)),
        times.failures,
      );
    case "readinessProbe":
      return paragraphs(
        l10n.t(
          "Ready at the latest {0} after it begins to answer ({1} in a row).",
          durationText(times.initialDelay + longest(times, times.successes)),
          times.successes,
        ),
        l10n.t(
          "When it stops answering, the pod leaves the endpoints after {0} failures in a row, at the latest after {1}. It is not restarted.",
          times.failures,
          durationText(longest(times, times.failures)),
        ),
      );
    case "livenessProbe":
      return l10n.t(
        "When it stops answering, the container is told to end after {0} failures in a row, at the latest after {1}; it is killed and restarted at most {2} later.",
        times.failures,
        durationText(longest(times, times.failures)),
        durationText(grace),
      );
  }
}

function graceSeconds(probe: JsonValue | undefined, spec: JsonValue | undefined): number {
  return numberAt(probe, "terminationGracePeriodSeconds") ?? numberAt(spec, "terminationGracePeriodSeconds") ?? 30;
}

function action(probe: JsonValue | undefined): string {
  const http = objectAt(probe, "httpGet");
  if (http !== undefined) {
    const scheme = (textAt(http, "scheme") ?? "HTTP").toLowerCase();
    return code(`GET ${scheme}://${textAt(http, "host") ?? "POD"}:${portText(http)}${pathText(http)}`);
  }
  const tcp = objectAt(probe, "tcpSocket");
  if (tcp !== undefined) return l10n.t("a TCP connection to port {0}", code(portText(tcp)));
  const grpc = objectAt(probe, "grpc");
  if (grpc !== undefined) return l10n.t("a gRPC health check on port {0}", code(portText(grpc)));
  const command = arrayAt(probe, "exec", "command").filter((word) => typeof word === "string");
  return command.length === 0
    ? l10n.t("it says no way to ask")
    : l10n.t("the command {0} must end with status 0", code(command.join(" ").slice(0, 80)));
}

function portText(handler: JsonValue): string {
  const port = at(handler, "port");
  return typeof port === "number" || typeof port === "string" ? String(port) : "?";
}

function pathText(http: JsonValue): string {
  const path = textAt(http, "path") ?? "/";
  return path.startsWith("/") ? path : `/${path}`;
}
