import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { judge, lostIndentation } from "../../../server/src/kubernetes/validate/index.ts";
import type { Changes } from "./bases.ts";
import { bases, causesOf, changed, judgeChanged } from "./bases.ts";

const acceptedWithoutWarnings = { verdict: "accepted", warnings: [] };

describe("the verdict on an object", () => {
  test("is “accepted” for what the API server accepts, in every release", () => {
    for (const kubernetesVersion of ["1.30", "1.36", "v1.99", "latest"]) {
      for (const [name, object] of Object.entries(bases))
        assert.equal(judge(object, { kubernetesVersion }).verdict, "accepted", name);
    }
  });

  test("is “unknown” for kinds that are not built in", () => {
    for (const object of [
      {},
      { kind: "Service" },
      { apiVersion: "v2", kind: "Service" },
      { apiVersion: "serving.knative.dev/v1", kind: "Service" },
    ]) {
      assert.deepEqual(judge(object, { kubernetesVersion: "1.36" }), { verdict: "unknown" });
    }
  });

  test("passes over fields whose gates are off, as the API server does", () => {
    const pod = "/spec/template/spec";
    const ignored: readonly (readonly [base: string, changes: Changes])[] = [
      ["deployment-surge", { [`${pod}/schedulingGroup`]: { podGroupName: "a b" } }],
      ["deployment-surge", { [`${pod}/containers/0/lifecycle`]: { stopSignal: "SIGFOO" } }],
      ["statefulset-rolling", { "/spec/updateStrategy/rollingUpdate/maxUnavailable": "101%" }],
      ["pvc", { "/spec/dataSourceRef": { kind: "Backup", name: "a", namespace: "other" } }],
      ["pvc", { "/spec/dataSource": { kind: "Backup", name: "a" } }],
      ["endpointslice", { "/endpoints/0/deprecatedTopology": { "a b": "c" } }],
    ];
    for (const [base, changes] of ignored)
      assert.equal(judgeChanged(base, changes).verdict, "accepted", JSON.stringify(changes));
  });

  test("reads the deprecated name of a service account", () => {
    const verdict = judgeChanged("deployment-surge", { "/spec/template/spec/serviceAccount": "Web App" });
    assert.match(causesOf(verdict).join(), /^spec\.template\.spec\.serviceAccountName: Invalid value: "Web App"/);
  });

  test("counts an owner once that is named twice", () => {
    const owner = { apiVersion: "apps/v1", kind: "Deployment", name: "web", uid: "u", controller: true };
    const verdict = judgeChanged("configmap", { "/metadata/ownerReferences": [owner, owner] });
    assert.ok(verdict.verdict === "accepted");
    assert.match(verdict.warnings.map(({ message }) => message).join(), /duplicate UID\(s\) observed: u$/);
  });

  test("has all unknown fields at once, each with its place", () => {
    const verdict = judgeChanged("service-clusterip", { "/spec/selectors": {}, "/spec/ports/0/prot": 80 });
    assert.ok(verdict.verdict === "rejected" && verdict.stage === "decoding");
    assert.equal(
      verdict.message,
      'Service in version "v1" cannot be handled as a Service: strict decoding error: unknown field "spec.ports[0].prot", unknown field "spec.selectors"',
    );
    assert.deepEqual(
      verdict.causes.map(({ path }) => path),
      [
        ["spec", "ports", 0, "prot"],
        ["spec", "selectors"],
      ],
    );
  });

  test("names the first wrong type alone, but knows every place", () => {
    const verdict = judgeChanged("deployment-surge", {
      "/spec/replicas": "3",
      "/spec/template/spec/containers/0/image": 7,
      "/spec/extra": 1,
    });
    assert.ok(verdict.verdict === "rejected" && verdict.stage === "decoding");
    assert.match(
      verdict.message,
      /cannot unmarshal string into Go struct field DeploymentSpec\.spec\.replicas of type int32$/,
    );
    assert.deepEqual(
      verdict.causes.map(({ field }) => field),
      ["spec.replicas", "spec.template.spec.containers[0].image", "spec.extra"],
    );
  });

  test("takes null for “not set”", () => {
    const changes = {
      "/spec/type": null,
      "/spec/selector": null,
      "/spec/ports/0/targetPort": null,
      "/metadata/labels": null,
    };
    assert.deepEqual(judgeChanged("service-clusterip", changes), acceptedWithoutWarnings);
    const [first = ""] = causesOf(judgeChanged("service-clusterip", { "/spec/ports/0": null }));
    assert.match(first, /^spec\.ports\[0\]\.port: Invalid value: 0/);
  });

  test("has several causes with the message of the Status", () => {
    const verdict = judgeChanged("service-clusterip", { "/spec/ports/1/name": "http", "/spec/type": "Clusterip" });
    assert.ok(verdict.verdict === "rejected" && verdict.stage === "validation");
    assert.deepEqual(causesOf(verdict), [
      'spec.ports[1].name: Duplicate value: "http"',
      'spec.type: Unsupported value: "Clusterip": supported values: "ClusterIP", "ExternalName", "LoadBalancer", "NodePort"',
    ]);
    assert.equal(verdict.message, `Service "storefront" is invalid: [${causesOf(verdict).join(", ")}]`);
  });

  test("points at the nearest place that exists", () => {
    const verdict = judgeChanged("service-clusterip", { "/spec/ports/1/name": undefined });
    assert.ok(verdict.verdict === "rejected");
    assert.equal(verdict.causes[0]?.field, "spec.ports[1].name");
    assert.deepEqual(verdict.causes[0].path, ["spec", "ports", 1]);
  });

  test("warns about what is accepted all the same", () => {
    const verdict = judgeChanged("deployment-surge", {
      "/spec/template/spec/containers/0/ports/1": { name: "again", containerPort: 8080 },
    });
    assert.ok(verdict.verdict === "accepted");
    assert.match(verdict.warnings[0]?.message ?? "", /duplicate port definition/);
    assert.deepEqual(verdict.warnings[0]?.path.slice(0, 6), ["spec", "template", "spec", "containers", 0, "ports"]);
  });

  test("follows the release about names of Services and about traffic distribution", () => {
    const verdicts = (changes: Parameters<typeof judgeChanged>[1], versions: readonly string[]): readonly string[] =>
      versions.map((kubernetesVersion) => judgeChanged("service-clusterip", changes, { kubernetesVersion }).verdict);
    assert.deepEqual(verdicts({ "/metadata/name": "1st" }, ["1.35", "1.36"]), ["rejected", "accepted"]);
    assert.deepEqual(verdicts({ "/spec/trafficDistribution": "PreferSameNode" }, ["1.33", "1.34"]), [
      "rejected",
      "accepted",
    ]);
  });

  test("holds node ports against their range, but not in a dry run", () => {
    const changes = { "/spec/ports/0/nodePort": 8080 };
    assert.equal(judgeChanged("service-nodeport", changes, { dryRun: true }).verdict, "accepted");
    assert.deepEqual(causesOf(judgeChanged("service-nodeport", changes)), [
      "spec.ports[0].nodePort: Invalid value: 8080: provided port is not in the valid range. The range of valid ports is 30000-32767",
    ]);
  });

  test("holds cluster IPs against the cluster's ranges where they are known", () => {
    const ask = (changes: Parameters<typeof judgeChanged>[1], ...serviceRanges: readonly string[]): number =>
      causesOf(judgeChanged("service-clusterip", changes, serviceRanges.length === 0 ? {} : { serviceRanges })).length;
    const [address, dual] = [{ "/spec/clusterIP": "10.1.2.3" }, { "/spec/ipFamilyPolicy": "RequireDualStack" }];
    assert.deepEqual([ask(address), ask(address, "10.96.0.0/12"), ask(address, "10.0.0.0/8")], [0, 1, 0]);
    assert.deepEqual([ask(dual), ask(dual, "10.96.0.0/12"), ask(dual, "10.96.0.0/12", "fd00::/108")], [0, 1, 0]);
  });

  test("takes a class that is not built in for one of the cluster's own, unless the cluster is fresh", () => {
    for (const changes of [
      { "/spec/priorityClassName": "urgent", "/spec/priority": 5 },
      { "/spec/runtimeClassName": "kata", "/spec/overhead": { cpu: "1" } },
    ]) {
      assert.equal(judgeChanged("pod-plain", changes).verdict, "accepted");
      const verdict = judgeChanged("pod-plain", changes, { freshCluster: true });
      assert.ok(verdict.verdict === "rejected" && verdict.stage === "admission");
    }
  });

  test("is one cause when the indentation is lost", () => {
    const object = {
      apiVersion: "v1",
      kind: "Service",
      metadata: null,
      name: "web",
      spec: null,
      selector: { app: "web" },
      ports: [{ port: 80 }],
    };
    const verdict = judge(object, { kubernetesVersion: "1.36" });
    assert.ok(verdict.verdict === "rejected");
    assert.deepEqual(
      verdict.causes.map(({ code, path }) => [code, path]),
      [["schema/lost-indentation", ["name"]]],
    );
    assert.match(
      verdict.message,
      /unknown field "name", unknown field "ports", unknown field "selector"|unknown field "name", unknown field "selector"/,
    );
    assert.equal(lostIndentation({ ...object, apiVersion: "v7" })?.code, "schema/lost-indentation");
    assert.equal(lostIndentation(changed("service-clusterip", {})), undefined);
  });
});
