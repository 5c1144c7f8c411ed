import { arrayAt, at, isObject, numberAt, textAt } from "../base/json.ts";
import type { JsonObject, JsonPath, JsonValue } from "../base/json.ts";
import type { Resource } from "../index/types.ts";
import { findPort, isSidecar, protocolOf, targetPortOf } from "../kubernetes/find-port.ts";
import { podTemplatePath } from "../kubernetes/pod-template.ts";
import type { PortTarget, ServicePort } from "./types.ts";

/** The ports of a Service after defaulting; entries that are no maps have number 0. */
export function servicePortsOf(service: JsonObject): readonly ServicePort[] {
  return arrayAt(service, "spec", "ports").map((port, index) => {
    const target = isObject(port) ? targetPortOf(port) : 0;
    return {
      index,
      name: textAt(port, "name") ?? "",
      protocol: protocolOf(port),
      port: numberAt(port, "port") ?? 0,
      targetPort: typeof target === "string" || typeof target === "number" ? target : 0,
      nodePort: numberAt(port, "nodePort") ?? null,
      appProtocol: textAt(port, "appProtocol") ?? null,
    };
  });
}

/** Where the ports of a Service lead to in the pods of a workload. */
export function portTargets(service: JsonObject, workload: Resource): readonly PortTarget[] {
  const templatePath = podTemplatePath(workload.group, workload.kind) ?? [];
  const template = at(workload.object, ...templatePath);
  const pod = isObject(template) ? template : {};
  return arrayAt(service, "spec", "ports").map((port, index) => {
    const found = isObject(port) ? findPort(pod, port) : undefined;
    const number = found?.error === undefined ? found?.value : undefined;
    const declared = isObject(port) ? declarationOf(pod, port) : undefined;
    const declaration = declared === undefined ? undefined : [...templatePath, ...declared];
    if (number !== undefined) return { index, number, declaration };
    return { index, number, declaration: undefined, mistake: isObject(port) ? mistakeOf(pod, port) : undefined };
  });
}

/** The path of the container port that a Service port means, by its name or its number. */
function declarationOf(pod: JsonObject, servicePort: JsonObject): JsonPath | undefined {
  const target = targetPortOf(servicePort);
  return declaredPorts(pod).find(
    ({ port, counts }) =>
      counts &&
      protocolOf(port) === protocolOf(servicePort) &&
      at(port, typeof target === "string" ? "name" : "containerPort") === target,
  )?.path;
}

/** Why no port of that name counts although there is one. */
function mistakeOf(pod: JsonObject, servicePort: JsonObject): PortTarget["mistake"] {
  const target = targetPortOf(servicePort);
  const named = declaredPorts(pod).filter(({ port }) => textAt(port, "name") === target);
  if (named.some(({ counts }) => counts)) return "other-protocol";
  return named.length > 0 ? "init-container" : undefined;
}

interface DeclaredPort {
  readonly port: JsonValue;
  readonly path: JsonPath;
  /** Whether Services look at the container at all. */
  readonly counts: boolean;
}

/** All ports that a pod declares, in the order in which Services look for them. */
function declaredPorts(pod: JsonObject): readonly DeclaredPort[] {
  return ["containers", "initContainers"].flatMap((list) =>
    arrayAt(pod, "spec", list).flatMap((container, position) =>
      arrayAt(container, "ports").map((port, index) => ({
        port,
        path: ["spec", list, position, "ports", index],
        counts: list === "containers" || isSidecar(container),
      })),
    ),
  );
}
