// A till session as a closing (Kassenabschluss) of DSFinV-K: its receipts, what its drawer began with, what went in and out
// and what was missing, the registers and rates behind it, and whether the sums come to what the Z report says.

import type { Fact } from '../../shared/domain/fact.ts';
import { receiptNumber } from '../../shared/domain/journal.ts';
import { CASH_MOVE_SIGN, type CashMoveKind } from '../../shared/domain/till-figures.ts';
import type { Transaction } from '../../shared/domain/transaction.ts';
import type { ZReport } from '../../shared/domain/z-report.ts';
import { createRowBook, type ClosingRows, type RowBook } from './dsfinvk-rows.ts';
import { addMoneyLine, addPayment } from './dsfinvk-money.ts';
import { addHead, addTransaction } from './dsfinvk-receipts.ts';
import type { ExportedShop, ExportedWorkstation } from './read-journals.ts';
import { NOT_TAXABLE, rateOf, vatKeyOf } from './vat-keys.ts';

/** The entries of one session in their order, closing included. */
export type ClosedSession = {
  readonly closing: Fact<'till-closed'>;
  readonly entries: readonly Fact[];
};

export type ExportedClosing = ClosingRows & {
  /** Where the sums differ from the Z report: name, Z, export. Empty when all is well. */
  readonly differences: readonly string[];
};

const MOVES: Readonly<Record<CashMoveKind, string>> = {
  loan: 'Geldtransit',
  pickup: 'Geldtransit',
  'safe-drop': 'Geldtransit',
  'paid-in': 'Einzahlung',
  'paid-out': 'Auszahlung',
};

export function exportClosing(
  shop: ExportedShop,
  workstation: ExportedWorkstation,
  session: ClosedSession,
): ExportedClosing {
  const { z } = session.closing.body;
  const registerId = registerIdOf(shop, workstation);
  const book = createRowBook({ registerId, closedAt: z.closedAt, number: z.number, currency: z.currency });
  const numberOf = (fact: Fact): string =>
    receiptNumber({
      storeNumber: shop.store.number,
      workstationNumber: workstation.number,
      epoch: fact.epoch,
      sequence: fact.sequence,
    });
  for (const fact of session.entries) addEntry(book, shop, fact, numberOf(fact));
  addStore(book, shop, { workstation, registerId, z });
  addRates(book, transactionsOf(session.entries));
  // Only what the sums need is known now: the closing's own row stands before the tables of its sums.
  const { openingId, closingId } = endsOf(session, numberOf);
  const totals = book.finish();
  const closingRow = createRowBook({
    registerId,
    closedAt: z.closedAt,
    number: z.number,
    currency: z.currency,
  });
  const [street = '', ...places] = shop.store.addressLines;
  closingRow.add('cashpointclosing', {
    Z_BUCHUNGSTAG: z.businessDays.at(-1) ?? '',
    TAXONOMIE_VERSION: '2.3',
    Z_START_ID: openingId,
    Z_ENDE_ID: closingId,
    NAME: shop.store.name,
    STRASSE: street,
    ORT: places.join(', '),
    STNR: shop.store.taxNumber,
    Z_SE_ZAHLUNGEN: totals.paidMinor,
    Z_SE_BARZAHLUNGEN: cashOf(totals),
  });
  return {
    ...totals,
    rows: [...closingRow.finish().rows, ...totals.rows],
    differences: differencesFrom(z, totals, transactionsOf(session.entries)),
  };
}

/** Store and workstation as they stand on receipts. */
export const registerIdOf = (shop: ExportedShop, { number }: { readonly number: number }): string =>
  `${String(shop.store.number).padStart(2, '0')}-${String(number).padStart(2, '0')}`;

function addEntry(book: RowBook, shop: ExportedShop, fact: Fact, id: string): void {
  const base = {
    id,
    sequence: fact.sequence,
    at: fact.recordedAt,
    operatorId: fact.operatorId ?? '',
    isVoid: false,
    grossMinor: 0,
    customerId: '',
    note: '',
    name: '',
  };
  // Other kinds move no money and break off no receipt; the JSON export holds them.
  if (fact.kind === 'transaction-completed') {
    const { transaction } = fact.body;
    addHead(book, shop, {
      ...base,
      id: transaction.receiptNumber,
      type: transaction.isTraining === true ? 'AVTraining' : 'Beleg',
      isVoid: transaction.voids !== undefined,
      operatorId: transaction.operatorId,
      grossMinor: transaction.totals.grossMinor,
      customerId: transaction.customerId ?? '',
      note: transaction.note ?? '',
    });
    addTransaction(book, shop, transaction);
  }
  if (fact.kind === 'till-opened') {
    addHead(book, shop, { ...base, type: 'Beleg', name: 'Anfangsbestand' });
    addCash(book, id, 'Anfangsbestand', fact.body.floatMinor);
  }
  if (fact.kind === 'cash-moved') {
    const { kind, amountMinor, reasonCode, note } = fact.body;
    addHead(book, shop, { ...base, type: 'Beleg', name: kind, note: note ?? reasonCode });
    addCash(book, id, MOVES[kind], CASH_MOVE_SIGN[kind] * amountMinor);
  }
  if (fact.kind === 'no-sale') {
    addHead(book, shop, { ...base, type: 'AVSonstige', name: 'no-sale', note: fact.body.reasonCode });
  }
  const isGivenUp = fact.kind === 'cart-action' && fact.body.action === 'cart-cancelled';
  if (isGivenUp && fact.body.isTraining !== true) {
    addHead(book, shop, { ...base, type: 'AVBelegabbruch', note: fact.body.reasonCode ?? '' });
  }
  if (fact.kind === 'till-closed' && fact.body.z.cash.differenceMinor !== 0) {
    addHead(book, shop, { ...base, type: 'Beleg', name: 'DifferenzSollIst' });
    addCash(book, id, 'DifferenzSollIst', fact.body.z.cash.differenceMinor);
  }
}

