import { linkHorizontal } from "d3-shape";
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { grouped, percent } from "../format.ts";
import type { Balance, Share } from "../model/balancing.ts";
import { textAt } from "../model/json.ts";
import type { Translate } from "../strings.ts";
import { excludedText, shareText, stateText, statusText } from "./balancing.tsx";
import { useApp } from "./context.ts";
import { type Columns, columnsOf, fitted, offsets, rowMiddle, type Span, wrapped } from "./flow-layout.ts";
import { useWidth } from "./use-width.ts";
import { valueOf, versionsOf } from "./versions.ts";

/** More endpoints than this are drawn as one box per version. */
const drawnEndpoints = 14;
/** Many rows stand closer. */
const rowHeightOf = (rows: number): number => (rows > 8 ? 44 : 58);
/** The width of all requests together. */
const whole = 44;

/** A box at the right end of the flow: a pod, or all pods of a version. */
interface Target {
  readonly key: string;
  readonly stage: number;
  readonly title: string;
  readonly detail: string;
  readonly share: number;
  readonly text: string;
  readonly generation: "old" | "new" | "lost";
  readonly isExcluded: boolean;
  /** Whether nobody can tell how large its share is. */
  readonly isUnknown: boolean;
}

/** Client, Ingress, Service, pods: widths are exact shares, dots are requests on their way. */
export function Flow({ balance }: { readonly balance: Balance }): JSX.Element {
  const { state, t } = useApp();
  const [element, width] = useWidth(960);
  const targets = useMemo(() => targetsOf(balance, t), [balance, t]);
  const height = Math.max(190, rowsHeight(Math.max(targets.length, balance.stages.length * 2)));
  const columns = columnsOf(width, balance.front !== undefined);
  const middle = height / 2;
  const name = textAt(balance.service, "metadata", "name") ?? "";
  const used = targets.filter(({ isExcluded }) => !isExcluded).length;
  const { clients } = state.balancing;
  return (
    <div class="flow" ref={element}>
      <svg width={width} height={height} role="img" aria-label={t("flowLabel", clients, name, used, "")}>
        <Wire from={columns.client.right} to={(columns.ingress ?? columns.service).left} y={middle} />
        <Stages balance={balance} targets={targets} columns={columns} height={height} />
        <Box
          span={columns.client}
          y={middle}
          lines={[t("clientsBox", clients), t("requestsBox", grouped(balance.result.requests))]}
        />
        {columns.ingress !== undefined && <Box span={columns.ingress} y={middle} lines={frontLines(balance, t)} />}
        {targets.map((target, index) => (
          <PodBox
            key={target.key}
            target={target}
            span={columns.pods}
            y={rowMiddle(index, targets.length, height)}
            height={rowHeightOf(targets.length) - 10}
          />
        ))}
        {targets.length === 0 && <Box span={columns.pods} y={middle} lines={[t("noEndpointsBox")]} />}
      </svg>
    </div>
  );
}

function rowsHeight(rows: number): number {
  return rows * rowHeightOf(rows) + 16;
}

interface StagesProps {
  readonly balance: Balance;
  readonly targets: readonly Target[];
  readonly columns: Columns;
  readonly height: number;
}

/** The Services, what comes to them, and what goes on to their pods. */
function Stages({ balance, targets, columns, height }: StagesProps): JSX.Element {
  const { stages } = balance;
  const leaving = offsets(
    stages.map(({ part }) => valueOf(part)),
    whole,
  );
  return (
    <>
      {stages.map((stage, index) => {
        const rows = targets.flatMap((target, row) =>
          target.stage === index ? [{ target, y: rowMiddle(row, targets.length, height) }] : [],
        );
        const y = stageMiddle(rows, stages.length, index, height);
        const arms = offsets(
          rows.map(({ target }) => target.share),
          whole,
        );
        const { ingress, service } = columns;
        return (
          <g key={index}>
            {ingress !== undefined && (
              <Arm
                id={`stage-${index}`}
                share={valueOf(stage.part)}
                tint="wire"
                delay={index}
                from={[ingress.right, height / 2 + (leaving[index] ?? 0)]}
                to={[service.left, y]}
              />
            )}
            {rows.map(({ target, y: end }, row) => (
              <Arm
                key={target.key}
                id={`arm-${index}-${row}`}
                share={target.share}
                tint={target.generation}
                isExcluded={target.isExcluded}
                isUnknown={target.isUnknown}
                delay={row}
                from={[service.right, y + (arms[row] ?? 0)]}
                to={[columns.pods.left, end]}
              />
            ))}
            {rows.length === 0 && (
              <Arm
                id={`none-${index}`}
                share={0}
                tint="wire"
                delay={0}
                from={[service.right, y]}
                to={[columns.pods.left, y]}
              />
            )}
            <Box span={service} y={y} isFocus isTight={stages.length > 1} lines={serviceLines(balance, stage)} />
          </g>
        );
      })}
    </>
  );
}

