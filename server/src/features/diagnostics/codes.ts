import { codes as validationCodes } from "../../kubernetes/validate/codes.ts";
import type { Severity } from "../finding.ts";

/** What a finding's documentation page says. */
export interface CodeDescription {
  readonly code: string;
  readonly title: string;
  /** The loudest severity that it can have. */
  readonly severity: Severity;
  /** Why it is reported and what to do, in whole sentences. */
  readonly explanation: string;
}

const own: readonly CodeDescription[] = [
  {
    code: "yaml/syntax",
    title: "The document is no YAML that Kubernetes can read",
    severity: "error",
    explanation:
      "The API server and kubectl read YAML 1.1 with go-yaml. It refuses this text. Where another YAML extension is active it reports syntax errors, and Drydock is silent unless `drydock.yamlSyntax` is `on`.",
  },
  {
    code: "yaml/unreadable-value",
    title: "The text is YAML, but no value can be made of it",
    severity: "error",
    explanation:
      "An alias without an anchor, a map as a key, infinity: go-yaml reads the text, and then fails to make JSON of it, so that the API server never sees the object.",
  },
  {
    code: "yaml/duplicate-key",
    title: "A key stands in one map twice",
    severity: "error",
    explanation:
      "Under strict field validation, which kubectl uses by default, the API server refuses the object; otherwise the last value wins silently. Often a `---` line is missing between two objects.",
  },
  {
    code: "yaml/lost-content",
    title: "Kubernetes ignores this part of the file",
    severity: "warning",
    explanation:
      "Only the first document between two `---` lines counts. What follows a `...` line, or a separator with text behind it, is dropped without a word.",
  },
  {
    code: "yaml/limit",
    title: "The document is too deep or its aliases expand to too much",
    severity: "warning",
    explanation: "Reading stops at a limit, as it does in the API server. Nothing else is said about the document.",
  },
  {
    code: "yaml/not-a-text",
    title: "YAML 1.1 does not read this as a text",
    severity: "error",
    explanation:
      "Unquoted `yes`, `no`, `on`, `off`, `0755`, `1e3` and numbers are booleans and numbers for Kubernetes. Labels, annotations, environment variables and ConfigMap data must be texts: put the value in quotes.",
  },
  {
    code: "yaml/conflict-markers",
    title: "The document holds merge conflict markers",
    severity: "error",
    explanation:
      "Lines of `<<<<<<<`, `=======` and `>>>>>>>` were left by a merge. Resolve the conflict; until then nothing else is said about the document.",
  },
  {
    code: "api/missing-version",
    title: "The object has no apiVersion",
    severity: "error",
    explanation:
      "kubectl and the API server know a kind only together with its version. The kind is one of Kubernetes' own: add the line that it needs.",
  },
  {
    code: "api/removed-version",
    title: "The API version is no longer served",
    severity: "error",
    explanation:
      "The chosen Kubernetes version (`drydock.kubernetesVersion`) has removed this version of the API: the object cannot be created. The message names the version that took its place; some fields may have moved.",
  },
  {
    code: "api/deprecated-version",
    title: "The API version is deprecated",
    severity: "warning",
    explanation: "It still works, and the API server warns about it. A later version of Kubernetes will remove it.",
  },
  {
    code: "service/no-matching-pods",
    title: "The Service selects no pods",
    severity: "warning",
    explanation:
      "No pod template in the Service's namespace has all labels of its selector, so it gets no endpoints and connections are refused. It is a warning where it is clear what was meant (a typing error, labels on the object instead of its template, another namespace), an information otherwise, and it is silent where something in the environment can't be seen.",
  },
  {
    code: "service/target-port-unknown",
    title: "No selected pod has a port of that name",
    severity: "warning",
    explanation:
      "A named `targetPort` is looked up in the containers of each pod (and in init containers that keep running), with the same protocol. None has it, so this port of the Service has no endpoints.",
  },
  {
    code: "service/target-port-partly-unknown",
    title: "Some selected pods have no port of that name",
    severity: "warning",
    explanation:
      "The Service port reaches only the pods that declare the name. The others stand in an EndpointSlice without that port: headless DNS still names them, kube-proxy does not send them anything.",
  },
  {
    code: "service/external-name-address",
    title: "An ExternalName must be a DNS name",
    severity: "warning",
    explanation:
      "The API server accepts an address here, but cluster DNS answers NXDOMAIN for it. For fixed addresses write a Service without selector and an EndpointSlice.",
  },
  {
    code: "service/external-name-selector",
    title: "The selector of an ExternalName has no effect",
    severity: "information",
    explanation: "An ExternalName is a CNAME and nothing else: no endpoints are made for it, even if pods match.",
  },
  {
    code: "service/external-name-ports",
    title: "The ports of an ExternalName have no effect",
    severity: "hint",
    explanation:
      "DNS does not carry port numbers and kube-proxy has no rules for an ExternalName: clients use whatever port the target listens on.",
  },
  {
    code: "service/headless-port",
    title: "A headless Service does not translate ports",
    severity: "information",
    explanation:
      "Clients of a headless Service connect to the pods directly, so they must use the target port. `port` only shows in SRV records, where it is the target port, too.",
  },
  {
    code: "service/headless-affinity",
    title: "Session affinity needs kube-proxy",
    severity: "information",
    explanation: "kube-proxy skips headless Services. Which pod a client gets is decided by DNS and by the client.",
  },
  {
    code: "service/node-port-clash",
    title: "Two Services ask for one node port",
    severity: "error",
    explanation:
      "A node port belongs to one Service (for each protocol). The API server refuses the second one with `provided port is already allocated`. It is an error within what kustomize renders together, a warning within one file, and an information between files that may be alternatives.",
  },
  {
    code: "workload/service-name-missing",
    title: "The StatefulSet's Service is not here",
    severity: "information",
    explanation:
      "The pods of a StatefulSet get DNS names of their own (`web-0.web`) from the Service that `serviceName` names. Without it they run, but these names do not resolve.",
  },
  {
    code: "workload/service-name-not-headless",
    title: "The StatefulSet's Service is not headless",
    severity: "information",
    explanation:
      "The pods' own names resolve below a Service with a cluster address, too, but the Service's name leads to that one address instead of to all pods, which most clustered software expects.",
  },
  {
    code: "workload/service-name-other-pods",
    title: "The StatefulSet's Service selects other pods",
    severity: "warning",
    explanation:
      "A pod gets the DNS name `POD.SERVICE` only if the Service selects it. This Service's selector does not match the StatefulSet's pod template.",
  },
  {
    code: "ingress/service-missing",
    title: "The Ingress names a Service that is not here",
    severity: "information",
    explanation:
      "A backend is looked up in the Ingress's own namespace. If the Service lives elsewhere (a chart, another repository), all is well.",
  },
  {
    code: "ingress/port-unknown",
    title: "The backend's Service has no such port",
    severity: "warning",
    explanation:
      "`service.port` names a port of the Service, by its name or its `port` number, never the container's port. The Ingress controller answers 503 for this path.",
  },
  {
    code: "endpoints/controller-owned",
    title: "The endpoints controller writes this object",
    severity: "information",
    explanation:
      "For a Service with a selector the control plane keeps an Endpoints object of the same name. What is written by hand is overwritten.",
  },
  {
    code: "endpoints/port-name",
    title: "Port names of Service and endpoints differ",
    severity: "warning",
    explanation:
      "kube-proxy joins the ports of a Service and of its EndpointSlices by name and protocol, not by number. A port without its counterpart gets no traffic.",
  },
  {
    code: "pod/host-network-dns",
    title: "Cluster names do not resolve on the host's network",
    severity: "hint",
    explanation:
      "With `hostNetwork: true`, dnsPolicy `ClusterFirst` (the default) silently means `Default`: the node's resolv.conf. Use `ClusterFirstWithHostNet` if the pod talks to Services by name.",
  },
  {
    code: "suppression/unused",
    title: "A comment silences nothing",
    severity: "hint",
    explanation:
      "`# drydock-disable-next-line CODE reason` (also `-line`, `-file`) silences findings of the codes that it names, separated by commas. This one names a code of which there is no finding, no code at all, or a pattern.",
  },
  {
    code: "kustomize/missing-file",
    title: "A kustomization names something that is not there",
    severity: "error",
    explanation:
      "kustomize ends with an error when a file or folder that it is told to read does not exist. Paths are relative to the folder of the kustomization.",
  },
  {
    code: "kustomize/cycle",
    title: "Kustomizations include each other",
    severity: "error",
    explanation:
      "A kustomization leads back to a folder in which it stands, or to itself. kustomize refuses that; include the common part from both sides instead.",
  },
  {
    code: "kustomize/conflict",
    title: "Two objects have one identity",
    severity: "error",
    explanation:
      "kustomize adds each object once: kind, namespace and name together must be unique among the resources. Often a file is listed by the base and by the overlay.",
  },
  {
    code: "kustomize/target-not-found",
    title: "What should be changed is not there",
    severity: "error",
    explanation:
      "A strategic merge patch, a replacement or a generator with behaviour `merge` or `replace` names an object that the resources do not contain: look for a typing error in kind, name or namespace. The name is the one before prefixes and suffixes.",
  },
  {
    code: "kustomize/patch-fails",
    title: "A patch can't be applied",
    severity: "error",
    explanation:
      "The operation of a JSON patch finds nothing at its path, or a strategic merge patch does not fit the type of what it changes.",
  },
  {
    code: "kustomize/not-a-kustomization",
    title: "A folder has no kustomization",
    severity: "error",
    explanation:
      "`resources` and `components` may name folders, and kustomize looks for `kustomization.yaml`, `kustomization.yml` or `Kustomization` in them. This folder has none.",
  },
  {
    code: "kustomize/multiple-kustomizations",
    title: "A folder has several kustomizations",
    severity: "error",
    explanation: "Only one of `kustomization.yaml`, `kustomization.yml` and `Kustomization` may stand in a folder.",
  },
  {
    code: "kustomize/empty-kustomization",
    title: "The kustomization is empty",
    severity: "error",
    explanation: "kustomize refuses a kustomization that says nothing at all.",
  },
  {
    code: "kustomize/restriction",
    title: "A file lies outside of the kustomization's folder",
    severity: "error",
    explanation:
      "kustomize reads single files only from the folder of the kustomization and from below it; whole folders with a kustomization of their own may lie anywhere. Move the file, or make a base of it.",
  },
  {
    code: "kustomize/invalid-kustomization",
    title: "kustomize does not understand the kustomization",
    severity: "error",
    explanation: "A field is unknown, has the wrong type, or contradicts another one.",
  },
  {
    code: "kustomize/invalid-yaml",
    title: "kustomize can't read a file",
    severity: "error",
    explanation:
      "A resource or patch is no YAML, or lacks `kind` or `metadata.name`, without which kustomize has nothing to work with.",
  },
  {
    code: "kustomize/invalid",
    title: "kustomize refuses to build",
    severity: "error",
    explanation: "The message holds kustomize's own words.",
  },
  {
    code: "kustomize/no-patch-target",
    title: "A patch changes nothing",
    severity: "warning",
    explanation:
      "No object matches the target of the patch, which kustomize accepts without a word. Names and namespaces are regular expressions that must match the whole text.",
  },
  {
    code: "kustomize/deprecated-field",
    title: "kustomize no longer recommends a field",
    severity: "hint",
    explanation:
      "It still works. `kustomize edit fix` rewrites `bases`, `patchesStrategicMerge`, `patchesJson6902`, `vars` and `commonLabels` to what took their place.",
  },
  {
    code: "kustomize/unused-var",
    title: "A var is used nowhere",
    severity: "hint",
    explanation: "No `$(NAME)` stands in a field that kustomize looks at.",
  },
  {
    code: "kustomize/unused-file",
    title: "No kustomization names this file",
    severity: "hint",
    explanation:
      "The file stands in the folder of a kustomization, and neither that one nor any other names it: `kustomize build` leaves it out. Add it to `resources`, or delete it.",
  },
  {
    code: "kustomize/outside-workspace",
    title: "The kustomization leads outside of what is open",
    severity: "information",
    explanation:
      "Drydock reads only what lies in the workspace (on the command line: below the paths). What stands elsewhere may add objects, so nothing is called missing. Open the folder that holds all of it.",
  },
  {
    code: "object/defined-twice",
    title: "An object is defined twice",
    severity: "information",
    explanation:
      "Both definitions have the same kind, namespace and name, so they are one object for the API server: when both are applied, the later one replaces the earlier one.",
  },
];

/** Every code that Drydock can report, sorted. */
export const codes: readonly CodeDescription[] = [
  ...own,
  ...validationCodes.map(({ id, title, explanation }) => ({
    code: id,
    title,
    explanation,
    severity: "error" as const,
  })),
].sort((a, b) => (a.code < b.code ? -1 : 1));
