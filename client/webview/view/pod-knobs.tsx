import type { JSX } from "preact";
import type { Assumption, ScenarioResult } from "../../../server/src/protocol/webview.ts";
import type { PodTiming } from "../../../server/src/simulation/scenario.ts";
import { seconds } from "../format.ts";
import { idOf, omit } from "../model/json.ts";
import { fieldsOf, workloadOf } from "../model/tuning.ts";
import type { StringKey } from "../strings.ts";
import { useApp } from "./context.ts";
import { Select, Slider } from "./knob.tsx";

type Timing = "startupMs" | "readyAfterMs" | "preStopMs" | "terminationMs" | "gracePeriodMs";

const timings: readonly {
  readonly timing: Timing;
  readonly text: StringKey;
  readonly max: number;
  readonly fallback: number;
}[] = [
  { timing: "startupMs", text: "startsAfter", max: 60, fallback: 2000 },
  { timing: "readyAfterMs", text: "readyAfter", max: 60, fallback: 3000 },
  { timing: "preStopMs", text: "drainsFor", max: 30, fallback: 0 },
  { timing: "terminationMs", text: "endsAfter", max: 60, fallback: 1000 },
  { timing: "gracePeriodMs", text: "grace", max: 120, fallback: 30_000 },
];

/** How long pods take for the stations of their life: derived from the manifest, or assumed. */
export function PodKnobs({ result }: { readonly result: ScenarioResult }): JSX.Element | null {
  const { state, dispatch, t } = useApp();
  const workload = workloadOf(result);
  if (workload === undefined) return null;
  const isGuess = result.assumptions.every(({ from }) => from === "assumed");
  const ordinals = Array.from({ length: 5 }, (_, index) => String(kindStart(workload) + index));
  const failing: readonly (readonly [string, string])[] = [
    ["none", t("failingNone")],
    ...ordinals.map((each) => [each, t("failingNth", each)] as const),
    ["all", t("failingAll")],
  ];
  return (
    <section aria-labelledby="pods-section">
      <h2 id="pods-section">{t(isGuess ? "podsAssumed" : "podsSection")}</h2>
      {timings.map((each) => (
        <TimingKnob key={each.timing} result={result} {...each} />
      ))}
      <Select
        id="knob-probe"
        label={t("readinessProbe")}
        value={state.tuning.readiness ? "with" : "without"}
        options={[
          ["with", t("withProbe")],
          ["without", t("withoutProbe")],
        ]}
        onValue={(value) => dispatch({ type: "tune", knob: "readiness", change: { readiness: value === "with" } })}
      />
      <Select
        id="knob-failing"
        label={t("failing")}
        value={String(state.tuning.failing)}
        options={failing}
        onValue={(value) => {
          const chosen = value === "none" || value === "all" ? value : Number(value);
          dispatch({ type: "tune", knob: "failing", change: { failing: chosen } });
        }}
      />
    </section>
  );
}

/** StatefulSets count from 0. */
function kindStart(workload: Parameters<typeof fieldsOf>[0]): number {
  return fieldsOf(workload).includes("partition") ? 0 : 1;
}

function TimingKnob({
  result,
  timing,
  text,
  max,
  fallback,
}: (typeof timings)[number] & { readonly result: ScenarioResult }): JSX.Element {
  const { state, dispatch, t } = useApp();
  const workload = workloadOf(result);
  const assumption = result.assumptions.find((each) => each.timing === timing);
  const given = assumption?.valueMs ?? result.scenario.pods?.default?.[timing] ?? fallback;
  const chosen = state.tuning.timings[timing];
  const valueMs = chosen ?? given;
  const derivedFrom = assumption === undefined || assumption.from === "assumed" ? undefined : assumption.from;
  const source =
    derivedFrom === undefined || workload === undefined
      ? undefined
      : result.sources.fields[idOf(workload)]?.[derivedFrom];
  const tune = (value: number | undefined, moving: boolean): void => {
    const others = omit(state.tuning.timings, timing);
    const change: Partial<PodTiming> = value === undefined ? others : { ...others, [timing]: value };
    dispatch({ type: "tune", knob: timing, change: { timings: change }, moving });
  };
  return (
    <Slider
      id={`knob-${timing}`}
      label={t(text)}
      value={valueMs / 1000}
      max={max}
      step={0.5}
      text={seconds(valueMs)}
      source={source}
      isUnset={derivedFrom === undefined && chosen === undefined}
      {...(derivedFrom === undefined ? { effective: t("assumed") } : { note: noteOf(assumption, t) })}
      onReset={chosen === undefined ? undefined : () => tune(undefined, false)}
      onValue={(value, moving) => tune(value * 1000, moving)}
    />
  );
}

/** `from readinessProbe: initialDelaySeconds 5, periodSeconds 10`, or that it is a guess. */
function noteOf(
  assumption: Assumption | undefined,
  t: (key: StringKey, ...values: readonly string[]) => string,
): string {
  if (assumption === undefined || assumption.from === "assumed") return t("assumed");
  const fields = Object.entries(assumption.fields).map(([name, value]) => `${name} ${value}`);
  return fields.length === 0 ? t("derivedPlain", assumption.from) : t("derived", assumption.from, fields.join(", "));
}
