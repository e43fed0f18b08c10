import { describe, expect, test } from 'vitest';
import { approvalSubject, cartSubjects } from './approval.ts';
import { checkAllowed, checkApprover, type AskedAction } from './check-allowed.ts';
import { asOperatorId } from './ids.ts';
import type { Operator } from './operator.ts';

const cashier: Operator = {
  id: asOperatorId('o1'),
  number: 1,
  name: 'Ada',
  roleName: 'cashier',
  permissions: ['sell', 'open-drawer'],
  pinVerifier: '',
  isActive: true,
  limits: { maxPaidOutMinor: 50_00 },
};
const subject = cartSubjects.overridePrice('cart-1', 1, 5_00);
const action: AskedAction = { permission: 'override-price', subject };
const approval = { approvalId: 'a1', subject: approvalSubject(subject) };
const given = new Map([['a1', approval.subject]]);

describe('an action that needs a permission', () => {
  test('passes alone, without using up an approval', () => {
    const own: AskedAction = { permission: 'open-drawer', subject };
    expect(checkAllowed(cashier, own, { approval, given, used: new Set() })).toEqual({
      ok: true,
      value: { approvalId: null },
    });
  });

  test('is refused without it, and passes with an approval of exactly this', () => {
    expect(checkAllowed(cashier, action, null)).toMatchObject({
      reason: 'permission-missing',
      details: { permission: 'override-price' },
    });
    expect(checkAllowed(cashier, action, { approval, given, used: new Set() })).toEqual({
      ok: true,
      value: { approvalId: 'a1' },
    });
  });

  test('an approval serves once, for one subject, and only where it was given', () => {
    const other: AskedAction = {
      permission: 'override-price',
      subject: cartSubjects.overridePrice('cart-1', 1, 4_99),
    };
    const reasonOf = (asked: AskedAction, presented: Parameters<typeof checkAllowed>[2]) => {
      const outcome = checkAllowed(cashier, asked, presented);
      return outcome.ok ? null : outcome.reason;
    };
    expect(reasonOf(action, { approval, given, used: new Set(['a1']) })).toBe('approval-used');
    expect(reasonOf(other, { approval, given, used: new Set() })).toBe('approval-not-fitting');
    expect(reasonOf(action, { approval, given: new Map(), used: new Set() })).toBe('approval-not-fitting');
  });

  test('nobody, and nobody who has left, may do anything', () => {
    expect(checkAllowed(null, action, null)).toMatchObject({ reason: 'not-signed-on' });
    expect(checkAllowed({ ...cashier, isActive: false }, action, null)).toMatchObject({
      reason: 'not-signed-on',
    });
  });

  test('a limit is compared with the size of what is asked', () => {
    const pay = (asked: number): AskedAction => ({
      permission: 'open-drawer',
      subject,
      limit: { name: 'maxPaidOutMinor', asked },
    });
    expect(checkAllowed(cashier, pay(-50_00), null).ok).toBe(true);
    expect(checkAllowed(cashier, pay(-50_01), null)).toMatchObject({
      reason: 'limit-exceeded',
      details: { permission: 'open-drawer', limit: 'maxPaidOutMinor', allowed: 50_00, asked: 50_01 },
    });
    const manager: Operator = { ...cashier, permissions: ['approve'], limits: { maxPaidOutMinor: 100_00 } };
    expect(checkApprover(manager, { name: 'maxPaidOutMinor', asked: 100_00 }).ok).toBe(true);
    expect(checkApprover(manager, { name: 'maxPaidOutMinor', asked: 100_01 }).ok).toBe(false);
    expect(checkApprover(cashier, undefined).ok).toBe(false);
  });
});
