// Whether a customer buys for the first time, for offers to newcomers. What this till knows comes first; then the server is asked, and
// where it cannot be, the offer is not given: a newcomer who comes back is worth less than one who is new three times.

import type { CustomerId } from '../../domain/ids.ts';
import type { CustomerCommands } from '../customer-commands.ts';
import type { Parts } from '../parts.ts';
import { isRecord } from '../server/server-answer.ts';

const ANSWER_WITHIN_MS = 3_000;
/** Newest entries that may hold a sale the server has not taken in. */
const OWN_ENTRIES = 500;

export function createFirstPurchase(parts: Parts): CustomerCommands['isFirstPurchase'] {
  return async (id) => {
    const isAsked = parts.priceBook
      .peek()
      .promotions.some(({ conditions }) => conditions.some(({ kind }) => kind === 'first-purchase'));
    if (!isAsked || (await hasBoughtHere(parts, id))) return false;
    // Taken down here, and not yet known to anybody else.
    if (parts.customerBook.waiting().some(({ customerId }) => customerId === id)) return true;
    if (parts.connection.state.peek() === 'offline') return false;
    const answer = await parts.connection.request(`/api/v1/customers/${encodeURIComponent(id)}/purchases`, {
      timeoutMs: ANSWER_WITHIN_MS,
    });
    return answer.kind === 'ok' && isRecord(answer.body) && answer.body['hasBought'] === false;
  };
}

async function hasBoughtHere(parts: Parts, id: CustomerId): Promise<boolean> {
  const recent = (await parts.session()?.store.tail(OWN_ENTRIES)) ?? [];
  const voided = new Set<string>();
  for (const fact of recent.toReversed()) {
    if (fact.kind !== 'transaction-completed') continue;
    const { transaction } = fact.body;
    if (transaction.voids !== undefined) voided.add(transaction.voids.transactionId);
    const isPurchase = transaction.kind === 'sale' || transaction.kind === 'exchange';
    if (
      isPurchase &&
      transaction.customerId === id &&
      transaction.isTraining !== true &&
      !voided.has(transaction.id)
    )
      return true;
  }
  return false;
}
