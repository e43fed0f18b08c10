// Paying at the fake workstation: the real commands over a journal that is only folded.

import { signal, type ReadonlySignal } from '@preact/signals';
import type { ApprovalBook } from '../../shared/client/approval-book.ts';
import { payCommandsAt } from '../../shared/client/paying/create-paying.ts';
import type { PayableCart } from '../../shared/client/paying/tender-view.ts';
import { foldCards, type CardPayment } from '../../shared/domain/card-payment.ts';
import type { Fact } from '../../shared/domain/fact.ts';
import type { Operator } from '../../shared/domain/operator.ts';
import { accept } from '../../shared/domain/refusal.ts';
import type { StoreSettings } from '../../shared/domain/store.ts';
import type { Transaction } from '../../shared/domain/transaction.ts';

export type FakePayingGiven = {
  readonly cart: ReadonlySignal<PayableCart | null>;
  readonly settings: StoreSettings;
  readonly operator: () => Operator | null;
  readonly now: () => string;
  readonly approvals: ApprovalBook;
};

/** The commands, the open card payments, and `sold` for every sale that is final. */
export function createFakePaying(given: FakePayingGiven) {
  const cards = signal<readonly CardPayment[]>([]);
  const vouchers = new Map<string, string>();
  let count = 0;
  const fold = (kind: string, body: unknown): void => {
    count += 1;
    const entry = { kind, body, recordedAt: given.now(), epoch: 1, sequence: count };
    // Only what the fold reads; nobody verifies the chain of a fake.
    cards.value = foldCards(cards.peek(), entry as unknown as Fact);
  };
  const voucherUsedOn = (number: string): string | null => vouchers.get(number) ?? null;
  const commands = payCommandsAt({
    cart: given.cart,
    settings: signal<StoreSettings | null>(given.settings),
    cards,
    approvals: given.approvals,
    operator: given.operator,
    now: given.now,
    newId: () => `attempt-${String(count + 1)}`,
    isTraining: () => false,
    tillSessionId: () => null,
    checkReason: () => accept(null),
    append(kind, body) {
      fold(kind, body);
      return Promise.resolve(accept(null));
    },
    voucherUsedOn,
    keptTenders: () => null,
    keepTenders: () => undefined,
  });
  return {
    commands,
    voucherUsedOn,
    sold(transaction: Transaction): void {
      fold('transaction-completed', { transaction });
      for (const { voucher } of transaction.tenders) {
        if (voucher !== undefined) vouchers.set(voucher.number, transaction.receiptNumber);
      }
    },
  };
}
