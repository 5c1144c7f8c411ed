import { arrayAt, at, isObject, objectAt, textAt } from "../base/json.ts";
import type { JsonObject, JsonPath } from "../base/json.ts";
import { findCore } from "../index/queries.ts";
import type { Environment, Place, Resource } from "../index/types.ts";
import { podTemplatePath } from "../kubernetes/pod-template.ts";
import { containerEnvironment, serviceVariables, variablesOfService } from "../simulation/dns/environment-variables.ts";
import type { ServiceVariables } from "../simulation/dns/environment-variables.ts";
import { podsOf } from "../simulation/pods.ts";
import { clusterServices } from "./cluster.ts";
import { defaultNodes } from "./service.ts";
import { withNamespace } from "./slices.ts";
import type { ContainerVariables, EnvironmentVariables, OwnVariable, ServiceVariable } from "./types.ts";

/** What the containers of a workload's pods find in their environment, were they started after all Services had been made. */
export function environmentVariablesOf(environment: Environment, workload: Resource): EnvironmentVariables {
  const namespace = workload.namespace ?? "";
  const pod = podOf(workload);
  const services = clusterServices(environment);
  const found = serviceVariables(namespace, services, at(pod, "spec", "enableServiceLinks") !== false);
  return {
    services: withSources(found, services, namespace),
    ambiguous: Object.entries(found.ambiguous).map(([name, values]) => ({ name, values })),
    containers: containersOf(environment, workload, pod, found),
  };
}

/** A pod of the workload; one that has no replicas has its template. */
function podOf(workload: Resource): JsonObject {
  const object = withNamespace(workload);
  const [pod] = podsOf(object, { nodes: defaultNodes, limit: 1 });
  if (pod !== undefined) return pod.object;
  const template = at(object, ...(podTemplatePath(workload.group, workload.kind) ?? []));
  return isObject(template)
    ? {
        ...template,
        metadata: { ...objectAt(template, "metadata"), namespace: workload.namespace, name: `${workload.name}-<1>` },
      }
    : {};
}

function withSources(
  { variables }: ServiceVariables,
  services: readonly JsonObject[],
  namespace: string,
): readonly ServiceVariable[] {
  const sources = new Map<string, ServiceVariable["source"]>();
  for (const service of services) {
    const source = {
      namespace: textAt(service, "metadata", "namespace") ?? "",
      name: textAt(service, "metadata", "name") ?? "",
    };
    const isApiServer = source.namespace === "default" && source.name === "kubernetes";
    if (source.namespace !== namespace && !isApiServer) continue;
    for (const { name, value } of variablesOfService(service)) {
      if (variables[name] === value) sources.set(name, source);
    }
  }
  return Object.entries(variables)
    .map(([name, value]) => ({
      name,
      value,
      source: sources.get(name) ?? { namespace: "default", name: "kubernetes" },
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function containersOf(
  environment: Environment,
  workload: Resource,
  pod: JsonObject,
  services: ServiceVariables,
): readonly ContainerVariables[] {
  const objects = dataObjects(environment, workload.namespace ?? "");
  const template = podTemplatePath(workload.group, workload.kind) ?? [];
  return ["initContainers", "containers"].flatMap((list) =>
    arrayAt(pod, "spec", list)
      .filter(isObject)
      .map((container, index) => {
        const { variables, missing } = containerEnvironment(container, {
          pod,
          services: services.variables,
          ...objects,
        });
        const own = ownVariables(environment, workload, container, [...template, "spec", list, index]);
        const present = own
          .filter(({ name }) => Object.hasOwn(variables, name))
          .map(({ name, place }) => ({ name, value: variables[name] ?? "", place }));
        return { name: textAt(container, "name") ?? "", variables: present, missing };
      }),
  );
}

/** ConfigMaps and Secrets of a namespace by name, read when they are asked for. */
function dataObjects(
  environment: Environment,
  namespace: string,
): { readonly configMaps: ReadonlyMap<string, JsonObject>; readonly secrets: ReadonlyMap<string, JsonObject> } {
  return {
    configMaps: new ObjectsByName(environment, "ConfigMap", namespace),
    secrets: new ObjectsByName(environment, "Secret", namespace),
  };
}

/** A map that asks the environment, so that only what is read counts as read. */
class ObjectsByName extends Map<string, JsonObject> {
  readonly #environment: Environment;
  readonly #kind: string;
  readonly #namespace: string;

  constructor(environment: Environment, kind: string, namespace: string) {
    super();
    this.#environment = environment;
    this.#kind = kind;
    this.#namespace = namespace;
  }

  override get(name: string): JsonObject | undefined {
    const object = findCore(this.#environment, this.#kind, this.#namespace, name)?.object;
    // What a Secret holds is not kept: its texts are shown like its data, as placeholders.
    if (object === undefined || this.#kind !== "Secret") return object;
    return { ...object, data: { ...objectAt(object, "data"), ...objectAt(object, "stringData") }, stringData: {} };
  }
}

/** The names that a container sets itself and where; the last entry of a name counts. */
function ownVariables(
  environment: Environment,
  workload: Resource,
  container: JsonObject,
  path: JsonPath,
): readonly Omit<OwnVariable, "value">[] {
  const places = new Map<string, Place | undefined>();
  for (const entry of arrayAt(container, "envFrom")) {
    const kind = isObject(at(entry, "secretRef")) ? "Secret" : "ConfigMap";
    const source = findCore(
      environment,
      kind,
      workload.namespace ?? "",
      textAt(entry, kind === "Secret" ? "secretRef" : "configMapRef", "name") ?? "",
    );
    for (const field of ["data", "stringData"]) {
      for (const key of Object.keys(objectAt(source?.object, field) ?? {}))
        places.set(`${textAt(entry, "prefix") ?? ""}${key}`, source?.origin([field, key], "key"));
    }
  }
  for (const [index, entry] of arrayAt(container, "env").entries()) {
    const name = textAt(entry, "name");
    if (name !== undefined)
      places.set(name, workload.origin([...path, "env", index, "value"]) ?? workload.origin([...path, "env", index]));
  }
  return [...places].map(([name, place]) => ({ name, place }));
}
