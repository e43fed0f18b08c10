// The independent verifier agrees with a journal in which customers were taken down, and finds what whoever holds the key wrote too
// much, twice or not at all.

import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CustomerRecorded } from '../../shared/domain/customer.ts';
import { asCustomerId } from '../../shared/domain/ids.ts';
import { aJournalWriter, append, exportText } from '../support/a-journal.ts';
import { verifyExport } from '../verify-journal/verify-journal.mjs';
import { holds } from './holds.ts';

const bodies = fc.record({
  customerId: fc.uuid().map(asCustomerId),
  commitment: fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 64, maxLength: 64 }),
  offers: fc.option(fc.boolean()),
  messages: fc.option(fc.boolean()),
});

type Made = typeof bodies extends fc.Arbitrary<infer Value> ? Value : never;

const bodyOf = ({ customerId, commitment, offers, messages }: Made) => ({
  customerId,
  commitment,
  change: 'created' as const,
  consents: [
    ...(offers === null ? [] : [{ purpose: 'offers' as const, isGiven: offers }]),
    ...(messages === null ? [] : [{ purpose: 'order-messages' as const, isGiven: messages }]),
  ],
});

/** What the verifier says about a journal with these entries, whatever their types promise. */
function faultOf(...entries: readonly unknown[]): string | null {
  const writer = aJournalWriter();
  append(writer, 'epoch-started', { reason: 'enrolled', lost: null });
  // What a till would never write is what is tried here.
  for (const body of entries) append(writer, 'customer-recorded', body as CustomerRecorded);
  return verifyExport(exportText(writer))[0]?.fault?.sentence ?? null;
}

test('customers who are taken down and edited verify', () => {
  holds(
    fc.property(bodies, (made) => {
      const body = bodyOf(made);
      expect(faultOf(body, { ...body, change: 'edited' })).toBeNull();
    }),
    { runs: 50 },
  );
});

test('an entry that names a person, lacks its commitment or creates somebody twice is found', () => {
  holds(
    fc.property(bodies, (made) => {
      const body = bodyOf(made);
      expect(faultOf({ ...body, phone: '030 231250' })).toBe(
        'it says more about a customer than an entry may: phone',
      );
      expect(faultOf({ ...body, commitment: 'grace' })).toBe('its commitment to a customer is not a SHA-256');
      expect(faultOf(body, body)).toBe('a customer is created twice');
      const offers = { purpose: 'offers', isGiven: true };
      expect(faultOf({ ...body, consents: [offers, offers] })).toBe(
        'what the customer agreed to is unknown or said twice',
      );
    }),
    { runs: 50 },
  );
});
