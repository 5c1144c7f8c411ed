import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { hoverText, revealedSecret } from "./check.ts";

const deployment = (replicas: number, spec = "", container = "", pod = ""): string => `#- /web.yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  replicas: ${replicas}
  selector:
    matchLabels: {app: web}
    matchExpressions:
      - {key: tier, operator: In, values: [front, edge]}
      - {key: legacy, operator: DoesNotExist}
${spec}
  template:
    metadata: {labels: {app: web, tier: front}}
    spec:
${pod}
      containers:
        - name: web
          image: web:1
          ports: [{name: http, containerPort: 8080}]
${container}
`;

const contains = (source: string, ...parts: readonly (string | RegExp)[]): void => {
  const text = hoverText(source) ?? "";
  for (const part of parts)
    assert.ok(typeof part === "string" ? text.includes(part) : part.test(text), `${part}\n${text}`);
};

describe("hover on strategies", () => {
  test("the numbers of percentages for these replicas: 25 % of 10", () => {
    contains(
      deployment(10, "  strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 2«|»5%, maxUnavailable: 25%}}"),
      "For 10 pods: at most 13 pods (3 more), at least 8 available (2 may be missing).",
    );
  });

  test("defaults count, too, and both zero means one missing", () => {
    contains(deployment(1, "  strategy: {ty«|»pe: RollingUpdate}"), "at most 2 pods (1 more), at least 1 available");
    contains(
      deployment(5, "  strategy: {rollingUpdate: {maxSurge: 0, maxUnava«|»ilable: 10%}}"),
      "at most 5 pods (0 more), at least 4 available",
    );
  });

  test("with an autoscaler for its smallest and its largest size", () => {
    const text = `${deployment(3, "  strate«|»gy: {type: RollingUpdate}")}#- /hpa.yaml
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web, namespace: shop}
spec: {minReplicas: 2, maxReplicas: 10, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}}
`;
    contains(text, "For 2 pods: at most 3 pods", "For 10 pods: at most 13 pods");
  });

  test("a StatefulSet's partition names the pods that are updated", () => {
    contains(
      "apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: db}\nspec: {replicas: 5, updateStrategy: {rollingUpdate: {part«|»ition: 3}}}",
      "partition 3: 2 pods are updated (`db-4` to `db-3`)",
    );
  });

  test("Recreate and OnDelete say what they mean", () => {
    contains(deployment(3, "  strategy: {type: Re«|»create}"), "there is no pod at all");
    contains(
      "apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: db}\nspec: {updateStrategy: {type: On«|»Delete}}",
      "only after somebody has deleted it",
    );
  });

  test("a DaemonSet counts the nodes of the settings", () => {
    contains(
      "apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: db}\nspec: {updateStrategy: {rollingUpdate: {maxUnav«|»ailable: 50%}}}",
      "of 3 nodes up to 2 are without a pod",
    );
  });
});

describe("hover on probes", () => {
  const probes = `          startupProbe: {httpGet: {path: /up, port: http}, periodSeconds: 5, failureThreshold: 30}
          readinessProbe: {tcpSocket: {port: 8080}, initialDelaySeconds: 4}
          livenessProbe: {exec: {command: [check, --fast]}, terminationGracePeriodSeconds: 15}`;

  test("a startup probe says how long a start may take", () => {
    contains(
      deployment(1, "", probes.replace("periodSeconds: 5", "period«|»Seconds: 5")),
      "`GET http://POD:http/up`",
      "The container has up to 2 min 31 s to start; after 30 failures in a row it is restarted",
    );
  });

  test("a readiness probe says how long until ready and until out of the endpoints", () => {
    contains(
      deployment(1, "", probes.replace("tcpSocket", "tcpS«|»ocket")),
      "a TCP connection to port `8080`",
      "Every 10 s, for the first time 4 s after the start; each try may take 1 s.",
      "Ready at the latest 15 s after it begins to answer",
      "after 3 failures in a row, at the latest after 31 s",
      "until the startup probe has succeeded, which may take up to 2 min 31 s",
    );
  });

  test("a liveness probe says how long until the restart", () => {
    contains(
      deployment(1, "", probes.replace("exec", "ex«|»ec")),
      "the command `check --fast`",
      "at the latest after 31 s; it is killed and restarted at most 15 s later",
    );
  });
});

