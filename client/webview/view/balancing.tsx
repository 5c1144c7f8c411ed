import type { JSX } from "preact";
import { grouped, percent } from "../format.ts";
import type { Balance, Share, Stage } from "../model/balancing.ts";
import type { StringKey, Translate } from "../strings.ts";
import { useApp } from "./context.ts";
import { Flow } from "./flow.tsx";
import { TableHead } from "./table-head.tsx";
import { versionsOf } from "./versions.ts";

type Reason = Balance["result"]["because"][number];

/** How the Service's requests spread over its pods: a sentence, the flow, and the shares in numbers. */
export function Balancing(): JSX.Element {
  const { live, t } = useApp();
  const balance = live.balance.value;
  if (balance === undefined) return <p class="empty">{t("noService")}</p>;
  return (
    <div class="balancing">
      <Sentence balance={balance} />
      <Flow balance={balance} />
      <Backends balance={balance} />
      <Shares balance={balance} />
      <Versions balance={balance} />
    </div>
  );
}

/** What happens, and what surprises. */
function Sentence({ balance }: { readonly balance: Balance }): JSX.Element {
  const { state, t } = useApp();
  return (
    <p class={`say ${balance.result.rejected + balance.result.dropped > 0 ? "warning" : ""}`} role="status">
      {sentences(balance, t, state.balancing.leaving).map((sentence, index) => (
        <span key={index} class={index < 2 ? "" : "dim"}>
          {sentence}{" "}
        </span>
      ))}
    </p>
  );
}

/** The sentences, the most important first. */
export function sentences(balance: Balance, t: Translate, leaving: readonly string[] = []): readonly string[] {
  const { result, shares } = balance;
  const used = shares.filter(({ excluded }) => excluded === undefined).length;
  const { dropped, requests, reset } = result;
  return [
    ...(shares.length === 0 ? [] : [t("selectedSentence", shares.length, used)]),
    ...frontSentences(balance, t),
    ...result.because.map((reason) => reasonText(reason, t)),
    ...(leaving.length > 0 && balance.front === undefined ? [t("leavesHalfway", leaving.length)] : []),
    ...(dropped > 0 ? [t("droppedAll", grouped(dropped), grouped(requests))] : []),
    ...(reset > 0 ? [t("resetCount", grouped(reset))] : []),
    ...surprises(balance, t),
  ];
}

/** Who chooses, and what becomes of requests that no pod answers. */
function frontSentences({ front, stages }: Balance, t: Translate): readonly string[] {
  if (front === undefined) return [];
  const { kind, name, chooser, failed = 0, unknown = 0, status } = front;
  const isWeightless = chooser === "weights" && stages.every(({ part }) => part.numerator === 0);
  if (isWeightless) return [status === null ? t("weightlessIstio") : t("weightless", statusText(status ?? "", t))];
  const unknownText = t(front.controller === "nothing" ? "viaNoClass" : "viaUnknown", kind, name);
  const choosers = { nginx: t("viaNginx"), weights: t("viaWeights", kind, name), unknown: unknownText };
  return [
    choosers[chooser],
    ...(front.controller === "annotations" ? [t("viaAnnotations")] : []),
    ...(failed > 0 ? [t("routeFailed", grouped(failed))] : []),
    ...(unknown > 0 ? [t("routeUnknown", grouped(unknown))] : []),
  ];
}

/** `500`, or what a client meets that gets no status. */
export function statusText(status: string, t: Translate): string {
  return status === "rejected" ? t("statusRejected") : status;
}

const stateTexts: Readonly<Record<NonNullable<Stage["backend"]>["state"], StringKey>> = {
  served: "ready",
  "no-endpoints": "backendEmpty",
  missing: "backendMissing",
  "not-granted": "backendNotGranted",
  "no-subset": "backendNoSubset",
  "no-port": "backendNoPort",
  unseen: "backendUnseen",
  foreign: "backendForeign",
};

/** Why no pod answers behind a backend of a route. */
export function stateText({ state }: NonNullable<Stage["backend"]>, t: Translate): string {
  return t(stateTexts[state]);
}

/** A version whose share of requests is not its share of pods. */
function surprises(balance: Balance, t: Translate): readonly string[] {
  const { shares } = balance;
  const versions = versionsOf(balance);
  if (versions.length < 2) return [];
  return versions
    .filter(({ pods, share }) => Math.abs(pods / shares.length - share) > 0.001)
    .slice(0, 1)
    .map(({ version, pods, share }) => t("canarySurprise", version, pods, shares.length, percent(share)));
}

const schedulerTexts: Readonly<Record<string, StringKey>> = {
  rr: "schedulerRr",
  wrr: "schedulerRr",
  lc: "schedulerLc",
  wlc: "schedulerLc",
  lblc: "schedulerLc",
  sh: "schedulerHash",
  mh: "schedulerHash",
  dh: "schedulerDh",
  sed: "schedulerShortest",
  nq: "schedulerShortest",
};

