import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foldFacts, type FeedFact, type ViewChanges } from './fold-facts.ts';
import { readEffects } from './read-effects.ts';

const amounts = { netMinor: 100, taxMinor: 21, grossMinor: 121 };
const aSale = (ordinal: number, pieces: number) => ({
  transaction: {
    id: 't',
    kind: 'sale',
    businessDay: '2026-03-02',
    currency: 'EUR',
    totals: { ...amounts, cashRoundingMinor: 0 },
    lines: [{ itemId: `i${ordinal}`, direction: 'sale', quantityMilli: pieces * 1000, ...amounts }],
    stockMovements: [{ ordinal, quantityMilli: -pieces * 1000 }],
  },
});
const aFact = (sequence: number, body: unknown, more: Partial<FeedFact> = {}): FeedFact => ({
  position: sequence,
  workstationId: 'w1',
  workstationNumber: 2,
  epoch: 1,
  sequence,
  id: `f${sequence}`,
  kind: 'transaction-completed',
  mark: null,
  body: JSON.stringify({ body }),
  ...more,
});

describe('folding facts', () => {
  test('a sale changes stock, is found by its number, and adds to the sales of its item', () => {
    const changes = foldFacts([aFact(17, aSale(300, 2))], 1);
    expect([...changes.stock]).toEqual([[300, -2000]]);
    expect([...(changes.through.get(1) ?? [])]).toEqual([['w1', { epoch: 1, sequence: 17 }]]);
    expect(changes.transactions.map((row) => row.receiptNumber)).toEqual(['01-02-A000017']);
    expect([...changes.itemSales.values()]).toEqual([
      {
        businessDay: '2026-03-02',
        itemId: 'i300',
        currency: 'EUR',
        quantityMilli: 2000,
        ...amounts,
        lineCount: 1,
      },
    ]);
  });

  test('the order in which facts come does not matter', () => {
    const facts = fc.array(
      fc.record({ ordinal: fc.nat(600), pieces: fc.integer({ min: 1, max: 9 }), from: fc.nat(2) }),
      {
        maxLength: 20,
      },
    );
    fc.assert(
      fc.property(facts, fc.infiniteStream(fc.nat()), (drawn, numbers) => {
        const folded = drawn.map(({ ordinal, pieces, from }, n) =>
          aFact(n + 1, aSale(ordinal, pieces), { workstationId: `w${from}` }),
        );
        const keyed = folded.map((fact) => ({ fact, key: numbers.next().value ?? 0 }));
        const shuffled = keyed.toSorted((one, other) => one.key - other.key).map(({ fact }) => fact);
        expect(sortedChanges(foldFacts(shuffled, 1))).toEqual(sortedChanges(foldFacts(folded, 1)));
      }),
    );
  });

  test('a fact without effects changes nothing', () => {
    expect(foldFacts([aFact(1, null, { kind: 'pin-failed', body: null })], 1).stock.size).toBe(0);
  });
});

const byKey = ([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number =>
  one < other ? -1 : 1;

function sortedChanges(changes: ViewChanges) {
  return {
    stock: [...changes.stock].toSorted(([one], [other]) => one - other),
    through: [...changes.through]
      .map(([page, positions]) => ({ page, positions: [...positions].toSorted(byKey) }))
      .toSorted((one, other) => one.page - other.page),
    numbers: changes.transactions.map((row) => row.receiptNumber).toSorted(),
    sales: [...changes.itemSales].toSorted(byKey),
  };
}

describe('reading effects', () => {
  const damaged = (change: object) => ({ transaction: { ...aSale(1, 1).transaction, ...change } });

  test('money of a damaged document is read as long as it is whole', () => {
    const body = damaged({ note: 5, extra: { deep: ['\uD800'] }, receiptNumber: null });
    expect(readEffects('transaction-completed', JSON.stringify({ body })).sale?.totals.grossMinor).toBe(121);
  });

  test.each([
    damaged({ totals: { grossMinor: 1.5 } }),
    damaged({ lines: null }),
    damaged({ stockMovements: [{ ordinal: -1, quantityMilli: 1 }] }),
    damaged({ stockMovements: [{ ordinal: 1, quantityMilli: 1e20 }] }),
    { transaction: [] },
    null,
    [],
  ])('what is not whole has no effect: %#', (body) => {
    expect(readEffects('transaction-completed', JSON.stringify({ body }))).toEqual({
      sale: null,
      movements: [],
    });
  });

  test('names that a text column cannot hold are mended', () => {
    const body = damaged({ currency: 'E\u0000R' });
    expect(readEffects('transaction-completed', JSON.stringify({ body })).sale?.currency).toBe('E\uFFFDR');
  });
});
