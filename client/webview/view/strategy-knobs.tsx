import type { JSX } from "preact";
import type { ScenarioResult, WorkloadField } from "../../../server/src/protocol/webview.ts";
import { seconds } from "../format.ts";
import { fieldsOf, kindOf, type Strategy, type Tuning, valueOf, workloadOf } from "../model/tuning.ts";
import { idOf } from "../model/json.ts";
import { useApp } from "./context.ts";
import { type KnobFrame, Select, Slider } from "./knob.tsx";

/** Strategy, size and bounds of the rollout: the fields of the manifest. */
export function StrategyKnobs({ result }: { readonly result: ScenarioResult }): JSX.Element | null {
  const { t } = useApp();
  const workload = workloadOf(result);
  if (workload === undefined) return null;
  const has = (field: WorkloadField): boolean => fieldsOf(workload).includes(field);
  return (
    <section aria-labelledby="strategy-section">
      <h2 id="strategy-section">{t("strategySection")}</h2>
      <StrategyChoice result={result} />
      {has("replicas") && <NumberKnob result={result} field="replicas" max={maxOf(result, "replicas", 20)} />}
      {useIsRolling(result) && (
        <>
          {has("maxSurge") && <BoundKnob result={result} field="maxSurge" />}
          {has("maxUnavailable") && <BoundKnob result={result} field="maxUnavailable" />}
          <Bounds />
          {has("partition") && (
            <NumberKnob
              result={result}
              field="partition"
              max={Number(valueOf(workload, useApp().state.tuning, "replicas") ?? 1)}
            />
          )}
        </>
      )}
      <NumberKnob result={result} field="minReadySeconds" max={60} />
      {has("progressDeadlineSeconds") && (
        <NumberKnob result={result} field="progressDeadlineSeconds" max={900} step={10} />
      )}
      {has("podManagementPolicy") && <PolicyChoice result={result} />}
    </section>
  );
}

function useIsRolling(result: ScenarioResult): boolean {
  const { tuning } = useApp().state;
  return (
    tuning.strategy !== "blue-green" &&
    (valueOf(workloadOf(result), tuning, "strategy") ?? "RollingUpdate") === "RollingUpdate"
  );
}

function maxOf(result: ScenarioResult, field: WorkloadField, least: number): number {
  return Math.max(least, 2 * Number(valueOf(workloadOf(result), useApp().state.tuning, field) ?? 0));
}

/** What every knob of a field has: its place in the manifest, and the way back to the manifest's value. */
export function useField(
  result: ScenarioResult,
  field: WorkloadField,
): Pick<KnobFrame, "id" | "label" | "source" | "isUnset" | "onReset" | "note"> {
  const { state, dispatch, t } = useApp();
  const workload = workloadOf(result);
  const source = workload === undefined ? undefined : result.sources.fields[idOf(workload)]?.[field];
  const isChanged = state.tuning.values[field] !== undefined;
  const written = valueOf(workload, { ...state.tuning, values: {} }, field);
  const changed = source === undefined ? t("changedUnset") : t("changedHere", String(written ?? ""));
  return {
    id: `knob-${field}`,
    label: field,
    source,
    isUnset: source === undefined && !isChanged,
    note: isChanged ? changed : undefined,
    onReset: isChanged ? () => dispatch({ type: "value", field, value: undefined }) : undefined,
  };
}

const strategies: Readonly<Record<string, readonly string[]>> = {
  Deployment: ["RollingUpdate", "Recreate"],
  StatefulSet: ["RollingUpdate", "OnDelete"],
  DaemonSet: ["RollingUpdate", "OnDelete"],
};

function StrategyChoice({ result }: { readonly result: ScenarioResult }): JSX.Element {
  const { state, dispatch, t } = useApp();
  const workload = workloadOf(result);
  const kind = kindOf(workload);
  const field = useField(result, "strategy");
  const hasService = result.scenario.traffic !== undefined;
  const more: readonly (readonly [Strategy, string])[] = [
    ["canary", t("viaCanary")],
    ...(hasService
      ? ([
          ["blue-green", t("viaBlueGreen")],
          ["ingress-canary", t("viaIngress")],
        ] as const)
      : []),
  ];
  const own = strategies[kind] ?? [];
  const { strategy } = state.tuning;
  const value =
    strategy === "manifest" ? String(valueOf(workload, state.tuning, "strategy") ?? "RollingUpdate") : strategy;
  return (
    <>
      <Select
        {...field}
        label={t("strategy")}
        value={value}
        options={[...own.map((each) => [each, each] as const), ...(kind === "Deployment" ? more : [])]}
        onValue={(chosen) => {
          const special = more.find(([each]) => each === chosen)?.[0];
          const values = special === undefined ? { ...state.tuning.values, strategy: chosen } : state.tuning.values;
          dispatch({ type: "tune", knob: "strategy", change: { strategy: special ?? "manifest", values } });
        }}
      />
      {strategy !== "manifest" && <SpecialKnobs strategy={strategy} />}
    </>
  );
}

