import type { JSX } from "preact";
import type { ScenarioResult } from "../../../server/src/protocol/webview.ts";
import { grouped } from "../format.ts";
import { idOf } from "../model/json.ts";
import { autoscalerOf, suggestedLoad, type Tuning, workloadOf } from "../model/tuning.ts";
import { useApp } from "./context.ts";
import { Select, Slider } from "./knob.tsx";

/** Who asks the pods, and the demand that an autoscaler sees. */
export function RequestKnobs({ result }: { readonly result: ScenarioResult }): JSX.Element {
  return (
    <>
      <LoadKnobs result={result} />
      <TrafficKnobs result={result} />
    </>
  );
}

function TrafficKnobs({ result }: { readonly result: ScenarioResult }): JSX.Element | null {
  const { state, dispatch, t } = useApp();
  const { traffic } = result.scenario;
  if (traffic === undefined) return null;
  const { tuning } = state;
  const tune = (knob: string, change: Partial<Tuning>, moving = false): void =>
    dispatch({ type: "tune", knob, change, moving });
  const rate = tuning.requestsPerSecond ?? traffic.requestsPerSecond;
  const serviceTime = tuning.serviceTimeMs ?? traffic.serviceTimeMs ?? 20;
  return (
    <section aria-labelledby="traffic-section">
      <h2 id="traffic-section">{t("trafficSection")}</h2>
      <Slider
        id="knob-rate"
        label={t("requestsPerSecond")}
        value={rate}
        min={1}
        max={500}
        onValue={(value, moving) => tune("rate", { requestsPerSecond: value }, moving)}
      />
      <Slider
        id="knob-clients"
        label={t("clients")}
        value={tuning.clients ?? traffic.clients}
        min={1}
        max={100}
        onValue={(value, moving) => tune("clients", { clients: value }, moving)}
      />
      <Slider
        id="knob-service-time"
        label={t("serviceTime")}
        value={serviceTime}
        max={5000}
        step={10}
        text={`${serviceTime} ms`}
        onValue={(value, moving) => tune("serviceTime", { serviceTimeMs: value }, moving)}
      />
      <Select
        id="knob-keep-alive"
        label={t("keepAlive")}
        value={(tuning.keepAlive ?? traffic.keepAlive ?? false) ? "on" : "off"}
        options={[
          ["off", t("keepAliveOff")],
          ["on", t("keepAliveOn")],
        ]}
        onValue={(value) => tune("keepAlive", { keepAlive: value === "on" })}
      />
    </section>
  );
}

function LoadKnobs({ result }: { readonly result: ScenarioResult }): JSX.Element | null {
  const { state, dispatch, t } = useApp();
  const workload = workloadOf(result);
  if (workload === undefined || autoscalerOf(result.scenario, idOf(workload)) === undefined) return null;
  const load = state.tuning.load ?? suggestedLoad(result.scenario, idOf(workload)) ?? { from: 100, to: 300 };
  const tune = (change: Partial<typeof load>, moving: boolean): void =>
    dispatch({ type: "tune", knob: "load", change: { load: { ...load, ...change } }, moving });
  const frame = { max: 10 * Math.max(load.from, 500), step: 50 };
  return (
    <section aria-labelledby="load-section">
      <h2 id="load-section">{t("loadSection")}</h2>
      <Slider
        id="knob-load-from"
        label={t("loadFrom")}
        value={load.from}
        text={`${grouped(load.from)} m`}
        {...frame}
        onValue={(from, moving) => tune({ from }, moving)}
      />
      <Slider
        id="knob-load-to"
        label={t("loadTo")}
        value={load.to}
        text={`${grouped(load.to)} m`}
        {...frame}
        onValue={(to, moving) => tune({ to }, moving)}
      />
    </section>
  );
}
