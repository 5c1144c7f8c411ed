import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { textAt } from "../../../server/src/base/json.ts";
import { editsOf } from "../../../server/src/features/code-actions/edits.ts";
import { knobChanges, scenarioOf } from "../../../server/src/features/simulation/scenario.ts";
import type { ScenarioRequest } from "../../../server/src/features/simulation/scenario.ts";
import type { KnobValues } from "../../../server/src/protocol/webview.ts";
import { simulate } from "../../../server/src/simulation/simulate.ts";
import { applyEdits } from "../../../server/src/yaml/edit.ts";
import { cursorOf, textOf } from "../../support/fixture.ts";
import { TestWorkspace } from "../../support/workspace.ts";

const shop = `#- /web.yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  replicas: 4 # four
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      terminationGracePeriodSeconds: 20
      containers:
        - name: web
          image: web:1«|»
          ports: [{containerPort: 80}]
          readinessProbe: {httpGet: {path: /, port: 80}, initialDelaySeconds: 7}
#- /service.yaml
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec:
  selector: {app: web}
  ports: [{port: 80}]
#- /budget.yaml
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web, namespace: shop}
spec: {minAvailable: 3, selector: {matchLabels: {app: web}}}
`;

const ingress = (name: string, backend: string, annotation: string): string => `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: ${name}, namespace: shop, annotations: {${annotation}}}
spec:
  rules: [{http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: ${backend}, port: {number: 80}}}}]}}]
`;

const facts = { kubernetesVersion: "1.36", nodes: [{ name: "node-1" }], proxyMode: "nftables" } as const;
const rollout: ScenarioRequest = { kind: "rollout", offset: undefined, object: undefined, committedText: undefined };

function ask(source: string, request: Partial<ScenarioRequest> = {}) {
  const workspace = new TestWorkspace(source);
  const { path, offset } = cursorOf(workspace.fixture);
  return scenarioOf(workspace.context(path), { ...rollout, offset, ...request }, facts);
}

