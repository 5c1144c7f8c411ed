import { linkHorizontal } from "d3-shape";
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { grouped, percent } from "../format.ts";
import type { Balance, Share } from "../model/balancing.ts";
import { textAt } from "../model/json.ts";
import { useApp } from "./context.ts";
import { excludedText, shareText } from "./balancing.tsx";
import { useWidth } from "./use-width.ts";
import { versionsOf } from "./versions.ts";

/** More endpoints than this are drawn as one box per version. */
const drawnEndpoints = 14;
const rowHeight = 58;
/** The width of all requests together, in pixels. */
const whole = 44;

/** A box at the right end of the flow: a pod, or all pods of a version. */
interface Target {
  readonly key: string;
  readonly title: string;
  readonly detail: string;
  readonly share: number;
  readonly text: string;
  readonly generation: "old" | "new";
  readonly isExcluded: boolean;
}

/** Client, Ingress, Service, pods: widths are exact shares, dots are requests on their way. */
export function Flow({ balance }: { readonly balance: Balance }): JSX.Element {
  const { state, t } = useApp();
  const [element, width] = useWidth<HTMLDivElement>(960);
  const targets = useMemo(() => targetsOf(balance, t), [balance, t]);
  const height = Math.max(170, targets.length * rowHeight + 16);
  const places = placesOf(width, balance.ingress !== undefined);
  const middle = height / 2;
  const name = textAt(balance.service, "metadata", "name") ?? "";
  const used = targets.filter(({ isExcluded }) => !isExcluded).length;
  return (
    <div class="flow" ref={element}>
      <svg
        width={width}
        height={height}
        role="img"
        aria-label={t("flowLabel", state.balancing.clients, name, used, "")}
      >
        <Wire from={places.clientRight} to={places.hop} y={middle} />
        {targets.map((target, index) => (
          <Arm
            key={target.key}
            target={target}
            index={index}
            from={[places.serviceRight, middle + offsetOf(targets, index)]}
            to={[places.pods, yOf(index, targets.length, height)]}
          />
        ))}
        <Box
          x={places.client}
          y={middle}
          width={places.boxWidth}
          lines={[t("clientsBox", state.balancing.clients), t("requestsBox", grouped(balance.result.requests))]}
        />
        {balance.ingress !== undefined && (
          <Ingress balance={balance} x={places.ingress} y={middle} width={places.boxWidth} />
        )}
        <Box x={places.service} y={middle} width={places.serviceWidth} isFocus lines={serviceLines(balance)} />
        {targets.map((target, index) => (
          <PodBox
            key={target.key}
            target={target}
            x={places.pods}
            y={yOf(index, targets.length, height)}
            width={places.podWidth}
          />
        ))}
        {targets.length === 0 && (
          <Box x={places.pods} y={middle} width={places.podWidth} lines={[t("noEndpointsBox")]} />
        )}
      </svg>
    </div>
  );
}

interface Places {
  readonly client: number;
  readonly clientRight: number;
  readonly hop: number;
  readonly ingress: number;
  readonly service: number;
  readonly serviceRight: number;
  readonly serviceWidth: number;
  readonly pods: number;
  readonly podWidth: number;
  readonly boxWidth: number;
}

/** Left edges and widths of the columns. */
function placesOf(width: number, hasIngress: boolean): Places {
  const boxWidth = Math.min(124, width * 0.17);
  const podWidth = Math.min(230, width * 0.32);
  const serviceWidth = Math.min(190, width * 0.24);
  const pods = width - podWidth - 2;
  const service = Math.max(boxWidth + 20, (hasIngress ? 0.46 : 0.34) * width);
  const ingress = (boxWidth + service - boxWidth) / 2 + 8;
  return {
    client: 2,
    clientRight: boxWidth,
    hop: service,
    ingress,
    service,
    serviceRight: service + serviceWidth,
    serviceWidth,
    pods,
    podWidth,
    boxWidth,
  };
}

function yOf(index: number, count: number, height: number): number {
  return (height / count) * (index + 0.5);
}

/** Arms leave the Service side by side, each as wide as its share. */
function offsetOf(targets: readonly Target[], index: number): number {
  const before = targets.slice(0, index).reduce((sum, { share }) => sum + share, 0);
  return (before + (targets[index]?.share ?? 0) / 2 - 0.5) * whole;
}

function Wire({ from, to, y }: { readonly from: number; readonly to: number; readonly y: number }): JSX.Element {
  return (
    <g class="wire">
      <path id="wire" d={`M${from},${y}H${to}`} stroke-width={whole} />
      {[0, 1, 2, 3, 4].map((dot) => (
        <circle key={dot} class="dot" r={2.6} cy={((dot * 37) % 30) - 15}>
          <animateMotion dur="2.4s" begin={`${-dot * 0.48}s`} repeatCount="indefinite">
            <mpath href="#wire" />
          </animateMotion>
        </circle>
      ))}
    </g>
  );
}

