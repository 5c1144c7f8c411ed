import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import type { ScenarioResult, SimulatorTab } from "../../../server/src/protocol/webview.ts";
import { type ApiObject, at, listAt, plainText, textAt } from "../model/json.ts";
import { shownImages } from "../model/images.ts";
import { serviceOf } from "../model/balancing.ts";
import { revealer, useApp } from "./context.ts";

const tabs: readonly SimulatorTab[] = ["rollout", "traffic", "balancing", "compare"];

/** What is shown, of which environment, against which state before; and the views. */
export function Header({ result }: { readonly result: ScenarioResult }): JSX.Element {
  const app = useApp();
  const { t, state } = app;
  const service = state.tab === "balancing" ? serviceOf(result) : undefined;
  const id = service === undefined ? result.object : `Service/${textAt(service, "metadata", "name") ?? ""}`;
  const [kind = "", name = ""] = id.split("/");
  const reveal = revealer(app, result.sources.objects[id]);
  const title = `${kind} ${result.namespace}/${name}`;
  return (
    <header class="header">
      <h1>
        {reveal === undefined ? (
          title
        ) : (
          <button class="plain" title={t("showInManifest", title)} onClick={reveal}>
            {title}
          </button>
        )}
      </h1>
      {result.environment !== null && <span class="chip">{result.environment}</span>}
      {service === undefined ? <Images result={result} /> : <ServiceDetail service={service} />}
      <Tabs />
    </header>
  );
}

/** `ClusterIP · 80 → http · 5 endpoints of 2 workloads`. */
function ServiceDetail({ service }: { readonly service: ApiObject }): JSX.Element {
  const { live, t } = useApp();
  const shares = live.balance.value?.shares ?? [];
  const [first] = listAt(service, "spec", "ports");
  const port = plainText(at(first, "port"));
  const target = plainText(at(first, "targetPort"));
  const isHeadless = textAt(service, "spec", "clusterIP") === "None";
  const type = isHeadless ? "headless" : (textAt(service, "spec", "type") ?? "ClusterIP");
  const workloads = new Set(shares.map(({ workload }) => workload)).size;
  return (
    <span class="dim images">
      {t("serviceDetail", type, port, target === "" ? port : target, shares.length, workloads)}
    </span>
  );
}

function Images({ result }: { readonly result: ScenarioResult }): JSX.Element | null {
  const { state, t } = useApp();
  const { how } = result.before;
  const { old, new: next } = shownImages(result, state.tuning.images);
  if (old === "" && next === "") return null;
  const isTyped = Object.keys(state.tuning.images).length > 0;
  const why =
    isTyped && how === "same-object"
      ? t("beforeWritten")
      : { chosen: t("beforeChosen"), committed: t("beforeCommitted"), "same-object": t("beforeSame") }[how];
  const [before = "", after = ""] = t("image", "\u0000", "\u0001").split(/\u0000|\u0001/);
  return (
    <span class="dim images" title={why}>
      {before}
      <span class="old-text">{shortImage(old)}</span>
      {after}
      <b class="new-text">{shortImage(next)}</b>
      <span class="how">{why}</span>
    </span>
  );
}

function shortImage(image: string): string {
  return image.split("/").at(-1) ?? image;
}

/** Arrow keys move between the tabs, as in VS Code's own tab lists. */
function Tabs(): JSX.Element {
  const { state, t, dispatch } = useApp();
  const list = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    const next = tabs[(tabs.indexOf(state.tab) + step + tabs.length) % tabs.length] ?? "rollout";
    dispatch({ type: "tab", tab: next });
    list.current?.querySelector<HTMLElement>(`#tab-${next}`)?.focus();
    event.preventDefault();
  };
  return (
    <div class="tabs" role="tablist" aria-label={t("views")} ref={list} onKeyDown={onKeyDown}>
      {tabs.map((tab) => (
        <button
          key={tab}
          id={`tab-${tab}`}
          role="tab"
          aria-selected={tab === state.tab}
          aria-controls="view"
          tabIndex={tab === state.tab ? 0 : -1}
          onClick={() => dispatch({ type: "tab", tab })}
        >
          {t(tab)}
        </button>
      ))}
    </div>
  );
}
