import type { JSX } from "preact";
import type { ScenarioResult, ServiceField } from "../../../server/src/protocol/webview.ts";
import { grouped } from "../format.ts";
import { type BalanceTuning, nodesOf, proxyModes, schedulers, serviceOf, serviceValue } from "../model/balancing.ts";
import { idOf, omit } from "../model/json.ts";
import { chosenWay, direct, waysOf } from "../model/ways.ts";
import { useApp } from "./context.ts";
import { type KnobFrame, Select, Slider } from "./knob.tsx";

/** Who asks, how an endpoint is chosen, and what happens to pods. */
export function BalancingKnobs({ result }: { readonly result: ScenarioResult }): JSX.Element | null {
  const { live, t } = useApp();
  if (serviceOf(result) === undefined) return null;
  const pods = live.balance.value?.shares.map(({ pod }) => pod) ?? [];
  return (
    <>
      <section aria-labelledby="who-section">
        <h2 id="who-section">{t("whoAsks")}</h2>
        <Clients result={result} />
        <Connections result={result} />
      </section>
      <section aria-labelledby="how-section">
        <h2 id="how-section">{t("howChosen")}</h2>
        <Proxy result={result} />
        <Policy result={result} field="sessionAffinity" options={["None", "ClientIP"]} />
        <Policy result={result} field="internalTrafficPolicy" options={["Cluster", "Local"]} />
        <Policy result={result} field="externalTrafficPolicy" options={["Cluster", "Local"]} />
        <Policy result={result} field="trafficDistribution" options={["", "PreferSameZone", "PreferSameNode"]} />
      </section>
      <section aria-labelledby="happens-section">
        <h2 id="happens-section">{t("whatHappens")}</h2>
        <PodChoice id="not-ready" label={t("notReady")} field="notReady" pods={pods} />
        <PodChoice id="ending-pod" label={t("endingPod")} field="ending" pods={pods} />
        <PodChoice id="leaving-pod" label={t("leavingPod")} field="leaving" pods={pods} />
      </section>
    </>
  );
}

function useTune(): (change: Partial<BalanceTuning>) => void {
  const { dispatch } = useApp();
  return (change) => dispatch({ type: "balance", change });
}

function Clients({ result }: { readonly result: ScenarioResult }): JSX.Element {
  const { state, t } = useApp();
  const tune = useTune();
  const { clients, sharesAddress, node, origin } = state.balancing;
  const nodes = nodesOf(result).map(
    ({ name, zone }) => [name, zone === undefined ? name : `${name}, ${zone}`] as const,
  );
  return (
    <>
      <Slider
        id="balance-clients"
        label={t("clients")}
        value={clients}
        min={1}
        max={100}
        onValue={(value) => tune({ clients: value })}
      />
      <Select
        id="balance-address"
        label={t("addresses")}
        value={sharesAddress ? "one" : "own"}
        options={[
          ["own", t("clientsEach")],
          ["one", t("oneAddress")],
        ]}
        onValue={(value) => tune({ sharesAddress: value === "one" })}
      />
      <Select
        id="balance-node"
        label={t("fromNode")}
        value={node ?? ""}
        options={[["", t("allNodes")], ...nodes]}
        onValue={(value) => tune({ node: value === "" ? undefined : value } as Partial<BalanceTuning>)}
      />
      <Select
        id="balance-origin"
        label={t("origin")}
        value={origin}
        options={[
          ["pods", t("fromPods")],
          ["outside", t("fromOutside")],
        ]}
        onValue={(value) => tune({ origin: value === "outside" ? "outside" : "pods" })}
      />
    </>
  );
}