const curve = linkHorizontal<
  unknown,
  { source: readonly [number, number]; target: readonly [number, number] },
  readonly [number, number]
>()
  .x(([x]) => x)
  .y(([, y]) => y);

interface ArmProps {
  readonly target: Target;
  readonly index: number;
  readonly from: readonly [number, number];
  readonly to: readonly [number, number];
}

/** The way to one endpoint: as wide as its share, with dots as dense as its requests. */
function Arm({ target, index, from, to }: ArmProps): JSX.Element {
  const path = curve({ source: from, target: to }) ?? "";
  if (target.isExcluded) return <path class="arm excluded" d={path} />;
  const id = `arm-${index}`;
  const dots = Math.min(8, Math.max(1, Math.round(target.share * 14)));
  const seconds = 2.4;
  return (
    <g class={`arm ${target.generation}`}>
      <path id={id} d={path} stroke-width={Math.max(1.5, target.share * whole)} />
      {Array.from({ length: dots }, (_, dot) => (
        <circle key={dot} class="dot" r={2.6}>
          <animateMotion
            dur={`${seconds}s`}
            begin={`${(-(dot + index * 0.37) * seconds) / dots}s`}
            repeatCount="indefinite"
          >
            <mpath href={`#${id}`} />
          </animateMotion>
        </circle>
      ))}
    </g>
  );
}

function Box({
  x,
  y,
  width,
  lines,
  isFocus = false,
}: {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly lines: readonly string[];
  readonly isFocus?: boolean;
}): JSX.Element {
  const height = 22 + lines.length * 18;
  return (
    <g class={`box${isFocus ? " focus" : ""}`}>
      <rect x={x} y={y - height / 2} width={width} height={height} rx={6} />
      {lines.map((line, index) => (
        <text
          key={line}
          class={index === 0 ? "" : "dim"}
          x={x + width / 2}
          y={y - height / 2 + 24 + index * 18}
          text-anchor="middle"
        >
          {fitted(line, width)}
        </text>
      ))}
    </g>
  );
}

function serviceLines({ service, result }: Balance): readonly string[] {
  const name = textAt(service, "metadata", "name") ?? "";
  const type = textAt(service, "spec", "type") ?? "ClusterIP";
  const port = result.port === null ? type : `${type} · ${result.port}`;
  return [`Service ${name}`, port, [result.proxy, result.scheduler].filter((each) => each !== null).join(" ")];
}

function Ingress({
  balance,
  x,
  y,
  width,
}: {
  readonly balance: Balance;
  readonly x: number;
  readonly y: number;
  readonly width: number;
}): JSX.Element | null {
  const { t } = useApp();
  if (balance.ingress === undefined) return null;
  const { name, canary, total } = balance.ingress;
  const lines = [t("ingressBox", name), ...(canary > 0 ? [t("canaryPart", percent(canary / total))] : [])];
  return <Box x={x} y={y} width={width} lines={lines} />;
}

function PodBox({
  target,
  x,
  y,
  width,
}: {
  readonly target: Target;
  readonly x: number;
  readonly y: number;
  readonly width: number;
}): JSX.Element {
  return (
    <g class={`box pod ${target.generation}${target.isExcluded ? " excluded" : ""}`}>
      <rect x={x} y={y - 23} width={width} height={46} rx={6} />
      <text x={x + 12} y={y - 3}>
        {fitted(target.title, width - 60)}
      </text>
      <text class="dim" x={x + 12} y={y + 14}>
        {fitted(target.detail, width - 24)}
      </text>
      <text x={x + width - 12} y={y - 3} text-anchor="end">
        {target.text}
      </text>
    </g>
  );
}

/** A text that does not run out of its box. */
function fitted(text: string, width: number): string {
  const fits = Math.floor(width / 6.6);
  return text.length <= fits ? text : `${text.slice(0, Math.max(1, fits - 1))}…`;
}

/** Pods one by one, or their versions where they are many. */
function targetsOf(balance: Balance, t: ReturnType<typeof useApp>["t"]): readonly Target[] {
  const { shares } = balance;
  if (shares.length <= drawnEndpoints) return shares.map((share) => podTarget(share, t));
  return versionsOf(shares).map(({ version, generation, pods, share }) => ({
    key: version,
    title: version,
    detail: `${grouped(pods)} ${t("pods")}`,
    share,
    text: percent(share),
    generation,
    isExcluded: share === 0,
  }));
}

function podTarget(share: Share, t: ReturnType<typeof useApp>["t"]): Target {
  const { pod, node, zone, version, generation, excluded } = share;
  const exact = shareText(share.share).split(" = ")[0] ?? "";
  const detail = [`${node} ${zone}`.trim(), version, excludedText(share, t)].filter((each) => each !== "").join(" · ");
  const value = share.share.numerator / share.share.denominator;
  return { key: pod, title: pod, detail, share: value, text: exact, generation, isExcluded: excluded !== undefined };
}
