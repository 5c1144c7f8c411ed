import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { codes } from "../../../server/src/kubernetes/validate/index.ts";
import type { Changes } from "./bases.ts";
import { codesOf, judgeChanged } from "./bases.ts";

const container = "/spec/template/spec/containers/0";
const ports = `${container}/ports`;

/** For every code a change of an accepted object that has it as its first code. */
const examples: Readonly<Record<string, readonly [base: string, changes: Changes]>> = {
  "schema/unknown-field": ["service-clusterip", { "/spec/selectors": {} }],
  "schema/wrong-type": ["service-clusterip", { "/spec/ports/0/port": "80" }],
  "schema/lost-indentation": ["service-clusterip", { "/metadata": null, "/spec": null, "/name": "a", "/ports": [] }],
  "api/required": [
    "pdb-min",
    { "/spec": { minAvailable: 1, selector: { matchExpressions: [{ key: "a", operator: "In" }] } } },
  ],
  "api/invalid": ["deployment-surge", { "/spec/replicas": -1 }],
  "api/unsupported": ["networkpolicy-deny", { "/spec/policyTypes": ["Ingres"] }],
  "api/duplicate": ["deployment-surge", { "/spec/template/spec/volumes": [{ name: "a" }, { name: "a" }] }],
  "api/forbidden": [
    "deployment-surge",
    { "/spec/template/spec/volumes": [{ name: "a", emptyDir: {}, hostPath: { path: "/a" } }] },
  ],
  "api/not-found": ["deployment-surge", { [`${container}/resources`]: { claims: [{ name: "gpu" }] } }],
  "api/too-long": ["configmap", { "/data": { mode: "a".repeat(1024 * 1024 + 1) } }],
  "api/too-many": [
    "endpointslice",
    {
      "/endpoints": Array.from({ length: 1001 }, (_, index) => ({ addresses: [`203.0.${index >> 8}.${index & 255}`] })),
    },
  ],
  "metadata/missing-name": ["configmap", { "/metadata/name": undefined }],
  "metadata/invalid-name": ["configmap", { "/metadata/name": "Settings" }],
  "metadata/invalid-namespace": ["configmap", { "/metadata/namespace": "a.b" }],
  "metadata/invalid-label": ["configmap", { "/metadata/labels": { app: "a b" } }],
  "metadata/invalid-annotation": ["configmap", { "/metadata/annotations": { "a b": "" } }],
  "workload/missing-selector": ["deployment-surge", { "/spec/selector": undefined }],
  "workload/selector-mismatch": ["deployment-surge", { "/spec/selector/matchLabels/app": "shop" }],
  "workload/restart-policy": ["deployment-surge", { "/spec/template/spec/restartPolicy": "Never" }],
  "workload/update-strategy": ["deployment-surge", { "/spec/strategy/rollingUpdate/maxSurge": 0 }],
  "pod/no-containers": ["deployment-surge", { "/spec/template/spec/containers": [] }],
  "pod/duplicate-container-name": [
    "deployment-surge",
    { "/spec/template/spec/containers/-": { name: "catalog", image: "a" } },
  ],
  "pod/container-name": ["deployment-surge", { [`${container}/name`]: "Catalog" }],
  "pod/container-port": ["deployment-surge", { [`${ports}/0/containerPort`]: 0 }],
  "pod/duplicate-port-name": ["deployment-surge", { [`${ports}/1/name`]: "web" }],
  "pod/host-port": ["deployment-surge", { "/spec/template/spec/hostNetwork": true, [`${ports}/0/hostPort`]: 1 }],
  "pod/volume-mount": ["deployment-surge", { [`${container}/volumeMounts`]: [{ name: "data", mountPath: "/data" }] }],
  "pod/probe": ["deployment-surge", { [`${container}/livenessProbe`]: { periodSeconds: 5 } }],
  "pod/resources": [
    "deployment-surge",
    { [`${container}/resources`]: { requests: { cpu: "2" }, limits: { cpu: "1" } } },
  ],
  "pod/dns-config": ["deployment-surge", { "/spec/template/spec/dnsPolicy": "None" }],
  "service/missing-ports": ["service-clusterip", { "/spec/ports": [] }],
  "service/missing-port-name": ["service-clusterip", { "/spec/ports/1/name": undefined }],
  "service/port-name": ["service-clusterip", { "/spec/ports/1/name": "Metrics" }],
  "service/duplicate-port-name": ["service-clusterip", { "/spec/ports/1/name": "http" }],
  "service/duplicate-port": ["service-clusterip", { "/spec/ports/1/port": 80 }],
  "service/port": ["service-clusterip", { "/spec/ports/1/port": 70000 }],
  "service/node-port-range": ["service-nodeport", { "/spec/ports/0/nodePort": 8080 }],
  "service/node-port": ["service-clusterip", { "/spec/ports/0/nodePort": 30080 }],
  "service/external-name": ["service-externalname", { "/spec/externalName": undefined }],
  "service/headless": ["service-nodeport", { "/spec/clusterIP": "None" }],
  "service/cluster-ip": ["service-clusterip", { "/spec/clusterIP": "10.96.0" }],
  "service/traffic-policy": ["service-clusterip", { "/spec/externalTrafficPolicy": "Local" }],
  "service/session-affinity": ["service-clusterip", { "/spec/sessionAffinity": "Cookie" }],
  "service/load-balancer": ["service-clusterip", { "/spec/loadBalancerClass": "example.com/lb" }],
  "service/external-ips": ["service-clusterip", { "/spec/externalIPs": ["127.0.0.1"] }],
  "service/type": ["service-clusterip", { "/spec/type": "Clusterip" }],
  "ingress/missing-rules": ["ingress-hosts", { "/spec/rules": undefined }],
  "ingress/host": ["ingress-hosts", { "/spec/rules/0/host": "a b" }],
  "ingress/path": ["ingress-hosts", { "/spec/rules/0/http/paths/0/path": "api" }],
  "ingress/backend": ["ingress-hosts", { "/spec/rules/0/http/paths/0/backend": {} }],
  "autoscaling/replicas": ["hpa-full", { "/spec/maxReplicas": 1 }],
  "autoscaling/metric": ["hpa-full", { "/spec/metrics/0/type": "Cpu" }],
  "admission/pod": ["pod-plain", { "/spec/priorityClassName": "system-node-critical", "/spec/priority": 1 }],
};

describe("codes of the API server's objections", () => {
  test("each has an example that has it first", () => {
    for (const [code, [base, changes]] of Object.entries(examples))
      assert.equal(codesOf(judgeChanged(base, changes))[0], code);
  });

  test("all have an example, a title and an explanation", () => {
    assert.deepEqual(Object.keys(examples).sort(), codes.map(({ id }) => id).sort());
    assert.equal(new Set(codes.map(({ title }) => title)).size, codes.length);
    for (const { explanation } of codes) assert.match(explanation, /\.$/);
  });
});
