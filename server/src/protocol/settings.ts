/**
 * The settings below `drydock.` as the server gets them: `workspace/configuration` for the section `drydock`, or `initializationOptions.settings`.
 * The extension manifest describes each for people; a test proves that both name the same settings with the same defaults.
 * Facts about the cluster have the same names as options of the command line (`kubernetesVersion` is `--kubernetes-version`).
 */
export interface Settings {
  /** Version of the API server that judges the manifests, `1.36`; empty: the newest that Drydock knows. */
  readonly kubernetesVersion: string;
  /** The cluster's DNS domain. */
  readonly clusterDomain: string;
  /** Search domains in the nodes' own resolv.conf, which pods inherit. */
  readonly nodeSearchDomains: readonly string[];
  /** How kube-proxy balances. */
  readonly proxyMode: ProxyMode;
  /** The nodes that simulations place pods on. */
  readonly nodes: readonly NodeSetting[];
  /** Namespace of objects that name none, where neither a kustomization nor an environment of the settings does; empty: `default`. */
  readonly namespace: string;
  /** Environments by glob; they win over those that are found. */
  readonly environments: readonly EnvironmentSetting[];
  /** Globs of files that are never read, besides `files.exclude` and what `.gitignore` leaves out. */
  readonly exclude: readonly string[];
  /** Larger files are not read, in KiB. */
  readonly maxFileSize: number;
  /** Severity per diagnostic code; `off` silences it. */
  readonly severities: Readonly<Record<string, SeveritySetting>>;
  /** Whether YAML syntax errors are reported; `auto`: unless another extension does. */
  readonly yamlSyntax: Toggle;
  /** Whether completion offers fields with what they can't do without; `auto`: unless another extension completes fields. */
  readonly templates: Toggle;
  readonly codeLens: CodeLensSettings;
  readonly inlayHints: InlayHintSettings;
  readonly trace: TraceSettings;
}

export type ProxyMode = "iptables" | "nftables" | "ipvs";

export interface NodeSetting {
  readonly name: string;
  readonly zone?: string;
}

export interface EnvironmentSetting {
  readonly name: string;
  /** Globs relative to the workspace folder. */
  readonly include: readonly string[];
  /** Namespace of its objects that name none. */
  readonly namespace?: string;
}

export type SeveritySetting = "error" | "warning" | "information" | "hint" | "off";

export type Toggle = "auto" | "on" | "off";

export interface CodeLensSettings {
  /** Above each Service: the selected workloads, the endpoints, the DNS names. */
  readonly services: boolean;
  /** Above each workload: the Services that select it, its autoscaler and its disruption budget. */
  readonly workloads: boolean;
}

/** Texts that stand in the line without being written there. */
export interface InlayHintSettings {
  /** The number behind a named `targetPort`. */
  readonly targetPorts: boolean;
  /** How many pods a selector finds. */
  readonly pods: boolean;
  /** The namespace of objects that name none. */
  readonly namespaces: boolean;
  /** Defaults that matter: replicas, update strategy, type of a Service. */
  readonly defaults: boolean;
}

export interface TraceSettings {
  /** What the log tells of the messages between editor and server. */
  readonly server: "off" | "messages" | "verbose";
}

/** What holds where a person has set nothing. */
export const defaultSettings: Settings = {
  kubernetesVersion: "",
  clusterDomain: "cluster.local",
  nodeSearchDomains: [],
  proxyMode: "nftables",
  nodes: [
    { name: "node-1", zone: "a" },
    { name: "node-2", zone: "a" },
    { name: "node-3", zone: "a" },
  ],
  namespace: "",
  environments: [],
  exclude: [],
  maxFileSize: 1024,
  severities: {},
  yamlSyntax: "auto",
  templates: "auto",
  codeLens: { services: true, workloads: true },
  inlayHints: { targetPorts: true, pods: true, namespaces: true, defaults: true },
  trace: { server: "off" },
};
