// Asks the server for a code that serves once, so that two tills with a network cannot use it at the same time. A server that does not
// answer in time is as good as none: the customer waits for nobody.

import { couponLimit } from '../../domain/coupon-use.ts';
import type { CustomerId } from '../../domain/ids.ts';
import { accept, refuse, type Outcome } from '../../domain/refusal.ts';
import { voucherNumber } from '../../domain/settle-tenders.ts';
import type { CodeToClaim } from '../../protocol/code-messages.ts';
import type { CodeDesk } from '../code-desk.ts';
import type { Parts } from '../parts.ts';
import { knownCoupon } from './decide-prices.ts';

const ANSWER_WITHIN_MS = 3_000;

export function createClaimCode(parts: Parts): CodeDesk {
  const ask = (path: 'claim' | 'release', asked: CodeToClaim) =>
    parts.connection.request(`/api/v1/codes/${path}`, {
      method: 'POST',
      body: JSON.stringify(asked),
      timeoutMs: ANSWER_WITHIN_MS,
    });
  return {
    async claimCode(kind, typed) {
      const meant = meaning(parts, kind, typed);
      // What is no code of the shop is refused where it is used, with the sentence of that place.
      if (!meant.ok || meant.value === null) return meant.ok ? accept(null) : meant;
      const { code, customerId } = meant.value;
      const receiptNumber =
        kind === 'voucher'
          ? parts.payMemory.voucherUsedOn(code)
          : parts.payMemory.couponUsedOn({ code, ...(customerId === undefined ? {} : { customerId }) });
      if (receiptNumber !== null) return refuse(`${kind}-used`, { number: code, code, receiptNumber });
      if (parts.connection.state.peek() === 'offline') return accept(null);
      const answer = await ask('claim', meant.value);
      if (answer.kind !== 'refused' || answer.status !== 409) return accept(null);
      return refuse(answer.code, { number: code, code, detail: answer.detail });
    },
    releaseCode(kind, typed) {
      const meant = meaning(parts, kind, typed);
      if (!meant.ok || meant.value === null || parts.connection.state.peek() === 'offline') return;
      void ask('release', meant.value);
    },
  };
}

/** What the typed text is a limited code of; null for one without a limit, and in training. */
function meaning(
  parts: Parts,
  kind: 'voucher' | 'coupon',
  typed: string,
): Outcome<CodeToClaim | null, 'coupon-needs-customer'> {
  if (parts.desk.isTraining()) return accept(null);
  if (kind === 'voucher') {
    const code = voucherNumber(typed);
    return accept(code === null ? null : { kind, code });
  }
  const { promotions } = parts.priceBook.peek();
  const code = knownCoupon(typed, promotions);
  const limit = code === null ? null : couponLimit(code, promotions);
  if (code === null || limit === null) return accept(null);
  if (limit === 'once') return accept({ kind, code });
  const customerId: CustomerId | undefined = parts.openCart()?.customerId;
  return customerId === undefined
    ? refuse('coupon-needs-customer', { code })
    : accept({ kind, code, customerId });
}
