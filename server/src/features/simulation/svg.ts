import * as l10n from "@vscode/l10n";
import type { BalanceResult } from "../../simulation/proxy/balance-types.ts";
import type { RouteBalance } from "../../simulation/ingress/balance-route.ts";
import type { Frame, Timeline } from "../../simulation/timeline.ts";
import { summaryText } from "./rollout-report.ts";
import { backendName, routeNotes, routeTitle, stateText } from "./route-report.ts";
import { balanceTitle, shareText } from "./text.ts";

const width = 760;
const margin = { top: 64, right: 24, bottom: 48, left: 44 };
const palette = {
  old: "#3b78c3",
  new: "#d18616",
  starting: "#f2d6a8",
  ending: "#b9bec4",
  line: "#57606a",
  text: "#1f2328",
  background: "#ffffff",
};

/** A rollout as a picture: pods of the old and the new revision over time, with the bounds of the controller. */
export function rolloutSvg(title: string, timeline: Timeline): string {
  const height = 340;
  const { fenceposts, frames } = timeline;
  const end = 1.1 * Math.max(1000, timeline.summary.durationMs, lastChange(frames));
  const top = Math.max(1, fenceposts.maxPods, timeline.summary.maxPhysicalPods);
  const x = (ms: number): number => margin.left + (ms / end) * (width - margin.left - margin.right);
  const y = (pods: number): number => height - margin.bottom - (pods / top) * (height - margin.top - margin.bottom);
  const layers = layersOf(frames);
  const areas = layers.map(
    ({ name, colour, from, to }) =>
      `<path d="${stepArea(frames, end, x, y, from, to)}" fill="${colour}"><title>${escapeXml(name)}</title></path>`,
  );
  const posts = [
    post(l10n.t("max pods {0}", fenceposts.maxPods), y(fenceposts.maxPods)),
    post(l10n.t("min available {0}", fenceposts.minAvailable), y(fenceposts.minAvailable)),
  ];
  const ticks = Array.from({ length: 6 }, (_, index) => (end * index) / 5).map((ms) =>
    text(x(ms), height - margin.bottom + 18, `${(ms / 1000).toFixed(end < 60_000 ? 1 : 0)} s`, "middle"),
  );
  const legend = layers.map(
    ({ name, colour }, index) =>
      `<rect x="${margin.left + index * 150}" y="${height - 18}" width="10" height="10" fill="${colour}"/>${text(margin.left + index * 150 + 16, height - 9, name, "start")}`,
  );
  return picture(
    height,
    [
      text(margin.left, 24, title, "start", 15),
      text(margin.left, 44, summaryText(timeline.summary), "start"),
      ...areas,
      ...posts,
      ...ticks,
      text(8, y(top) + 4, String(top), "start"),
      text(8, y(0), "0", "start"),
      ...legend,
    ],
    title,
  );
}

interface Layer {
  readonly name: string;
  readonly colour: string;
  /** Bounds of the layer in pods, for one frame. */
  readonly from: (frame: Frame) => number;
  readonly to: (frame: Frame) => number;
}

/** From the bottom: old and available, new and available, new and starting, ending. */
function layersOf(frames: readonly Frame[]): readonly Layer[] {
  const sums = new Map(frames.map((frame) => [frame, sumsOf(frame)]));
  const at = (frame: Frame): readonly number[] => sums.get(frame) ?? [0, 0, 0, 0];
  const stacked = (frame: Frame, count: number): number =>
    at(frame)
      .slice(0, count)
      .reduce((sum, each) => sum + each, 0);
  const names = [l10n.t("old, available"), l10n.t("new, available"), l10n.t("not available yet"), l10n.t("ending")];
  const colours = [palette.old, palette.new, palette.starting, palette.ending];
  return names.map((name, index) => ({
    name,
    colour: colours[index] ?? palette.line,
    from: (frame) => stacked(frame, index),
    to: (frame) => stacked(frame, index + 1),
  }));
}

/** When pods came, went or changed for the last time; a controller may look again long after. */
function lastChange(frames: readonly Frame[]): number {
  const texts = frames.map((frame) => sumsOf(frame).join(" "));
  const index = texts.findLastIndex((each, at) => at > 0 && each !== texts[at - 1]);
  return frames[index]?.atMs ?? 0;
}

function sumsOf({ replicaSets }: Frame): readonly number[] {
  const sum = (of: (row: Frame["replicaSets"][number]) => number): number =>
    replicaSets.reduce((total, row) => total + of(row), 0);
  return [
    sum((row) => (row.role === "old" ? row.available : 0)),
    sum((row) => (row.role === "new" ? row.available : 0)),
    sum((row) => Math.max(0, row.replicas - row.available)),
    sum((row) => row.terminating),
  ];
}

