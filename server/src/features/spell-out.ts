import * as l10n from "@vscode/l10n";

/** `1 h 30 min`, `45 s`, `250 ms`: a span of time for people. */
export function durationText(seconds: number): string {
  if (seconds === 0) return l10n.t("{0} s", 0);
  const sign = seconds < 0 ? "-" : "";
  const milliseconds = Math.round(Math.abs(seconds) * 1000);
  if (milliseconds < 1000) return sign + l10n.t("{0} ms", milliseconds);
  const whole = Math.floor(milliseconds / 1000);
  const rest = (milliseconds % 1000) / 1000;
  const parts = [
    [Math.floor(whole / 86_400), (count: number) => l10n.t("{0} d", count)],
    [Math.floor(whole / 3600) % 24, (count: number) => l10n.t("{0} h", count)],
    [Math.floor(whole / 60) % 60, (count: number) => l10n.t("{0} min", count)],
    [(whole % 60) + rest, (count: number) => l10n.t("{0} s", count)],
  ] as const;
  return (
    sign +
    parts
      .filter(([count]) => count > 0)
      .map(([count, text]) => text(count))
      .join(" ")
  );
}

/** A whole number in groups of three digits, with a narrow blank between them. */
export function grouped(digits: string): string {
  const [, sign = "", whole = "", fraction = ""] = /^(-?)(\d+)(.*)$/.exec(digits) ?? [];
  return whole === "" ? digits : sign + whole.replace(/\B(?=(\d{3})+$)/g, "\u202f") + fraction;
}
