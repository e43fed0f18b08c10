// What the independent verifier says to coupons that serve once, in any order of sales and voids: exactly the journals in which no
// coupon serves twice at the same time pass.

import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { couponFault, newCoupons } from '../verify-journal/check-coupons.mjs';

const CODES = ['GOLDEN', 'FRIEND'] as const;
const CUSTOMERS = [null, 'grace', 'zofia'] as const;
type Step =
  | { readonly kind: 'sale'; readonly code: string; readonly customer: string | null }
  | { readonly kind: 'void'; readonly of: number };

const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    fc.record({
      kind: fc.constant('sale' as const),
      code: fc.constantFrom(...CODES),
      customer: fc.constantFrom(...CUSTOMERS),
    }),
    fc.record({ kind: fc.constant('void' as const), of: fc.nat(9) }),
  ),
  { maxLength: 12 },
);

const entry = (transaction: Record<string, unknown>) => ({
  kind: 'transaction-completed',
  body: { transaction },
});
const sale = (id: number, code: string, customer: string | null, more: Record<string, unknown> = {}) => {
  const of = customer === null ? {} : { customerId: customer };
  return entry({
    id: `t${String(id)}`,
    receiptNumber: `r${String(id)}`,
    coupons: [code],
    usedCoupons: [{ code, ...of }],
    ...of,
    ...more,
  });
};

describe('coupons of a journal', () => {
  test('pass when none serves twice at the same time, and are named when one does', () => {
    fc.assert(
      fc.property(steps, (list) => {
        const book = newCoupons();
        const held = new Map<string, number>();
        for (const [place, step] of list.entries()) {
          if (step.kind === 'void') {
            const voids = { transactionId: `t${String(step.of)}` };
            expect(
              couponFault(book, entry({ id: `v${String(place)}`, receiptNumber: 'v', voids })),
            ).toBeNull();
            for (const [key, at] of held) if (at === step.of) held.delete(key);
            continue;
          }
          const key = `${step.code} ${step.customer ?? ''}`;
          const fault = couponFault(book, sale(place, step.code, step.customer));
          expect(fault === null).toBe(!held.has(key));
          if (fault !== null) {
            expect(fault).toContain(step.code);
            return;
          }
          held.set(key, place);
        }
      }),
    );
  });

  test('practice uses none; one that was never shown, of another customer, or used by a void is named', () => {
    const fault = (given: ReturnType<typeof entry>) => couponFault(newCoupons(), given);
    expect(fault(sale(1, 'GOLDEN', null, { isTraining: true }))).toBeNull();
    expect(fault(sale(1, 'GOLDEN', null, { coupons: ['OTHER'] }))).toContain('never shown');
    expect(fault(sale(1, 'FRIEND', 'grace', { customerId: 'zofia' }))).toContain('another customer');
    expect(fault(sale(1, 'GOLDEN', null, { voids: { transactionId: 't0' } }))).toContain('void');
    expect(fault(sale(1, 'GOLDEN', null, { usedCoupons: 7 }))).toContain('no list');
  });
});