/** One Service stands in the middle, several beside their pods. */
function stageMiddle(rows: readonly { readonly y: number }[], count: number, index: number, height: number): number {
  if (count === 1) return height / 2;
  if (rows.length === 0) return rowMiddle(index, count, height);
  return rows.reduce((sum, { y }) => sum + y, 0) / rows.length;
}

function Wire({ from, to, y }: { readonly from: number; readonly to: number; readonly y: number }): JSX.Element {
  return (
    <g key={`${from} ${y} ${to}`} class="wire">
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

type Point = readonly [x: number, y: number];

const curve = linkHorizontal<unknown, { source: Point; target: Point }, Point>()
  .x(([x]) => x)
  .y(([, y]) => y);

interface ArmProps {
  readonly id: string;
  readonly share: number;
  readonly tint: "old" | "new" | "lost" | "wire";
  readonly isExcluded?: boolean;
  readonly isUnknown?: boolean;
  readonly delay: number;
  readonly from: Point;
  readonly to: Point;
}

/** A way as wide as its share, with dots as dense as its requests. */
function Arm({ id, share, tint, isExcluded = false, isUnknown = false, delay, from, to }: ArmProps): JSX.Element {
  const path = curve({ source: from, target: to }) ?? "";
  if (isUnknown) return <path class={`arm unknown ${tint}`} d={path} />;
  if (isExcluded || share === 0) return <path class="arm excluded" d={path} />;
  const dots = Math.min(8, Math.max(1, Math.round(share * 14)));
  const seconds = 2.4;
  return (
    // A new way is a new element: dots would go on along the old one.
    <g key={path} class={tint === "wire" ? "wire" : `arm ${tint}`}>
      <path id={id} d={path} stroke-width={Math.max(1.5, share * whole)} />
      {Array.from({ length: dots }, (_, dot) => (
        <circle key={dot} class="dot" r={2.6}>
          <animateMotion
            dur={`${seconds}s`}
            begin={`${(-(dot + delay * 0.37) * seconds) / dots}s`}
            repeatCount="indefinite"
          >
            <mpath href={`#${id}`} />
          </animateMotion>
        </circle>
      ))}
    </g>
  );
}

interface BoxProps {
  readonly span: Span;
  readonly y: number;
  readonly lines: readonly string[];
  readonly isFocus?: boolean;
  /** Whether another box stands below: a long text is cut instead of wrapped. */
  readonly isTight?: boolean;
}

function Box({ span, y, lines: texts, isFocus = false, isTight = false }: BoxProps): JSX.Element {
  const lines = texts.flatMap((text, index) =>
    (isTight ? [text] : wrapped(text, span.width)).map((line) => ({ line, isDim: index > 0 })),
  );
  const height = 22 + lines.length * 18;
  return (
    <g class={`box${isFocus ? " focus" : ""}`}>
      <rect x={span.left} y={y - height / 2} width={span.width} height={height} rx={6} />
      {lines.map(({ line, isDim }, index) => (
        <text
          key={index}
          class={isDim ? "dim" : ""}
          x={span.left + span.width / 2}
          y={y - height / 2 + 24 + index * 18}
          text-anchor="middle"
        >
          {fitted(line, span.width)}
        </text>
      ))}
    </g>
  );
}

function frontLines({ front, stages }: Balance, t: Translate): readonly string[] {
  if (front === undefined) return [];
  const { kind, name, chooser, matches } = front;
  if (kind !== "Ingress") return [kind, name, ...(matches === "" ? [] : [matches])];
  const [, canary] = stages;
  const part = canary === undefined || chooser !== "nginx" ? [] : [t("canaryPart", percent(valueOf(canary.part)))];
  return [t("ingressBox", name), ...part];
}

/** Name and part of a Service, and who chooses among its pods. */
function serviceLines(
  { service, result, stages, front }: Balance,
  stage: Balance["stages"][number],
): readonly string[] {
  const type = textAt(service, "spec", "type") ?? "ClusterIP";
  if (stages.length > 1) return [stage.service, shareText(stage.part)];
  const chooser = [result.proxy, result.scheduler].filter((each) => each !== null).join(" ");
  return [
    `Service ${stage.service}`,
    result.port === null ? type : `${type} · ${result.port}`,
    ...(front === undefined ? [chooser] : []),
  ];
}

function PodBox({
  target,
  span,
  y,
  height,
}: {
  readonly target: Target;
  readonly span: Span;
  readonly y: number;
  readonly height: number;
}): JSX.Element {
  return (
    <g class={`box pod ${target.generation}${target.isExcluded ? " excluded" : ""}`}>
      <rect x={span.left} y={y - height / 2} width={span.width} height={height} rx={6} />
      <text x={span.left + 12} y={y - 3}>
        {fitted(target.title, span.width - 24 - target.text.length * 7)}
      </text>
      <text class="dim" x={span.left + 12} y={y + 14}>
        {fitted(target.detail, span.width - 24)}
      </text>
      <text x={span.right - 12} y={y - 3} text-anchor="end">
        {target.text}
      </text>
    </g>
  );
}

/** Pods one by one, or their versions where they are many; where no pod answers, what clients get instead. */
function targetsOf({ shares, stages }: Balance, t: Translate): readonly Target[] {
  const isMany = shares.length > drawnEndpoints;
  return stages.flatMap((stage, index) => {
    const own = shares.filter((share) => share.stage === index);
    if (own.length === 0) return lostTarget(stage, index, t);
    return isMany ? versionTargets(own, stages, index, t) : own.map((share) => podTarget(share, stage, own, t));
  });
}

function versionTargets(
  shares: readonly Share[],
  stages: Balance["stages"],
  stage: number,
  t: Translate,
): readonly Target[] {
  return versionsOf({ shares, stages }).map(({ version, generation, pods, share }) => ({
    key: `${stage} ${version}`,
    stage,
    title: version,
    detail: `${grouped(pods)} ${t("pods")}`,
    share,
    text: percent(share),
    generation,
    isExcluded: share === 0,
    isUnknown: false,
  }));
}

/** A backend of a route without pods: an error where the proxy's answer is known. */
function lostTarget({ backend, part }: Balance["stages"][number], stage: number, t: Translate): readonly Target[] {
  if (backend === undefined) return [];
  const { status, weight } = backend;
  return [
    {
      key: `${stage} lost`,
      stage,
      title: status === null ? t("statusUnknown") : statusText(status, t),
      detail: stateText(backend, t),
      share: valueOf(part),
      text: shareText(part).split(" = ")[0] ?? "",
      generation: "lost",
      isExcluded: weight === 0,
      isUnknown: false,
    },
  ];
}

function podTarget(share: Share, stage: Balance["stages"][number], siblings: readonly Share[], t: Translate): Target {
  const { pod, node, zone, version, generation, excluded } = share;
  const exact = shareText(share.share).split(" = ")[0] ?? "";
  const detail = [`${node} ${zone}`.trim(), version, excludedText(share, t)].filter((each) => each !== "").join(" · ");
  return {
    key: `${share.stage} ${pod}`,
    stage: share.stage,
    title: pod,
    detail,
    share: share.share === null ? valueOf(stage.part) / siblings.length : valueOf(share.share),
    text: exact,
    generation,
    isExcluded: excluded !== undefined || stage.part.numerator === 0,
    isUnknown: share.share === null,
  };
}
