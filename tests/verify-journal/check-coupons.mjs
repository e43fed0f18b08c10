// Coupons that serve once: a sale says which it has used up. Each of them was shown, belongs to the customer of the sale where it names
// one, and stands in no second sale of the same journal; a void sets it free.

/** Coupons of a journal before its first entry: by coupon and customer, the sale that used it. */
export function newCoupons() {
  return new Map();
}

/** Takes the next entry in; the sentence of the first thing that is wrong with it, or null. */
export function couponFault(used, { kind, body }) {
  if (kind !== 'transaction-completed') return null;
  const { id, receiptNumber, usedCoupons, coupons, customerId, voids, isTraining } = body.transaction;
  if (isTraining === true) return null;
  if (voids !== undefined) {
    if (usedCoupons !== undefined) return `${receiptNumber}: a void uses coupons`;
    for (const [key, sale] of used) if (sale.id === voids.transactionId) used.delete(key);
    return null;
  }
  if (usedCoupons === undefined) return null;
  if (!Array.isArray(usedCoupons)) return `${receiptNumber}: its coupons are no list`;
  for (const coupon of usedCoupons) {
    const name = `${receiptNumber}: the coupon ${coupon.code}`;
    if (!Array.isArray(coupons) || !coupons.includes(coupon.code)) return `${name} was used and never shown`;
    if (coupon.customerId !== undefined && coupon.customerId !== customerId)
      return `${name} is of another customer than the sale`;
    const key = JSON.stringify([coupon.code, coupon.customerId ?? null]);
    const before = used.get(key);
    if (before !== undefined) return `${name} was used on ${before.receiptNumber} before`;
    used.set(key, { id, receiptNumber });
  }
  return null;
}