function addCash(book: RowBook, receiptId: string, type: string, amountMinor: number): void {
  const amounts = new Map([[NOT_TAXABLE, { grossMinor: amountMinor, netMinor: amountMinor, taxMinor: 0 }]]);
  addMoneyLine(book, { receiptId, line: '1', isCounted: true }, { type, name: '', amounts });
  const paid = { type: 'Bar', name: 'Bar', amountMinor };
  addPayment(book, receiptId, paid);
  book.addPayment(paid);
}

function addStore(
  book: RowBook,
  shop: ExportedShop,
  given: { readonly workstation: ExportedWorkstation; readonly registerId: string; readonly z: ZReport },
): void {
  const { store } = shop;
  const [street = '', ...places] = store.addressLines;
  book.add('location', { LOC_NAME: store.name, LOC_STRASSE: street, LOC_ORT: places.join(', ') });
  book.add('cashregister', {
    KASSE_BRAND: 'Tillandsia',
    KASSE_MODELL: 'POS',
    KASSE_SERIENNR: given.workstation.id,
    KASSE_SW_BRAND: 'Tillandsia',
    KASSE_BASISWAEH_CODE: given.z.currency,
    KEINE_UST_ZUORDNUNG: '0',
  });
}

function addRates(book: RowBook, transactions: readonly Transaction[]): void {
  const rates = new Map<number, { readonly ratePpm: number; readonly name: string }>([
    [NOT_TAXABLE, { ratePpm: 0, name: 'Nicht steuerbar' }],
  ]);
  for (const group of transactions.flatMap(({ taxGroups }) => Object.values(taxGroups))) {
    const ratePpm = rateOf(group);
    rates.set(vatKeyOf(ratePpm), { ratePpm: ratePpm ?? 0, name: group.name });
  }
  for (const [vatKey, { ratePpm, name }] of [...rates].sort(([one], [other]) => one - other)) {
    book.add('vat', {
      UST_SCHLUESSEL: { amount: vatKey, digits: 0 },
      UST_SATZ: { amount: Math.round(ratePpm / 100), digits: 2 },
      UST_BESCHR: name,
    });
  }
}

const transactionsOf = (entries: readonly Fact[]): readonly Transaction[] =>
  entries.flatMap((fact) => (fact.kind === 'transaction-completed' ? [fact.body.transaction] : []));

function endsOf(
  session: ClosedSession,
  numberOf: (fact: Fact) => string,
): { readonly openingId: string; readonly closingId: string } {
  const [first] = session.entries;
  const last = session.entries.findLast(({ kind }) => kind !== 'till-closed') ?? session.closing;
  return { openingId: numberOf(first ?? session.closing), closingId: numberOf(last) };
}

const cashOf = ({ tenders }: ClosingRows): number =>
  [...tenders].reduce((sum, [name, amountMinor]) => (name.startsWith('Bar ') ? sum + amountMinor : sum), 0);

/** The export against the Z report: goods, tax, rounding, what was paid, and the drawer. */
function differencesFrom(
  z: ZReport,
  totals: ClosingRows,
  transactions: readonly Transaction[],
): readonly string[] {
  const counted = transactions.filter(({ isTraining }) => isTraining !== true);
  const sum = (of: (transaction: Transaction) => number): number =>
    counted.reduce((total, transaction) => total + of(transaction), 0);
  const lines = (of: (line: Transaction['lines'][number]) => number): number =>
    sum(({ lines: all }) => all.reduce((total, line) => total + of(line), 0));
  const tendered = z.figures.tenders.filter(({ kind }) => kind !== 'deposit');
  const moved = z.figures.cashMoves.reduce(
    (total, { kind, amountMinor }) => total + CASH_MOVE_SIGN[kind] * amountMinor,
    0,
  );
  const paid = tendered.reduce((total, { amountMinor }) => total + amountMinor, 0);
  const expected: readonly (readonly [string, number, number])[] = [
    ['gross', z.figures.totals.grossMinor, lines((line) => line.grossMinor)],
    ['net', z.figures.totals.netMinor, lines((line) => line.netMinor)],
    ['tax', z.figures.totals.taxMinor, lines((line) => line.taxMinor)],
    ['transactions', z.figures.counts.transactions, counted.length],
    [
      'cash rounding',
      z.figures.totals.cashRoundingMinor,
      sum(({ totals: { cashRoundingMinor } }) => cashRoundingMinor),
    ],
    ['payments', paid + z.cash.floatMinor + moved + z.cash.differenceMinor, totals.paidMinor],
    ['business cases', totals.paidMinor, totals.casesMinor],
    ['cash in the drawer', z.cash.countedMinor, totals.ownCashMinor],
  ];
  return expected.flatMap(([name, stated, found]) =>
    stated === found ? [] : [`${name}: the Z says ${stated}, the entries come to ${found}`],
  );
}
