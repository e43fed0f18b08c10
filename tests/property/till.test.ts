// The till adds up: X + rest = Z, replaying a day gives the same Z, a void nets to nothing, and perpetual totals only grow.

import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildTransaction } from '../../shared/domain/build-transaction.ts';
import { cartTotals } from '../../shared/domain/cart-totals.ts';
import { checkTransaction } from '../../shared/domain/check-transaction.ts';
import type { Fact, FactBodies, FactKind } from '../../shared/domain/fact.ts';
import { asOperatorId, asTransactionId } from '../../shared/domain/ids.ts';
import { dueInCash, settleInCash } from '../../shared/domain/tender.ts';
import { figuresOfFact } from '../../shared/domain/figures-of-fact.ts';
import { addFigures, expectedCash, NO_FIGURES } from '../../shared/domain/till-figures.ts';
import {
  checkZReport,
  foldTill,
  foldTillSession,
  NEW_TILL,
  type TillState,
} from '../../shared/domain/till-session.ts';
import type { Transaction } from '../../shared/domain/transaction.ts';
import { checkVoid, voidTransaction } from '../../shared/domain/void-transaction.ts';
import { buildZReport } from '../../shared/domain/z-report.ts';
import { aCart, someSettings, transactionGiven, valueOf, type SomeLine } from '../support/domain-builders.ts';
import { cartLines, taxGroups, taxRules } from './arbitraries.ts';
import { holds } from './holds.ts';

const NOBODY = asOperatorId('operator-1');
const SESSION = 'session-1';
/** Cash in steps of five, so that cash rounding is there to be turned round. */
const STEP = { stepMinor: 5 };

function entry<Kind extends FactKind>(kind: Kind, body: FactBodies[Kind], sequence = 1): Fact<Kind> {
  // Only what the folds read.
  const made: unknown = {
    kind,
    body,
    sequence,
    epoch: 1,
    operatorId: NOBODY,
    recordedAt: '2026-03-02T10:00:00.000Z',
  };
  return made as Fact<Kind>;
}

type Rules = Pick<Transaction, 'taxRules' | 'taxGroups'>;

function saleOf(lines: readonly SomeLine[], rules: Rules, tillSessionId = SESSION): Transaction {
  const settings = someSettings(rules);
  const cart = aCart(...lines);
  const dueMinor = cartTotals(cart, rules.taxRules, rules.taxGroups).totals.grossMinor;
  const { tenders } = valueOf(settleInCash(dueMinor, Math.max(0, dueInCash(dueMinor, STEP)), STEP));
  const given = transactionGiven({ tenders, tillSessionId });
  return valueOf(
    buildTransaction(cart, { ...settings, store: { ...settings.store, cashRoundingStepMinor: 5 } }, given),
  );
}

const voidOf = (original: Transaction): Transaction =>
  valueOf(
    voidTransaction(original, someSettings().store, {
      id: asTransactionId('void-1'),
      now: '2026-03-02T10:05:00.000Z',
      position: { epoch: 1, sequence: 18 },
      workstationNumber: 2,
      operatorId: NOBODY,
      reasonCode: 'mistake',
      approvalId: null,
      tillSessionId: SESSION,
      isVoidedAlready: false,
    }),
  );

const rules: fc.Arbitrary<Rules> = fc.record({ taxRules, taxGroups });
const cashMove = fc.record({
  kind: fc.constantFrom('loan', 'pickup', 'paid-in', 'paid-out', 'safe-drop'),
  amountMinor: fc.integer({ min: 1, max: 1_000_000 }),
});
/** What happens in a session: sales and returns, voids of them, cash movements, drawers opened, copies. */
const happenings = fc
  .tuple(
    rules,
    fc.array(
      fc.oneof(
        fc.record({ lines: cartLines, isVoided: fc.boolean() }),
        cashMove,
        fc.constantFrom('no-sale' as const, 'reprint' as const, 'of-another-session' as const),
      ),
      { maxLength: 12 },
    ),
  )
  .map(([tax, all]) =>
    all.flatMap((one): readonly Fact[] => {
      if (one === 'no-sale') return [entry('no-sale', { reasonCode: 'change', tillSessionId: SESSION })];
      if (one === 'reprint') {
        return [entry('receipt-reprinted', { transactionId: 't', receiptNumber: 'r', copyNumber: 1 })];
      }
      if (one === 'of-another-session') {
        const late = entry('cash-moved', {
          tillSessionId: 'older',
          kind: 'loan',
          amountMinor: 7,
          reasonCode: 'r',
        });
        return [late];
      }
      if ('kind' in one) {
        return [entry('cash-moved', { tillSessionId: SESSION, reasonCode: 'reason', ...one })];
      }
      const sale = saleOf(one.lines, tax);
      const transactions = one.isVoided ? [sale, voidOf(sale)] : [sale];
      return transactions.map((transaction) => entry('transaction-completed', { transaction }));
    }),
  );