/** How big a canary is, which share it gets, and when it is decided. */
function SpecialKnobs({ strategy }: { readonly strategy: Strategy }): JSX.Element {
  const { state, dispatch, t } = useApp();
  const { canaryReplicas, canaryWeight, decideAtMs } = state.tuning;
  const tune = (knob: string, change: Partial<Tuning>, moving: boolean): void =>
    dispatch({ type: "tune", knob, change, moving });
  return (
    <>
      {strategy !== "blue-green" && (
        <Slider
          id="knob-canary"
          label={t("canaryReplicas")}
          value={canaryReplicas}
          min={1}
          max={10}
          onValue={(value, moving) => tune("canaryReplicas", { canaryReplicas: value }, moving)}
        />
      )}
      {strategy === "ingress-canary" && (
        <Slider
          id="knob-weight"
          label={t("canaryWeight")}
          value={canaryWeight}
          max={100}
          text={`${canaryWeight} %`}
          onValue={(value, moving) => tune("canaryWeight", { canaryWeight: value }, moving)}
        />
      )}
      <Slider
        id="knob-decide"
        label={t(strategy === "blue-green" ? "switchAt" : "promoteAt")}
        value={decideAtMs / 1000}
        max={180}
        step={5}
        text={seconds(decideAtMs)}
        onValue={(value, moving) => tune("decideAtMs", { decideAtMs: value * 1000 }, moving)}
      />
    </>
  );
}

interface FieldProps {
  readonly result: ScenarioResult;
  readonly field: WorkloadField;
}

function NumberKnob({
  result,
  field,
  max,
  step = 1,
}: FieldProps & { readonly max: number; readonly step?: number }): JSX.Element {
  const { state, dispatch, t } = useApp();
  const frame = useField(result, field);
  const value = Number(valueOf(workloadOf(result), state.tuning, field) ?? 0);
  return (
    <Slider
      {...frame}
      value={value}
      max={max}
      step={step}
      text={String(value)}
      effective={frame.isUnset === true ? t("notSet") : undefined}
      read={wholeNumber}
      onText={(chosen) => dispatch({ type: "value", field, value: chosen })}
      onValue={(chosen, moving) => dispatch({ type: "value", field, value: chosen, moving })}
    />
  );
}

/** A number of pods or a percentage, with what it comes to. */
function BoundKnob({ result, field }: FieldProps & { readonly field: "maxSurge" | "maxUnavailable" }): JSX.Element {
  const { state, live, dispatch, t } = useApp();
  const frame = useField(result, field);
  const workload = workloadOf(result);
  // A StatefulSet that says nothing replaces one pod at a time.
  const unsaid = kindOf(workload) === "StatefulSet" ? 1 : 0;
  const value = valueOf(workload, state.tuning, field) ?? unsaid;
  const isPercent = typeof value === "string" && value.endsWith("%");
  const replicas = Number(valueOf(workload, state.tuning, "replicas") ?? 10);
  const fenceposts = live.run.value?.recording.fenceposts;
  const put = (chosen: number): string | number => (isPercent ? `${chosen}%` : chosen);
  return (
    <Slider
      {...frame}
      value={Number.parseFloat(String(value)) || 0}
      max={isPercent ? 100 : Math.max(5, replicas)}
      step={isPercent ? 5 : 1}
      text={String(value)}
      effective={besides(
        fenceposts !== undefined && t("effective", fenceposts[field]),
        frame.isUnset === true && t("notSet"),
      )}
      read={numberOrPercent}
      onText={(chosen) => dispatch({ type: "value", field, value: chosen })}
      onValue={(chosen, moving) => dispatch({ type: "value", field, value: put(chosen), moving })}
    />
  );
}

function Bounds(): JSX.Element | null {
  const { live, t } = useApp();
  const fenceposts = live.run.value?.recording.fenceposts;
  if (fenceposts === undefined) return null;
  return <p class="note bounds">{t("roundsUpDown", fenceposts.maxPods, fenceposts.minAvailable)}</p>;
}

function PolicyChoice({ result }: { readonly result: ScenarioResult }): JSX.Element {
  const { state, dispatch } = useApp();
  const frame = useField(result, "podManagementPolicy");
  const value = String(valueOf(workloadOf(result), state.tuning, "podManagementPolicy") ?? "OrderedReady");
  const options = ["OrderedReady", "Parallel"].map((each) => [each, each] as const);
  return (
    <Select
      {...frame}
      value={value}
      options={options}
      onValue={(chosen) => dispatch({ type: "value", field: "podManagementPolicy", value: chosen })}
    />
  );
}

/** What stands beside a value, as far as there is anything. */
function besides(...parts: readonly (string | false | undefined)[]): string | undefined {
  const texts = parts.filter((part) => part !== false && part !== undefined);
  return texts.length === 0 ? undefined : texts.join(" · ");
}

/** A number of pods as the API takes it. */
export function wholeNumber(text: string): number | undefined {
  return /^\d{1,7}$/.test(text) ? Number(text) : undefined;
}

/** A number of pods or a percentage as the API takes it: `2`, `25%`. */
export function numberOrPercent(text: string): number | string | undefined {
  return /^\d{1,3} ?%$/.test(text) ? text.replace(" ", "") : wholeNumber(text);
}
