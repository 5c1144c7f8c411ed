/** A time as people read it: `0.0 s`, `19.5 s`, `54 s`, `2 min 5 s`. */
export function moment(ms: number): string {
  return ms < 120_000 ? `${(ms / 1000).toFixed(1)} s` : seconds(ms);
}

/** A length of time, without needless decimals. */
export function seconds(ms: number): string {
  if (ms < 120_000) return `${Number((ms / 1000).toFixed(1))} s`;
  const minutes = Math.floor(ms / 60_000);
  const rest = Math.round((ms % 60_000) / 1000);
  return rest === 0 ? `${minutes} min` : `${minutes} min ${rest} s`;
}

/** Made once: making one costs more than all numbers of a view. */
const groups = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });

/** A whole number in groups, as in `10,000`. */
export function grouped(value: number): string {
  const whole = Math.round(value);
  return Math.abs(whole) < 1000 ? String(whole) : groups.format(whole);
}

/** A difference with its sign, a true minus. */
export function signed(value: number, format: (magnitude: number) => string): string {
  return `${value < 0 ? "−" : "+"}${format(Math.abs(value))}`;
}

/** A share as percents with at most one decimal. */
export function percent(share: number): string {
  return `${Number((share * 100).toFixed(1))} %`;
}
