import { test } from "node:test";

import fc from "fast-check";

import { isObject } from "../../server/src/base/json.ts";
import type { JsonObject } from "../../server/src/base/json.ts";
import { withDefaults } from "../../server/src/kubernetes/defaults/with-defaults.ts";
import { findPort } from "../../server/src/kubernetes/find-port.ts";
import { deletionOrder } from "../../server/src/kubernetes/pod-deletion-order.ts";
import { podRow } from "../../server/src/kubernetes/pod-status.ts";
import { rolloutStatus } from "../../server/src/kubernetes/rollout-status.ts";
import { networkPolicySelector, serviceSelector } from "../../server/src/kubernetes/selector.ts";
import { daemonDecision } from "../../server/src/kubernetes/taints.ts";
import { containerEnvironment, serviceVariables } from "../../server/src/simulation/dns/environment-variables.ts";
import { podHostname } from "../../server/src/simulation/dns/hostname.ts";
import { podResolvConf } from "../../server/src/simulation/dns/resolv-conf.ts";

/** Field names that the functions look at, so that wrong values turn up in the right places. */
const fields = [
  ...[
    "metadata",
    "spec",
    "status",
    "template",
    "name",
    "namespace",
    "labels",
    "annotations",
    "selector",
    "type",
    "kind",
  ],
  ...["matchLabels", "matchExpressions", "ports", "port", "targetPort", "containers", "initContainers", "resources"],
  ...["limits", "requests", "env", "envFrom", "valueFrom", "volumes", "conditions", "containerStatuses", "state"],
  ...["tolerations", "taints", "affinity", "dnsConfig", "options", "updateStrategy", "rollingUpdate", "metrics"],
  ...["behavior", "egress", "limits", "subsets", "jobTemplate", "strategy", "nodeName", "clusterIP", "terminated"],
];
const kinds: readonly (readonly [string, string])[] = [
  ["v1", "Pod"],
  ["v1", "Service"],
  ["v1", "ReplicationController"],
  ["v1", "PersistentVolume"],
  ["v1", "LimitRange"],
  ["v1", "Namespace"],
  ["apps/v1", "Deployment"],
  ["apps/v1", "StatefulSet"],
  ["apps/v1", "DaemonSet"],
  ["batch/v1", "CronJob"],
  ["batch/v1", "Job"],
  ["autoscaling/v2", "HorizontalPodAutoscaler"],
  ["networking.k8s.io/v1", "NetworkPolicy"],
  ["rbac.authorization.k8s.io/v1", "RoleBinding"],
];

const { value: anything } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 6, withCrossShrink: true },
    fc.oneof(fc.constantFrom(null, true, 0, 80, "", "a", "None", "1e999999999"), fc.string(), fc.integer()),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...fields), tie("value"), { maxKeys: 5 }),
  ),
}));
const object = anything.filter((value): value is JsonObject => isObject(value as JsonObject));

test("no object, however broken, makes anything throw", () => {
  const cluster = { nameservers: ["10.96.0.10"], domain: "cluster.local", nodeAddresses: [] };
  const sources = { services: {}, configMaps: new Map<string, JsonObject>(), secrets: new Map<string, JsonObject>() };
  fc.assert(
    fc.property(object, object, fc.constantFrom(...kinds), (first, second, [apiVersion, kind]) => {
      withDefaults({ ...first, apiVersion, kind });
      rolloutStatus({ ...first, kind }, 1);
      findPort(first, second);
      podRow(first);
      deletionOrder([first, second], [second], 0);
      serviceSelector(first);
      networkPolicySelector(first);
      daemonDecision(first, second);
      serviceVariables("a", [first, second], true);
      containerEnvironment(first, { ...sources, pod: second });
      podHostname(first, { clusterDomain: "cluster.local" });
      podResolvConf(first, undefined, cluster);
    }),
    { seed: 20_261_121, numRuns: 1500 },
  );
});
