// An Adyen terminal in the shop. Each question has a name of its own (ServiceID) that is written down before it is asked, and the
// terminal is asked by that name what became of it when its answer is lost.

import { randomBytes } from 'node:crypto';
import { refuse } from '../../shared/domain/refusal.ts';
import { askNexo, SALE_ID, type NexoAddress, type NexoCategory, type NexoReply } from './nexo-exchange.ts';
import { parseReference, requestedAmount, toldByBody, toldByStatus } from './nexo-answers.ts';
import type { SendPermit } from './send-permit.ts';
import {
  declined,
  NOT_SENT_IN_TIME,
  unknown,
  type AskedOfTerminal,
  type TerminalDriver,
  type Told,
} from './terminal-driver.ts';

export type NexoLimits = { readonly answerMs: number; readonly statusMs: number };
export const NEXO_LIMITS: NexoLimits = { answerMs: 100_000, statusMs: 15_000 };

export type NexoGiven = {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly limits?: NexoLimits;
};

export function createNexoTerminal(
  address: NexoAddress,
  { now, limits = NEXO_LIMITS }: NexoGiven,
): TerminalDriver {
  const ask = (
    category: NexoCategory,
    serviceId: string,
    body: Readonly<Record<string, unknown>>,
    permit?: SendPermit,
  ): Promise<NexoReply> => {
    const isLong = category === 'Payment' || category === 'Reversal';
    return askNexo(address, {
      category,
      serviceId,
      body,
      ...(permit === undefined ? {} : { permit }),
      limitMs: isLong ? limits.answerMs : limits.statusMs,
    });
  };
  const abort = (serviceId: string, category: NexoCategory): void => {
    const MessageReference = { MessageCategory: category, SaleID: SALE_ID, ServiceID: serviceId };
    // The payment itself answers what came of it.
    void ask('Abort', newServiceId(), { AbortRequest: { AbortReason: 'MerchantAbort', MessageReference } });
  };

  return {
    async ask(asked, watch) {
      const body = bodyOf(asked, new Date(now()).toISOString());
      if (body === null) return declined('terminal-cannot-reverse');
      const category = categoryOf(asked);
      const serviceId = newServiceId();
      const permit = await watch.aboutToAsk(serviceId);
      if (permit === null) {
        return declined(watch.cancelled.aborted ? 'cancelled' : 'not-written-down');
      }
      watch.onPrompt('look-at-terminal');
      const cancel = (): void => abort(serviceId, category);
      watch.cancelled.addEventListener('abort', cancel);
      try {
        return toldOf(await ask(category, serviceId, body, permit), (answer) => toldByBody(answer, asked));
      } finally {
        watch.cancelled.removeEventListener('abort', cancel);
      }
    },
    async find(asked, mark) {
      const reply = await ask('TransactionStatus', newServiceId(), {
        TransactionStatusRequest: {
          ReceiptReprintFlag: true,
          DocumentQualifier: ['CustomerReceipt'],
          MessageReference: { MessageCategory: categoryOf(asked), SaleID: SALE_ID, ServiceID: mark },
        },
      });
      if (reply.kind === 'answer') return toldByStatus(reply.body, asked);
      return unknown('terminal-unreachable');
    },
    // Adyen settles by itself and keeps no day at the terminal; its sums are in the Customer Area.
    endOfDay: () => Promise.resolve(refuse('terminal-no-totals')),
  };
}

function toldOf(reply: NexoReply, read: (body: Readonly<Record<string, unknown>>) => Told): Told {
  switch (reply.kind) {
    case 'answer':
      return read(reply.body);
    case 'unreachable':
      return declined('terminal-unreachable');
    case 'lost':
      return unknown('line-lost');
    case 'too-late':
      return declined(NOT_SENT_IN_TIME);
  }
}

const categoryOf = ({ action }: AskedOfTerminal): 'Payment' | 'Reversal' =>
  action === 'reversal' ? 'Reversal' : 'Payment';

function bodyOf(asked: AskedOfTerminal, at: string): Readonly<Record<string, unknown>> | null {
  const { action, amountMinor, currency, attemptId, reversesReference } = asked;
  const SaleTransactionID = { TransactionID: attemptId, TimeStamp: at };
  if (action === 'reversal') {
    const original = parseReference(reversesReference);
    if (original === null) return null;
    return {
      ReversalRequest: {
        OriginalPOITransaction: {
          POITransactionID: { TransactionID: original.id, TimeStamp: original.at },
        },
        ReversalReason: 'MerchantCancel',
        SaleData: { SaleTransactionID },
      },
    };
  }
  return {
    PaymentRequest: {
      SaleData: { SaleTransactionID },
      PaymentTransaction: {
        AmountsReq: { Currency: currency, RequestedAmount: requestedAmount(amountMinor, currency) },
      },
      ...(action === 'refund' ? { PaymentData: { PaymentType: 'Refund' } } : {}),
    },
  };
}

/** Ten letters and digits: the terminal keeps them for two days. */
function newServiceId(): string {
  return randomBytes(8).toString('hex').slice(0, 10).toUpperCase();
}
