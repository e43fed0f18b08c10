// Coupons that may be used once, by anybody or by each customer: which of them a sale has used up. A coupon that was shown and
// brought nothing is not used.

import type { CustomerId } from './ids.ts';
import {
  COUPON_LIMITS,
  type CouponLimit,
  type Promotion,
  type PromotionCondition,
} from './promotions/promotion.ts';
import type { AppliedModifier, UsedCoupon } from './transaction.ts';

type Coupon = Extract<PromotionCondition, { readonly kind: 'coupon' }>;

/** How often the coupon may be used; null: as often as it is shown. Of several promotions with one code the strictest counts. */
export function couponLimit(
  code: string,
  promotions: readonly Pick<Promotion, 'conditions'>[],
): CouponLimit | null {
  const limits = new Set(
    promotions.flatMap(({ conditions }) =>
      conditions.flatMap((one) =>
        isCoupon(one) && one.code === code && one.limit !== undefined ? [one.limit] : [],
      ),
    ),
  );
  return COUPON_LIMITS.find((limit) => limits.has(limit)) ?? null;
}

/**
 * The limited coupons of a sale whose promotions took something off one of its lines, by code. One for each customer that nobody
 * is named for counts as used by everybody: the caller asks for the customer before (`coupon-needs-customer`).
 */
export function usedCoupons(
  lines: readonly { readonly modifiers?: readonly Pick<AppliedModifier, 'promotionId'>[] }[],
  promotions: readonly Pick<Promotion, 'id' | 'conditions'>[],
  customerId: CustomerId | undefined,
): readonly UsedCoupon[] {
  const rewarded = new Set<string>();
  for (const { modifiers = [] } of lines) {
    for (const { promotionId } of modifiers) if (promotionId !== undefined) rewarded.add(promotionId);
  }
  // Most sales: nothing was promoted, and no promotion has to be looked at.
  if (rewarded.size === 0) return [];
  const limited = promotions.filter(({ conditions }) =>
    conditions.some((one) => isCoupon(one) && one.limit !== undefined),
  );
  const codes = new Set(
    limited.flatMap(({ id, conditions }) =>
      rewarded.has(id)
        ? conditions.flatMap((one) => (isCoupon(one) && one.limit !== undefined ? [one.code] : []))
        : [],
    ),
  );
  return [...codes].sort().map((code): UsedCoupon => {
    const isPerCustomer = couponLimit(code, limited) === 'once-per-customer';
    return isPerCustomer && customerId !== undefined ? { code, customerId } : { code };
  });
}

const isCoupon = (condition: PromotionCondition): condition is Coupon => condition.kind === 'coupon';
