import { describe, expect, test } from 'vitest';
import { asOperatorId } from './ids.ts';
import type { Operator } from './operator.ts';
import { checkPermission, ROLE_PERMISSIONS } from './permissions.ts';

const cashier: Operator = {
  id: asOperatorId('anna'),
  number: 1,
  name: 'Anna',
  roleName: 'cashier',
  permissions: ROLE_PERMISSIONS.cashier,
  pinVerifier: '',
  isActive: true,
};

describe('permissions', () => {
  test('a cashier sells but does not override prices', () => {
    expect(checkPermission(cashier, 'sell').ok).toBe(true);
    expect(checkPermission(cashier, 'override-price')).toMatchObject({
      reason: 'permission-missing',
      details: { permission: 'override-price' },
    });
  });

  test('what stands on the operator counts, not the role', () => {
    expect(checkPermission({ ...cashier, permissions: ['override-price'] }, 'override-price').ok).toBe(true);
    expect(checkPermission({ ...cashier, permissions: ['override-price'] }, 'sell').ok).toBe(false);
  });

  test('an operator who left may do nothing, and nobody is not an operator', () => {
    expect(checkPermission({ ...cashier, isActive: false }, 'sell')).toMatchObject({
      reason: 'permission-missing',
    });
    expect(checkPermission(null, 'sell')).toMatchObject({ reason: 'not-signed-on' });
  });
});
