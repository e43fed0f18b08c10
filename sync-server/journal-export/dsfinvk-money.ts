// Money on a receipt of DSFinV-K besides goods: payments, deposits, cash rounding, and the tax of a line.

import { currencyOf } from '../../shared/domain/currency.ts';
import type { TaxSummary } from '../../shared/domain/tax.ts';
import type { Transaction } from '../../shared/domain/transaction.ts';
import type { RowBook, VatAmounts } from './dsfinvk-rows.ts';
import { NOT_TAXABLE, vatKeyOf } from './vat-keys.ts';

const TENDERS = {
  cash: ['Bar', 'Bar'],
  'foreign-cash': ['Bar', 'Fremdwährung'],
  card: ['Unbar', 'Karte'],
  voucher: ['Unbar', 'Gutschein'],
  'bad-debt': ['Unbar', 'Forderung'],
} as const;

/** A line that moves money without goods: deposits, rounding, cash in and out. */
export function addMoneyLine(
  book: RowBook,
  at: { readonly receiptId: string; readonly line: string; readonly isCounted: boolean },
  given: { readonly type: string; readonly name: string; readonly amounts: ReadonlyMap<number, VatAmounts> },
): void {
  const { type, name, amounts } = given;
  book.add('lines', {
    BON_ID: at.receiptId,
    POS_ZEILE: at.line,
    ARTIKELTEXT: name === '' ? type : name,
    GV_TYP: type,
    GV_NAME: name,
    P_STORNO: '0',
    MENGE: {
      amount: 1e3,
      digits: 3,
    },
  });
  for (const [vatKey, vat] of amounts) {
    addLineVat(book, at, vatKey, vat);
    if (at.isCounted) book.addCase(type, name, vatKey, vat);
  }
}

/** What the transaction moves besides goods. */
export function moneyLines(
  transaction: Transaction,
): readonly { type: string; name: string; amounts: ReadonlyMap<number, VatAmounts> }[] {
  const { order, totals } = transaction;
  const lines: { type: string; name: string; amounts: ReadonlyMap<number, VatAmounts> }[] = [];
  const put = (type: string, name: string, amountMinor: number, taxes: readonly TaxSummary[] = []): void => {
    if (amountMinor !== 0 || taxes.length > 0)
      lines.push({ type, name, amounts: splitByTax(amountMinor, taxes) });
  };
  if (order !== undefined) {
    const goesOff = order.redeemedMinor + order.refundedMinor + order.forfeitedMinor;
    put(
      'Anzahlungseinstellung',
      order.orderNumber,
      order.takenMinor,
      order.takenMinor === 0 ? [] : order.taxes,
    );
    put('Anzahlungsaufloesung', order.orderNumber, -goesOff, order.takenMinor === 0 ? order.taxes : []);
    put('Aufschlag', 'Einbehaltene Anzahlung', order.forfeitedMinor);
  }
  const { cashRoundingMinor } = totals;
  put(cashRoundingMinor < 0 ? 'Rabatt' : 'Aufschlag', 'Rundung', cashRoundingMinor);
  return lines;
}

/** The amount by tax key: what the rows declare, and the rest as not taxable. */
function splitByTax(amountMinor: number, taxes: readonly TaxSummary[]): ReadonlyMap<number, VatAmounts> {
  const split = new Map<number, VatAmounts>();
  let rest = amountMinor;
  for (const row of taxes) {
    const vatKey = vatKeyOf(row.ratePpm);
    split.set(vatKey, added(split.get(vatKey), row));
    rest -= row.grossMinor;
  }
  if (rest !== 0) split.set(NOT_TAXABLE, { grossMinor: rest, netMinor: rest, taxMinor: 0 });
  return split;
}

/** Payments of a transaction, as they were made. */
export function addPayments(book: RowBook, transaction: Transaction, isCounted: boolean): void {
  for (const { kind, amountMinor, tenderedMinor, changeMinor, foreign, card } of transaction.tenders) {
    // What was paid before comes off as a line of its own.
    if (kind === 'deposit') continue;
    const [type, name] = TENDERS[kind];
    const label = card?.scheme === undefined ? name : `${name} ${card.scheme}`;
    const parts =
      foreign === undefined
        ? [{ amountMinor, name: label }]
        : [
            { amountMinor: tenderedMinor, name: label, foreign },
            ...(changeMinor === 0 ? [] : [{ amountMinor: -changeMinor, name: 'Bar' }]),
          ];
    for (const part of parts) {
      const other = 'foreign' in part ? part.foreign : undefined;
      const paid = { type, name: part.name, amountMinor: part.amountMinor };
      const inForeign =
        other === undefined ? {} : { foreign: { currency: other.currency, amountMinor: other.foreignMinor } };
      addPayment(book, transaction.receiptNumber, { ...paid, ...inForeign });
      if (isCounted) book.addPayment({ ...paid, ...inForeign });
    }
  }
}

/** A payment of a receipt; sums for the closing are kept apart. */
export function addPayment(
  book: RowBook,
  receiptId: string,
  paid: {
    readonly type: string;
    readonly name: string;
    readonly amountMinor: number;
    readonly foreign?: { readonly currency: string; readonly amountMinor: number };
  },
): void {
  const { type, name, amountMinor, foreign } = paid;
  book.add('datapayment', {
    BON_ID: receiptId,
    ZAHLART_TYP: type,
    ZAHLART_NAME: name,
    BASISWAEH_BETRAG: amountMinor,
    ...(foreign === undefined
      ? {}
      : {
          ZAHLWAEH_CODE: foreign.currency,
          ZAHLWAEH_BETRAG: inOwnDigits(foreign),
        }),
  });
}

/** Tax of a line by its key. */
export function addLineVat(
  book: RowBook,
  at: { readonly receiptId: string; readonly line: string },
  vatKey: number,
  vat: VatAmounts,
): void {
  book.add('lines_vat', {
    BON_ID: at.receiptId,
    POS_ZEILE: at.line,
    UST_SCHLUESSEL: { amount: vatKey, digits: 0 },
    POS_BRUTTO: vat.grossMinor,
    POS_NETTO: vat.netMinor,
    POS_UST: vat.taxMinor,
  });
}

/** Sum of two; nothing before is nothing. */
export function added(sum: VatAmounts | undefined, other: VatAmounts): VatAmounts {
  return {
    grossMinor: (sum?.grossMinor ?? 0) + other.grossMinor,
    netMinor: (sum?.netMinor ?? 0) + other.netMinor,
    taxMinor: (sum?.taxMinor ?? 0) + other.taxMinor,
  };
}

const inOwnDigits = ({
  currency,
  amountMinor,
}: {
  currency: string;
  amountMinor: number;
}): { amount: number; digits: number } => ({
  amount: amountMinor,
  digits: currencyOf(currency).digits,
});
