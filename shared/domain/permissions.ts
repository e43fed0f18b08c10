// Who may do what at a till. Roles only suggest permissions; what counts is what stands on the operator. An operator
// who is no longer active may do nothing.

import { PERMISSIONS, type Operator, type Permission } from './operator.ts';
import { accept, refuse, type Outcome } from './refusal.ts';

/** What a new operator of a role is given unless somebody chooses otherwise. */
export const ROLE_PERMISSIONS: Readonly<Record<Operator['roleName'], readonly Permission[]>> = {
  cashier: ['sell', 'return-goods', 'reprint-receipt'],
  supervisor: [
    'sell',
    'return-goods',
    'void-transaction',
    'override-price',
    'give-discount',
    'exempt-tax',
    'reprint-receipt',
    'open-drawer',
    'close-till',
    'decide-card',
    'train',
    'decide-attention',
  ],
  manager: PERMISSIONS,
  'call-centre': ['take-calls'],
};

/** Does this operator hold the permission today? */
export function hasPermission(operator: Operator, permission: Permission): boolean {
  return operator.isActive && operator.permissions.includes(permission);
}

/** Lets the action pass, or refuses with the permission that is missing. */
export function checkPermission(
  operator: Operator | null,
  permission: Permission,
): Outcome<null, 'not-signed-on' | 'permission-missing'> {
  if (operator === null) return refuse('not-signed-on');
  return hasPermission(operator, permission) ? accept(null) : refuse('permission-missing', { permission });
}
