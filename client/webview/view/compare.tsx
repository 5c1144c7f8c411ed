import type { ComponentChildren, JSX } from "preact";
import type { Summary } from "../../../server/src/simulation/timeline.ts";
import { grouped, seconds, signed } from "../format.ts";
import type { Run } from "../model/run.ts";
import { asWritten, kindOf, type Tuning, valueOf, workloadOf } from "../model/tuning.ts";
import type { StringKey } from "../strings.ts";
import { Chart } from "./chart.tsx";
import { useApp } from "./context.ts";
import { Select, Slider } from "./knob.tsx";
import { Transport } from "./rollout.tsx";
import { numberOrPercent } from "./strategy-knobs.tsx";
import { TableHead } from "./table-head.tsx";
import { CursorArea } from "./time-axis.tsx";
import { useWidth } from "./use-width.ts";

/** Well-known settings for the other side. */
const presets: readonly (readonly [StringKey, Tuning["values"]])[] = [
  ["presetSafe", { strategy: "RollingUpdate", maxSurge: 1, maxUnavailable: 0 }],
  ["presetSaving", { strategy: "RollingUpdate", maxSurge: 0, maxUnavailable: 1 }],
  ["presetQuarter", { strategy: "RollingUpdate", maxSurge: "25%", maxUnavailable: "25%" }],
  ["presetAll", { strategy: "RollingUpdate", maxSurge: "100%", maxUnavailable: 0 }],
  ["presetRecreate", { strategy: "Recreate" }],
  ["presetOwn", {}],
];

/** The same change with two settings, side by side on the same axes. */
export function Compare({ run }: { readonly run: Run }): JSX.Element {
  const { state, live, dispatch, t } = useApp();
  const [element, width] = useWidth(900);
  const other = live.other.value;
  const workload = state.result === undefined ? undefined : workloadOf(state.result);
  if (kindOf(workload) !== "Deployment") return <p class="empty">{t("noOtherStrategy")}</p>;
  const isWide = width >= 640;
  const each = isWide ? Math.floor((width - 20) / 2) : width;
  const endMs = Math.max(run.endMs, other?.endMs ?? 0);
  const peak = Math.max(run.peak, other?.peak ?? 0);
  return (
    <div class="rollout compare" ref={element}>
      <p class="dim">{t("compareNote")}</p>
      <Transport run={run} />
      <div class={isWide ? "columns" : ""}>
        <Side title={t("settingA")} text={settingsText(state.tuning, workload)}>
          <CursorArea run={{ ...run, endMs }} width={each}>
            <Chart run={run} width={each} height={200} endMs={endMs} peak={peak} />
          </CursorArea>
        </Side>
        <Side title={t("settingB")} text={settingsText(state.other, workload)}>
          {other === undefined ? (
            <p class="note">{t("chooseOther")}</p>
          ) : (
            <CursorArea run={{ ...other, endMs }} width={each}>
              <Chart run={other} width={each} height={200} endMs={endMs} peak={peak} />
            </CursorArea>
          )}
          <OtherKnobs />
          <button class="secondary" onClick={() => dispatch({ type: "tune", knob: "swap", change: state.other })}>
            {t("swap")}
          </button>
        </Side>
      </div>
      {other !== undefined && <Differences a={run.recording.summary} b={other.recording.summary} />}
    </div>
  );
}

function Side({
  title,
  text,
  children,
}: {
  readonly title: string;
  readonly text: string;
  readonly children: ComponentChildren;
}): JSX.Element {
  return (
    <section class="side" aria-label={title}>
      <h2>
        {title} <span class="settings">{text}</span>
      </h2>
      {children}
    </section>
  );
}

function settingsText(tuning: Tuning, workload: Parameters<typeof valueOf>[0]): string {
  const value = (field: Parameters<typeof valueOf>[2]): string => String(valueOf(workload, tuning, field) ?? "–");
  if (tuning.strategy !== "manifest") return tuning.strategy;
  return value("strategy") === "Recreate" ? "Recreate" : `${value("maxSurge")} / ${value("maxUnavailable")}`;
}

/** The settings of the other side: a preset, then finer. */
function OtherKnobs(): JSX.Element {
  const { state, dispatch, t } = useApp();
  const { other } = state;
  const workload = state.result === undefined ? undefined : workloadOf(state.result);
  const put = (values: Tuning["values"]): void =>
    dispatch({ type: "other", tuning: { ...state.tuning, strategy: "manifest", values } });
  const chosen = presets.findIndex(([, values]) => JSON.stringify(values) === JSON.stringify(other.values));
  const options = presets.map(([key], index) => [String(index), t(key)] as const);
  return (
    <div class="other-knobs">
      <Select
        id="other-preset"
        label={t("preset")}
        value={String(chosen)}
        options={chosen < 0 ? [["-1", "…"], ...options] : options}
        onValue={(value) => put(presets[Number(value)]?.[1] ?? asWritten.values)}
      />
      {(["maxSurge", "maxUnavailable"] as const).map((field) => {
        const value = valueOf(workload, other, field) ?? 0;
        const isPercent = typeof value === "string" && value.endsWith("%");
        return (
          <Slider
            key={field}
            id={`other-${field}`}
            label={field}
            value={Number.parseFloat(String(value)) || 0}
            max={isPercent ? 100 : 10}
            step={isPercent ? 5 : 1}
            text={String(value)}
            read={numberOrPercent}
            onText={(next) => put({ ...other.values, [field]: next })}
            onValue={(next) => put({ ...other.values, [field]: isPercent ? `${next}%` : next })}
          />
        );
      })}
    </div>
  );
}

/** The four figures of both sides, and what they differ by. */
function Differences({ a, b }: { readonly a: Summary; readonly b: Summary }): JSX.Element {
  const { live, t } = useApp();
  const failed = [live.requests.value, live.otherRequests.value].map((each) => each?.summary.failedRequests);
  const rows: readonly (readonly [
    label: string,
    a: number | undefined,
    b: number | undefined,
    format: (value: number) => string,
    moreIsBetter: boolean,
  ])[] = [
    [t("takes"), a.durationMs, b.durationMs, seconds, false],
    [t("lowestAvailable"), a.minAvailable, b.minAvailable, grouped, true],
    [t("mostPods"), a.maxPhysicalPods, b.maxPhysicalPods, grouped, false],
    [t("failedRequests"), failed[0], failed[1], grouped, false],
  ];
  return (
    <div class="scroll">
      <table class="differences">
        <TableHead columns={["", t("settingA"), t("settingB"), t("difference")]} />
        <tbody>
          {rows.map(([label, left, right, format, moreIsBetter]) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td>{left === undefined ? t("notMeasured") : format(left)}</td>
              <td>{right === undefined ? t("notMeasured") : format(right)}</td>
              <td>
                {left === undefined || right === undefined ? (
                  ""
                ) : (
                  <Difference by={right - left} format={format} isBetter={right > left === moreIsBetter} />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Difference({
  by,
  format,
  isBetter,
}: {
  readonly by: number;
  readonly format: (value: number) => string;
  readonly isBetter: boolean;
}): JSX.Element {
  const { t } = useApp();
  if (by === 0) return <span class="dim">=</span>;
  return (
    <span class={isBetter ? "better" : "worse"}>
      {signed(by, format)} · {t(isBetter ? "better" : "worse")}
    </span>
  );
}
