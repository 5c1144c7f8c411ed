import type { JsonObject, JsonValue } from "../../base/json.ts";
import { arrayAt, isObject, objectAt, textAt } from "../../base/json.ts";
import { canaryPolicyOf, findCanary, ingressAnnotations } from "./canary.ts";

/** A path of an Ingress with the Services behind it. */
export interface IngressPath {
  readonly ingress: JsonObject;
  /** `shop.example /`; "" for the default backend. */
  readonly matches: string;
  readonly primary: JsonObject;
  readonly canary?: { readonly ingress: JsonObject; readonly service: JsonObject };
  /** Whether ingress-nginx serves it: what other controllers do with their pods is not known. */
  readonly isNginx: boolean;
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
  const isNginx = isServedByNginx(ingress);
  const paths = arrayAt(ingress, "spec", "rules").flatMap((rule) =>
    arrayAt(rule, "http", "paths").flatMap((path): readonly IngressPath[] => {
      const primary = isObject(path) ? serviceBehind(path["backend"], ingress, objects) : undefined;
      if (primary === undefined || !isObject(path)) return [];
      const host = textAt(rule, "host") ?? "";
      const matches = [host, textAt(path, "path") ?? ""].filter((part) => part !== "").join(" ");
      const canary = isNginx ? canaryOf(ingress, host, path, objects, ingresses) : undefined;
      return [{ ingress, matches, primary, isNginx, ...(canary === undefined ? {} : { canary }) }];
    }),
  );
  return fallback === undefined ? paths : [{ ingress, matches: "", primary: fallback, isNginx }, ...paths];
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

/** By its class or its annotations; where neither says anything, the widest-spread controller is meant. */
function isServedByNginx(ingress: JsonObject): boolean {
  const named =
    textAt(ingress, "spec", "ingressClassName") ??
    textAt(ingress, "metadata", "annotations", "kubernetes.io/ingress.class");
  return named === undefined || named.includes("nginx") || Object.keys(ingressAnnotations(ingress)).length > 0;
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
