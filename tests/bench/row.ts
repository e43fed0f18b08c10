// One measured figure. The shape is fixed (`--json`): a figure, what it was measured beside in the same run, and
// the goal it has to reach. Ratios say how many times better than the other side we are: above 1 is better.

export type Row = {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What was measured beside it in the same run, with its figure; null where there is nothing to compare. */
  readonly against: string | null;
  readonly ratio: number | null;
  /** The goal in words, such as "p99 ≤ 8 ms"; null for a figure that is only told. */
  readonly goal: string | null;
  readonly goalMet: boolean | null;
};

/** A figure that is only told. */
export function told(name: string, value: number, unit: string): Row {
  return { name, value: rounded(value), unit, against: null, ratio: null, goal: null, goalMet: null };
}

/** A figure with an upper limit: `atMost` in the same unit. */
export function limited(name: string, value: number, given: { unit: string; atMost: number }): Row {
  return {
    ...told(name, value, given.unit),
    goal: `≤ ${given.atMost} ${given.unit}`,
    goalMet: value <= given.atMost,
  };
}

/** A figure beside another one of the same run; `atLeast` is the least ratio that will do, null for none. */
export function beside(
  row: Row,
  given: { readonly other: string; readonly ratio: number; readonly atLeast: number | null },
): Row {
  const goal = given.atLeast === null ? row.goal : `≥ ${given.atLeast} × ${given.other.split(' (')[0] ?? ''}`;
  const goalMet = given.atLeast === null ? row.goalMet : given.ratio >= given.atLeast;
  return { ...row, against: given.other, ratio: rounded(given.ratio), goal, goalMet };
}

/** Three significant digits are what a shared machine can tell. */
export function rounded(value: number): number {
  return Number.isFinite(value) ? Number(value.toPrecision(3)) : value;
}

/** The rows as a table for people, in Markdown. */
export function asTable(rows: readonly Row[]): string {
  const cells = rows.map((row) => [
    row.name,
    `${row.value} ${row.unit}`,
    row.against ?? '',
    row.ratio === null ? '' : `${row.ratio} ×`,
    row.goal ?? '',
    row.goalMet === null ? '' : row.goalMet ? 'yes' : 'NO',
  ]);
  const heading = ['What', 'Figure', 'Beside (same run)', 'Ratio', 'Goal', 'Met'];
  const line = (values: readonly string[]) => `| ${values.join(' | ')} |`;
  return [line(heading), line(heading.map(() => '---')), ...cells.map(line)].join('\n');
}
