import type { JsonObject } from "../base/json.ts";
import type { Range } from "../base/lines.ts";
import type { Scenario } from "../simulation/scenario.ts";

/**
 * What the simulator needs: the server's scenario of an object and the edits that write chosen values back, and the messages between the extension and the simulator's webview.
 * Each direction of messages is one union, told apart by `type`.
 */

/** Request to the server: a scenario from the files' own objects. `null` where nothing that can be simulated stands. */
export const scenarioRequest = "drydock/scenario";

export type SimulationKind = "rollout" | "balance";

export interface ScenarioParams {
  readonly uri: string;
  /** The document at this place; without it and without `object`, the first workload (rollout) or Service (balance) of the file. */
  readonly position?: { readonly line: number; readonly character: number };
  /** `Deployment/web`; with `NAMESPACE/` before the name where the file has several. */
  readonly object?: string;
  /** What an earlier answer for this object named: by these an object that has another name now is found again. */
  readonly siblings?: readonly string[];
  readonly kind: SimulationKind;
  /** The file's text as committed, where the client knows it: a candidate for the state before. */
  readonly committedText?: string;
}

export interface ScenarioResult {
  /** The server's revision of its texts, as in `drydock/changed`. */
  readonly revision: number;
  /** The file and the object that the preview follows. */
  readonly uri: string;
  /** `Deployment/web`, `Service/web`. */
  readonly object: string;
  /** All objects of this kind in the file, in its order. */
  readonly siblings?: readonly string[];
  readonly namespace: string;
  /** Name of the environment that the objects come from; `null` for plain files. */
  readonly environment: string | null;
  /**
   * The first action applies the changed object (rollout); `traffic.service` is the Service asked (balance, and a rollout whose pods a Service selects).
   * Objects: the workload before, all Services that select it or the Service's workloads, HPA, PDB, Ingress; after defaulting. `rejected` holds the API server's words.
   */
  readonly scenario: Scenario;
  /** Of a rollout: its Service with all that answers the same requests, and what leads them there; the balancing view shows these. */
  readonly balancing?: readonly JsonObject[];
  /** The containers of the rolled out workload as the manifest has them: their images can be typed. */
  readonly containers?: readonly ContainerImage[];
  /** Where objects and fields stand; a field that is missing here is not set in a manifest. */
  readonly sources: Sources;
  readonly assumptions: readonly Assumption[];
  readonly before: StateBefore;
  /** What the API server says against an object, with its place; the same words as `scenario.rejected`, in its order. */
  readonly rejected: readonly PlacedMessage[];
  /** What else a person should know, e.g. a generator that nothing is known of. */
  readonly notices: readonly PlacedMessage[];
}

/** A place that can be shown. */
export interface SourceLocation {
  readonly uri: string;
  readonly range: Range;
}

export interface PlacedMessage {
  readonly message: string;
  readonly location?: SourceLocation;
}

export interface ContainerImage {
  readonly name: string;
  readonly image: string;
  readonly location?: SourceLocation;
}

/** Keys are ids such as `Deployment/web`. */
export interface Sources {
  readonly objects: Readonly<Record<string, SourceLocation>>;
  readonly fields: Readonly<Record<string, Partial<Readonly<Record<KnobField, SourceLocation>>>>>;
}

/** Fields of manifests that the simulator shows as knobs, and can write. */
export type KnobField = WorkloadField | ServiceField | DerivedField;

/** Of workloads: below `spec`, at the place that the workload's kind has for it. */
export type WorkloadField =
  | "replicas"
  | "strategy" // the type of strategy or updateStrategy
  | "maxSurge"
  | "maxUnavailable"
  | "partition"
  | "minReadySeconds"
  | "progressDeadlineSeconds"
  | "podManagementPolicy";

/** Of Services: below `spec`. */
export type ServiceField =
  | "sessionAffinity"
  | "sessionAffinityTimeoutSeconds"
  | "internalTrafficPolicy"
  | "externalTrafficPolicy"
  | "trafficDistribution";

