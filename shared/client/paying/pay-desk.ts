// What the commands of paying work with: a narrow face of the workstation, so that a screen's test bench pays with the same
// commands.

import type { ReadonlySignal } from '@preact/signals-core';
import type { CardPayment } from '../../domain/card-payment.ts';
import type { FactBodies } from '../../domain/fact.ts';
import type { Operator } from '../../domain/operator.ts';
import type { Outcome } from '../../domain/refusal.ts';
import type { StoreSettings } from '../../domain/store.ts';
import type { ApprovalBook } from '../approval-book.ts';
import type { CollectedTenders, PayableCart } from './tender-view.ts';

export type PayDesk = {
  readonly cart: ReadonlySignal<PayableCart | null>;
  readonly settings: ReadonlySignal<StoreSettings | null>;
  /** Card payments that are neither finished nor given up, folded from the journal. */
  readonly cards: ReadonlySignal<readonly CardPayment[]>;
  readonly approvals: Pick<ApprovalBook, 'check' | 'use' | 'giveBack'>;
  operator(): Operator | null;
  /** By the device clock less its known difference to the server's, ISO instant. */
  now(): string;
  newId(): string;
  isTraining(): boolean;
  tillSessionId(): string | null;
  checkReason(reasonCode: string): Outcome<null>;
  /** Writes an entry, and folds it into `cards` before it answers. */
  append<Kind extends 'card-attempted' | 'card-answered'>(
    kind: Kind,
    body: FactBodies[Kind],
  ): Promise<Outcome<null>>;
  /** The receipt on which this till took the voucher before, or null. */
  voucherUsedOn(number: string): string | null;
  /** What had been handed over before a reload, and where it is kept. */
  keptTenders(): CollectedTenders | null;
  keepTenders(collected: CollectedTenders | null): void;
};
