import { describe, expect, test } from 'vitest';
import { aCart, anItem, PER_LINE, TAX_GROUPS, valueOf } from '../../tests/support/domain-builders.ts';
import { cartTotals } from './cart-totals.ts';
import type { Cart, Decision } from './cart.ts';
import { discountCart, discountLine, exemptCart, overridePrice } from './decide-price.ts';
import { checkDiscountAuthority, discountAskedPpm } from './discount-authority.ts';
import { asOperatorId } from './ids.ts';
import type { Operator, OperatorLimits, Permission } from './operator.ts';

const who = asOperatorId('operator-1');
const alone: Decision = { reasonCode: 'damaged', operatorId: who };
const approved: Decision = { ...alone, approvalId: 'approval-1' };
const tea = anItem({ priceMinor: 10_00 });

function judge(cart: Cart, permissions: readonly Permission[], limits: OperatorLimits = {}) {
  const operator: Operator = {
    id: who,
    number: 1,
    name: 'Ada',
    roleName: 'supervisor',
    permissions,
    pinVerifier: '',
    isActive: true,
    limits,
  };
  const { lines } = cartTotals(cart, PER_LINE, TAX_GROUPS);
  const judged = checkDiscountAuthority({ lines, exemption: cart.exemption }, (id) =>
    id === who ? operator : null,
  );
  return judged.ok ? 'ok' : judged.reason;
}

describe('how far an operator may lower prices alone', () => {
  const tenth = valueOf(discountLine(aCart({ item: tea }), 1, { ratePpm: 100_000 }, alone));

  test('a discount needs the permission', () => {
    expect(judge(tenth, ['give-discount'])).toBe('ok');
    expect(judge(tenth, ['sell'])).toBe('permission-missing');
  });

  test('10 % is within a limit of 10 %, and two times 10 % are not', () => {
    expect(judge(tenth, ['give-discount'], { maxDiscountPpm: 100_000 })).toBe('ok');
    const twice = valueOf(discountLine(tenth, 1, { ratePpm: 100_000 }, alone));
    expect(judge(twice, ['give-discount'], { maxDiscountPpm: 100_000 })).toBe('limit-exceeded');
  });

  test('a price set by hand and a discount on the cart count together', () => {
    const lower = valueOf(overridePrice(aCart({ item: tea }), 1, 9_50, alone));
    const both = valueOf(discountCart(lower, { ratePpm: 100_000 }, alone));
    const permissions: readonly Permission[] = ['give-discount', 'override-price'];
    expect(judge(lower, permissions, { maxDiscountPpm: 100_000 })).toBe('ok');
    expect(judge(both, permissions, { maxDiscountPpm: 100_000 })).toBe('limit-exceeded');
  });

  test('what a manager approved does not count', () => {
    const half = valueOf(discountLine(aCart({ item: tea }), 1, { ratePpm: 500_000 }, approved));
    expect(judge(half, ['sell'], { maxDiscountPpm: 0 })).toBe('ok');
  });

  test('an exemption needs its own permission', () => {
    const exempt = valueOf(exemptCart(aCart({ item: tea }), 'DE-1', alone));
    expect(judge(exempt, ['sell'])).toBe('permission-missing');
    expect(judge(exempt, ['exempt-tax'])).toBe('ok');
  });

  test('nobody decides under a name that is not known', () => {
    const stranger = { ...alone, operatorId: asOperatorId('nobody') };
    expect(judge(valueOf(discountLine(aCart({ item: tea }), 1, { amountMinor: 1 }, stranger)), [])).toBe(
      'operator-unknown',
    );
  });
});

test('what a manager is asked for is the share of the price, rounded up, and never more than the whole', () => {
  expect(discountAskedPpm(25, 1_00)).toBe(250_000);
  expect(discountAskedPpm(1, 3)).toBe(333_334);
  expect(discountAskedPpm(5_00, 1_00)).toBe(1_000_000);
  expect(discountAskedPpm(1, 0)).toBe(1_000_000);
  // A dearer price takes nothing of a limit of discounts.
  expect(discountAskedPpm(-1_00, 1_00)).toBe(0);
});
