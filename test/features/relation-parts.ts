import { container, files, object, objectFamilies, pods, service } from "./relation-families.ts";
import type { Family } from "./relation-families.ts";

/** Labels, ports, keys and other parts of objects. */
const partFamilies: readonly Family[] = [
  {
    family: "labels of a Service selector",
    source: files(
      pods(container("ports: []"), "«target»app: web«/»").replace(
        "{matchLabels: {app: web}}",
        "{matchLabels: {«use»app: web«/»}}",
      ),
      object("v1", "Service", "web", "spec: {selector: {«use»app: web«/»}}\n"),
    ),
    rename: "renamed/key",
    spell: () => "renamed/key: web",
  },
  {
    family: "values of labels in expressions and budgets",
    source: files(
      pods(container("ports: []"), "tier: a, «target»app: web«/»").replace(
        "{matchLabels: {app: web}}",
        "{matchLabels: {tier: a}}",
      ),
      object(
        "policy/v1",
        "PodDisruptionBudget",
        "web",
        "spec: {selector: {matchExpressions: [{key: app, operator: In, values: [other, «use»web«/»]}]}}\n",
      ),
      object(
        "networking.k8s.io/v1",
        "NetworkPolicy",
        "web",
        "spec: {podSelector: {}, ingress: [{from: [{podSelector: {matchLabels: {tier: a}}}]}]}\n",
      ),
    ),
    rename: "renamed",
    spell: (text) => text.replace("web", "renamed"),
    cursor: "end",
  },
  {
    family: "a ServiceMonitor's selector looks at the Services' own labels",
    source: files(
      object("v1", "Service", "web", "").replace("name: web", "name: web, labels: {«target»team: a«/»}"),
      object(
        "monitoring.coreos.com/v1",
        "ServiceMonitor",
        "web",
        "spec: {selector: {matchLabels: {«use»team: a«/»}}}\n",
      ),
    ),
    rename: "renamed",
    spell: () => "renamed: a",
  },
  {
    family: "port of a container",
    source: files(
      pods(
        container(
          "ports: [{name: «target»http«/», containerPort: 8080}]\nlivenessProbe: {httpGet: {port: «use»http«/»}}",
        ),
      ),
      service("web", "ports: [{port: 80, targetPort: «use»http«/»}]"),
    ),
    rename: "renamed",
  },
  {
    family: "number of a container's port",
    source: files(
      pods(
        container(
          "ports: [{name: http, containerPort: «target»8080«/»}]\nlivenessProbe: {httpGet: {port: «use»8080«/»}}",
        ),
      ),
      service("web", "ports: [{port: 80, targetPort: «use»8080«/»}]"),
    ),
    rename: /A number is no name/,
  },
  {
    family: "port of a Service",
    source: files(
      service("web", "ports: [{name: «target»http«/», port: 80}]").replace("name: web", "name: web, labels: {team: a}"),
      object(
        "networking.k8s.io/v1",
        "Ingress",
        "web",
        "spec: {defaultBackend: {service: {name: web, port: {name: «use»http«/»}}}}\n",
      ),
      object(
        "monitoring.coreos.com/v1",
        "ServiceMonitor",
        "web",
        "spec: {selector: {matchLabels: {team: a}}, endpoints: [{port: «use»http«/»}]}\n",
      ),
    ),
    rename: "renamed",
  },
  {
    family: "key of a ConfigMap",
    source: files(
      object("v1", "ConfigMap", "cfg", "data: {«target»level«/»: debug}\n"),
      pods(
        container("env: [{name: A, valueFrom: {configMapKeyRef: {name: cfg, key: «use»level«/»}}}]") +
          "\nvolumes: [{name: a, configMap: {name: cfg, items: [{key: «use»level«/», path: x}]}}]",
      ),
    ),
    rename: "renamed",
  },
  {
    family: "key of a Secret",
    source: files(
      object("v1", "Secret", "cfg", "stringData: {«target»password«/»: debug}\n"),
      pods(container("env: [{name: A, valueFrom: {secretKeyRef: {name: cfg, key: «use»password«/»}}}]")),
    ),
    rename: "renamed",
  },
  {
    family: "volume of a mount",
    source: files(
      pods(
        `volumes: [{name: «target»data«/», emptyDir: {}}]\n${container("volumeMounts: [{name: «use»data«/», mountPath: /a}]")}`,
      ),
    ),
    rename: "renamed",
  },
  {
    family: "claim template of a mount",
    source: files(
      object(
        "apps/v1",
        "StatefulSet",
        "db",
        "spec: {template: {spec: {containers: [{name: a, volumeMounts: [{name: «use»data«/»}]}]}}, volumeClaimTemplates: [{metadata: {name: «target»data«/»}}]}\n",
      ),
    ),
    rename: "renamed",
  },
  {
    family: "container",
    source: files(
      pods(container("").replace("name: main", "name: «target»main«/»")),
      object(
        "autoscaling/v2",
        "HorizontalPodAutoscaler",
        "scaler",
        "spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}, metrics: [{containerResource: {container: «use»main«/»}}]}\n",
      ),
    ),
    rename: "renamed",
  },
  {
    family: "variable",
    source: files(
      pods(
        container(
          'env: [{name: «target»HOST«/», value: a}, {name: URL, value: "http://$(«use»HOST«/»)/"}]\nargs: ["--host=$(«use»HOST«/»)"]',
        ),
      ),
    ),
    rename: "RENAMED",
  },
  {
    family: "DNS name",
    source: files(
      service("«target»db«/»"),
      pods(
        container(
          'env: [{name: URL, value: "http://«use»db«/»:8080/x"}, {name: B, value: tcp://«use»db«/».shop.svc.cluster.local}]\nargs: ["--host=«use»db«/».shop.svc"]',
        ),
      ),
      object(
        "v1",
        "ConfigMap",
        "cfg",
        "data:\n  app.properties: |\n    # the store\n    url = jdbc://«use»db«/».shop.svc:3306/app\n",
      ),
    ),
    rename: "renamed",
  },
  {
    family: "host of a VirtualService, subset of a DestinationRule",
    source: files(
      service("web"),
      object(
        "networking.istio.io/v1",
        "DestinationRule",
        "web",
        "spec: {host: web, subsets: [{name: «target»v1«/», labels: {app: web}}]}\n",
      ),
      object(
        "networking.istio.io/v1",
        "VirtualService",
        "web",
        "spec: {http: [{route: [{destination: {host: web, subset: «use»v1«/»}}]}]}\n",
      ),
    ),
    rename: "renamed",
  },
  {
    family: "listener of a Gateway",
    source: files(
      object(
        "gateway.networking.k8s.io/v1",
        "Gateway",
        "edge",
        "spec: {listeners: [{name: «target»web«/», port: 80}]}\n",
      ),
      object(
        "gateway.networking.k8s.io/v1",
        "HTTPRoute",
        "web",
        "spec: {parentRefs: [{name: edge, sectionName: «use»web«/»}]}\n",
      ),
    ),
    rename: "renamed",
  },
  {
    family: "label read by the pod itself",
    rename: "renamed",
    spell: (text) => text.replace("version", "renamed"),
    source: files(
      pods(
        container("env: [{name: A, valueFrom: {fieldRef: {fieldPath: \"metadata.labels['«use»version«/»']\"}}}]"),
        "app: web, «target»version: a«/»",
      ),
    ),
  },
  {
    family: "Namespace by its name label",
    source: files(
      object("v1", "Namespace", "«target»other«/»", "", ""),
      object(
        "networking.k8s.io/v1",
        "NetworkPolicy",
        "web",
        "spec: {podSelector: {}, ingress: [{from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: «use»other«/»}}}]}]}\n",
      ),
    ),
    rename: "renamed",
  },
];

export const families: readonly Family[] = [...objectFamilies, ...partFamilies];
