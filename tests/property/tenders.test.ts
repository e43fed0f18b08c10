// Any mix of tenders adds up: what they come to less the change is what is due and its cash rounding; the order in which they
// came and went does not matter; what a till took per currency adds up from X to Z; and a void nets to nothing in every drawer.
// The independent verifier, which shares no code with the till, agrees.

import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ExchangeRate } from '../../shared/domain/exchange-rate.ts';
import { figuresOfFact } from '../../shared/domain/figures-of-fact.ts';
import type { Fact } from '../../shared/domain/fact.ts';
import { foreignCashAt, valueOfForeign } from '../../shared/domain/foreign-cash.ts';
import { mirrorTransaction } from '../../shared/domain/mirror-transaction.ts';
import { checkDraft, positionOf, type TenderDraft } from '../../shared/domain/settle-tenders.ts';
import { checkTenders } from '../../shared/domain/tender.ts';
import { addFigures, expectedCash, NO_FIGURES, type TillFigures } from '../../shared/domain/till-figures.ts';
import type { Tender, Transaction } from '../../shared/domain/transaction.ts';
import { checkTenders as verifyTenders } from '../verify-journal/check-tenders.mjs';
import { holds } from './holds.ts';

const rate: fc.Arbitrary<Pick<ExchangeRate, 'currency' | 'rateMicro' | 'perUnits'>> = fc.record({
  currency: fc.constantFrom('USD', 'JPY', 'KWD'),
  rateMicro: fc.integer({ min: 1_000, max: 5_000_000 }),
  perUnits: fc.constantFrom(1, 100, 1_000),
});
const amount = fc.integer({ min: 1, max: 60_000 });
/** Made before their numbers are given, so that no voucher and no attempt is there twice. */
const drafted: fc.Arbitrary<TenderDraft> = fc.oneof(
  amount.map((tenderedMinor): TenderDraft => ({ kind: 'cash', tenderedMinor })),
  fc.tuple(rate, fc.integer({ min: 1, max: 2_000_000 })).map(([one, minor]): TenderDraft => ({
    kind: 'foreign-cash',
    foreign: foreignCashAt(one, minor, 'EUR'),
  })),
  amount.map((amountMinor): TenderDraft => ({ kind: 'voucher', number: '', amountMinor })),
  amount.map((amountMinor): TenderDraft => ({
    kind: 'card',
    amountMinor,
    card: { attemptId: '', terminalId: 't' },
  })),
);
const offered = fc.array(drafted, { minLength: 1, maxLength: 10 }).map((drafts) =>
  drafts.map((draft, place): TenderDraft => {
    if (draft.kind === 'voucher') return { ...draft, number: `V${String(1000 + place)}` };
    return draft.kind === 'card'
      ? { ...draft, card: { ...draft.card, attemptId: `a${String(place)}` } }
      : draft;
  }),
);
const due = fc.integer({ min: 1, max: 50_000 });
const cash = fc.constantFrom(1, 5, 10, 100).map((stepMinor) => ({ stepMinor }));

/** What a cashier ends up with: each tender that is let in, and plain cash for the rest. */
function collect(dueMinor: number, drafts: readonly TenderDraft[], step: { readonly stepMinor: number }) {
  const taken: TenderDraft[] = [];
  for (const draft of drafts) if (checkDraft(dueMinor, taken, { draft, cash: step }).ok) taken.push(draft);
  const { isSettled, remainingInCashMinor } = positionOf(dueMinor, taken, step);
  if (!isSettled) taken.push({ kind: 'cash', tenderedMinor: remainingInCashMinor });
  return taken;
}

const sums = (tenders: readonly Tender[]) => {
  const byKind: Record<string, number> = {};
  for (const { kind, amountMinor } of tenders) byKind[kind] = (byKind[kind] ?? 0) + amountMinor;
  return byKind;
};

function sale(dueMinor: number, tenders: readonly Tender[], cashRoundingMinor: number): Transaction {
  const totals = { netMinor: dueMinor, taxMinor: 0, grossMinor: dueMinor, cashRoundingMinor };
  // Only what figures and mirrors read.
  return {
    kind: 'sale',
    operatorId: 'o',
    totals,
    lines: [],
    taxes: [],
    tenders,
    stockMovements: [],
  } as unknown as Transaction;
}
const figuresOf = (transaction: Transaction): TillFigures =>
  figuresOfFact({ kind: 'transaction-completed', body: { transaction } } as unknown as Fact);

