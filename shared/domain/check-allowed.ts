// May this operator do it: alone, or because somebody who may more has agreed to exactly this? The one question in front of
// every action that needs a permission or has a limit; asked by the till before it acts.

import { approvalSubject, type Approval, type ApprovalSubject } from './approval.ts';
import type { Operator, OperatorLimits, Permission } from './operator.ts';
import { hasPermission } from './permissions.ts';
import { accept, refuse, type Outcome } from './refusal.ts';

/** What is to be done: the permission it needs, and how much of a limit it takes. */
export type AskedAction = {
  readonly permission: Permission;
  readonly subject: ApprovalSubject;
  /** Absent for what has no limit. `asked` is compared as a size, without its sign. */
  readonly limit?: { readonly name: keyof OperatorLimits; readonly asked: number };
};

/** An approval that is presented, with those that were given on this device and not used yet, by their id. */
export type PresentedApproval = {
  readonly approval: Approval;
  /** Text of the subject by approval id. */
  readonly given: ReadonlyMap<string, string>;
  readonly used: ReadonlySet<string>;
};

export type AllowedRefusal =
  | 'not-signed-on'
  | 'permission-missing'
  | 'limit-exceeded'
  | 'approval-not-fitting'
  | 'approval-used';

/**
 * Lets the action pass with the id of the approval it needs, or null when the operator may do it alone; an approval that
 * is not needed is not used up. Refuses `permission-missing` {permission} and `limit-exceeded` {permission, limit,
 * allowed, asked} for want of an approval, `approval-not-fitting` for one of another action or unknown here, and
 * `approval-used` for one that has served.
 */
export function checkAllowed(
  operator: Operator | null,
  action: AskedAction,
  presented: PresentedApproval | null,
): Outcome<{ readonly approvalId: string | null }, AllowedRefusal> {
  if (operator === null || !operator.isActive) return refuse('not-signed-on');
  const alone = checkAlone(operator, action);
  if (alone.ok) return accept({ approvalId: null });
  if (presented === null) return alone;
  const { approvalId } = presented.approval;
  if (presented.used.has(approvalId)) return refuse('approval-used');
  const subject = approvalSubject(action.subject);
  if (presented.approval.subject !== subject || presented.given.get(approvalId) !== subject) {
    return refuse('approval-not-fitting');
  }
  return accept({ approvalId });
}

/** May somebody approve this: the permission to approve, and for the action itself no lower limit than is asked. */
export function checkApprover(
  approver: Operator,
  limit: AskedAction['limit'],
): Outcome<null, 'permission-missing' | 'limit-exceeded'> {
  const checked = checkAlone(approver, { permission: 'approve', ...(limit === undefined ? {} : { limit }) });
  return checked.ok ? accept(null) : checked;
}

/** May the operator do it without anybody's approval? Also for whoever checks afterwards. */
export function checkAlone(
  operator: Operator,
  { permission, limit }: Pick<AskedAction, 'permission' | 'limit'>,
): Outcome<null, 'permission-missing' | 'limit-exceeded'> {
  if (!hasPermission(operator, permission)) return refuse('permission-missing', { permission });
  const allowed = limit === undefined ? undefined : operator.limits?.[limit.name];
  if (limit === undefined || allowed === undefined) return accept(null);
  const asked = Math.abs(limit.asked);
  return asked <= allowed
    ? accept(null)
    : refuse('limit-exceeded', { permission, limit: limit.name, allowed, asked });
}
