/** One family of relations: a workspace in which `target` declares a name and `use` names it. */
export interface Family {
  readonly family: string;
  readonly source: string;
  /** A new name; absent where nothing is renamed. */
  readonly name?: string;
  /** How the new name is written in a place that reads like this. */
  readonly spell?: (text: string) => string;
}

const object = (apiVersion: string, kind: string, name: string, rest = "", namespace = "shop"): string =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: ${name}${namespace === "" ? "" : `, namespace: ${namespace}`}}\n${rest}`;

const pods = (spec: string, labels = "app: web", name = "web"): string =>
  object(
    "apps/v1",
    "Deployment",
    name,
    `spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {${labels}}}
    spec:
${spec.replaceAll(/^/gm, "      ")}
`,
  );

const container = (fields: string): string =>
  `containers:\n  - name: main\n    image: web\n${fields.replaceAll(/^/gm, "    ")}`;

const files = (...texts: readonly string[]): string =>
  texts.map((text, index) => `#- /shop/file-${index}.yaml\n${text}`).join("");

const service = (name: string, spec = "ports: [{name: http, port: 80}]", namespace = "shop"): string =>
  object("v1", "Service", name, `spec: {selector: {app: web}, ${spec}}\n`, namespace);

/** A name of an object in one field of another one. */
const named = (kind: string, target: string, use: string): Family => ({
  family: kind,
  source: files(target, use),
  name: "renamed",
});