describe('any mix of tenders', () => {
  test('comes to what is due and its cash rounding, and the change is never more than the cash', () =>
    holds(
      fc.property(due, offered, cash, (dueMinor, drafts, step) => {
        const taken = collect(dueMinor, drafts, step);
        const { tenders, changeMinor, cashRoundingMinor, isSettled } = positionOf(dueMinor, taken, step);
        expect(isSettled).toBe(true);
        const handedOver = tenders.reduce((sum, { tenderedMinor }) => sum + tenderedMinor, 0);
        expect(handedOver - changeMinor).toBe(dueMinor + cashRoundingMinor);
        const inCash = taken.reduce((sum, draft) => {
          if (draft.kind === 'cash') return sum + draft.tenderedMinor;
          return draft.kind === 'foreign-cash' ? sum + valueOfForeign(draft.foreign) : sum;
        }, 0);
        expect(changeMinor).toBeGreaterThanOrEqual(0);
        // Rounding may give a part of the smallest coin more.
        expect(changeMinor).toBeLessThan(inCash + step.stepMinor);
        expect(Math.abs(cashRoundingMinor) * 2).toBeLessThanOrEqual(step.stepMinor);
        const checked = checkTenders(dueMinor, tenders, step);
        expect(checked).toMatchObject({ ok: true, value: { cashRoundingMinor } });
        const faults: string[] = [];
        verifyTenders(tenders, { grossMinor: dueMinor, cashRoundingMinor }, (is, sentence) => {
          if (!is) faults.push(sentence);
        });
        expect(faults).toEqual([]);
      }),
    ));

  test('comes to the same in any order, and after any of it was taken away and given again', () =>
    holds(
      fc.property(due, offered, cash, fc.infiniteStream(fc.nat()), (dueMinor, drafts, step, chance) => {
        const taken = collect(dueMinor, drafts, step);
        const shuffled = [...taken];
        for (let place = shuffled.length - 1; place > 0; place -= 1) {
          const other = (chance.next().value ?? 0) % (place + 1);
          const [one, two] = [shuffled[place], shuffled[other]];
          if (one !== undefined && two !== undefined) [shuffled[place], shuffled[other]] = [two, one];
        }
        const [one, two] = [positionOf(dueMinor, taken, step), positionOf(dueMinor, shuffled, step)];
        expect(sums(two.tenders)).toEqual(sums(one.tenders));
        expect({ ...two, tenders: [] }).toEqual({ ...one, tenders: [] });
      }),
    ));

  test('is settled exactly when a transaction takes it, whatever was taken away again', () =>
    holds(
      fc.property(due, offered, cash, fc.nat(), (dueMinor, drafts, step, gone) => {
        const all = collect(dueMinor, drafts, step);
        const taken = all.filter((_, place) => ((gone >> place) & 1) === 0);
        const { tenders, isSettled } = positionOf(dueMinor, taken, step);
        expect(checkTenders(dueMinor, tenders, step).ok).toBe(isSettled);
        expect(isSettled || taken.length < all.length).toBe(true);
      }),
    ));
});

describe('the drawer', () => {
  const day = fc.array(fc.tuple(due, offered), { maxLength: 8 });
  const STEP = { stepMinor: 5 };
  const sold = (sales: readonly (readonly [number, readonly TenderDraft[]])[]) =>
    sales.map(([dueMinor, drafts]) => {
      const { tenders, cashRoundingMinor } = positionOf(dueMinor, collect(dueMinor, drafts, STEP), STEP);
      return sale(dueMinor, tenders, cashRoundingMinor);
    });
  const total = (transactions: readonly Transaction[]): TillFigures =>
    transactions.map(figuresOf).reduce(addFigures, NO_FIGURES);

  test('X and the rest come to Z, per tender and per currency', () =>
    holds(
      fc.property(day, fc.nat(), (sales, cut) => {
        const transactions = sold(sales);
        const at = transactions.length === 0 ? 0 : cut % transactions.length;
        const [x, rest] = [total(transactions.slice(0, at)), total(transactions.slice(at))];
        expect(addFigures(x, rest)).toEqual(total(transactions));
      }),
    ));

  test('holds what was handed over less the change, the own cash and each other currency by itself', () =>
    holds(
      fc.property(day, (sales) => {
        const transactions = sold(sales);
        const figures = total(transactions);
        const tenders = transactions.flatMap((transaction) => transaction.tenders);
        const own = tenders.reduce(
          (sum, { kind, tenderedMinor, changeMinor }) =>
            sum + (kind === 'cash' ? tenderedMinor : 0) - changeMinor,
          0,
        );
        expect(expectedCash(0, figures)).toBe(own);
        for (const { currency, foreignMinor } of figures.foreignCash) {
          const handedOver = tenders.reduce(
            (sum, { foreign }) => sum + (foreign?.currency === currency ? foreign.foreignMinor : 0),
            0,
          );
          expect(foreignMinor).toBe(handedOver);
        }
      }),
    ));

  test('is as before after every sale was voided', () =>
    holds(
      fc.property(day, (sales) => {
        const transactions = sold(sales);
        const voids = transactions.map((one) => ({
          ...one,
          ...mirrorTransaction(one),
          kind: 'void' as const,
        }));
        for (const one of voids) expect(checkTenders(one.totals.grossMinor, one.tenders, STEP).ok).toBe(true);
        const figures = total([...transactions, ...voids]);
        expect(expectedCash(0, figures)).toBe(0);
        expect(figures.tenders.every(({ amountMinor }) => amountMinor === 0)).toBe(true);
        expect(
          figures.foreignCash.every(({ foreignMinor, valueMinor }) => foreignMinor === 0 && valueMinor === 0),
        ).toBe(true);
      }),
    ));
});
