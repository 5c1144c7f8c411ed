import type { JsonObject, JsonValue } from "../../base/json.ts";
import { arrayAt, isObject, objectAt, textAt } from "../../base/json.ts";
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
  const fallback = serviceBehind(objectAt(ingress, "spec", "defaultBackend"), ingress, objects);
  const controller = controllerOf(ingress, objects);
  const paths = arrayAt(ingress, "spec", "rules").flatMap((rule) =>
    arrayAt(rule, "http", "paths").flatMap((path): readonly IngressPath[] => {
      const primary = isObject(path) ? serviceBehind(path["backend"], ingress, objects) : undefined;
      if (primary === undefined || !isObject(path)) return [];
      const host = textAt(rule, "host") ?? "";
      const matches = [host, textAt(path, "path") ?? ""].filter((part) => part !== "").join(" ");
      const canary = canaryOf(ingress, host, path, objects, ingresses);
      if (canary === undefined) return [{ ingress, matches, primary, controller }];
      const served = controllerOf(ingress, objects, [canary.ingress]);
      const isMeant = served.isNginx && controllerOf(canary.ingress, objects).isNginx;
      return [{ ingress, matches, primary, controller: served, ...(isMeant ? { canary } : {}) }];
    }),
  );
  return fallback === undefined ? paths : [{ ingress, matches: "", primary: fallback, controller }, ...paths];
}

function canaryOf(
  ingress: JsonObject,
  host: string,
  path: JsonObject,
  objects: readonly JsonObject[],
  ingresses: readonly JsonObject[],
): IngressPath["canary"] {
  const canary = findCanary(ingress, host, path, ingresses);
  const same = arrayAt(canary, "spec", "rules")
    .filter((rule) => (textAt(rule, "host") ?? "") === host)
    .flatMap((rule) => arrayAt(rule, "http", "paths"))
    .find((each) => textAt(each, "path") === textAt(path, "path"));
  const service = isObject(same) ? serviceBehind(same["backend"], ingress, objects) : undefined;
  return canary === undefined || service === undefined ? undefined : { ingress: canary, service };
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
