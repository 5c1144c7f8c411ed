/** Left edges and widths of the flow's columns, in pixels. */
export interface Columns {
  readonly client: Span;
  readonly ingress?: Span;
  readonly service: Span;
  readonly pods: Span;
}

export interface Span {
  readonly left: number;
  readonly right: number;
  readonly width: number;
}

/** Columns from left to right; the ways to the pods get what room is left. */
export function columnsOf(width: number, hasIngress: boolean): Columns {
  const isNarrow = width < 620;
  const pods = Math.min(230, width * (isNarrow ? 0.34 : 0.28));
  const box = Math.min(124, width * (isNarrow && hasIngress ? 0.15 : 0.17));
  const service = Math.min(180, width * (isNarrow && hasIngress ? 0.2 : 0.24));
  const room = width - pods - service - box * (hasIngress ? 2 : 1) - 4;
  const gap = hasIngress ? room * 0.22 : room * 0.36;
  const client = span(2, box);
  const first = client.right + gap;
  if (!hasIngress) return { client, service: span(first, service), pods: span(width - pods - 2, pods) };
  const ingress = span(first, box);
  return { client, ingress, service: span(ingress.right + gap, service), pods: span(width - pods - 2, pods) };
}

function span(left: number, width: number): Span {
  return { left, right: left + width, width };
}

/** The middles of rows that share a height evenly. */
export function rowMiddle(index: number, count: number, height: number): number {
  return (height / count) * (index + 0.5);
}

/** Where arms leave a box side by side, each as wide as its share: distances from the box's middle. */
export function offsets(shares: readonly number[], whole: number): readonly number[] {
  const sum = shares.reduce((total, share) => total + share, 0);
  let before = 0;
  return shares.map((share) => {
    const offset = (before + share / 2 - sum / 2) * whole;
    before += share;
    return offset;
  });
}

/** A text on as many lines as it needs between its words; a number keeps its percent sign. */
export function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(/ (?!%)/)) {
    const longer = [lines.at(-1), word].join(" ");
    if (lines.length > 0 && fitted(longer, width) === longer) lines.splice(-1, 1, longer);
    else lines.push(word);
  }
  return lines;
}

/** A text that does not run out of its box. */
export function fitted(text: string, width: number): string {
  const fits = Math.floor(width / 6.6);
  return text.length <= fits ? text : `${text.slice(0, Math.max(1, fits - 1))}…`;
}
