import type { JsonObject, JsonValue } from "../../base/json.ts";
import { arrayAt, isObject, objectAt, textAt } from "../../base/json.ts";
import type { Canary } from "./canary.ts";
import { canaryPolicyOf, findCanary } from "./canary.ts";
import type { IngressController } from "./controller.ts";
import { controllerOf } from "./controller.ts";

/** A path of an Ingress with the Services behind it. */
export interface IngressPath {
  readonly ingress: JsonObject;
  /** `shop.example /`; "" for the default backend. */
  readonly matches: string;
  readonly primary: JsonObject;
  readonly canary?: { readonly ingress: JsonObject; readonly service: JsonObject };
  readonly controller: IngressController;
}

/** The paths of Ingresses that lead to a Service, as the primary backend or as the canary beside it. */
export function ingressesTo(objects: readonly JsonObject[], service: JsonObject): readonly IngressPath[] {
  const ingresses = objects.filter((object) => textAt(object, "kind") === "Ingress");
  return ingresses
    .filter((ingress) => canaryPolicyOf(ingress) === undefined)
    .flatMap((ingress) => pathsOf(ingress, objects, ingresses))
    .filter(({ primary, canary }) => primary === service || canary?.service === service);
}

function pathsOf(
  ingress: JsonObject,
  objects: readonly JsonObject[],
  ingresses: readonly JsonObject[],
): readonly IngressPath[] {
  const rules = arrayAt(ingress, "spec", "rules");
  // Only without rules a default backend is that of all hosts, where canaries stand; else it takes the rest of each host of the rules.
  const isCatchAll = rules.length === 0;
  const fallback = objectAt(ingress, "spec", "defaultBackend");
  const canary = isCatchAll ? findCanary(ingress, "", undefined, ingresses) : undefined;
  const paths = rules.flatMap((rule) =>
    arrayAt(rule, "http", "paths").flatMap((path) => {
      if (!isObject(path)) return [];
      const host = textAt(rule, "host") ?? "";
      const matches = [host, textAt(path, "path") ?? ""].filter((part) => part !== "").join(" ");
      return pathOf(ingress, matches, path["backend"], objects, findCanary(ingress, host, path, ingresses));
    }),
  );
  return [...pathOf(ingress, "", fallback, objects, canary), ...paths];
}

/** One path, or none where its backend is no Service that is there. */
function pathOf(
  ingress: JsonObject,
  matches: string,
  backend: JsonValue | undefined,
  objects: readonly JsonObject[],
  canary: Canary | undefined,
): readonly IngressPath[] {
  const primary = serviceBehind(backend, ingress, objects);
  if (primary === undefined) return [];
  const service = canary === undefined ? undefined : serviceBehind(canary.backend, ingress, objects);
  if (canary === undefined || service === undefined)
    return [{ ingress, matches, primary, controller: controllerOf(ingress, objects) }];
  const controller = controllerOf(ingress, objects, [canary.ingress]);
  const isMeant = controller.isNginx && controllerOf(canary.ingress, objects).isNginx;
  return [
    { ingress, matches, primary, controller, ...(isMeant ? { canary: { ingress: canary.ingress, service } } : {}) },
  ];
}

function serviceBehind(
  backend: JsonValue | undefined,
  ingress: JsonObject,
  objects: readonly JsonObject[],
): JsonObject | undefined {
  const name = textAt(backend, "service", "name");
  const namespace = textAt(ingress, "metadata", "namespace");
  return name === undefined
    ? undefined
    : objects.find(
        (object) =>
          textAt(object, "kind") === "Service" &&
          textAt(object, "metadata", "name") === name &&
          textAt(object, "metadata", "namespace") === namespace,
      );
}
