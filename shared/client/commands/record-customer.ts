// Takes a customer down, or how they are reached from now on: details onto this device, then one entry with a commitment to them, then
// the details to the server behind the entry. Nothing waits for a network.

import { effect } from '@preact/signals-core';
import { cleanCustomer, customerPreimage, sameContact } from '../../domain/customer.ts';
import { asCustomerId } from '../../domain/ids.ts';
import { checkPermission } from '../../domain/permissions.ts';
import { accept, refuse } from '../../domain/refusal.ts';
import type { CustomerCommands } from '../customer-commands.ts';
import type { WaitingCustomer } from '../customer-book.ts';
import { toHex } from '../journal/seal-fact.ts';
import type { Parts } from '../parts.ts';
import type { Customer } from '../../protocol/documents.ts';
import { isRecord } from '../server/server-answer.ts';
import { createFirstPurchase } from './first-purchase.ts';
import { readySession } from './ready-session.ts';

/** Customers whom the server has not heard of; more than a day without a network brings. */
const WAITING_MAX = 300;
const BATCH_MAX = 50;
const encoder = new TextEncoder();

export function createRecordCustomer(parts: Parts): CustomerCommands {
  const { given, customerBook: book } = parts;
  deliverDetails(parts);
  return {
    customers: book.customers,
    isFirstPurchase: createFirstPurchase(parts),
    customersReachedBy({ phone, email }, but) {
      return sameContact(book.customers.peek(), { name: '', phone, email }, but);
    },
    async recordCustomer({ customerId, name, phone, email, consents, isAnotherPerson = false }) {
      const ready = readySession(parts);
      if (!ready.ok) return ready;
      const operator = parts.operator.peek();
      const permitted = checkPermission(operator, 'sell');
      if (!permitted.ok) return permitted;
      const details = cleanCustomer({ name, phone, email });
      if (!details.ok) return details;
      const known = customerId === undefined ? null : book.byId(customerId);
      if (customerId !== undefined && known === null) return refuse('customer-not-found');
      const same = sameContact(book.customers.peek(), details.value, customerId ?? null);
      if (same.length > 0 && !isAnotherPerson) return refuse('customer-known', { count: same.length });
      if (book.waiting().length >= WAITING_MAX) return refuse('customers-waiting', { max: WAITING_MAX });
      const id = customerId ?? asCustomerId(given.newId());
      const salt = given.newId();
      const { phone: _phone, email: _email, consents: before = [], ...rest } = known ?? { id, name: '' };
      const at = parts.desk.now();
      // What the customer was not asked about stays as it was; the date of what stays agreed to is that of the first yes.
      const asked = new Set(consents.map(({ purpose }) => purpose));
      const agreed = consents.filter(({ isGiven }) => isGiven).map(({ purpose }) => ({ purpose, at }));
      const kept = before.filter(({ purpose }) => !asked.has(purpose));
      const said = agreed.map((one) => before.find(({ purpose }) => purpose === one.purpose) ?? one);
      const shown: Customer = { ...rest, ...details.value, id, consents: [...kept, ...said] };
      const preimage = encoder.encode(customerPreimage(id, details.value, salt));
      const commitment = toHex(await given.subtle.digest('SHA-256', preimage));
      book.keep({ ...details.value, customerId: id, salt, factId: null, shown });
      const written = await ready.value.journal.append(
        'customer-recorded',
        () => accept({ customerId: id, change: known === null ? 'created' : 'edited', commitment, consents }),
        operator?.id,
      );
      book.settle(salt, written.ok ? written.value.id : null);
      return written.ok ? accept(shown) : written;
    },
  };
}

/** Sends what waits whenever there is contact and the journal has been delivered; the server takes details behind their entry only. */
function deliverDetails(parts: Parts): void {
  const { connection, board, customerBook: book } = parts;
  let isSending = false;
  const send = async (): Promise<void> => {
    if (isSending) return;
    isSending = true;
    try {
      while (await sendBatch()) {
        // Each batch leaves fewer that wait.
      }
    } finally {
      isSending = false;
    }
  };
  /** True when there may be more to send now. */
  const sendBatch = async (): Promise<boolean> => {
    const batch = book
      .waiting()
      .filter(({ factId }) => factId !== null)
      .slice(0, BATCH_MAX);
    if (batch.length === 0) return false;
    const answer = await connection.request('/api/v1/customers', {
      method: 'POST',
      body: JSON.stringify({ customers: batch.map(toWire) }),
    });
    const results = answer.kind === 'ok' && isRecord(answer.body) ? answer.body['results'] : null;
    if (!Array.isArray(results)) return false;
    let isShorter = false;
    for (const result of results.filter(isRecord)) {
      const one = batch.find(({ factId }) => factId === result['factId']);
      if (one === undefined || result['outcome'] === 'waiting') continue;
      // The server checked it against customerSchema. Details that are not those of the entry are of no use to anybody.
      book.delivered(one.salt, isRecord(result['customer']) ? (result['customer'] as Customer) : null);
      isShorter = true;
    }
    return isShorter;
  };
  effect(() => {
    const state = connection.state.value;
    const { pendingCount } = board.status.value;
    if ((state === 'online' || state === 'hub') && pendingCount === 0 && parts.identity.value !== null)
      void send();
  });
}

const toWire = ({ customerId, factId, name, phone, email, salt }: WaitingCustomer): object => ({
  customerId,
  factId,
  name,
  ...(phone === undefined ? {} : { phone }),
  ...(email === undefined ? {} : { email }),
  salt,
});
