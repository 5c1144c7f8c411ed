import type { JSX } from "preact";
import type { ReplicaSetRow } from "../../../server/src/simulation/timeline.ts";
import { grouped } from "../format.ts";
import { nodesOf } from "../model/balancing.ts";
import { generationOf, podsOfFrame, type Run, type ShownPod } from "../model/run.ts";
import { kindOf, valueOf, workloadOf } from "../model/tuning.ts";
import type { Translate } from "../strings.ts";
import { useApp } from "./context.ts";
import { useAfterPaint } from "./use-after-paint.ts";
import { useStep } from "./use-step.ts";

/** More pods than this become a strip with counts per set. */
export const tileLimit = 60;

/** The pods at the cursor: as tiles by set or by node, or as strips where there are many. Like the events they follow a moved knob after the charts. */
export function Pods({ run: latest }: { readonly run: Run }): JSX.Element | null {
  const run = useAfterPaint(latest);
  const { state, dispatch, t } = useApp();
  const index = useStep(run);
  const step = run.recording.step(index);
  if (step === undefined || state.result === undefined) return null;
  const rows = step.replicaSets.filter((row) => row.replicas + row.terminating > 0 || row.role === "new");
  const isMany = run.peak > tileLimit;
  const kind = kindOf(workloadOf(state.result));
  const grouping = kind === "DaemonSet" ? "node" : state.grouping;
  return (
    <section class="pods" aria-labelledby="pods-title">
      <div class="title">
        <h2 id="pods-title">{t("pods")}</h2>
        {!isMany && kind !== "DaemonSet" && (
          <span class="switch" role="group">
            {(["set", "node"] as const).map((each) => (
              <button
                key={each}
                aria-pressed={grouping === each}
                onClick={() => dispatch({ type: "show", change: { grouping: each } })}
              >
                {t(each === "set" ? "bySet" : "byNode")}
              </button>
            ))}
          </span>
        )}
      </div>
      {isMany ? (
        rows.map((row) => <Density key={`${row.workload} ${row.name}`} row={row} most={run.peak} />)
      ) : (
        <Tiles run={run} index={index} rows={rows} grouping={grouping} />
      )}
    </section>
  );
}

interface TilesProps {
  readonly run: Run;
  readonly index: number;
  readonly rows: readonly ReplicaSetRow[];
  readonly grouping: "set" | "node";
}

function Tiles({ run, index, rows, grouping }: TilesProps): JSX.Element {
  const { state } = useApp();
  const frame = run.recording.frame(index);
  const pods = frame === undefined ? [] : podsOfFrame(frame);
  const workload = state.result === undefined ? undefined : workloadOf(state.result);
  if (grouping === "node") return <ByNode pods={pods} />;
  if (kindOf(workload) === "StatefulSet") {
    const value = (field: "partition" | "replicas"): number => Number(valueOf(workload, state.tuning, field) ?? 0);
    return <Ordinals pods={pods} rows={rows} partition={value("partition")} replicas={value("replicas")} />;
  }
  return (
    <>
      {rows.map((row) => (
        <SetRow
          key={`${row.workload} ${row.name}`}
          row={row}
          pods={pods.filter(({ set, workload: of }) => set === row.name && of === row.workload)}
        />
      ))}
    </>
  );
}

function SetRow({ row, pods }: { readonly row: ReplicaSetRow; readonly pods: readonly ShownPod[] }): JSX.Element {
  const order = { ready: 0, starting: 1, ending: 2 };
  const sorted = [...pods].sort((a, b) => order[a.state] - order[b.state]);
  return (
    <div class="set">
      <SetName row={row} />
      <ul class="tiles">
        {sorted.map((pod) => (
          <Tile key={pod.name} pod={pod} text={numberOf(pod)} />
        ))}
      </ul>
    </div>
  );
}

function SetName({ row }: { readonly row: ReplicaSetRow }): JSX.Element {
  const { t } = useApp();
  const [prefix = "", mark = ""] = splitName(row.name);
  const { revision, available, replicas, terminating } = row;
  const line =
    terminating > 0
      ? t("setLineEnding", revision, grouped(available), grouped(replicas), grouped(terminating))
      : t("setLine", revision, grouped(available), grouped(replicas));
  return (
    <div class="set-name">
      <span class={generationOf(row)}>
        {prefix}
        <b>{mark}</b>
      </span>
      <span class="dim">{line}</span>
    </div>
  );
}

/** `web-` and `<new>`. */
function splitName(name: string): readonly string[] {
  const cut = name.lastIndexOf("-") + 1;
  return [name.slice(0, cut), name.slice(cut)];
}