describe("hover on amounts", () => {
  const resources = (text: string): string => deployment(1, "", `          resources: ${text}`);

  test("resources say what each amount means, and the quality of service", () => {
    contains(
      resources("{req«|»uests: {cpu: 500m, memory: 1.5Gi}, limits: {memory: 2Gi}}"),
      "`500m` = 0.5 CPUs reserved on the node",
      "`1.5Gi` = 1\u202f610\u202f612\u202f736 bytes (1.5 GiB)",
      "OOMKilled",
      "**QoS Burstable**",
    );
    contains(resources("{lim«|»its: {cpu: 1, memory: 1Gi}}"), "**QoS Guaranteed**");
    contains(resources("{req«|»uests: {}}"), "**QoS BestEffort**");
  });

  test("quantities elsewhere are read out", () => {
    contains(
      "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: data}\nspec: {resources: {requests: {storage: 10«|»G}}}",
      "`10G` = 10\u202f000\u202f000\u202f000 bytes (9.31 GiB)",
    );
  });

  test("seconds are read out", () => {
    contains(deployment(1, "", "", "      terminationGracePeriodSeconds: 36«|»30"), "3\u202f630 seconds = 1 h 30 s");
  });
});

describe("hover on CronJobs", () => {
  const cron = (spec: string): string => `apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: night}\nspec:\n${spec}`;

  test("the next runs by the clocks of the time zone", () => {
    contains(
      cron("  schedule: '30 2 «|»* * 1-5'\n  timeZone: Europe/Berlin"),
      "Next runs in `Europe/Berlin`:\n\n- Mon 2026-11-23 02:30\n- Tue 2026-11-24 02:30",
    );
  });

  test("without a zone it is the controller's", () => {
    contains(cron("  schedule: '0 «|»3 * * *'"), "mostly UTC:\n\n- Sun 2026-11-22 03:00");
  });

  test("intervals, impossible dates and suspended ones", () => {
    contains(cron("  sched«|»ule: '@every 1h30m'"), "Every 1 h 30 min, counted from the last run.");
    contains(cron("  sched«|»ule: '0 0 31 2 *'"), "never runs");
    contains(cron("  suspend: true\n  sched«|»ule: '@daily'"), "Suspended");
    assert.equal(hoverText(cron("  sched«|»ule: 'nonsense'")), undefined);
  });
});

describe("hover on selectors", () => {
  test("matchExpressions in words", () => {
    contains(
      deployment(1).replace("operator: In", "oper«|»ator: In"),
      "- `app` is `web`",
      "has no label `legacy`",
      "`tier` is one of `front`, `edge`",
    );
  });

  test("a NetworkPolicy says which pods it is about", () => {
    contains(
      `${deployment(3)}#- /policy.yaml\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: web, namespace: shop}\nspec: {podSel«|»ector: {matchLabels: {app: web}}}\n`,
      "- [Deployment web](/web.yaml:3) · 3 pods",
    );
    contains(
      "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: web, namespace: shop}\nspec: {podSel«|»ector: {}}\n",
      "Empty: matches everything.",
    );
  });
});

