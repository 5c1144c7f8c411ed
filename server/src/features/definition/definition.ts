import type { JsonPath } from "../../base/json.ts";
import { at, textMapAt } from "../../base/json.ts";
import { nameKey } from "../../index/keys.ts";
import { servicesOf } from "../../index/queries.ts";
import type { Environment, Place, Resource } from "../../index/types.ts";
import { podTemplatePath } from "../../kubernetes/pod-template.ts";
import { resolveService } from "../../resolve/service.ts";
import { cursorAt } from "../context.ts";
import type { CursorSubject, FileContext } from "../context.ts";

/** The places that the thing at an offset leads to, those of the active environment first. */
export function definitionAt(context: FileContext, offset: number): readonly Place[] {
  const places = context.environments.flatMap((environment) => {
    const subject = cursorAt({ ...context, environments: [environment] }, offset)?.subject;
    return subject === undefined ? [] : targetsOf(subject);
  });
  return [...new Map(places.map((place) => [`${place.file} ${place.start}`, place])).values()];
}

function targetsOf(subject: CursorSubject): readonly Place[] {
  const { environment, resource, path } = subject;
  if (resource.group === "" && resource.kind === "Service")
    return [...fromSelector(environment, resource, path), ...fromTargetPort(environment, resource, path)];
  return [...fromTemplateLabel(environment, resource, path), ...fromBackend(environment, resource, path)];
}

/** The label of the selector under the cursor, in each template that the Service selects. */
function fromSelector(environment: Environment, service: Resource, path: JsonPath): readonly Place[] {
  const [spec, selector, key] = path;
  if (spec !== "spec" || selector !== "selector") return [];
  return resolveService(environment, service).workloads.flatMap(({ resource }) => {
    const labels = [...(podTemplatePath(resource.group, resource.kind) ?? []), "metadata", "labels"];
    return (
      (key === undefined ? undefined : resource.origin([...labels, key], "entry")) ??
      resource.origin(labels, "key") ??
      resource.place
    );
  });
}

/** The container port that a targetPort means, in each selected workload. */
function fromTargetPort(environment: Environment, service: Resource, path: JsonPath): readonly Place[] {
  const [spec, ports, index, field] = path;
  if (spec !== "spec" || ports !== "ports" || typeof index !== "number" || field !== "targetPort") return [];
  return resolveService(environment, service).workloads.flatMap(({ resource, ports: targets }) => {
    const declaration = targets.find((target) => target.index === index)?.declaration;
    return declaration === undefined
      ? []
      : (resource.origin([...declaration, "name"]) ?? resource.origin([...declaration, "containerPort"]) ?? []);
  });
}

/** The selectors that ask for the template's label under the cursor and select it. */
function fromTemplateLabel(environment: Environment, resource: Resource, path: JsonPath): readonly Place[] {
  const template = podTemplatePath(resource.group, resource.kind);
  if (template === undefined) return [];
  const labels = [...template, "metadata", "labels"];
  const key = path[labels.length];
  if (
    path.length !== labels.length + 1 ||
    typeof key !== "string" ||
    !labels.every((step, index) => path[index] === step)
  )
    return [];
  return servicesOf(environment)
    .filter((service) => Object.hasOwn(textMapAt(service.object, "spec", "selector"), key))
    .filter((service) =>
      resolveService(environment, service).workloads.some((workload) => workload.resource === resource),
    )
    .flatMap((service) => service.origin(["spec", "selector", key], "entry") ?? []);
}

/** The Service that an Ingress's backend names. */
function fromBackend(environment: Environment, resource: Resource, path: JsonPath): readonly Place[] {
  const end = path.lastIndexOf("service");
  const name = end < 0 ? undefined : at(resource.object, ...path.slice(0, end + 1), "name");
  if (resource.kind !== "Ingress" || typeof name !== "string") return [];
  return environment
    .posting(nameKey("", "Service", name))
    .filter(({ namespace }) => namespace === resource.namespace)
    .map(({ place }) => place);
}