/** Fields from which timings are derived; shown, never written. */
export type DerivedField = "readinessProbe" | "startupProbe" | "preStop" | "terminationGracePeriodSeconds";

/** A timing of pods that no manifest states. */
export interface Assumption {
  readonly timing:
    "startupMs" | "readyAfterMs" | "preStopMs" | "terminationMs" | "gracePeriodMs" | "endpointPropagationMs";
  readonly valueMs: number;
  /** `assumed`: a plain default; the others are derived from the field of that name. */
  readonly from: "assumed" | DerivedField;
  /** The numbers behind it, e.g. `initialDelaySeconds: 5, periodSeconds: 10`; empty for plain defaults. */
  readonly fields: Readonly<Record<string, string | number>>;
}

/** How the state before the change was chosen: what the person named, the file as committed, or the same object with the tag `current` beside `next`. */
export interface StateBefore {
  readonly how: "chosen" | "committed" | "same-object";
  /** Of the first container whose image differs. */
  readonly oldImage: string;
  readonly newImage: string;
}

/** Request to the server: the edit that puts values into the manifest, with its comments kept. `null` where the object is gone. */
export const writeKnobsRequest = "drydock/writeKnobs";

export interface WriteKnobsParams {
  readonly uri: string;
  /** `Deployment/web`. */
  readonly object: string;
  readonly values: KnobValues;
  /** By the names of containers. */
  readonly images?: Readonly<Record<string, string>>;
}

/** `null` removes the field. */
export type KnobValues = Partial<Readonly<Record<WorkloadField | ServiceField, string | number | null>>>;

export interface WriteKnobsResult {
  /** Edits per file; the field may stand in another file than the object (a patch of an overlay). */
  readonly changes: Readonly<Record<string, readonly TextChange[]>>;
  /** Why some value could not be written. */
  readonly notices: readonly PlacedMessage[];
}

export interface TextChange {
  readonly range: Range;
  readonly newText: string;
}

/** The views of the simulator. */
export type SimulatorTab = "rollout" | "traffic" | "balancing" | "compare";

/** What the extension tells the webview. */
export type HostMessage =
  | {
      readonly type: "scenario";
      readonly result: ScenarioResult;
      /** Translations of the display language by their English text. */
      readonly texts: Readonly<Record<string, string>>;
      /** The view to open with; a state that was kept wins. */
      readonly tab: SimulatorTab;
    }
  /** There is nothing to show, and why. */
  | {
      readonly type: "nothing";
      readonly revision: number;
      readonly why: "no-object" | "no-server";
      readonly object?: string;
      readonly texts: Readonly<Record<string, string>>;
    }
  /** The answer to `write`. */
  | { readonly type: "written"; readonly outcome: WriteOutcome; readonly message?: string };

/** Whether values came into the manifests. */
export type WriteOutcome = "written" | "failed";

/** What the webview tells the extension. */
export type WebviewMessage =
  /** Listens from now on; the extension answers with `scenario` or `nothing`. */
  | { readonly type: "ready" }
  | { readonly type: "reveal"; readonly location: SourceLocation }
  /** Shows the change of the manifest and makes it when the person agrees. */
  | ({ readonly type: "write" } & Pick<WriteKnobsParams, "object" | "values" | "images">)
  /** Puts a scenario or a table into the clipboard. */
  | { readonly type: "copy"; readonly text: string };

/** What the webview keeps with VS Code, and what the extension reads from it when a panel is restored. */
export interface PanelState {
  readonly version: 1;
  readonly uri: string;
  readonly object: string;
  readonly kind: SimulationKind;
  /** The webview's own: knobs, tab, place in time. */
  readonly view?: JsonObject;
}

/** What a command or code lens opens the simulator with. */
export type SimulatorTarget = Pick<ScenarioParams, "uri" | "position" | "object">;
