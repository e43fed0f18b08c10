// Order statistics of measured times. Medians and percentiles, never means: one hiccup of a shared machine
// would move a mean and tells nothing about the program.

/** The value below which `share` (0..1) of the values lie (nearest rank). Of nothing there is none: it throws. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  const rank = Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1));
  const value = sorted[rank];
  if (value === undefined) throw new Error('There are no values to take a percentile of.');
  return value;
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}
