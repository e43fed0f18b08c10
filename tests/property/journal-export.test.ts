// The DSFinV-K export of any till session comes to what its Z report says, in every table: goods, tax, rounding, payments
// and the drawer; practice and broken-off carts are there and count nowhere.

import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildTransaction } from '../../shared/domain/build-transaction.ts';
import { cartTotals } from '../../shared/domain/cart-totals.ts';
import type { Fact, FactBodies, FactKind } from '../../shared/domain/fact.ts';
import { asOperatorId, asTransactionId } from '../../shared/domain/ids.ts';
import { dueInCash, settleInCash } from '../../shared/domain/tender.ts';
import { foldTill, NEW_TILL } from '../../shared/domain/till-session.ts';
import { CASH_MOVE_SIGN } from '../../shared/domain/till-figures.ts';
import type { Transaction } from '../../shared/domain/transaction.ts';
import { voidTransaction } from '../../shared/domain/void-transaction.ts';
import { buildZReport, type ZReport } from '../../shared/domain/z-report.ts';
import { columnNames, type DsfinvkTable } from '../../sync-server/journal-export/dsfinvk-tables.ts';
import { exportClosing, type ExportedClosing } from '../../sync-server/journal-export/dsfinvk-closing.ts';
import type { ExportedShop, ExportedWorkstation } from '../../sync-server/journal-export/read-journals.ts';
import { aCart, someSettings, transactionGiven, valueOf, type SomeLine } from '../support/domain-builders.ts';
import { cartLines, taxGroups, taxRules } from './arbitraries.ts';
import { holds } from './holds.ts';

const NOBODY = asOperatorId('operator-1');
const SESSION = 'session-1';
const AT = '2026-03-02T10:00:00.000Z';
const STEP = { stepMinor: 5 };
type Rules = Pick<Transaction, 'taxRules' | 'taxGroups'>;
type Happening =
  | {
      readonly what: 'sale';
      readonly lines: readonly SomeLine[];
      readonly isVoided: boolean;
      readonly isPractice: boolean;
    }
  | { readonly what: 'move'; readonly kind: keyof typeof CASH_MOVE_SIGN; readonly amountMinor: number }
  | { readonly what: 'no-sale' };

function factsOf(rules: Rules, happenings: readonly Happening[]): readonly Fact[] {
  const facts: Fact[] = [];
  const add = <Kind extends FactKind>(kind: Kind, body: FactBodies[Kind]): void => {
    // Only what folds and exports read.
    const made: unknown = {
      kind,
      body,
      epoch: 1,
      sequence: facts.length + 2,
      operatorId: NOBODY,
      recordedAt: AT,
    };
    facts.push(made as Fact);
  };
  const counted = { pieces: [], otherMinor: 50_00 };
  add('till-opened', {
    tillSessionId: SESSION,
    sessionNumber: 1,
    businessDay: '2026-03-02',
    currency: 'EUR',
    openedBy: NOBODY,
    floatMinor: 1e4,
    counted: {
      pieces: [],
      otherMinor: 1e4,
    },
  });
  const settings = someSettings(rules);
  for (const one of happenings) {
    if (one.what === 'no-sale') add('no-sale', { reasonCode: 'change', tillSessionId: SESSION });
    else if (one.what === 'move') {
      const { kind, amountMinor } = one;
      add('cash-moved', { tillSessionId: SESSION, kind, amountMinor, reasonCode: 'reason' });
    } else {
      const cart = aCart(...one.lines);
      const dueMinor = cartTotals(cart, rules.taxRules, rules.taxGroups).totals.grossMinor;
      const { tenders } = valueOf(settleInCash(dueMinor, Math.max(0, dueInCash(dueMinor, STEP)), STEP));
      const store = { ...settings.store, cashRoundingStepMinor: 5 };
      const built = valueOf(
        buildTransaction(cart, { ...settings, store }, transactionGiven({ tenders, tillSessionId: SESSION })),
      );
      const transaction = one.isPractice ? { ...built, isTraining: true } : built;
      add('transaction-completed', { transaction });
      if (one.isVoided && !one.isPractice) add('transaction-completed', { transaction: voidOf(transaction) });
    }
  }
  add('till-counted', { tillSessionId: SESSION, counted, countedMinor: 50_00 });
  return facts;
}

