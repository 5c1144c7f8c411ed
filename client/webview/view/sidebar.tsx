import type { JSX } from "preact";
import type { ScenarioResult } from "../../../server/src/protocol/webview.ts";
import { workloadOf } from "../model/tuning.ts";
import { valueOf } from "../model/tuning.ts";
import { Actions } from "./actions.tsx";
import { BalancingKnobs } from "./balancing-knobs.tsx";
import { useApp } from "./context.ts";
import { ImageKnobs } from "./image-knobs.tsx";
import { PodKnobs } from "./pod-knobs.tsx";
import { StrategyKnobs } from "./strategy-knobs.tsx";
import { RequestKnobs } from "./request-knobs.tsx";
import { UseIt } from "./use-it.tsx";

/** All knobs: at the side, or folded into a bar on top of a narrow panel. */
export function Sidebar({ result }: { readonly result: ScenarioResult }): JSX.Element {
  const { state, dispatch, t } = useApp();
  const open = state.knobsOpen;
  return (
    <aside class={open ? "open" : ""} aria-label={t("knobs")}>
      <button
        class="fold"
        aria-expanded={open}
        aria-controls="knobs"
        onClick={() => dispatch({ type: "show", change: { knobsOpen: !open } })}
      >
        {t("showKnobs", useSummary(result))}
      </button>
      <div class="knobs" id="knobs">
        {state.tab === "balancing" ? (
          <BalancingKnobs result={result} />
        ) : (
          <>
            <ImageKnobs result={result} />
            <StrategyKnobs result={result} />
            <PodKnobs result={result} />
            <RequestKnobs result={result} />
            <Actions />
          </>
        )}
        <UseIt result={result} />
      </div>
    </aside>
  );
}

/** The most telling settings, for the folded bar. */
function useSummary(result: ScenarioResult): string {
  const { state, live } = useApp();
  if (state.tab === "balancing") {
    const found = live.balance.value?.result;
    return found === undefined ? "" : [found.proxy, found.scheduler].filter((each) => each !== null).join(" ");
  }
  const workload = workloadOf(result);
  const value = (field: Parameters<typeof valueOf>[2]): string => String(valueOf(workload, state.tuning, field) ?? "–");
  const strategy = state.tuning.strategy === "manifest" ? value("strategy") : state.tuning.strategy;
  const bounds = strategy === "RollingUpdate" ? `${value("maxSurge")} / ${value("maxUnavailable")}` : "";
  return [strategy, bounds, value("replicas")].filter((each) => each !== "" && each !== "–").join(" · ");
}
