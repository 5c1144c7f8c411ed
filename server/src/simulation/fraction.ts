/** An exact share, in lowest terms. */
export interface Fraction {
  readonly numerator: number;
  readonly denominator: number;
}

/** A share while it is computed: of any size. */
export interface BigFraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** Nothing at all. */
export const noShare: BigFraction = { numerator: 0n, denominator: 1n };

/** A part of a whole, in lowest terms; nothing where the whole is 0. */
export function shareOf(numerator: number, denominator: number): BigFraction {
  return denominator === 0 ? noShare : reduce(BigInt(numerator), BigInt(denominator));
}

/** The exact sum of two shares. */
export function addShares(a: BigFraction, b: BigFraction): BigFraction {
  return reduce(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator);
}

/** The share in plain numbers; one that needs more than 53 bits is rounded to 15 decimals. */
export function toFraction({ numerator, denominator }: BigFraction): Fraction {
  if (denominator <= BigInt(Number.MAX_SAFE_INTEGER))
    return { numerator: Number(numerator), denominator: Number(denominator) };
  const scale = 10n ** 15n;
  const rounded = reduce((numerator * scale + denominator / 2n) / denominator, scale);
  return { numerator: Number(rounded.numerator), denominator: Number(rounded.denominator) };
}

function reduce(numerator: bigint, denominator: bigint): BigFraction {
  let [a, b] = [numerator < 0n ? -numerator : numerator, denominator];
  while (b !== 0n) [a, b] = [b, a % b];
  return a === 0n ? noShare : { numerator: numerator / a, denominator: denominator / a };
}