export const families: readonly Family[] = [
  named(
    "ConfigMap of a volume",
    object("v1", "ConfigMap", "«target»cfg«/»"),
    pods(container("ports: []") + "\nvolumes: [{name: a, configMap: {name: «use»cfg«/»}}]"),
  ),
  named(
    "ConfigMap of envFrom",
    object("v1", "ConfigMap", "«target»cfg«/»"),
    pods(container("envFrom: [{configMapRef: {name: «use»cfg«/»}}]")),
  ),
  named(
    "Secret of imagePullSecrets",
    object("v1", "Secret", "«target»pull«/»"),
    pods(container("ports: []") + "\nimagePullSecrets: [{name: «use»pull«/»}]"),
  ),
  named(
    "ServiceAccount of pods",
    object("v1", "ServiceAccount", "«target»runner«/»"),
    pods(container("ports: []") + "\nserviceAccountName: «use»runner«/»"),
  ),
  named(
    "PersistentVolumeClaim of pods",
    object("v1", "PersistentVolumeClaim", "«target»data«/»"),
    pods(container("ports: []") + "\nvolumes: [{name: a, persistentVolumeClaim: {claimName: «use»data«/»}}]"),
  ),
  named(
    "PriorityClass of pods",
    object("scheduling.k8s.io/v1", "PriorityClass", "«target»high«/»", "value: 1\n", ""),
    pods(container("ports: []") + "\npriorityClassName: «use»high«/»"),
  ),
  named(
    "StorageClass of a claim",
    object("storage.k8s.io/v1", "StorageClass", "«target»fast«/»", "provisioner: a/b\n", ""),
    object("v1", "PersistentVolumeClaim", "data", "spec: {storageClassName: «use»fast«/»}\n"),
  ),
  named(
    "IngressClass of an Ingress",
    object("networking.k8s.io/v1", "IngressClass", "«target»public«/»", "", ""),
    object("networking.k8s.io/v1", "Ingress", "web", "spec: {ingressClassName: «use»public«/»}\n"),
  ),
  named(
    "Service of an Ingress",
    service("«target»web«/»"),
    object(
      "networking.k8s.io/v1",
      "Ingress",
      "web",
      "spec: {defaultBackend: {service: {name: «use»web«/», port: {number: 80}}}}\n",
    ),
  ),
  named(
    "Service of an HTTPRoute",
    service("«target»web«/»"),
    object(
      "gateway.networking.k8s.io/v1",
      "HTTPRoute",
      "web",
      "spec: {rules: [{backendRefs: [{name: «use»web«/», port: 80}]}]}\n",
    ),
  ),
  named(
    "Service of a webhook, by its namespace",
    service("«target»hook«/»"),
    object(
      "admissionregistration.k8s.io/v1",
      "ValidatingWebhookConfiguration",
      "checks",
      "webhooks: [{name: a.b.c, clientConfig: {service: {name: «use»hook«/», namespace: shop}}}]\n",
      "",
    ),
  ),
  named(
    "Service of a StatefulSet",
    service("«target»db«/»"),
    object("apps/v1", "StatefulSet", "db", "spec: {serviceName: «use»db«/», template: {}}\n"),
  ),
  named(
    "Deployment of an autoscaler",
    object("apps/v1", "Deployment", "«target»web«/»", "spec: {}\n"),
    object(
      "autoscaling/v2",
      "HorizontalPodAutoscaler",
      "scaler",
      "spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: «use»web«/»}}\n",
    ),
  ),
  named(
    "ClusterRole of a RoleBinding",
    object("rbac.authorization.k8s.io/v1", "ClusterRole", "«target»reader«/»", "", ""),
    object(
      "rbac.authorization.k8s.io/v1",
      "RoleBinding",
      "web",
      "roleRef: {kind: ClusterRole, name: «use»reader«/»}\n",
    ),
  ),
  named(
    "ServiceAccount of a ClusterRoleBinding",
    object("v1", "ServiceAccount", "«target»runner«/»"),
    object(
      "rbac.authorization.k8s.io/v1",
      "ClusterRoleBinding",
      "web",
      "subjects: [{kind: ServiceAccount, name: «use»runner«/», namespace: shop}]\n",
      "",
    ),
  ),
  named(
    "Issuer of a Certificate",
    object("cert-manager.io/v1", "Issuer", "«target»ca«/»"),
    object("cert-manager.io/v1", "Certificate", "web", "spec: {issuerRef: {name: «use»ca«/»}}\n"),
  ),
  named(
    "Gateway of a route",
    object("gateway.networking.k8s.io/v1", "Gateway", "«target»edge«/»"),
    object("gateway.networking.k8s.io/v1", "HTTPRoute", "web", "spec: {parentRefs: [{name: «use»edge«/»}]}\n"),
  ),
  named(
    "account within a text",
    object("v1", "ServiceAccount", "«target»runner«/»"),
    object(
      "security.istio.io/v1",
      "AuthorizationPolicy",
      "web",
      "spec: {rules: [{from: [{source: {principals: [cluster.local/ns/shop/sa/«use»runner«/»]}}]}]}\n",
    ),
  ),
  named(
    "namespace/name",
    object("cert-manager.io/v1", "Certificate", "«target»hook«/»"),
    object("admissionregistration.k8s.io/v1", "MutatingWebhookConfiguration", "a", "", "").replace(
      "{name: a}",
      "{name: a, annotations: {cert-manager.io/inject-ca-from: shop/«use»hook«/»}}",
    ),
  ),
  named("same name", service("«target»db«/»"), object("v1", "Endpoints", "«use»db«/»", "subsets: []\n")),
  named(
    "producing field",
    object("cert-manager.io/v1", "Certificate", "web", "spec: {secretName: «target»web-tls«/»}\n"),
    object("networking.k8s.io/v1", "Ingress", "web", "spec: {tls: [{secretName: «use»web-tls«/»}]}\n"),
  ),
  {
    family: "labels of a Service selector",
    source: files(
      pods(container("ports: []"), "«target»app: web«/»").replace(
        "{matchLabels: {app: web}}",
        "{matchLabels: {«use»app: web«/»}}",
      ),
      object("v1", "Service", "web", "spec: {selector: {«use»app: web«/»}}\n"),
    ),
    name: "renamed/key",
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
    name: "renamed",
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
    name: "renamed",
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
    name: "renamed",
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
    name: "renamed",
  },
  {
    family: "key of a Secret",
    source: files(
      object("v1", "Secret", "cfg", "stringData: {«target»password«/»: debug}\n"),
      pods(container("env: [{name: A, valueFrom: {secretKeyRef: {name: cfg, key: «use»password«/»}}}]")),
    ),
    name: "renamed",
  },
  {
    family: "volume of a mount",
    source: files(
      pods(
        `volumes: [{name: «target»data«/», emptyDir: {}}]\n${container("volumeMounts: [{name: «use»data«/», mountPath: /a}]")}`,
      ),
    ),
    name: "renamed",
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
    name: "renamed",
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
    name: "renamed",
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
    name: "RENAMED",
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
    name: "renamed",
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
    name: "renamed",
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
    name: "renamed",
  },
  {
    family: "label read by the pod itself",
    name: "renamed",
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
    name: "renamed",
  },
];
