// What a screen asks before a code that serves once is used: here, and of the server while there is a network.

import type { Outcome } from '../domain/refusal.ts';

export type CodeDesk = {
  /**
   * May this voucher or coupon be used? `voucher-used`, `coupon-used` {code, receiptNumber}, `code-held` (another till has it at this
   * moment), `coupon-needs-customer` {code}. Without a network what this till knows decides; a second use elsewhere is then found on
   * contact and shown in Needs attention. Codes that may be used as often as one likes are always free.
   */
  claimCode(kind: 'voucher' | 'coupon', code: string): Promise<Outcome<null>>;
  /** It is not used after all: other tills may have it at once. */
  releaseCode(kind: 'voucher' | 'coupon', code: string): void;
};