function stepArea(
  frames: readonly Frame[],
  end: number,
  x: (ms: number) => number,
  y: (pods: number) => number,
  from: (frame: Frame) => number,
  to: (frame: Frame) => number,
): string {
  if (frames.length === 0) return "";
  const shown = frames.filter(({ atMs }) => atMs <= end);
  const steps = shown.map((frame, index) => ({ frame, start: frame.atMs, stop: shown[index + 1]?.atMs ?? end }));
  const upper = steps.flatMap(({ frame, start, stop }) => [
    `${point(x(start))},${point(y(to(frame)))}`,
    `${point(x(stop))},${point(y(to(frame)))}`,
  ]);
  const lower = steps
    .flatMap(({ frame, start, stop }) => [
      `${point(x(start))},${point(y(from(frame)))}`,
      `${point(x(stop))},${point(y(from(frame)))}`,
    ])
    .reverse();
  return `M${[...upper, ...lower].join("L")}Z`;
}

/** How requests spread as a picture: a bar for each endpoint, exact share and sampled count; below them the routes that lead here. */
export function balanceSvg(result: BalanceResult, routes: readonly RouteBalance[] = []): string {
  const bars = result.endpoints.map(({ pod, address, expectedShare, requests }) => ({
    name: pod ?? address,
    requests,
    detail: `${requests} · ${shareText(expectedShare)}`,
  }));
  const lines: readonly SvgLine[] = [...bars, ...routes.flatMap(routeLines)];
  const height = margin.top + lines.length * rowHeight + 24;
  const most = Math.max(1, ...lines.map(({ requests = 0 }) => requests));
  const title = balanceTitle(result);
  return picture(
    height,
    [
      text(margin.left, 24, title, "start", 15),
      text(margin.left, 44, result.explanation, "start"),
      ...lines.flatMap((line, index) => drawn(line, margin.top + index * rowHeight, most)),
    ],
    title,
  );
}

const rowHeight = 26;
const barStart = 300;

/** Of the font's size: the fonts of most systems, and not the widest letters. */
const widthOfLetter = 0.57;

/** A bar with its name, or a heading. */
interface SvgLine {
  readonly name: string;
  readonly requests?: number;
  readonly detail?: string;
}

function routeLines(route: RouteBalance): readonly SvgLine[] {
  const bars = route.backends.map((backend) => ({
    name: backendName(backend),
    requests: backend.requests,
    detail: `${backend.requests} · ${shareText(backend.expectedShare)} · ${stateText(backend)}`,
  }));
  return [{ name: routeTitle(route) }, ...routeNotes(route).map((name) => ({ name })), ...bars];
}

function drawn({ name, requests, detail }: SvgLine, y: number, most: number): readonly string[] {
  if (requests === undefined) return [text(margin.left, y + 12, name, "start", 13)];
  const length = (requests / most) * 240;
  return [
    text(margin.left, y + 12, name, "start", 12, barStart - margin.left - 8),
    `<rect x="${barStart}" y="${y}" width="${point(length)}" height="16" rx="2" fill="${palette.old}"/>`,
    text(barStart + 8 + length, y + 12, detail ?? "", "start"),
  ];
}

function picture(height: number, parts: readonly string[], title: string): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" font-family="system-ui, sans-serif">`,
    `<title>${escapeXml(title)}</title>`,
    `<rect width="${width}" height="${height}" fill="${palette.background}"/>`,
    ...parts,
    "</svg>\n",
  ].join("\n");
}

function post(label: string, y: number): string {
  const right = width - margin.right;
  return `<path d="M${margin.left},${point(y)}L${right},${point(y)}" stroke="${palette.line}" stroke-dasharray="5 4" fill="none"/>${text(right, y - 4, label, "end")}`;
}

/** What would reach farther than `room` is drawn narrower: a name that is cut off could be another's. */
function text(
  x: number,
  y: number,
  content: string,
  anchor: "start" | "middle" | "end",
  size = 12,
  room = width - margin.left - margin.right,
): string {
  const isWide = content.length * size * widthOfLetter > room;
  const squeezed = isWide ? ` textLength="${room}" lengthAdjust="spacingAndGlyphs"` : "";
  return `<text x="${point(x)}" y="${point(y)}" text-anchor="${anchor}" font-size="${size}" fill="${palette.text}"${squeezed}>${escapeXml(content)}</text>`;
}

function point(value: number): string {
  return String(Math.round(value * 10) / 10);
}

function escapeXml(content: string): string {
  return content.replace(/[&<>"]/g, (letter) => entities[letter] ?? letter);
}

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
