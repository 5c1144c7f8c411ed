import type { Position, Range } from "../base/lines.ts";
import type { Settings } from "./settings.ts";

export type { Position, Range };

/**
 * What Drydock's clients and server say to each other beyond the Language Server Protocol: method names and the types of their parameters and results.
 * Positions are the protocol's (in the agreed encoding). Every client may leave all of this alone: the server then speaks plain LSP.
 */

/** `initializationOptions`; every field may be absent. */
export interface InitializationOptions {
  /** For clients that do not answer `workspace/configuration`. */
  readonly settings?: Partial<Settings>;
  /** What is not to be done twice. */
  readonly elsewhere?: Elsewhere;
  /** Commands that the client runs itself ({@link clientCommands}); code lenses and links use no others. */
  readonly commands?: readonly string[];
  /** The client answers {@link readFilesRequest} and {@link listFilesRequest}, and files are read through it alone. */
  readonly clientFiles?: boolean;
  /** The URI of a folder of the client in which the server may keep what it knows of files, so that the next start reads only those that have changed. */
  readonly storage?: string;
  /** The client shows {@link statusNotification}. */
  readonly status?: boolean;
  /** The client shows the pages of {@link documentationUri}. */
  readonly documentation?: boolean;
  /** Translated texts of the client's display language, as `vscode.l10n.bundle` has them. */
  readonly l10nBundle?: Readonly<Record<string, string>>;
}

/** What other extensions or servers of the same editor do already. */
export interface Elsewhere {
  /** The notations whose syntax errors they report. */
  readonly syntaxErrors?: readonly Notation[];
  /** The editor itself offers the manifests of `snippets/`. */
  readonly snippets?: boolean;
  /** They complete the fields of Kubernetes' objects by a schema. */
  readonly fields?: boolean;
}

/** What manifests are written in. */
export type Notation = "yaml" | "json";

/** Notification to the server: an {@link Elsewhere} that takes the place of the one before, since extensions come and go. */
export const elsewhereNotification = "drydock/elsewhere";

/** The address of the page about a diagnostic code, served by the client from the extension itself. */
export function documentationUri(code: string): string {
  return `drydock-documentation:/${code.replace("/", "-")}.md`;
}

/** Commands that live in the client, for `Command.command` of code lenses and for `command:` links in hovers. */
export const clientCommands = {
  /** `[Location]`: shows a place. */
  openLocation: "drydock.openLocation",
  /** `[uri, Position, Location[]]`: peeks at several places. */
  showLocations: "drydock.showLocations",
  /** `[PreviewParams]`, or nothing for the cursor's place: Preview DNS and Endpoints. */
  preview: "drydock.preview",
  /** `[PreviewParams]`, or nothing for the cursor's place: Explain Why No Endpoints. */
  explain: "drydock.explain",
  /** `[SimulatorTarget]` (webview.ts), or nothing for the cursor's place: Preview Rollout. */
  previewRollout: "drydock.previewRollout",
  /** `[SimulatorTarget]`, or nothing for the cursor's place: Preview Balancing. */
  previewBalancing: "drydock.previewBalancing",
  /** `[RevealSecretParams]`: shows the value of a Secret that a hover has masked. */
  revealSecret: "drydock.revealSecret",
} as const;

export interface Location {
  readonly uri: string;
  readonly range: Range;
}

/** Request to the server: Preview DNS and Endpoints as a {@link PageResult}. `null` where nothing of Kubernetes stands. */
export const previewRequest = "drydock/preview";

export interface PreviewParams {
  readonly uri: string;
  /** The document at this place; without it and without `service`, all Services of the file. */
  readonly position?: Position;
  /** One Service of the file, `NAMESPACE/NAME`. */
  readonly service?: string;
}

/** Request to the server: the decoded value of a Secret. The only message that carries one; sent when a person asks for it. `null` where none stands. */
export const revealSecretRequest = "drydock/revealSecret";

export interface RevealSecretParams {
  readonly uri: string;
  readonly position: Position;
}

export interface RevealSecretResult {
  readonly key: string;
  /** `null` for bytes that are no text. */
  readonly value: string | null;
}

/** A text for people with places to go to: the answer of {@link explainRequest} and its like. */
export interface PageResult {
  readonly title: string;
  /** Plain text that reads as Markdown too. */
  readonly text: string;
  readonly links?: readonly PageLink[];
}

/** A piece of a page's text (offsets, UTF-16 units) that leads to a place. */
export interface PageLink {
  readonly start: number;
  readonly end: number;
  readonly target: Location;
}

/** Request to the server ({@link PreviewParams}): why a Service has no endpoints. `null` where there is no Service. */
export const explainRequest = "drydock/explain";

/** Request to the server: what an object refers to, and what refers to it. `null` where no object stands. */
export const relationsRequest = "drydock/relations";

export interface PlaceParams {
  readonly uri: string;
  readonly position: Position;
}

/** Request to the server ({@link FileParams}): the environments of a file, `EnvironmentName[]`, the active one first. */
export const environmentsRequest = "drydock/environments";

export interface FileParams {
  readonly uri: string;
}

export interface EnvironmentName {
  /** Tells it apart from all others. */
  readonly name: string;
  /** What people call it. */
  readonly label: string;
  readonly kind: "kustomization" | "folder" | "directory" | "settings" | "single" | "chart";
  /** Whether a part of it can't be seen. */
  readonly isOpen: boolean;
}

/** Notification to the server: the environments that a person has made active, by name, the latest first. */
export const activeEnvironmentNotification = "drydock/activeEnvironment";