const opening = entry('till-opened', {
  tillSessionId: SESSION,
  sessionNumber: 1,
  businessDay: '2026-03-02',
  currency: 'EUR',
  openedBy: NOBODY,
  floatMinor: 100_00,
  counted: { pieces: [], otherMinor: 100_00 },
});

function dayOf(facts: readonly Fact[]): TillState {
  let state = NEW_TILL;
  for (const fact of [opening, ...facts]) state = foldTill(state, fact);
  const counted = { pieces: [], otherMinor: 50_00 };
  return foldTill(state, entry('till-counted', { tillSessionId: SESSION, counted, countedMinor: 50_00 }));
}

function zOf(state: TillState) {
  if (state.open === null) throw new Error('the till is not open');
  return valueOf(
    buildZReport(state.open, {
      former: state.former,
      closedAt: '2026-03-02T10:00:00.000Z',
      closedBy: NOBODY,
      last: { epoch: 1, sequence: 99 },
      pending: { count: 0, amountMinor: 0 },
    }),
  );
}

describe('a till session', () => {
  test('X + rest = Z, wherever the day is cut', () => {
    holds(
      fc.property(happenings, fc.nat(40), (facts, cut) => {
        const own = facts.filter((fact) => fact.kind !== 'cash-moved' || fact.body.tillSessionId === SESSION);
        const sum = (part: readonly Fact[]) =>
          part.map(figuresOfFact).reduce((left, right) => addFigures(left, right), NO_FIGURES);
        const { figures } = zOf(dayOf(facts));
        expect(addFigures(sum(own.slice(0, cut)), sum(own.slice(cut)))).toEqual(figures);
        expect(addFigures(sum(own.slice(cut)), sum(own.slice(0, cut)))).toEqual(figures);
      }),
    );
  });

  test('replaying the journal of a day gives the same Z, and a changed Z is found', () => {
    holds(
      fc.property(happenings, fc.integer({ min: 1, max: 1000 }), (facts, stolenMinor) => {
        const state = dayOf(facts);
        const z = zOf(state);
        expect(checkZReport(dayOf(facts), entry('till-closed', { z }, 99))).toEqual([]);
        const cash = { ...z.cash, expectedMinor: z.cash.expectedMinor - stolenMinor };
        const changed = entry('till-closed', { z: { ...z, cash } }, 99);
        expect(checkZReport(state, changed).map(({ path }) => path)).toEqual(['z.cash']);
      }),
    );
  });

  test('a late transaction belongs to the session that it names, in any order', () => {
    holds(
      fc.property(happenings, (facts) => {
        const named = facts.filter((fact) => fact.kind !== 'receipt-reprinted');
        expect(foldTillSession(named.toReversed(), SESSION)).toEqual(zOf(dayOf(named)).figures);
      }),
    );
  });

  test('perpetual totals are carried, never fall, and the next Z has the next number', () => {
    holds(
      fc.property(happenings, happenings, (first, second) => {
        const z = zOf(dayOf(first));
        const after = foldTill(dayOf(first), entry('till-closed', { z }, 99));
        const next = zOf({ ...dayOf(second), former: after.former });
        expect(next.number).toBe(z.number + 1);
        expect(next.perpetual.salesMinor).toBeGreaterThanOrEqual(z.perpetual.salesMinor);
        expect(next.perpetual.returnsMinor).toBeGreaterThanOrEqual(z.perpetual.returnsMinor);
        expect(next.perpetual.grandMinor - z.perpetual.grandMinor).toBe(next.figures.totals.grossMinor);
      }),
    );
  });
});

describe('a void', () => {
  test('nets to zero with its original in money, tax, stock and till, and computes again', () => {
    holds(
      fc.property(cartLines, rules, (lines, tax) => {
        const sale = saleOf(lines, tax);
        const undone = voidOf(sale);
        const both = addFigures(
          figuresOfFact(entry('transaction-completed', { transaction: sale })),
          figuresOfFact(entry('transaction-completed', { transaction: undone })),
        );
        const sums = [
          ...Object.values(both.totals),
          ...both.taxes.flatMap((row) => [row.netMinor, row.taxMinor, row.grossMinor]),
          ...both.tenders.map(({ amountMinor }) => amountMinor),
          ...both.categories.map(({ grossMinor }) => grossMinor),
        ];
        expect(sums.every((sum) => Math.abs(sum) === 0)).toBe(true);
        expect(expectedCash(100, both)).toBe(100);
        const moved = [...sale.stockMovements, ...undone.stockMovements];
        expect(Math.abs(moved.reduce((total, { quantityMilli }) => total + quantityMilli, 0))).toBe(0);
        expect(checkTransaction(undone, { cashStepMinor: 5 })).toEqual([]);
        expect(checkVoid(undone, sale, false)).toEqual([]);
        expect(checkVoid(undone, sale, true)).toHaveLength(1);
        expect(checkVoid(undone, undone, false)).toHaveLength(1);
      }),
    );
  });
});