/** Over which way and which connections the requests come, and how many. */
function Connections({ result }: { readonly result: ScenarioResult }): JSX.Element {
  const { state, engine, t } = useApp();
  const tune = useTune();
  const { requestsPerConnection, requests } = state.balancing;
  const ways = waysOf(engine, result);
  return (
    <>
      {ways.length > 0 && (
        <Select
          id="balance-way"
          label={t("way")}
          value={chosenWay(ways, state.balancing)?.id ?? direct}
          options={[...ways.map(({ id, label }) => [id, label] as const), [direct, t("wayDirect")]]}
          onValue={(way) => tune({ way })}
        />
      )}
      <Select
        id="balance-connections"
        label={t("connections")}
        value={String(requestsPerConnection)}
        options={[
          ["1", t("keepAliveOff")],
          ["10", t("requestsPerConnection", 10)],
          ["100", t("requestsPerConnection", 100)],
          ["forever", t("keptForEver")],
        ]}
        onValue={(value) => tune({ requestsPerConnection: value === "forever" ? "forever" : Number(value) })}
      />
      <Slider
        id="balance-requests"
        label={t("requests")}
        value={Math.log10(Math.max(10, requests))}
        min={1}
        max={6}
        step={1}
        text={grouped(requests)}
        onValue={(value) => tune({ requests: 10 ** value })}
      />
    </>
  );
}

function Proxy({ result }: { readonly result: ScenarioResult }): JSX.Element {
  const { state, t } = useApp();
  const tune = useTune();
  const mode = state.balancing.mode ?? result.scenario.cluster?.proxy?.mode ?? "nftables";
  return (
    <>
      <Select
        id="balance-mode"
        label={t("proxy")}
        value={mode}
        options={proxyModes.map((each) => [each, each] as const)}
        onValue={(value) => {
          const chosen = proxyModes.find((each) => each === value);
          if (chosen !== undefined) tune({ mode: chosen });
        }}
      />
      {mode === "ipvs" && (
        <Select
          id="balance-scheduler"
          label={t("scheduler")}
          value={state.balancing.scheduler}
          options={schedulers.map((each) => [each, each] as const)}
          onValue={(value) => {
            const chosen = schedulers.find((each) => each === value);
            if (chosen !== undefined) tune({ scheduler: chosen });
          }}
        />
      )}
    </>
  );
}

/** A field of the Service: unset where no manifest sets it, with a way back where it was changed. */
function Policy({
  result,
  field,
  options,
}: {
  readonly result: ScenarioResult;
  readonly field: ServiceField;
  readonly options: readonly string[];
}): JSX.Element {
  const { state, t } = useApp();
  const tune = useTune();
  const service = serviceOf(result);
  const source = service === undefined ? undefined : result.sources.fields[idOf(service)]?.[field];
  const chosen = state.balancing.values[field];
  const value = String(serviceValue(service, state.balancing, field) ?? options[0] ?? "");
  const others = omit(state.balancing.values, field);
  const frame: KnobFrame = {
    id: `balance-${field}`,
    label: field,
    source,
    isUnset: source === undefined && chosen === undefined,
    onReset: chosen === undefined ? undefined : () => tune({ values: others }),
  };
  return (
    <Select
      {...frame}
      value={value}
      options={options.map((each) => [each, each === "" ? t("notMeasured") : each] as const)}
      onValue={(next) => tune({ values: next === "" ? others : { ...others, [field]: next } })}
    />
  );
}

/** One pod that is not ready, or is being deleted; or all of them. */
function PodChoice({
  id,
  label,
  field,
  pods,
}: {
  readonly id: string;
  readonly label: string;
  readonly field: "notReady" | "ending" | "leaving";
  readonly pods: readonly string[];
}): JSX.Element {
  const { state, t } = useApp();
  const tune = useTune();
  const chosen = state.balancing[field];
  const value = chosen.length > 1 ? "all" : (chosen[0] ?? "");
  const options = [["", t("nobody")], ...pods.slice(0, 50).map((pod) => [pod, pod]), ["all", t("failingAll")]] as const;
  return (
    <Select
      id={`balance-${id}`}
      label={label}
      value={value}
      options={options.map(([each = "", text = ""]) => [each, text] as const)}
      onValue={(next) => tune({ [field]: next === "all" ? pods : next === "" ? [] : [next] })}
    />
  );
}
