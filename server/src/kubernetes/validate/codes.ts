/** Drydock's codes for what the API server rejects: stable ids, each with a page of documentation. Data alone. */
export const codes = [
  {
    id: "schema/unknown-field",
    title: "Unknown field",
    explanation: "The kind has no field of this name at this place; strict decoding rejects the object.",
  },
  {
    id: "schema/wrong-type",
    title: "Wrong type",
    explanation: "The field takes a value of another type, such as a text instead of a number.",
  },
  {
    id: "schema/lost-indentation",
    title: "Lost indentation",
    explanation:
      "Fields that belong below metadata or spec stand at the top level, since the document has lost its indentation.",
  },
  { id: "api/required", title: "Missing value", explanation: "The API server needs a value here." },
  { id: "api/invalid", title: "Invalid value", explanation: "The API server does not take this value." },
  {
    id: "api/unsupported",
    title: "Unsupported value",
    explanation: "The field takes only certain values, and this is none of them.",
  },
  { id: "api/duplicate", title: "Duplicate value", explanation: "The value must be unique and appears twice." },
  { id: "api/forbidden", title: "Forbidden value", explanation: "The field must not be set in this combination." },
  {
    id: "api/not-found",
    title: "Unknown name",
    explanation: "The object names something that it does not define, such as a volume.",
  },
  {
    id: "api/too-long",
    title: "Too long",
    explanation: "The text or the sum of the texts is longer than the API server allows.",
  },
  { id: "api/too-many", title: "Too many", explanation: "The list has more items than the API server allows." },
  {
    id: "metadata/missing-name",
    title: "Missing name",
    explanation: "An object needs metadata.name, or metadata.generateName as the start of a generated one.",
  },
  {
    id: "metadata/invalid-name",
    title: "Invalid name",
    explanation: "The name does not have the syntax that names of this kind must have.",
  },
  {
    id: "metadata/invalid-namespace",
    title: "Invalid namespace",
    explanation: "The namespace is no valid name of a namespace.",
  },
  {
    id: "metadata/invalid-label",
    title: "Invalid label",
    explanation: "The key or value of a label, or of a selector, does not have the syntax of labels.",
  },
  {
    id: "metadata/invalid-annotation",
    title: "Invalid annotation",
    explanation: "The key of an annotation is not valid, or all annotations together are too large.",
  },
  {
    id: "workload/missing-selector",
    title: "Missing selector",
    explanation: "The workload has no selector, or an empty one; it must select the pods of its template.",
  },
  {
    id: "workload/selector-mismatch",
    title: "Selector does not match the template",
    explanation: "The labels of the pod template do not satisfy the workload's own selector.",
  },
  {
    id: "workload/restart-policy",
    title: "Restart policy",
    explanation: "The workload does not allow this restart policy for its pods.",
  },
  {
    id: "workload/update-strategy",
    title: "Update strategy",
    explanation: "The update strategy or its parameters do not fit together.",
  },
  { id: "pod/no-containers", title: "No containers", explanation: "A pod needs at least one container." },
  {
    id: "pod/duplicate-container-name",
    title: "Duplicate container name",
    explanation: "Names of containers and init containers must be unique within a pod.",
  },
  { id: "pod/container-name", title: "Container name", explanation: "A container needs a name that is a DNS label." },
  {
    id: "pod/container-port",
    title: "Container port",
    explanation: "The port of a container has no valid number, name or protocol.",
  },
  {
    id: "pod/duplicate-port-name",
    title: "Duplicate name of a container port",
    explanation: "Names of ports must be unique within a container.",
  },
  {
    id: "pod/host-port",
    title: "Host port",
    explanation: "Host ports collide or differ from the container port although the pod uses the host's network.",
  },
  {
    id: "pod/volume-mount",
    title: "Volume mount",
    explanation: "A mount names no volume of the pod, or its path is not usable.",
  },
  { id: "pod/probe", title: "Probe", explanation: "The probe is incomplete or its numbers are out of range." },
  {
    id: "pod/resources",
    title: "Resources",
    explanation: "Requests and limits do not fit together or name unknown resources.",
  },
  {
    id: "pod/dns-config",
    title: "DNS configuration",
    explanation: "The Pod's dnsPolicy and dnsConfig do not fit together or are not valid.",
  },
  {
    id: "service/missing-ports",
    title: "Service without ports",
    explanation: "A Service that is neither headless nor of type ExternalName needs a port.",
  },
  {
    id: "service/missing-port-name",
    title: "Missing port name",
    explanation: "Every port needs a name as soon as a Service has more than one.",
  },
  {
    id: "service/port-name",
    title: "Invalid port name",
    explanation: "The name of a Service's port must be a DNS label.",
  },
  {
    id: "service/duplicate-port-name",
    title: "Duplicate name of a Service port",
    explanation: "Names of ports must be unique within a Service.",
  },
  {
    id: "service/duplicate-port",
    title: "Duplicate port",
    explanation: "Two ports of a Service have the same number and protocol.",
  },
  {
    id: "service/port",
    title: "Invalid port",
    explanation: "Ports range from 1 to 65535, and a target port is such a number or the name of a container port.",
  },
  {
    id: "service/node-port-range",
    title: "Node port out of range",
    explanation: "A node port must lie in the cluster's range, 30000 to 32767 by default.",
  },
  {
    id: "service/node-port",
    title: "Node port",
    explanation: "Node ports belong to types NodePort and LoadBalancer and must be unique within a Service.",
  },
  {
    id: "service/external-name",
    title: "ExternalName",
    explanation: "A Service of type ExternalName needs a DNS name and has no cluster IP.",
  },
  {
    id: "service/headless",
    title: "Headless Service",
    explanation: "Only Services of type ClusterIP can be headless (clusterIP: None).",
  },
  {
    id: "service/cluster-ip",
    title: "Cluster IP",
    explanation: "clusterIP, clusterIPs, ipFamilies and ipFamilyPolicy do not fit together or do not suit the cluster.",
  },
  {
    id: "service/traffic-policy",
    title: "Traffic policy",
    explanation:
      "externalTrafficPolicy, internalTrafficPolicy, trafficDistribution or healthCheckNodePort is not valid for this Service.",
  },
  {
    id: "service/session-affinity",
    title: "Session affinity",
    explanation: "Session affinity is ClientIP or None, with a timeout of up to one day.",
  },
  {
    id: "service/load-balancer",
    title: "Load balancer field",
    explanation: "The field is valid for Services of type LoadBalancer alone.",
  },
  { id: "service/external-ips", title: "External IPs", explanation: "External IPs must be usable addresses." },
  {
    id: "service/type",
    title: "Service type",
    explanation: "The type of a Service is ClusterIP, NodePort, LoadBalancer or ExternalName.",
  },
  {
    id: "ingress/missing-rules",
    title: "Ingress without rules",
    explanation: "An Ingress needs rules or a default backend.",
  },
  {
    id: "ingress/host",
    title: "Ingress host",
    explanation: "A host is a DNS name, possibly with a wildcard as its first label.",
  },
  { id: "ingress/path", title: "Ingress path", explanation: "A path needs a pathType and must be absolute." },
  {
    id: "ingress/backend",
    title: "Ingress backend",
    explanation: "A backend is either a Service with one port or a resource.",
  },
  {
    id: "autoscaling/replicas",
    title: "Replica bounds",
    explanation: "minReplicas and maxReplicas must be positive and in order.",
  },
  {
    id: "autoscaling/metric",
    title: "Metric",
    explanation: "A metric needs exactly the source and the target that its type asks for.",
  },
  {
    id: "admission/pod",
    title: "Refused by admission",
    explanation:
      "An admission plugin refuses the pod, for instance since its priority is not that of its PriorityClass.",
  },
] as const;

/** The id of one of the codes. */
export type Code = (typeof codes)[number]["id"];