describe("scenarios from files", () => {
  test("a document that can't be read is said to be missing, with its place", () => {
    const found = ask(`${shop}---\napiVersion: v1\nkind: Service\nmetadata: {name: other\nspec: a\n`);
    assert.deepEqual(
      found?.open.map(({ message, place }) => [message, place?.file]),
      [["Not everything is seen: a document that can't be read.", "/budget.yaml"]],
    );
  });

  test("a Deployment comes with what selects and protects its pods, and is rolled out completely", () => {
    const found = ask(shop);
    assert.deepEqual(
      found?.scenario.objects.map((object) => object["kind"]),
      ["Deployment", "Service", "PodDisruptionBudget"],
    );
    assert.deepEqual(found?.before, { how: "same-object", oldImage: "web:current", newImage: "web:next" });
    const { summary, fenceposts } = simulate(found.scenario);
    assert.equal(summary.outcome, "complete");
    assert.deepEqual([fenceposts.maxPods, fenceposts.minAvailable], [5, 3]);
  });

  test("what is committed is the state before, when its template differs", () => {
    const committed = textOf(new TestWorkspace(shop).fixture, "/web.yaml").replace("web:1", "web:0");
    assert.deepEqual(ask(shop, { committedText: committed })?.before, {
      how: "committed",
      oldImage: "web:0",
      newImage: "web:1",
    });
  });

  test("every container comes with its image and the place of it", () => {
    const [container] = ask(shop)?.containers ?? [];
    assert.deepEqual([container?.name, container?.image, container?.place?.file], ["web", "web:1", "/web.yaml"]);
  });

  test("timings are derived from the probe and say so", () => {
    const ready = ask(shop)?.assumptions.find(({ timing }) => timing === "readyAfterMs");
    assert.deepEqual(ready, {
      timing: "readyAfterMs",
      valueMs: 7000,
      from: "readinessProbe",
      fields: { initialDelaySeconds: 7 },
    });
  });

  test("what the API server would refuse is not simulated, and says where", () => {
    const found = ask(shop.replace("replicas: 4", "replicas: -1"));
    assert.equal(simulate(found!.scenario).summary.outcome, "rejected");
    assert.match(found!.rejected[0]!.message, /spec\.replicas: Invalid value: -1/);
    assert.equal(found!.rejected[0]!.place.file, "/web.yaml");
  });

  test("a Service is balanced over its workloads", () => {
    const found = ask(shop.replace("«|»", "").replace("selector: {app: web}", "selector: {app: w«|»eb}"), {
      kind: "balance",
    });
    assert.equal(found?.object, "Service/web");
    assert.equal(found.scenario.traffic?.service, "shop/web");
  });

  test("a Service comes with the Ingresses and routes before it, and with all Services that share their requests", () => {
    const found = ask(
      `#- /canary.yaml
apiVersion: v1
kind: Service
metadata: {name: next, namespace: shop}
spec: {selector: {app: next}, ports: [{port: 80}]}
---
${ingress("web", "web", "")}---
${ingress("canary", "next", 'nginx.ingress.kubernetes.io/canary: "true"')}---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: way, namespace: shop}
spec:
  rules: [{backendRefs: [{name: «|»web, port: 80}, {name: next, port: 80}]}]
---
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: {name: public}
spec: {controller: k8s.io/ingress-nginx}
${shop.replace("«|»", "")}`,
      { kind: "balance" },
    );
    assert.equal(found?.object, "Service/web", "the first Service behind the route under the cursor");
    assert.deepEqual(
      found.scenario.objects.map((object) => `${textAt(object, "kind")}/${textAt(object, "metadata", "name")}`),
      [
        "Service/web",
        "Deployment/web",
        "Service/next",
        "Ingress/web",
        "Ingress/canary",
        "IngressClass/public",
        "HTTPRoute/way",
      ],
    );
  });

  test("a rollout carries what the balancing of its Service needs", () => {
    const kinds = ask(shop)?.balancing?.map((object) => object["kind"]);
    assert.deepEqual(kinds, ["Service", "Deployment"]);
  });

  test("who else answers behind the Service is said: the failed requests are counted without them", () => {
    const other = (replicas: number): string => `${shop.replace("«|»", "")}#- /canary.yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web-canary, namespace: shop}
spec:
  replicas: ${replicas}
  selector: {matchLabels: {app: web, track: canary}}
  template:
    metadata: {labels: {app: web, track: canary}}
    spec: {containers: [{name: web, image: «|»web:2}]}
`;
    assert.deepEqual(
      ask(other(2))?.open.map(({ message, place }) => [message, place?.file]),
      [
        [
          "Requests are simulated as if Deployment/web-canary alone answered them. Service/web also selects the pods of Deployment/web: with these, fewer requests fail.",
          "/service.yaml",
        ],
      ],
    );
    assert.equal(ask(other(0).replace("replicas: 4", "replicas: 0"))?.open.length, 0, "no pods answer nothing");
    assert.equal(ask(shop)?.open.length, 0);
  });

  for (const [what, siblings, found] of [
    ["stands where it stood", ["Deployment/before", "Deployment/api"], "Deployment/web"],
    ["is one of two that changed", ["Deployment/before", "Deployment/other"], undefined],
    ["stands where another stood", ["Deployment/other", "Deployment/api"], undefined],
    ["is new beside one that went", ["Deployment/before"], undefined],
  ] as const) {
    test(`a renamed object is followed, or is gone: the one of the new name ${what}`, () => {
      const second = shop.slice(0, shop.indexOf("#- /service.yaml")).replace("#- /web.yaml\n", "").replace("«|»", "");
      const source = shop.replace("#- /service.yaml", `---\n${second.replaceAll("web", "api")}#- /service.yaml`);
      const answer = ask(source, { object: "Deployment/before", siblings });
      assert.equal(answer?.object, found);
      if (found !== undefined) assert.deepEqual(answer?.siblings, ["Deployment/web", "Deployment/api"]);
    });
  }

  test("a file without workloads has no rollout", () => {
    assert.equal(ask("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: «|»a}\n"), undefined);
  });
});

describe("values written to the manifest", () => {
  function written(values: KnobValues, images: Readonly<Record<string, string>> = {}): string {
    const workspace = new TestWorkspace(shop);
    const changes = knobChanges(workspace.context("/web.yaml"), "Deployment/web", values, images);
    const [edits] = editsOf(changes ?? [], (file) => workspace.readOf(file)) ?? [];
    return applyEdits(textOf(workspace.fixture, "/web.yaml"), edits?.edits ?? []);
  }

  test("a value that is there changes, and its comment stays", () => {
    assert.match(written({ replicas: 6 }), /replicas: 6 # four/);
  });

  test("an image is written to its container, beside other values and comments", () => {
    const text = written({ replicas: 6 }, { web: "web:2@sha256:0a" });
    assert.match(text, /image: web:2@sha256:0a\n/);
    assert.match(text, /replicas: 6 # four/);
    assert.equal(written({}, { nobody: "web:2" }), written({}), "a container that is not there changes nothing");
  });

  test("two fields of a map that is not there make one map", () => {
    const text = written({ maxSurge: 1, maxUnavailable: 0 });
    assert.equal(text.match(/rollingUpdate:/g)?.length, 1);
    assert.equal(text.match(/strategy:/g)?.length, 1);
    assert.match(text, /maxSurge: 1/);
    assert.match(text, /maxUnavailable: 0/);
  });

  test("a Service in another file is found, too", () => {
    const workspace = new TestWorkspace(shop);
    const changes = knobChanges(workspace.context("/web.yaml"), "Service/web", { sessionAffinity: "ClientIP" });
    assert.deepEqual(
      editsOf(changes ?? [], (file) => workspace.readOf(file))?.map(({ file }) => file),
      ["/service.yaml"],
    );
  });
});
