import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { JsonObject } from "../../../server/src/base/json.ts";
import { controllerOf } from "../../../server/src/simulation/ingress/controller.ts";
import { ingressesTo } from "../../../server/src/simulation/ingress/ingresses.ts";

interface Written {
  readonly className?: string;
  readonly annotations?: Readonly<Record<string, string>>;
}

function ingress(name: string, backend: string, { className, annotations = {} }: Written): JsonObject {
  const http = { paths: [{ path: "/", pathType: "Prefix", backend: { service: { name: backend } } }] };
  return {
    kind: "Ingress",
    metadata: { name, namespace: "shop", annotations },
    spec: { ...(className === undefined ? {} : { ingressClassName: className }), rules: [{ http }] },
  };
}

function ingressClass(name: string, controller: string, isDefault?: string): JsonObject {
  const annotations = isDefault === undefined ? {} : { "ingressclass.kubernetes.io/is-default-class": isDefault };
  return { kind: "IngressClass", metadata: { name, annotations }, spec: { controller } };
}

const service = (name: string): JsonObject => ({ kind: "Service", metadata: { name, namespace: "shop" } });
const nginx = "k8s.io/ingress-nginx";
const rewritten = { "nginx.ingress.kubernetes.io/rewrite-target": "/" };
const canary = { "nginx.ingress.kubernetes.io/canary": "true" };

describe("the controller of an Ingress", () => {
  const cases: readonly [string, Written, readonly JsonObject[], boolean, string][] = [
    ["its class names it", { className: "public" }, [ingressClass("public", nginx)], true, "class"],
    ["one of several ingress-nginx", { className: "in" }, [ingressClass("in", "k8s.io/in-nginx")], true, "class"],
    [
      "the product of the same name is another",
      { className: "nginx", annotations: rewritten },
      [ingressClass("nginx", "nginx.org/ingress-controller")],
      false,
      "class",
    ],
    [
      "the class of somebody else does not count",
      { className: "nginx" },
      [ingressClass("b", "x/y")],
      true,
      "class-name",
    ],
    ["a class by annotation", { annotations: { "kubernetes.io/ingress.class": "nginx" } }, [], true, "class-name"],
    ["a class that is nowhere", { className: "traefik" }, [], false, "class-name"],
    ["a class that is nowhere, and annotations", { className: "in", annotations: rewritten }, [], true, "annotations"],
    ["the default class", {}, [ingressClass("a", "x/y"), ingressClass("b", nginx, "true")], true, "class"],
    ["a class that is no default", {}, [ingressClass("b", nginx, "false")], false, "nothing"],
    [
      "the default class beats annotations",
      { annotations: rewritten },
      [ingressClass("a", "x/y", "true")],
      false,
      "class",
    ],
    [
      "the first of two defaults by name",
      {},
      [ingressClass("b", "x/y", "true"), ingressClass("a", nginx, "true")],
      true,
      "class",
    ],
    [
      "the field beats the annotation",
      { className: "x", annotations: { "kubernetes.io/ingress.class": "nginx" } },
      [],
      false,
      "class-name",
    ],
    ["annotations of ingress-nginx", { annotations: rewritten }, [], true, "annotations"],
    ["nothing at all", {}, [], false, "nothing"],
  ];
  for (const [name, written, classes, isNginx, because] of cases) {
    test(name, () => assert.deepEqual(controllerOf(ingress("web", "web", written), classes), { isNginx, because }));
  }
});

describe("the canary beside an Ingress", () => {
  const cases: readonly [string, Written, Written, boolean, string][] = [
    ["is evidence of ingress-nginx where no class is named", {}, { annotations: canary }, true, "annotations"],
    ["is none against a class", { className: "traefik" }, { annotations: canary }, false, "class-name"],
    [
      "needs the same controller",
      { className: "nginx" },
      { className: "alb", annotations: canary },
      false,
      "class-name",
    ],
  ];
  for (const [name, primary, second, hasCanary, because] of cases) {
    test(name, () => {
      const [web, next] = [service("web"), service("next")];
      const alb = ingressClass("alb", "ingress.k8s.aws/alb");
      const objects = [web, next, alb, ingress("web", "web", primary), ingress("next", "next", second)];
      const [path] = ingressesTo(objects, web);
      assert.deepEqual([path?.canary?.service === next, path?.controller.because], [hasCanary, because]);
    });
  }
});

describe("the default backend of an Ingress", () => {
  const [web, next] = [service("web"), service("next")];
  const fallback = (
    name: string,
    backend: string,
    rules: readonly JsonObject[] = [],
    isCanary = false,
  ): JsonObject => ({
    kind: "Ingress",
    metadata: { name, namespace: "shop", annotations: isCanary ? canary : rewritten },
    spec: { defaultBackend: { service: { name: backend } }, rules },
  });
  const rule = (host: string | undefined, backend: string): JsonObject => ({
    ...(host === undefined ? {} : { host }),
    http: { paths: [{ path: "/", pathType: "Prefix", backend: { service: { name: backend } } }] },
  });
  const none: JsonObject = { ...fallback("bucket", ""), spec: { defaultBackend: { resource: { kind: "Bucket" } } } };
  const hosted = fallback("web", "web", [rule("shop.example", "next")]);
  const beside = fallback("next", "next", [], true);
  const cases: readonly [string, readonly JsonObject[], readonly [matches: string, hasCanary: boolean][]][] = [
    ["takes what no rule takes", [fallback("web", "web")], [["", false]]],
    [
      "stands before the paths",
      [fallback("web", "web", [rule("shop.example", "web")])],
      [
        ["", false],
        ["shop.example /", false],
      ],
    ],
    ["of another Service is not this one's", [fallback("next", "next")], []],
    ["that is no Service is none", [none], []],
    ["that is not there has no canary", [fallback("lost", "lost"), fallback("web", "web", [], true)], []],
    ["has the default backend of a canary beside it", [fallback("web", "web"), beside], [["", true]]],
    ["of hosts has no canary beside it", [hosted, beside], [["", false]]],
    [
      "of a canary stands beside paths without a host",
      [ingress("web", "web", { annotations: rewritten }), beside],
      [["/", true]],
    ],
    [
      "of a canary does not stand beside those of a host",
      [fallback("p", "", [rule("shop.example", "web")]), beside],
      [["shop.example /", false]],
    ],
    [
      "is not shared by a canary's paths",
      [fallback("web", "web"), ingress("next", "next", { annotations: canary })],
      [["", false]],
    ],
  ];
  for (const [name, ingresses, expected] of cases) {
    test(name, () => {
      const found = ingressesTo([web, next, ...ingresses], web);
      assert.deepEqual(
        found.map(({ matches, primary, canary: second }) => [matches, primary === web && second?.service === next]),
        expected,
      );
    });
  }
});
