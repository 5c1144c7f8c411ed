import type { Place, Resource } from "../index/types.ts";

/** An object that makes pods, or a bare Pod. */
export interface Workload {
  readonly resource: Resource;
  /** The labels that its pods get, those that the control plane adds included (without hashes). */
  readonly podLabels: Readonly<Record<string, string>>;
  /** How many pods it makes once settled; `undefined` for a DaemonSet (one per node) and where the YAML has no number. */
  readonly replicas: number | undefined;
}

/** Everything that is known about a Service inside one environment. */
export interface ServiceResolution {
  readonly service: Resource;
  readonly type: "ClusterIP" | "NodePort" | "LoadBalancer" | "ExternalName";
  readonly headless: boolean;
  /** `undefined` where there is none (absent or `{}`): the endpoints are somebody else's business. */
  readonly selector: Readonly<Record<string, string>> | undefined;
  readonly ports: readonly ServicePort[];
  /** The selected workloads, sorted as the environment's objects; several definitions of one object are all there. */
  readonly workloads: readonly SelectedWorkload[];
  /** Would be selected if a missing namespace turned out to be the other one's, or stand outside the environment (`where`). */
  readonly possible: readonly PossibleWorkload[];
  /** Only where nothing is selected (workloads, possible and hand-made ones together). The likeliest first. */
  readonly nearMisses: readonly NearMiss[];
  /** EndpointSlices and Endpoints written by hand for this Service. */
  readonly manual: readonly Resource[];
  /** What the EndpointSlice controller would publish once every pod is ready. */
  readonly slices: readonly PredictedSlice[];
  /** Why there are no endpoints; `undefined` where there are some. */
  readonly empty: EmptyReason | undefined;
}

/**
 * - `external-name`: a DNS alias only. - `no-selector`: and no hand-made endpoints. - `no-match`: no pod has these labels in this namespace.
 * - `no-replicas`: the selected workloads are scaled to zero. - `invalid`: the Service's selector is no map of texts.
 */
export type EmptyReason = "external-name" | "no-selector" | "no-match" | "no-replicas" | "invalid";

export interface ServicePort {
  /** Index in `spec.ports`. */
  readonly index: number;
  readonly name: string;
  readonly protocol: string;
  readonly port: number;
  /** After defaulting. */
  readonly targetPort: number | string;
  readonly nodePort: number | null;
  readonly appProtocol: string | null;
}

export interface SelectedWorkload extends Workload {
  /** One entry per entry of the Service's `ports`. */
  readonly ports: readonly PortTarget[];
}

/** Where a port of the Service leads to in the pods of one workload. */
export interface PortTarget {
  readonly index: number;
  /** `undefined`: the pods declare no port of that name (and protocol), so this port has no endpoint here. */
  readonly number: number | undefined;
  /** The declaration: path of the `ports` entry in the workload's object. For a number: the declared port of that number, if any. */
  readonly declaration: readonly (string | number)[] | undefined;
  /** Why a name did not resolve: the name exists with this other protocol, or in an init container that does not count. */
  readonly mistake?: "other-protocol" | "init-container" | undefined;
}

export interface PossibleWorkload extends SelectedWorkload {
  /** `namespace`: same labels, one of the two names no namespace. `outside`: in a folder further up. */
  readonly why: "namespace" | "outside";
}

/** A workload that was probably meant. */
export interface NearMiss {
  readonly workload: Workload;
  /**
   * - `typing-error`: one label value is off by a letter or two. - `one-value`: one label value is another one.
   * - `other-key`: the value stands under another key. - `not-on-template`: the labels are on the object but not on its pod template.
   * - `namespace`: the same labels in another explicit namespace.
   */
  readonly kind: NearMissKind;
  /** The labels that differ; empty for `namespace`. */
  readonly differences: readonly LabelDifference[];
}

export type NearMissKind = "typing-error" | "one-value" | "other-key" | "not-on-template" | "namespace";

export interface LabelDifference {
  readonly key: string;
  readonly wanted: string;
  /** What the pod template has under that key (`other-key`: `undefined`). */
  readonly found: string | undefined;
  /** The key under which the wanted value stands, for `other-key`. */
  readonly foundKey?: string;
}

/** One EndpointSlice, or rather one group of them with equal ports. */
export interface PredictedSlice {
  readonly addressType: "IPv4" | "IPv6" | "FQDN";
  readonly ports: readonly SlicePort[];
  readonly endpoints: readonly PredictedEndpoint[];
  /** The hand-made EndpointSlice or Endpoints, `undefined` for predicted ones. */
  readonly source: Resource | undefined;
}

export interface SlicePort {
  readonly name: string;
  readonly protocol: string;
  readonly port: number | null;
  readonly appProtocol: string | null;
}

export interface PredictedEndpoint {
  /** `Deployment/web`, `EndpointSlice/db-1`. */
  readonly workload: string;
  /** `web-<1>` where the control plane invents the name; `null` for hand-made endpoints. */
  readonly pod: string | null;
  readonly namespace: string;
  readonly hostname: string | null;
  readonly ready: boolean;
  readonly serving: boolean;
  readonly terminating: boolean;
  /** Written addresses of hand-made endpoints. */
  readonly addresses?: readonly string[];
}

/** A record that the cluster's DNS answers; unknown addresses are written `<clusterIP of NS/NAME>`, `<podIP of NS/POD>`. */
export interface DnsRecord {
  readonly name: string;
  readonly type: "A" | "AAAA" | "SRV" | "PTR" | "CNAME" | "TXT";
  readonly values: readonly string[];
  /** The Service that it stands for. */
  readonly source: Resource;
}

/** How a pod resolves a name. */
export interface NameResolution {
  readonly resolvConf: {
    readonly nameservers: readonly string[];
    readonly searches: readonly string[];
    readonly options: readonly string[];
  };
  /** In the order in which glibc sends them; it stops behind the first name that exists. */
  readonly queries: readonly NameQuery[];
  /** The name that answered with an address, without final dot. */
  readonly result: string | undefined;
  /** Why the pod's resolv.conf can't be made. */
  readonly error?: string;
}

export interface NameQuery {
  /** Without final dot. */
  readonly name: string;
  readonly type: "A" | "AAAA";
  readonly rcode: string;
  readonly answer: readonly string[];
  /** The question goes to servers outside of the cluster: the answer is a guess. */
  readonly isForwarded: boolean;
}

/** What the containers of a workload's pods find in their environment. */
export interface EnvironmentVariables {
  /** Variables of Services, sorted by name. */
  readonly services: readonly ServiceVariable[];
  /** Variables that several Services set to different values: chance decides. */
  readonly ambiguous: readonly { readonly name: string; readonly values: readonly string[] }[];
  /** Init containers first, in the order in which they start. */
  readonly containers: readonly ContainerVariables[];
}

export interface ServiceVariable {
  readonly name: string;
  readonly value: string;
  readonly source: { readonly namespace: string; readonly name: string };
}

export interface ContainerVariables {
  readonly name: string;
  /** Its own variables, `envFrom` before `env`, expanded; Services' ones are left out. */
  readonly variables: readonly OwnVariable[];
  /** What it can't start without. */
  readonly missing: readonly { readonly kind: "ConfigMap" | "Secret"; readonly name: string; readonly key?: string }[];
}

export interface OwnVariable {
  readonly name: string;
  readonly value: string;
  /** The entry of `env`, or the key in the ConfigMap or Secret. */
  readonly place: Place | undefined;
}
