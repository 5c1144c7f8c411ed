/** One family of relations: a workspace in which `target` declares a name and `use` names it. */
export interface Family {
  readonly family: string;
  readonly source: string;
  /** A new name, or why none is possible. */
  readonly rename: string | RegExp;
  /** How the new name is written in a place that reads like this. */
  readonly spell?: (text: string) => string;
  /** Where in the marks the cursor stands; at the beginning by default, which is the key of a label. */
  readonly cursor?: "end";
}

export const object = (apiVersion: string, kind: string, name: string, rest = "", namespace = "shop"): string =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: ${name}${namespace === "" ? "" : `, namespace: ${namespace}`}}\n${rest}`;

export const pods = (spec: string, labels = "app: web", name = "web"): string =>
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

export const container = (fields: string): string =>
  `containers:\n  - name: main\n    image: web\n${fields.replaceAll(/^/gm, "    ")}`;

export const files = (...texts: readonly string[]): string =>
  texts.map((text, index) => `#- /shop/file-${index}.yaml\n${text}`).join("");

export const service = (name: string, spec = "ports: [{name: http, port: 80}]", namespace = "shop"): string =>
  object("v1", "Service", name, `spec: {selector: {app: web}, ${spec}}\n`, namespace);

/** A name of an object in one field of another one. */
const named = (kind: string, target: string, use: string): Family => ({
  family: kind,
  source: files(target, use),
  rename: "renamed",
});

/** Names of objects in fields of others. */
export const objectFamilies: readonly Family[] = [
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
];