/** The number in a pod's name: `<3>`, or a StatefulSet's ordinal. */
function numberOf(pod: ShownPod): string {
  return pod.ordinal === undefined ? (/<(\d+)>$/.exec(pod.name)?.[1] ?? "") : String(pod.ordinal);
}

function Tile({ pod, text }: { readonly pod: ShownPod; readonly text: string }): JSX.Element {
  const { t } = useApp();
  return (
    <li class={`tile ${pod.generation} ${pod.state}`} title={podText(pod, t)}>
      <span aria-hidden="true">{text}</span>
      <span class="hidden">{podText(pod, t)}</span>
    </li>
  );
}

function podText(pod: ShownPod, t: Translate): string {
  const key = { ready: "podReady", starting: "podStarting", ending: "podEnding" } as const;
  return t(key[pod.state], pod.name, pod.node ?? t("noNode"));
}

/** Nodes as places: what a drain empties, and where a DaemonSet has its pods. */
function ByNode({ pods }: { readonly pods: readonly ShownPod[] }): JSX.Element {
  const { state, t } = useApp();
  const places = state.result === undefined ? [] : nodesOf(state.result).map(({ name }) => name);
  const nodes = [...new Set([...places, ...pods.map(({ node }) => node ?? "")])].sort((a, b) =>
    a.localeCompare(b, "en", { numeric: true }),
  );
  return (
    <ul class="nodes">
      {nodes.map((node) => (
        <li key={node} class="node">
          <span class="dim">{node === "" ? t("noNode") : node}</span>
          <ul class="tiles">
            {pods
              .filter((pod) => (pod.node ?? "") === node)
              .map((pod) => (
                <Tile key={pod.name} pod={pod} text={numberOf(pod)} />
              ))}
          </ul>
        </li>
      ))}
    </ul>
  );
}

/** Ordinals in fixed places, whether their pods are there or not, and the partition between those that stay and those that change. */
function Ordinals({
  pods,
  rows,
  partition,
  replicas,
}: {
  readonly pods: readonly ShownPod[];
  readonly rows: readonly ReplicaSetRow[];
  readonly partition: number;
  readonly replicas: number;
}): JSX.Element {
  const { t } = useApp();
  const byOrdinal = new Map(pods.map((pod) => [pod.ordinal ?? 0, pod]));
  const first = pods.length === 0 ? 0 : Math.min(...byOrdinal.keys());
  const last = Math.max(first + replicas - 1, ...byOrdinal.keys());
  const ordinals = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
  const hasPartition = partition > first && partition <= last;
  return (
    <>
      <div class="set-names">
        {rows.map((row) => (
          <SetName key={row.name} row={row} />
        ))}
        {hasPartition && <span class="partition dim">{t("partitionLine", partition)}</span>}
      </div>
      <ul class="tiles ordinals">
        {ordinals.flatMap((ordinal) => [
          ...(hasPartition && ordinal === partition
            ? [<li key="partition" class="partition" role="separator" aria-label={t("partitionLine", partition)} />]
            : []),
          <Ordinal key={ordinal} ordinal={ordinal} pod={byOrdinal.get(ordinal)} />,
        ])}
      </ul>
    </>
  );
}

function Ordinal({ ordinal, pod }: { readonly ordinal: number; readonly pod: ShownPod | undefined }): JSX.Element {
  const { t } = useApp();
  if (pod !== undefined) return <Tile pod={pod} text={numberOf(pod)} />;
  return (
    <li class="tile missing" title={t("podMissing", ordinal)}>
      <span aria-hidden="true">{ordinal}</span>
      <span class="hidden">{t("podMissing", ordinal)}</span>
    </li>
  );
}

/** Many pods of one set: how many are ready, starting and ending, as lengths. */
function Density({ row, most }: { readonly row: ReplicaSetRow; readonly most: number }): JSX.Element {
  const { t } = useApp();
  const starting = Math.max(0, row.replicas - row.available);
  const parts = [
    ["ready", row.available, t("ready")],
    ["starting", starting, t("starting")],
    ["ending", row.terminating, t("ending")],
  ] as const;
  return (
    <div class="set">
      <SetName row={row} />
      <div class={`density ${generationOf(row)}`}>
        {parts
          .filter(([, count]) => count > 0)
          .map(([state, count, text]) => (
            <span
              key={state}
              class={state}
              style={{ width: `${((count / most) * 100).toFixed(2)}%` }}
              title={`${text}: ${grouped(count)}`}
            >
              <span>{grouped(count)}</span>
              <span class="hidden"> {text}</span>
            </span>
          ))}
      </div>
    </div>
  );
}