function reasonText(reason: Reason, t: Translate): string {
  switch (reason.code) {
    case "random":
      return reason.endpoints === 1 ? t("reasonOnly") : t("reasonRandom", reason.endpoints);
    case "scheduler":
      return t("reasonScheduler", reason.scheduler, t(schedulerTexts[reason.scheduler] ?? "schedulerRr"));
    case "headless":
      return t("reasonHeadless", reason.endpoints);
    case "no-such-port":
      return t("reasonNoPort");
    case "external-name":
      return t("reasonExternalName");
    case "not-exposed":
      return t("reasonNotExposed");
    case "no-endpoints":
      return t("reasonNoEndpoints");
    case "no-local-endpoints":
      return t("reasonNoLocal", reason.nodes);
    case "uneven-nodes":
      return t("reasonUneven", reason.fewest, reason.most);
    case "hints":
      return t("reasonHints");
    case "terminating-fallback":
      return t("reasonFallback");
    case "affinity":
      return t("reasonAffinity", reason.seconds);
    case "shared-address":
      return t("reasonShared");
    case "keep-alive":
      return t("reasonKeepAlive", reason.connections);
  }
}

/** Exact shares beside what a sample came to. */
function Shares({ balance }: { readonly balance: Balance }): JSX.Element | null {
  const { t } = useApp();
  const { result, shares } = balance;
  if (shares.length === 0) return null;
  const most = Math.max(1, ...shares.map(({ requests }) => requests));
  return (
    <section aria-labelledby="shares-title">
      <h2 id="shares-title">{t("shares")}</h2>
      <div class="scroll">
        <table class="shares">
          <TableHead
            columns={[
              t("pod"),
              t("node"),
              t("version"),
              t("exactShare"),
              t("ofSampled", grouped(result.requests), result.seed),
            ]}
          />
          <tbody>
            {shares.map((share) => (
              <tr key={`${share.stage} ${share.pod}`} class={share.excluded === undefined ? "" : "excluded"}>
                <th scope="row">{share.pod}</th>
                <td class="dim">{[share.node, share.zone].join(" ")}</td>
                <td class={`${share.generation}-text`}>{share.version}</td>
                <td>{shareCell(share, t)}</td>
                <td>
                  <Bar share={share} most={most} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function shareCell(share: Share, t: Translate): string {
  if (share.excluded !== undefined) return `– ${excludedText(share, t)}`;
  return share.share === null ? t("shareUnknown") : shareText(share.share);
}

/** What the weights of a route come to, and what answers there. */
function Backends({ balance }: { readonly balance: Balance }): JSX.Element | null {
  const { t } = useApp();
  const { stages, result, front } = balance;
  if (front?.chooser !== "weights") return null;
  return (
    <section aria-labelledby="backends-title">
      <h2 id="backends-title">{t("backends")}</h2>
      <div class="scroll">
        <table class="shares">
          <TableHead
            columns={[
              t("service"),
              t("weight"),
              t("answeredBy"),
              t("exactShare"),
              t("ofSampled", grouped(result.requests), result.seed),
            ]}
          />
          <tbody>
            {stages.map((stage, index) => (
              <BackendRow key={index} stage={stage} index={index} balance={balance} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function BackendRow({
  stage: { service, part, requests, backend },
  index,
  balance: { shares },
}: {
  readonly stage: Stage;
  readonly index: number;
  readonly balance: Balance;
}): JSX.Element {
  const { t } = useApp();
  const pods = shares.filter(({ stage, excluded }) => stage === index && excluded === undefined).length;
  return (
    <tr>
      <th scope="row">{service}</th>
      <td class="dim">{backend?.weight}</td>
      <td>{backend === undefined || backend.state === "served" ? t("podCount", pods) : lostText(backend, t)}</td>
      <td>{shareText(part)}</td>
      <td>{grouped(requests)}</td>
    </tr>
  );
}

/** `no such Service: 500`. */
export function lostText(backend: NonNullable<Stage["backend"]>, t: Translate): string {
  const status = backend.status === null ? t("statusUnknown") : statusText(backend.status, t);
  return `${stateText(backend, t)}: ${status}`;
}

function Bar({ share, most }: { readonly share: Share; readonly most: number }): JSX.Element | null {
  if (share.requests === 0) return null;
  return (
    <span class={`bar ${share.generation}`}>
      <i style={{ width: `${((share.requests / most) * 100).toFixed(1)}%` }} />
      <span>{grouped(share.requests)}</span>
    </span>
  );
}

function Versions({ balance }: { readonly balance: Balance }): JSX.Element | null {
  const { t } = useApp();
  const versions = versionsOf(balance);
  if (versions.length < 2) return null;
  const total = balance.result.requests;
  return (
    <section aria-labelledby="versions-title">
      <h2 id="versions-title">{t("byVersion")}</h2>
      <div
        class="stacked"
        role="img"
        aria-label={versions.map(({ version, share }) => `${version}: ${percent(share)}`).join(", ")}
      >
        {versions.map(({ version, generation, share, requests }) => (
          <span
            key={version}
            class={generation}
            style={{ width: `${(share * 100).toFixed(2)}%` }}
            title={`${version} · ${percent(share)}`}
          >
            <b>{version}</b> {percent(share)} · {grouped(requests)} / {grouped(total)}
          </span>
        ))}
      </div>
    </section>
  );
}

/** `1/4 = 25 %`; a question mark where nobody can tell. */
export function shareText(share: Share["share"]): string {
  if (share === null) return "?";
  const { numerator, denominator } = share;
  if (numerator === 0) return "0";
  const exact = denominator > 9999 ? "" : `${numerator}/${denominator} = `;
  return `${exact}${percent(numerator / denominator)}`;
}

/** Why an endpoint gets nothing. */
export function excludedText({ excluded }: Share, t: Translate): string {
  if (excluded === "not-ready") return t("excludedNotReady");
  return excluded === "ending" ? t("excludedEnding") : excluded === "elsewhere" ? t("excludedElsewhere") : "";
}
