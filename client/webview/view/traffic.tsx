import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Scenario } from "../../../server/src/simulation/scenario.ts";
import type { Summary } from "../../../server/src/simulation/timeline.ts";
import { grouped, percent, seconds } from "../format.ts";
import { quickPods, type Requests } from "../model/requests.ts";
import type { Run } from "../model/run.ts";
import { type Tuning, tuned } from "../model/tuning.ts";
import { Chart } from "./chart.tsx";
import { type App, useApp } from "./context.ts";
import { Transport } from "./rollout.tsx";
import { TableHead } from "./table-head.tsx";
import { CursorArea } from "./time-axis.tsx";
import { TrafficStrip } from "./traffic-strip.tsx";
import { useWidth } from "./use-width.ts";

/** What clients feel during the rollout: who answers, what fails, and which settings would change it. */
export function TrafficView({ run }: { readonly run: Run }): JSX.Element {
  const { live, state, t } = useApp();
  const [element, width] = useWidth(900);
  const requests = live.requests.value;
  if (state.result?.scenario.traffic === undefined) return <p class="empty">{t("noTraffic")}</p>;
  return (
    <div class="rollout">
      <Transport run={run} />
      {requests !== undefined && <Verdict requests={requests} />}
      <div class="charts" ref={element}>
        <h2>{t("perVersion")}</h2>
        <CursorArea run={run} width={width}>
          {requests !== undefined && <TrafficStrip requests={requests} endMs={run.endMs} width={width} height={170} />}
          <Chart run={run} width={width} height={150} />
        </CursorArea>
        <Legend />
      </div>
      {requests !== undefined && <Totals requests={requests} />}
      <WhatIf run={run} />
    </div>
  );
}

function Verdict({ requests }: { readonly requests: Requests }): JSX.Element {
  const { t } = useApp();
  const { failedRequests } = requests.summary;
  const { sent } = requests.total;
  if (failedRequests === 0) return <p class="say">{t("noneFailed", grouped(sent))}</p>;
  return (
    <p class="say warning">
      {t("failedShare", grouped(failedRequests), grouped(sent), percent(sent === 0 ? 0 : failedRequests / sent))}{" "}
      <span class="dim">{t("refusedBecause")}</span>
    </p>
  );
}

function Legend(): JSX.Element {
  const { t } = useApp();
  const entries = [
    ["byOld", t("answeredOld")],
    ["byNew", t("answeredNew")],
    ["refused", t("refused")],
    ["reset", t("resetRequests")],
  ] as const;
  return (
    <ul class="legend">
      {entries.map(([part, text]) => (
        <li key={part}>
          <svg width={14} height={12} aria-hidden="true">
            <rect class={`requests ${part}`} width={14} height={12} />
          </svg>
          {text}
        </li>
      ))}
    </ul>
  );
}

function Totals({ requests }: { readonly requests: Requests }): JSX.Element {
  const { t } = useApp();
  const { sent, byOld, byNew, refused, reset } = requests.total;
  const cells = [
    [t("sent"), sent],
    [t("answeredOld"), byOld],
    [t("answeredNew"), byNew],
    [t("refused"), refused],
    [t("resetRequests"), reset],
  ] as const;
  return (
    <dl class="cards totals">
      {cells.map(([label, count]) => (
        <div class="card" key={label}>
          <dt>{label}</dt>
          <dd>
            <b>{grouped(count)}</b>
          </dd>
        </div>
      ))}
    </dl>
  );
}

interface Variant {
  readonly text: string;
  readonly change: Partial<Tuning>;
  readonly summary: Summary;
}

const sleepMs = 5000;

/** The same rollout with and without probe, preStop hook and grace: what each is worth in failed requests. */
function WhatIf({ run }: { readonly run: Run }): JSX.Element | null {
  const app = useApp();
  const { state, dispatch, t } = app;
  const [variants, setVariants] = useState<readonly Variant[]>([]);
  useEffect(() => {
    setVariants([]);
    return run.peak > quickPods
      ? undefined
      : oneByOne(app, variantsOf(app), (variant) => setVariants((all) => [...all, variant]));
  }, [state.result, state.tuning]);
  if (variants.length === 0) return null;
  return (
    <section aria-labelledby="what-if">
      <h2 id="what-if">{t("whatIf")}</h2>
      <div class="scroll">
        <table>
          <TableHead columns={[t("variant"), t("failedRequests"), t("takes"), t("lowestAvailable"), ""]} />
          <tbody>
            {variants.map(({ text, change, summary }, index) => (
              <tr key={text} class={index === 0 ? "now" : ""}>
                <th scope="row">{text}</th>
                <td class={summary.failedRequests > 0 ? "bad" : ""}>{grouped(summary.failedRequests)}</td>
                <td>{seconds(summary.durationMs)}</td>
                <td>{grouped(summary.minAvailable)}</td>
                <td>
                  {index > 0 && (
                    <button
                      class="link"
                      aria-label={`${t("takeOver")}: ${text}`}
                      onClick={() => dispatch({ type: "tune", knob: "variant", change })}
                    >
                      {t("takeOver")}
                    </button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** Computes a variant after the other; the answer stops it. */
function oneByOne({ live }: App, variants: readonly Candidate[], done: (variant: Variant) => void): () => void {
  let stop = (): void => undefined;
  const next = (index: number): void => {
    const candidate = variants[index];
    if (candidate === undefined) return;
    stop = live.summarize(candidate.scenario, (summary) => {
      stop();
      done({ ...candidate, summary });
      next(index + 1);
    });
  };
  next(0);
  return () => stop();
}

type Candidate = Omit<Variant, "summary"> & { readonly scenario: Scenario };

function variantsOf({ state, engine, t }: App): readonly Candidate[] {
  const { result, tuning } = state;
  if (result === undefined) return [];
  const { timings } = tuning;
  const candidates: readonly (readonly [string, Partial<Tuning>])[] = [
    [t("asSet"), {}],
    [t("noProbeVariant"), { readiness: false }],
    [t("noPreStopVariant"), { timings: { ...timings, preStopMs: 0 } }],
    [t("preStopVariant", seconds(sleepMs)), { timings: { ...timings, preStopMs: sleepMs } }],
    [t("shortGraceVariant"), { timings: { ...timings, gracePeriodMs: 1000 } }],
  ];
  return candidates.map(([text, change]) => {
    return { text, change, scenario: tuned(engine, result, { ...tuning, ...change }) };
  });
}
