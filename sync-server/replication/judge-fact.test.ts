import { describe, expect, test } from 'vitest';
import { createHash } from 'node:crypto';
import { aJournalWriter, append, appendSale, signed } from '../../tests/support/a-journal.ts';
import { asStoreId } from '../../shared/domain/ids.ts';
import type { Store } from '../../shared/domain/store.ts';
import { judgeFact, readEnvelope, type JudgeGiven, type JudgedFact } from './judge-fact.ts';

const store: Store = {
  id: asStoreId('store-1'),
  number: 1,
  name: 'Store',
  addressLines: [],
  taxNumber: '',
  timeZone: 'UTC',
  dayStartsAtMinute: 0,
  currency: 'EUR',
  defaultLanguage: 'en',
  receiptFooter: '',
  maySellWithoutTill: true,
};
const given: JudgeGiven = {
  callerKind: 'pos',
  storeNumber: 1,
  workstationNumber: 2,
  store,
  businessDayOf: (instant) => instant.slice(0, 10),
};
function judged(value: unknown, more: Partial<JudgeGiven> = {}): JudgedFact {
  const envelope = readEnvelope(value);
  if (envelope === null) throw new Error('no envelope');
  return judgeFact(envelope, { ...given, ...more });
}
function aSale() {
  const writer = aJournalWriter();
  append(writer, 'epoch-started', { reason: 'enrolled', lost: null });
  return { writer, sale: appendSale(writer, 2) };
}

describe('judging a fact', () => {
  test('a right sale is fine, and what is stored holds the very bytes that were signed', () => {
    const { sale } = aSale();
    const { mark, values, stored, preimage } = judged(sale);
    expect([mark, values]).toEqual([null, {}]);
    expect(JSON.parse(stored)).toEqual(sale);
    expect(createHash('sha256').update(preimage).digest('hex')).toBe(sale.hash);
    expect(stored.startsWith(preimage.slice(0, -1))).toBe(true);
  });

  test('a sale under the number of another till is disputed with both numbers', () => {
    const { mark, values } = judged(aSale().sale, { workstationNumber: 3 });
    expect([mark, values]).toEqual([
      'disputed',
      { differences: 1, path1: 'receiptNumber', stated1: '01-02-A000002', computed1: '01-03-A000002' },
    ]);
  });

  test('where sales belong to till sessions, one without a session is disputed, and practice is not', () => {
    const { maySellWithoutTill: _may, ...strict } = store;
    const { writer, sale } = aSale();
    expect(judged(sale, { store: strict })).toMatchObject({
      mark: 'disputed',
      values: { path1: 'tillSessionId', stated1: 'none', computed1: 'an open till' },
    });
    const { transaction } = sale.body as { transaction: Record<string, unknown> };
    const again = (change: Record<string, unknown>) =>
      judged(signed(writer, { ...sale, body: { transaction: { ...transaction, ...change } } }), {
        store: strict,
      });
    expect(again({ tillSessionId: 'session-1' }).mark).toBeNull();
    expect(again({ isTraining: true, stockMovements: [] }).mark).toBeNull();
    expect(again({ isTraining: true }).values['path1']).toBe('stockMovements');
  });

  test('a sale of another day, store or currency than that of the till is disputed', () => {
    expect(judged(aSale().sale, { businessDayOf: () => '2026-03-01' }).values['path1']).toBe('businessDay');
    expect(judged(aSale().sale, { store: { ...store, currency: 'PLN' } }).values['path1']).toBe('currency');
  });

  test.each([
    ['a field too many', { extra: 1 }],
    ['a text too long', { recordedAt: '2026-03-02T10:00:00.000Z', body: { reason: 'x'.repeat(5000) } }],
    ['a body of null', { body: null }],
    ['a kind of the future', { kind: 'loyalty-earned' }],
    ['a kind that only the server writes', { kind: 'price-changed' }],
    ['a kind that is the name of an object member', { kind: 'constructor' }],
  ])('%s is kept and shown, and nothing is thrown', (_, change) => {
    const { writer } = aSale();
    const fact = signed(writer, {
      ...append(writer, 'pin-failed', { operatorId: 'o' as never, failuresInRow: 1 }),
      ...change,
    });
    const { mark, values } = judged(fact);
    expect(mark).toBe('kept');
    expect(values['reason']).toMatch(/^(schema|kind-unknown|kind-not-allowed)$/u);
  });

  test.each([
    null,
    'text',
    [],
    {},
    { ...aSale().sale, id: '' },
    { ...aSale().sale, id: 'a b' },
    { ...aSale().sale, epoch: 0 },
    { ...aSale().sale, sequence: 1.5 },
    { ...aSale().sale, sequence: 1e10 },
    { ...aSale().sale, hash: 'A'.repeat(64) },
    { ...aSale().sale, signature: 'short' },
  ])('what has no place in a journal has no envelope: %#', (value) => {
    expect(readEnvelope(value)).toBeNull();
  });
});
