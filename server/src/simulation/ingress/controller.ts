import type { JsonObject } from "../../base/json.ts";
import { textAt } from "../../base/json.ts";
import { ingressAnnotations } from "./canary.ts";

/** Who serves an Ingress, as far as the objects tell, and what tells it. */
export interface IngressController {
  /** Whether it is ingress-nginx: what other controllers do with their pods is not known. */
  readonly isNginx: boolean;
  readonly because: ControllerReason;
}

/**
 * `class`: the IngressClass that it names, or the default one, names its controller; `class-name`: the class is not among the objects, and its name alone
 * speaks; `annotations`: those of ingress-nginx, on the Ingress or its canary; `nothing`: no class, no default, no annotation.
 */
export type ControllerReason = "class" | "class-name" | "annotations" | "nothing";

const DEFAULT_CLASS = "ingressclass.kubernetes.io/is-default-class";

/**
 * The controller of an Ingress. The field beats the annotation, as in ingress-nginx, internal/ingress/controller/store/store.go, GetIngressClass, v1.15.
 * @param canaries Ingresses beside it, whose annotations are evidence where no class is named
 */
export function controllerOf(
  ingress: JsonObject,
  objects: readonly JsonObject[],
  canaries: readonly JsonObject[] = [],
): IngressController {
  const name =
    textAt(ingress, "spec", "ingressClassName") ??
    textAt(ingress, "metadata", "annotations", "kubernetes.io/ingress.class");
  const classes = objects.filter((object) => textAt(object, "kind") === "IngressClass");
  const found = name === undefined ? defaultOf(classes) : classes.find((each) => nameOf(each) === name);
  const controller = textAt(found, "spec", "controller");
  if (controller !== undefined) return { isNginx: isNginxController(controller), because: "class" };
  if (name?.includes("nginx") === true) return { isNginx: true, because: "class-name" };
  const witnesses = name === undefined ? [ingress, ...canaries] : [ingress];
  const isAnnotated = witnesses.some((each) => Object.keys(ingressAnnotations(each)).length > 0);
  if (isAnnotated) return { isNginx: true, because: "annotations" };
  return { isNginx: false, because: name === undefined ? "nothing" : "class-name" };
}

/**
 * The class that an Ingress without one gets when it is created; of several the first by name, since all are equally young.
 * Imitates plugin/pkg/admission/network/defaultingressclass/admission.go, getDefaultClass, v1.36.
 */
function defaultOf(classes: readonly JsonObject[]): JsonObject | undefined {
  return classes
    .filter((each) => textAt(each, "metadata", "annotations", DEFAULT_CLASS) === "true")
    .sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))[0];
}

/**
 * `k8s.io/ingress-nginx`, or what `--controller-class` made of it where several run side by side, which has to begin alike.
 * `nginx.org/ingress-controller` is another product, with other annotations.
 */
function isNginxController(controller: string): boolean {
  return controller.startsWith("k8s.io/") && controller.includes("nginx");
}

function nameOf(object: JsonObject): string {
  return textAt(object, "metadata", "name") ?? "";
}
