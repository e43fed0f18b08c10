// How far operators may lower prices alone. Judged on the amounts that were really taken off, the same on the till before
// tender and on the server afterwards; what somebody else approved does not count against the operator's own limit.

import type { OperatorId } from './ids.ts';
import { addAmounts, applyRate, multiplyDivide, PPM_IN_WHOLE, sumAmounts } from './money.ts';
import type { Operator, Permission } from './operator.ts';
import { hasPermission } from './permissions.ts';
import { accept, refuse, type Outcome } from './refusal.ts';
import type { Exemption } from './cart.ts';
import type { AppliedModifier, TransactionLine } from './transaction.ts';

/** The permission that each decision needs. */
export const PERMISSION_OF_MODIFIER: Readonly<
  Record<'price-override' | 'line-discount' | 'cart-discount', Permission>
> = {
  'price-override': 'override-price',
  'line-discount': 'give-discount',
  'cart-discount': 'give-discount',
};

/**
 * How much of a limit of discounts it takes to lower a price by so much, in parts per million, rounded up; never more than
 * the whole. What a manager is asked to agree to is measured with it.
 */
export function discountAskedPpm(offMinor: number, priceMinor: number): number {
  if (offMinor <= 0) return 0;
  if (offMinor >= priceMinor) return PPM_IN_WHOLE;
  return multiplyDivide(offMinor, PPM_IN_WHOLE, priceMinor, 'up');
}

type ManualKind = keyof typeof PERMISSION_OF_MODIFIER;
type Manual = AppliedModifier & { readonly kind: ManualKind };

export type AuthorityRefusal = 'permission-missing' | 'limit-exceeded' | 'operator-unknown';

/**
 * Do the operators who decided hold the permissions, and stays each line within their limit of discounts? A share of a
 * discount on the cart may be a minor unit more on one line than the rate says; that unit is let pass.
 */
export function checkDiscountAuthority(
  decided: { readonly lines: readonly TransactionLine[]; readonly exemption?: Exemption | undefined },
  operatorOf: (id: OperatorId) => Operator | null,
): Outcome<null, AuthorityRefusal> {
  const { exemption } = decided;
  if (exemption !== undefined && exemption.approvalId === undefined) {
    const permitted = checkHolds(operatorOf(exemption.operatorId), 'exempt-tax', 0);
    if (!permitted.ok) return permitted;
  }
  for (const line of decided.lines) {
    if (line.modifiers === undefined) continue;
    const permitted = checkLine(line, line.modifiers, operatorOf);
    if (!permitted.ok) return permitted;
  }
  return accept(null);
}

function checkLine(
  line: TransactionLine,
  modifiers: readonly AppliedModifier[],
  operatorOf: (id: OperatorId) => Operator | null,
): Outcome<null, AuthorityRefusal> {
  const own = modifiers.filter(isManual).filter(({ approvalId }) => approvalId === undefined);
  const baseMinor = Math.abs(
    sumAmounts([
      line.extendedMinor,
      ...modifiers.flatMap(({ kind, amountMinor }) => (kind === 'bundle' ? [amountMinor] : [])),
    ]),
  );
  const sign = line.direction === 'return' ? 1 : -1;
  for (const modifier of own) {
    if (modifier.operatorId === undefined) return refuse('operator-unknown');
    const operator = operatorOf(modifier.operatorId);
    const holds = checkHolds(operator, PERMISSION_OF_MODIFIER[modifier.kind], line.lineNumber);
    if (!holds.ok) return holds;
    const maxPpm = operator?.limits?.maxDiscountPpm;
    if (maxPpm === undefined) continue;
    const taken = own.filter(({ operatorId }) => operatorId === modifier.operatorId);
    const offMinor = sumAmounts(taken.map(({ amountMinor }) => sign * amountMinor));
    const allowedMinor = addAmounts(applyRate(baseMinor, maxPpm, 'up'), taken.length - 1);
    if (offMinor <= allowedMinor + (modifier.kind === 'cart-discount' ? 1 : 0)) continue;
    const { lineNumber } = line;
    const permission = PERMISSION_OF_MODIFIER[modifier.kind];
    return refuse('limit-exceeded', { permission, limit: 'maxDiscountPpm', maxPpm, offMinor, lineNumber });
  }
  return accept(null);
}

function checkHolds(
  operator: Operator | null,
  permission: Permission,
  lineNumber: number,
): Outcome<null, 'permission-missing' | 'operator-unknown'> {
  if (operator === null) return refuse('operator-unknown', { lineNumber });
  return hasPermission(operator, permission)
    ? accept(null)
    : refuse('permission-missing', { permission, lineNumber });
}

function isManual(modifier: AppliedModifier): modifier is Manual {
  return modifier.kind in PERMISSION_OF_MODIFIER;
}