export interface ActiveEnvironmentParams {
  readonly names: readonly string[];
}

/** Request to the server ({@link FileParams}): how the environments of a file were found, and what of them can't be seen, as a page. */
export const whyEnvironmentRequest = "drydock/whyEnvironment";

/** Request to the server ({@link PlaceParams}): an object side by side in all its environments, as a page. `null` where no object stands. */
export const compareEnvironmentsRequest = "drydock/compareEnvironments";

/** Request to the server: an object as it is applied, or all that a kustomization renders, as YAML. `null` where no object stands. */
export const renderedRequest = "drydock/rendered";

export interface RenderedParams {
  readonly uri: string;
  readonly position?: Position;
  /** Name of an environment; empty: the object as it is written; left out: the active environment. */
  readonly environment?: string;
}

/** Request to the server: runs `helm template`, or compares a rendering with the one of kustomize, as a page. Sent when a person asks for it. `null` where nothing can be run. */
export const toolRequest = "drydock/tool";

export interface ToolParams {
  readonly kind: "chart" | "verify";
  /** Whether the person trusts the workspace: nothing of it is run otherwise. */
  readonly isTrusted: boolean;
  readonly uri: string;
}

/** Request to the server (no parameters): every finding of the workspace, as a page. */
export const findingsRequest = "drydock/findings";

/** Request to the server: who may ask for names, `NameAsker[]`, those of the cursor's namespace first. */
export const nameAskersRequest = "drydock/nameAskers";

/** A pod that asks for names: one with default settings, or one of a workload. */
export interface NameAsker {
  readonly namespace: string;
  /** The workload, or the pod itself. */
  readonly pod?: string;
}

/** Request to the server: what the changes since a commit do to each environment, as a page. `null` without git, or for an unknown commit. */
export const reviewRequest = "drydock/review";

export interface ReviewParams {
  /** `HEAD`, a branch, a tag. */
  readonly commit: string;
}

/** Request to the server: how a pod resolves a name, as a page. `null` where there is no such pod. */
export const resolveNameRequest = "drydock/resolveName";

export interface ResolveNameParams {
  readonly uri: string;
  readonly asker: NameAsker;
  readonly name: string;
}

/** Request to the server ({@link PlaceParams}): names to copy, `DnsName[]`, those of the cursor's Service first. */
export const dnsNamesRequest = "drydock/dnsNames";

export interface DnsName {
  readonly name: string;
  /** Whose it is, and from where it works. */
  readonly detail: string;
}

/** Request to the server: the environments of the workspace. `null`: nothing has changed since the revision that the client knows. */
export const treeRequest = "drydock/tree";

export interface TreeParams {
  /** The file whose environments are active. */
  readonly uri?: string;
  /** The revision of the answer that the client shows for the same `uri`. */
  readonly revision?: number;
}

export interface TreeResult {
  readonly revision: number;
  readonly environments: readonly TreeEnvironment[];
}

export interface TreeEnvironment {
  /** For {@link treeObjectsRequest}. */
  readonly id: string;
  /** Its folder relative to the workspace, or its name in the settings. */
  readonly label: string;
  readonly kind: "kustomization" | "folder" | "directory" | "settings" | "single" | "chart";
  /** The active file belongs to it. */
  readonly isActive: boolean;
  /** Something of it can't be seen. */
  readonly isOpen: boolean;
  readonly services: number;
  readonly workloads: number;
}

/** Request to the server: the objects of one environment, `TreeObject[]`. */
export const treeObjectsRequest = "drydock/treeObjects";

export interface TreeObjectsParams {
  readonly id: string;
}

export interface TreeObject {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly detail: string;
  readonly location: Location | undefined;
  readonly errors: number;
  readonly warnings: number;
  /** Information and hints. */
  readonly others: number;
  readonly children: readonly TreeObject[];
}

/** Notification to the client: answers may be different now (a text, a setting or the index changed). Sent at most once for a burst. */
export const changedNotification = "drydock/changed";

export interface ChangedParams {
  /** Grows with each change. */
  readonly revision: number;
}

/** Notification to the client: how far the index is, and of what it consists. */
export const statusNotification = "drydock/status";

export interface StatusParams {
  readonly phase: "indexing" | "ready";
  /** Files read, of those found so far. */
  readonly filesDone: number;
  readonly filesTotal: number;
  /** Kubernetes objects known. */
  readonly resources: number;
  /** Things that a person should know: files over the size limit, unreadable folders. */
  readonly notices: readonly string[];
}

/** Request to the server: facts for a bug report, never anything of a manifest. */
export const reportRequest = "drydock/report";

export interface ReportResult {
  readonly serverVersion: string;
  readonly kubernetesVersion: string;
  readonly files: number;
  readonly resources: number;
  readonly environments: number;
}

/** Request to the client: the bytes of files. */
export const readFilesRequest = "drydock/readFiles";

export interface ReadFilesParams {
  readonly uris: readonly string[];
  /** Larger files are answered with `null`, in bytes. */
  readonly limit: number;
}

export interface ReadFilesResult {
  /** In the order of `uris`: the bytes as base64, `null` where a file is gone, unreadable, a folder or too large. */
  readonly contents: readonly (string | null)[];
}

/** Request to the client: the URIs of the YAML and JSON files below a workspace folder, without what `exclude` and the editor's settings leave out. */
export const listFilesRequest = "drydock/listFiles";

export interface ListFilesParams {
  readonly folder: string;
  readonly exclude: readonly string[];
}

export interface ListFilesResult {
  readonly uris: readonly string[];
}
