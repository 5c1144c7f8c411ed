import { arrayAt, at, scalarText, textAt } from "../../base/json.ts";
import type { JsonPath, JsonValue } from "../../base/json.ts";
import type { Environment, Resource } from "../../index/types.ts";
import { podTemplatePath } from "../../kubernetes/pod-template.ts";
import type { Name } from "../../kubernetes/relations/names.ts";
import { resolveService } from "../service.ts";
import type { Target } from "./types.ts";

const containerLists = ["containers", "initContainers", "ephemeralContainers"];

/** The port of the same object that a name or number means. */
export function ownPortTargets(resource: Resource, { mention, text }: Name): readonly Target[] {
  const { target } = mention.relation;
  return target.paths.flatMap((pattern) =>
    mention.beside(resource.object, pattern).flatMap(({ path, value }): readonly Target[] => {
      if (scalarText(value) === text) return [{ resource, path, part: "value" }];
      const number = path.at(-1) === "name" ? numberBeside(resource, path) : undefined;
      return number !== undefined && scalarText(number.value) === text
        ? [{ resource, path: number.path, part: "value" }]
        : [];
    }),
  );
}

/** The number of the port whose name stands at a path. */
function numberBeside({ object }: Resource, path: JsonPath): { path: JsonPath; value: JsonValue } | undefined {
  const port = path.slice(0, -1);
  for (const field of ["containerPort", "port"]) {
    const value = at(object, ...port, field);
    if (value !== undefined) return { path: [...port, field], value };
  }
  return undefined;
}

/** The ports of a Service by name or number. */
export function servicePortTargets(service: Resource, text: string): readonly Target[] {
  return portsAt(service, ["spec", "ports"], "port", text);
}

/** The ports of a workload's containers by name or number. */
export function podPortTargets(workload: Resource, text: string): readonly Target[] {
  return containerPaths(workload).flatMap((container) =>
    portsAt(workload, [...container, "ports"], "containerPort", text),
  );
}

function portsAt(resource: Resource, path: JsonPath, number: string, text: string): readonly Target[] {
  return arrayAt(resource.object, ...path).flatMap((port, index) =>
    ["name", number].flatMap((field): readonly Target[] => {
      const value = at(port, field);
      return scalarText(value) === text ? [{ resource, path: [...path, index, field], part: "value" }] : [];
    }),
  );
}

/** Where the containers of a workload's pods stand. */
export function containerPaths({ object, group, kind }: Resource): readonly JsonPath[] {
  const template = podTemplatePath(group, kind);
  if (template === undefined) return [];
  return containerLists.flatMap((list) => {
    const path = [...template, "spec", list];
    return arrayAt(object, ...path).map((_, index) => [...path, index]);
  });
}

/** What a Service's `targetPort` leads to in the selected pods: protocols and sidecars count as the EndpointSlice controller counts them. */
export function targetPortTargets(environment: Environment, service: Resource, { mention }: Name): readonly Target[] {
  const index = mention.path.at(-2);
  return resolveService(environment, service).workloads.flatMap(({ resource, ports }): readonly Target[] => {
    const declaration = ports.find((port) => port.index === index)?.declaration;
    if (declaration === undefined) return [];
    const field = typeof mention.value === "string" ? "name" : "containerPort";
    const path = [...declaration, field];
    return [{ resource, path, part: "value" }];
  });
}

/** Containers, or their variables, by name in the pods of workloads. */
export function namedInContainers(workload: Resource, by: "container" | "env", text: string): readonly Target[] {
  return containerPaths(workload).flatMap((container) => {
    const paths =
      by === "container"
        ? [[...container, "name"]]
        : arrayAt(workload.object, ...container, "env").map((_, index) => [...container, "env", index, "name"]);
    return paths
      .filter((path) => textAt(workload.object, ...path) === text)
      .map((path): Target => ({ resource: workload, path, part: "value" }));
  });
}
