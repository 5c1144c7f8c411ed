import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { byName, reviewChange } from "../../../server/src/features/review/review.ts";
import type { EnvironmentReview } from "../../../server/src/features/review/review.ts";
import { markdownStyle, plainStyle, reviewText } from "../../../server/src/features/review/text.ts";
import { TestWorkspace } from "../../support/workspace.ts";

const facts = {
  kubernetesVersion: "1.36",
  nodes: [{ name: "node-1" }],
  proxyMode: "nftables",
  clusterDomain: "cluster.local",
} as const;

const shop = `#- /web/web.yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "web:1", ports: [{name: http, containerPort: 8080}]}]}
#- /web/service.yaml
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec:
  selector: {app: web}
  ports: [{name: http, port: 80, targetPort: http}]
`;

function review(before: string, after: string): readonly EnvironmentReview[] {
  const environments = (source: string) => byName(new TestWorkspace(source).environments.all(), ({ name }) => name);
  return reviewChange(environments(before), environments(after), facts);
}

describe("review of a change", () => {
  test("comments and order change nothing", () => {
    assert.deepEqual(review(shop, shop.replace("replicas: 3", "replicas: 3 # three")), []);
    assert.equal(reviewText([], plainStyle), "Nothing changes in what the cluster does.\n");
  });

  test("a new image is a rollout with its bounds and its lowest availability", () => {
    const [environment] = review(shop, shop.replace("web:1", "web:2"));
    assert.equal(environment?.environment, "/web");
    assert.deepEqual(environment.services, []);
    const [rollout] = environment.rollouts;
    assert.deepEqual([rollout?.oldImage, rollout?.newImage, rollout?.strategy], ["web:1", "web:2", "RollingUpdate"]);
    assert.deepEqual(
      [rollout?.fenceposts.maxPods, rollout?.fenceposts.minAvailable, rollout?.summary.outcome],
      [4, 3, "complete"],
    );
  });

  test("a label that goes takes the Service its pods", () => {
    const [environment] = review(shop, shop.replaceAll("{app: web}}\n    spec", "{app: wbe}}\n    spec"));
    const [service] = environment?.services ?? [];
    assert.deepEqual(service?.workloads, { lost: ["Deployment/web"], gained: [] });
    assert.deepEqual(service.pods, { before: 3, after: 0 });
  });

  test("a port that is renamed shows in ports and names", () => {
    const [environment] = review(shop, shop.replace("{name: http, port: 80", "{name: web, port: 80"));
    const [service] = environment?.services ?? [];
    assert.deepEqual(service?.ports, { lost: ["http 80/TCP -> 8080"], gained: ["web 80/TCP -> 8080"] });
    assert.ok(service.names.gained.some((name) => name.startsWith("_web._tcp.web.shop")));
  });

  test("a selector that the API server does not let change is told first", () => {
    const text = reviewText(
      review(shop, shop.replace("matchLabels: {app: web}", "matchLabels: {app: web, tier: front}")),
      markdownStyle,
    );
    assert.match(text, /^### Environment \/web\n\n- `shop\/Deployment\/web`: the API server refuses the change/);
    assert.match(text, /spec\.selector: Invalid value: .*: field is immutable/);
  });

  test("a Service that is gone, and a new one", () => {
    const [environment] = review(
      shop,
      shop.replace("kind: Service\nmetadata: {name: web", "kind: Service\nmetadata: {name: front"),
    );
    assert.deepEqual(
      environment?.services.map(({ name, change }) => [name, change]),
      [
        ["front", "added"],
        ["web", "removed"],
      ],
    );
  });

  test("objects come, go, get another generated name, and another number of pods", () => {
    const config = (name: string): string => `#- /web/config.yaml
apiVersion: v1
kind: ConfigMap
metadata: {name: ${name}, namespace: shop}
`;
    const text = (before: string, after: string): string => reviewText(review(before, after), plainStyle);
    assert.match(text(shop, shop + config("conf")), /\n {2}shop\/ConfigMap\/conf is new\n/);
    assert.match(
      text(shop + config("conf"), shop),
      /\n {2}shop\/ConfigMap\/conf goes: apply leaves it in the cluster unless it prunes\n/,
    );
    assert.match(
      text(shop + config("conf-d6g94t487g"), shop + config("conf-gg7mk8g6m4")),
      /\n {2}shop\/ConfigMap\/conf-gg7mk8g6m4 has new contents: it takes the place of ConfigMap\/conf-d6g94t487g\n/,
    );
    assert.match(
      text(shop, shop.replace("replicas: 3", "replicas: 5")),
      /\n {2}shop\/Deployment\/web: 3 → 5 replicas\n/,
    );
    assert.match(text("", shop), /^Environment \/web is new\n/);
    assert.match(text(shop, ""), /^Environment \/web goes\n/);
  });

  test("a rollout that the API server refuses does not begin", () => {
    const [environment] = review(shop, shop.replaceAll("app: web}", "app: shop}"));
    assert.deepEqual([environment?.refusals.length, environment?.rollouts], [1, []]);
  });

  test("a side that kustomize refuses to build says so", () => {
    const kustomization = (resource: string): string => `#- /web/kustomization.yaml
resources: [${resource}]
`;
    const files = shop + kustomization("web.yaml, service.yaml");
    const [environment, beside] = review(files, files.replace("service.yaml]", "services.yaml]"));
    assert.deepEqual([beside?.environment, beside?.change], ["/web/*", "added"]);
    assert.deepEqual(environment?.unseen.before, []);
    assert.deepEqual(
      environment.unseen.after.map(({ code }) => code),
      ["build-fails"],
    );
    assert.match(
      reviewText([environment], plainStyle),
      /Not all is known of what will be: kustomize refuses to build it/,
    );
    assert.deepEqual(review(shop + kustomization("none.yaml"), shop + kustomization("none.yaml")), []);
  });
});
