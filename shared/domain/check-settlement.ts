// Does a settlement hold together: does it move only what its step may, and does the account of the order end where it must?

import { addAmounts, sumAmounts } from './money.ts';
import { balanceAfter, mirrorSettlement, type OrderSettlement, type OrderStep } from './order-settlement.ts';

/** As `Difference` of check-transaction, which lists these among its own. */
export type SettlementDifference = {
  readonly path: string;
  readonly stated: number;
  readonly computed: number;
};

/** Amounts that each step may move; everything else is 0. */
const MOVED: Readonly<Record<OrderStep, readonly (keyof Amounts)[]>> = {
  deposit: ['takenMinor'],
  completion: ['redeemedMinor'],
  cancellation: ['refundedMinor', 'forfeitedMinor'],
  conversion: [],
};
type Amounts = Pick<OrderSettlement, 'takenMinor' | 'redeemedMinor' | 'refundedMinor' | 'forfeitedMinor'>;

/**
 * Where a settlement does not hold together: amounts that the step does not move or that have the wrong sign, an account that
 * ends below zero, above the order, or not empty although the order ends. `isVoid` turns the signs round.
 */
export function checkSettlement(
  settlement: OrderSettlement,
  isVoid: boolean,
): readonly SettlementDifference[] {
  const differences: SettlementDifference[] = [];
  const expect = (name: string, stated: number, computed: number): void => {
    if (stated !== computed) differences.push({ path: `order.${name}`, stated, computed });
  };
  const forward = isVoid ? mirrorSettlement(settlement) : settlement;
  for (const name of ['takenMinor', 'redeemedMinor', 'refundedMinor', 'forfeitedMinor'] as const) {
    const may = MOVED[forward.step].includes(name);
    expect(name, forward[name], may ? Math.max(0, forward[name]) : 0);
  }
  const after = balanceAfter(forward);
  const { step, orderTotalMinor, beforeMinor } = forward;
  expect('beforeMinor', beforeMinor, Math.max(0, beforeMinor));
  const ends = step === 'completion' || step === 'cancellation';
  expect('balance', after, ends ? 0 : Math.min(Math.max(0, after), Math.max(0, orderTotalMinor)));
  if (step === 'deposit') expect('takenMinor', forward.takenMinor, Math.max(1, forward.takenMinor));
  if (forward.refunds !== undefined) {
    const parts = forward.refunds.map(({ amountMinor }) => amountMinor);
    expect('refunds', sumAmounts(parts), forward.refundedMinor);
    for (const amountMinor of parts) expect('refunds', amountMinor, Math.max(1, amountMinor));
  }
  for (const row of forward.taxes) {
    expect(`taxes.${row.componentId}`, row.grossMinor, addAmounts(row.netMinor, row.taxMinor));
  }
  return differences;
}
