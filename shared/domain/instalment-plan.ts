// The plan of a layaway: what is to be paid by when. The parts are the whole to the minor unit, whatever the number of
// instalments; what is paid early counts for the next ones, so the order of payments does not matter.

import { addAmounts, allocateByWeight, sumAmounts } from './money.ts';
import { dayAfter } from './order-rules.ts';
import { accept, refuse, type Outcome } from './refusal.ts';

export type Instalment = { readonly dueOn: string; readonly amountMinor: number };

export const INSTALMENTS_MAX = 60;

/** The deposit today, then equal parts at equal distances; the first parts are a minor unit larger where it does not divide. */
export function instalmentPlan(
  totalMinor: number,
  given: {
    readonly depositMinor: number;
    readonly instalments: number;
    readonly everyDays: number;
    readonly today: string;
  },
): Outcome<readonly Instalment[], 'instalments-out-of-bounds' | 'deposit-out-of-bounds'> {
  const { depositMinor, instalments, everyDays, today } = given;
  const isDeposit = Number.isSafeInteger(depositMinor) && depositMinor >= 0 && depositMinor <= totalMinor;
  if (!isDeposit) return refuse('deposit-out-of-bounds', { maxMinor: totalMinor });
  const isCount = Number.isSafeInteger(instalments) && instalments >= 0 && instalments <= INSTALMENTS_MAX;
  const restMinor = addAmounts(totalMinor, -depositMinor);
  if (!isCount || (instalments === 0 && restMinor > 0)) {
    return refuse('instalments-out-of-bounds', { max: INSTALMENTS_MAX });
  }
  const parts =
    instalments === 0
      ? []
      : allocateByWeight(
          restMinor,
          Array.from({ length: instalments }, () => 1),
          'first',
        );
  const plan = [
    { dueOn: today, amountMinor: depositMinor },
    ...parts.map((amountMinor, place) => ({
      dueOn: dayAfter(today, everyDays * (place + 1)),
      amountMinor,
    })),
  ];
  return accept(plan.filter(({ amountMinor }) => amountMinor > 0));
}

export type PlanStanding = {
  /** Due by today and not paid. */
  readonly overdueMinor: number;
  /** The day since when something is overdue. */
  readonly overdueSince: string | null;
  /** The next part that is not covered yet, with what is missing of it. */
  readonly next: Instalment | null;
};

/** How a plan stands with this much paid. A part is overdue from the day after it was due. */
export function standingOf(plan: readonly Instalment[], paidMinor: number, today: string): PlanStanding {
  let leftMinor = Math.max(0, paidMinor);
  let next: Instalment | null = null;
  const overdue: Instalment[] = [];
  for (const { dueOn, amountMinor } of plan) {
    const coveredMinor = Math.min(leftMinor, amountMinor);
    leftMinor -= coveredMinor;
    const missing = { dueOn, amountMinor: amountMinor - coveredMinor };
    if (missing.amountMinor === 0) continue;
    next ??= missing;
    if (dueOn < today) overdue.push(missing);
  }
  return {
    overdueMinor: sumAmounts(overdue.map(({ amountMinor }) => amountMinor)),
    overdueSince: overdue[0]?.dueOn ?? null,
    next,
  };
}