const voidOf = (original: Transaction): Transaction =>
  valueOf(
    voidTransaction(original, someSettings().store, {
      id: asTransactionId('void-1'),
      now: AT,
      position: {
        epoch: 1,
        sequence: 18,
      },
      workstationNumber: 2,
      operatorId: NOBODY,
      reasonCode: 'mistake',
      approvalId: null,
      tillSessionId: SESSION,
      isVoidedAlready: false,
    }),
  );

function closed(facts: readonly Fact[], change: (z: ZReport) => ZReport = (z) => z): ExportedClosing {
  let state = NEW_TILL;
  for (const fact of facts) state = foldTill(state, fact);
  if (state.open === null) throw new Error('the till is not open');
  const last = { epoch: 1, sequence: facts.length + 2 };
  const z = valueOf(
    buildZReport(state.open, {
      former: null,
      closedAt: AT,
      closedBy: NOBODY,
      last,
      pending: {
        count: 0,
        amountMinor: 0,
      },
    }),
  );
  // Only what the export reads.
  const closing: unknown = { kind: 'till-closed', body: { z: change(z) }, ...last, recordedAt: AT };
  const shop: ExportedShop = {
    store: someSettings().store,
    workstations: [],
    operatorNames: new Map([['operator-1', 'Anna']]),
    categories: new Map(),
  };
  const workstation: ExportedWorkstation = {
    id: 'w1',
    number: 2,
    storeId: 's1',
    publicKey: '{}',
    head: {
      epoch: 1,
      sequence: 1,
      hash: '',
    },
  };
  return exportClosing(shop, workstation, {
    closing: closing as Fact<'till-closed'>,
    entries: [...facts, closing as Fact],
  });
}

/** Sum of a column, over rows where another column has a value. */
function sumOf(
  closing: ExportedClosing,
  table: DsfinvkTable,
  column: string,
  where?: readonly [string, string],
): number {
  const names = columnNames(table);
  return closing.rows
    .filter((row) => row.table === table)
    .filter(({ cells }) => where === undefined || cells[names.indexOf(where[0])] === where[1])
    .reduce((sum, { cells }) => {
      const cell = cells[names.indexOf(column)];
      return sum + (typeof cell === 'object' ? cell.amount : 0);
    }, 0);
}

const happening: fc.Arbitrary<Happening> = fc.oneof(
  fc.record({
    what: fc.constant('sale' as const),
    lines: cartLines,
    isVoided: fc.boolean(),
    isPractice: fc.boolean(),
  }),
  fc.record({
    what: fc.constant('move' as const),
    kind: fc.constantFrom('loan', 'pickup', 'paid-in', 'paid-out', 'safe-drop'),
    amountMinor: fc.integer({ min: 1, max: 1_000_000 }),
  }),
  fc.constant({ what: 'no-sale' as const }),
);
const sessions = fc.tuple(fc.record({ taxRules, taxGroups }), fc.array(happening, { maxLength: 10 }));

describe('the DSFinV-K export of a session', () => {
  test('comes to its Z report in every table', () => {
    holds(
      fc.property(sessions, ([rules, happenings]) => {
        const closing = closed(factsOf(rules, happenings));
        expect(closing.differences).toEqual([]);
        const cases = sumOf(closing, 'businesscases', 'Z_UMS_BRUTTO');
        expect(sumOf(closing, 'payment', 'Z_ZAHLART_BETRAG')).toBe(cases);
        expect(sumOf(closing, 'cashpointclosing', 'Z_SE_ZAHLUNGEN')).toBe(cases);
        expect(sumOf(closing, 'cash_per_currency', 'ZAHLART_BETRAG_WAEH', ['ZAHLART_WAEH', 'EUR'])).toBe(
          50_00,
        );
        const net = sumOf(closing, 'businesscases', 'Z_UMS_NETTO');
        expect(net + sumOf(closing, 'businesscases', 'Z_UST')).toBe(cases);
        const lines = sumOf(closing, 'lines_vat', 'POS_BRUTTO');
        const practice = happenings.some((one) => one.what === 'sale' && one.isPractice);
        if (!practice) expect(lines).toBe(cases);
      }),
    );
  });

  test('names what a wrong Z says, and exports it as it stands', () => {
    const facts = factsOf({ taxRules: someSettings().taxRules, taxGroups: someSettings().taxGroups }, [
      { what: 'move', kind: 'loan', amountMinor: 5_00 },
    ]);
    const closing = closed(facts, (z) => ({ ...z, cash: { ...z.cash, countedMinor: 1 } }));
    expect(closing.differences).toEqual(['cash in the drawer: the Z says 1, the entries come to 5000']);
  });
});
