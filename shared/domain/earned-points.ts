// Points that a customer earns with a purchase: one for so much spent, more where a promotion multiplies them. What each line counts is
// stated with the sale, so anyone can compute the points again; who keeps and spends them is the loyalty ledger's business.

/** One point for so many minor units of what the goods cost, tax included. */
export type PointsRule = { readonly spendMinor: number };

/** A line counts once; promotions say otherwise, in thousandths (2000 is double). */
export const POINTS_ONCE_MILLI = 1000;
/** More than a hundred times is a mistake. */
export const POINTS_TIMES_MAX_MILLI = 100_000;

export type EarnedPoints = {
  /** Negative where more came back than was bought. */
  readonly points: number;
  readonly spendMinor: number;
  /** Lines that do not count just once, by line number. */
  readonly times?: readonly { readonly lineNumber: number; readonly timesMilli: number }[];
};

/** What a line comes to, signed, tax included. */
type PointsLine = { readonly lineNumber: number; readonly grossMinor: number };

/**
 * Whole points of these lines: all of them together are rounded towards zero once, so that neither splitting a line nor its order
 * changes anything, and a void takes exactly back what its sale gave. Throws a RangeError where the sum is not countable.
 */
export function pointsOf(lines: readonly PointsLine[], earned: Omit<EarnedPoints, 'points'>): number {
  const times = new Map((earned.times ?? []).map(({ lineNumber, timesMilli }) => [lineNumber, timesMilli]));
  let weighed = 0n;
  for (const { lineNumber, grossMinor } of lines) {
    weighed += BigInt(grossMinor) * BigInt(times.get(lineNumber) ?? POINTS_ONCE_MILLI);
  }
  const points = Number(weighed / (BigInt(earned.spendMinor) * BigInt(POINTS_ONCE_MILLI)));
  if (!Number.isSafeInteger(points)) throw new RangeError('points beyond what is counted');
  return points + 0;
}

/** What a purchase earns under the shop's rule; null where it comes to nothing. `timesOf` says what a line counts, in thousandths. */
export function earnPoints(
  lines: readonly PointsLine[],
  rule: PointsRule,
  timesOf: (lineNumber: number) => number,
): EarnedPoints | null {
  const times = lines
    .map(({ lineNumber }) => ({ lineNumber, timesMilli: timesOf(lineNumber) }))
    .filter(({ timesMilli }) => timesMilli !== POINTS_ONCE_MILLI);
  const stated = { spendMinor: rule.spendMinor, ...(times.length === 0 ? {} : { times }) };
  const points = pointsOf(lines, stated);
  return points === 0 ? null : { points, ...stated };
}

/** What the buyer earns; null for practice, for somebody whom nobody knows, and where it comes to nothing. */
export function pointsFor(
  {
    customerId,
    isTraining,
  }: { readonly customerId?: string | undefined; readonly isTraining?: boolean | undefined },
  bought: { readonly lines: readonly PointsLine[]; readonly pointsTimes: ReadonlyMap<number, number> },
  rule: PointsRule | undefined,
): EarnedPoints | null {
  if (rule === undefined || customerId === undefined || isTraining === true) return null;
  return earnPoints(bought.lines, rule, (line) => bought.pointsTimes.get(line) ?? POINTS_ONCE_MILLI);
}