describe("hover on Secrets", () => {
  const secret = (data: string): string => `apiVersion: v1\nkind: Secret\nmetadata: {name: keys}\n${data}`;

  test("a value is masked, and revealed only where somebody asks", () => {
    const source = secret("data:\n  password: c2Vz«|»YW0=\n");
    const text = hoverText(source) ?? "";
    assert.match(text, /`password`: 5 bytes in base64, hidden/);
    assert.match(text, /\[Reveal the value\]\(reveal:\/main\.yaml:5\)/);
    assert.doesNotMatch(text, /sesam|c2Vz/);
    assert.deepEqual(revealedSecret(source), { key: "password", value: "sesam" });
  });

  test("bytes that are no text are not shown, other places reveal nothing", () => {
    assert.deepEqual(revealedSecret(secret("data:\n  key: «|»/w==\n")), { key: "key", value: undefined });
    assert.equal(revealedSecret(secret("data:\n  key: «|»no base64\n")), undefined);
    assert.equal(revealedSecret(secret("type: Op«|»aque\n")), undefined);
    assert.equal(
      revealedSecret("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {key: c2«|»VzYW0=}"),
      undefined,
    );
  });
});

describe("hover on policies of a Service", () => {
  const service = (spec: string, replicas = 2): string =>
    `${deployment(replicas)}#- /service.yaml\napiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: shop}\nspec:\n  selector: {app: web}\n  ports: [{port: 80}]\n${spec}\n`;

  test("Local: which nodes have no pod", () => {
    contains(
      service("  internalTraffic«|»Policy: Local"),
      "connections are dropped",
      "2 pods of this Service on 3 nodes: at least 1 have none",
    );
    contains(
      service("  type: LoadBalancer\n  externalTraffic«|»Policy: Local"),
      "healthCheckNodePort",
      "the client's address",
    );
  });

  test("affinity, distribution, unready addresses, families", () => {
    contains(service("  session«|»Affinity: ClientIP"), "silent for 3 h (10800 seconds)", "This Service has 2 pods.");
    contains(service("  clusterIP: None\n  session«|»Affinity: ClientIP"), "headless");
    contains(service("  traffic«|»Distribution: PreferClose"), "stay in the client's zone");
    contains(service("  publishNotReady«|»Addresses: true"), "before the pod is ready");
    contains(service("  ipFamily«|»Policy: RequireDualStack"), "refuses the Service");
  });
});

describe("hover on what belongs to workloads", () => {
  test("serviceName: the names of the pods", () => {
    contains(
      `apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db, namespace: shop}
spec:
  serviceName: d«|»b
  replicas: 4
  selector: {matchLabels: {app: db}}
  template: {metadata: {labels: {app: db}}, spec: {containers: [{name: db, image: db}]}}
---
apiVersion: v1
kind: Service
metadata: {name: db, namespace: shop}
spec: {clusterIP: None, selector: {app: db}}
`,
      "(headless) names each pod:",
      "- `db-0.db.shop.svc.cluster.local`",
      "- 1 more",
    );
  });

  test("a PodDisruptionBudget says how many may go", () => {
    const budget = (spec: string): string =>
      `${deployment(3)}#- /pdb.yaml\napiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: web, namespace: shop}\nspec: {${spec}, selector: {matchLabels: {app: web}}}\n`;
    contains(budget("minAvail«|»able: 2"), "With all 3 pods healthy 1 may go at a time; at least 2 stay.");
    contains(budget("minAvail«|»able: 100%"), "**none** may go");
    contains(budget("maxUnavail«|»able: 50%"), "2 may go at a time");
  });

  test("an autoscaler says what it scales, and that written replicas get in its way", () => {
    contains(
      `${deployment(3)}#- /hpa.yaml\napiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: web, namespace: shop}\nspec: {minReplicas: 2, max«|»Replicas: 10, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}}\n`,
      "Scales [Deployment web](/web.yaml:3) between 2 and 10 pods.",
      "replicas 3 is written there: every apply sets it anew",
    );
  });

  test("a backend of an Ingress: Service, port, pods", () => {
    contains(
      `${deployment(3)}#- /service.yaml\napiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: shop}\nspec: {selector: {app: web}, ports: [{name: main, port: 80, targetPort: http}]}\n#- /ingress.yaml\napiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: web, namespace: shop}\nspec: {rules: [{http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: we«|»b, port: {name: main}}}}]}}]}\n`,
      "[Service web](/service.yaml:3) · port `main = 80`",
      "- [Deployment web](/web.yaml:3) · 3 pods · `8080`",
    );
  });
});
