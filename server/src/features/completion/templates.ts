import type { JsonObject } from "../../base/json.ts";

/** How something begins that the API server would refuse, or nobody would miss, without these fields. */
export interface Template {
  /** What tells it from other templates of the type; empty for the only one. */
  readonly name: string;
  /** Fields in the order in which people write them; `null` stands for a name that exists elsewhere. */
  readonly value: JsonObject;
  /** A field that is left out where there is no such name; without the others the template is not offered. */
  readonly optional?: string;
}

const only = (value: JsonObject): readonly Template[] => [{ name: "", value }];

/** Templates by the Go name of the type that a place wants. */
export const templates: ReadonlyMap<string, readonly Template[]> = new Map([
  ["v1.ServicePort", [{ name: "", value: { name: "http", port: 80, targetPort: null }, optional: "targetPort" }]],
  ["v1.Container", only({ name: "main", image: "registry.example/app:1.0.0" })],
  ["v1.ContainerPort", only({ name: "http", containerPort: 8080 })],
  [
    "v1.EnvVar",
    [
      { name: "value", value: { name: "NAME", value: "value" } },
      { name: "ConfigMap", value: { name: "NAME", valueFrom: { configMapKeyRef: { name: null, key: null } } } },
      { name: "Secret", value: { name: "NAME", valueFrom: { secretKeyRef: { name: null, key: null } } } },
    ],
  ],
  [
    "v1.EnvFromSource",
    [
      { name: "ConfigMap", value: { configMapRef: { name: null } } },
      { name: "Secret", value: { secretRef: { name: null } } },
    ],
  ],
  ["v1.VolumeMount", only({ name: null, mountPath: "/data" })],
  [
    "v1.Volume",
    [
      { name: "emptyDir", value: { name: "data", emptyDir: {} } },
      { name: "ConfigMap", value: { name: "config", configMap: { name: null } } },
      { name: "Secret", value: { name: "secrets", secret: { secretName: null } } },
      { name: "PersistentVolumeClaim", value: { name: "data", persistentVolumeClaim: { claimName: null } } },
    ],
  ],
  [
    "v1.Probe",
    [
      { name: "HTTP", value: { httpGet: { path: "/", port: null } } },
      { name: "TCP", value: { tcpSocket: { port: null } } },
    ],
  ],
  ["v1.ResourceRequirements", only({ requests: { cpu: "100m", memory: "128Mi" }, limits: { memory: "128Mi" } })],
  ["v1.DeploymentStrategy", only({ type: "RollingUpdate", rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } })],
  [
    "v1.HTTPIngressPath",
    only({ path: "/", pathType: "Prefix", backend: { service: { name: null, port: { number: null } } } }),
  ],
  [
    "v1.IngressRule",
    only({
      host: "www.example.com",
      http: {
        paths: [{ path: "/", pathType: "Prefix", backend: { service: { name: null, port: { number: null } } } }],
      },
    }),
  ],
  ["v1.IngressTLS", only({ hosts: ["www.example.com"], secretName: null })],
  [
    "v2.MetricSpec",
    only({ type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 80 } } }),
  ],
  ["v1.PolicyRule", only({ apiGroups: [""], resources: ["pods"], verbs: ["get", "list", "watch"] })],
]);
