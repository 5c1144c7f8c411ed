import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Action } from "../../../server/src/simulation/scenario.ts";
import { moment } from "../format.ts";
import { nodesOf } from "../model/balancing.ts";
import { idOf } from "../model/json.ts";
import { kindOf, valueOf, workloadOf } from "../model/tuning.ts";
import type { Translate } from "../strings.ts";
import { useApp } from "./context.ts";
import { useStep } from "./use-step.ts";

/** More pods than this are not offered one by one. */
const offeredPods = 100;

/** What a person does during the rollout, at the time of the cursor; what was done can be taken back. */
export function Actions(): JSX.Element | null {
  const { state, t } = useApp();
  const workload = state.result === undefined ? undefined : workloadOf(state.result);
  if (workload === undefined) return null;
  return (
    <section aria-labelledby="actions-section">
      <h2 id="actions-section">{t("actionsSection", moment(state.place.atMs))}</h2>
      {kindOf(workload) === "Deployment" && <PauseResume workload={idOf(workload)} />}
      {/* The way back of blue and green is the Service's selector: green has no revision before. */}
      {state.tuning.strategy !== "blue-green" && <Undo workload={idOf(workload)} />}
      {kindOf(workload) !== "DaemonSet" && <Scale workload={idOf(workload)} />}
      <KillPod />
      <DrainNode />
      <Done />
    </section>
  );
}

function useAct(): (what: WithoutTime<Action>) => void {
  const { state, dispatch } = useApp();
  return (what) => dispatch({ type: "act", action: { atMs: state.place.atMs, ...what } as Action });
}

type WithoutTime<Each> = Each extends { readonly atMs: number } ? Omit<Each, "atMs"> : never;

function PauseResume({ workload }: { readonly workload: string }): JSX.Element {
  const { t } = useApp();
  const act = useAct();
  return (
    <div class="buttons">
      <button class="secondary" onClick={() => act({ pause: workload })}>
        {t("pause")}
      </button>
      <button class="secondary" onClick={() => act({ resume: workload })}>
        {t("resume")}
      </button>
    </div>
  );
}

/** Back to the revision before, or to the one that is chosen of those that there are. */
function Undo({ workload }: { readonly workload: string }): JSX.Element {
  const { live, t } = useApp();
  const act = useAct();
  const [chosen, setChosen] = useState(0);
  const run = live.run.value;
  const index = useStep(run);
  const rows = run?.recording.step(index)?.replicaSets ?? [];
  const newest = Math.max(1, ...rows.filter((row) => row.workload === workload).map(({ revision }) => revision));
  const toRevision = chosen < newest ? chosen : 0;
  return (
    <div class="buttons">
      <select
        aria-label={t("chosenRevision")}
        value={String(toRevision)}
        onChange={({ currentTarget }) => setChosen(Number(currentTarget.value))}
      >
        <option value="0">{t("revisionBefore")}</option>
        {Array.from({ length: newest - 1 }, (_, index) => (
          <option key={index} value={String(index + 1)}>
            {t("revision", index + 1)}
          </option>
        ))}
      </select>
      <button class="secondary" onClick={() => act({ undo: workload, ...(toRevision === 0 ? {} : { toRevision }) })}>
        {t("undo")}
      </button>
    </div>
  );
}

function Scale({ workload }: { readonly workload: string }): JSX.Element {
  const { state, t } = useApp();
  const act = useAct();
  const current = Number(
    state.result === undefined ? 1 : (valueOf(workloadOf(state.result), state.tuning, "replicas") ?? 1),
  );
  const [chosen, setChosen] = useState<number>();
  const replicas = chosen ?? current + 2;
  return (
    <div class="buttons">
      <input
        class="small"
        type="number"
        min={0}
        max={20_000}
        aria-label={t("scaleTo")}
        value={replicas}
        onInput={({ currentTarget }) => setChosen(Math.max(0, Math.trunc(Number(currentTarget.value))))}
      />
      <button class="secondary" onClick={() => act({ scale: workload, replicas })}>
        {t("scale", replicas)}
      </button>
    </div>
  );
}

function KillPod(): JSX.Element | null {
  const { live, t } = useApp();
  const act = useAct();
  const [chosen, setChosen] = useState<string>();
  const run = live.run.value;
  const index = useStep(run);
  if (run === undefined || run.peak > offeredPods) return null;
  const pods = run.recording.frame(index)?.pods.filter(({ terminating }) => !terminating) ?? [];
  const pod = pods.find(({ name }) => name === chosen) ?? pods[0];
  if (pod === undefined) return null;
  return (
    <div class="buttons">
      <select
        aria-label={t("chosenPod")}
        value={pod.name}
        onChange={({ currentTarget }) => setChosen(currentTarget.value)}
      >
        {pods.map(({ name }) => (
          <option key={name}>{name}</option>
        ))}
      </select>
      <button class="secondary" onClick={() => act({ killPod: pod.name })}>
        {t("killPod")}
      </button>
    </div>
  );
}

function DrainNode(): JSX.Element | null {
  const { state, t } = useApp();
  const act = useAct();
  const nodes = state.result === undefined ? [] : nodesOf(state.result);
  const [chosen, setChosen] = useState<string>();
  const node = nodes.find(({ name }) => name === chosen) ?? nodes[0];
  if (node === undefined) return null;
  return (
    <div class="buttons">
      <select
        aria-label={t("chosenNode")}
        value={node.name}
        onChange={({ currentTarget }) => setChosen(currentTarget.value)}
      >
        {nodes.map(({ name }) => (
          <option key={name}>{name}</option>
        ))}
      </select>
      <button class="secondary" onClick={() => act({ drainNode: node.name })}>
        {t("drainNode")}
      </button>
    </div>
  );
}

/** What was done so far, each with a way back. */
function Done(): JSX.Element | null {
  const { state, dispatch, t } = useApp();
  if (state.tuning.actions.length === 0) return null;
  return (
    <ul class="done">
      {state.tuning.actions.map((action, index) => (
        <li key={index}>
          {actionText(action, t)}
          <button
            class="source"
            aria-label={t("removeAction", actionText(action, t))}
            onClick={() => dispatch({ type: "removeAction", index })}
          >
            ✕
          </button>
        </li>
      ))}
    </ul>
  );
}

/** What was done when, in a few words. */
export function actionText(action: Action, t: Translate): string {
  const at = moment(action.atMs);
  if ("pause" in action) return t("didPause", at);
  if ("resume" in action) return t("didResume", at);
  if ("undo" in action) {
    const { toRevision } = action;
    return toRevision === undefined ? t("didUndo", at) : t("didUndoTo", at, toRevision);
  }
  if ("scale" in action) return t("didScale", at, action.replicas);
  if ("killPod" in action) return t("didKill", at, action.killPod);
  return "drainNode" in action ? t("didDrain", at, action.drainNode) : at;
}
