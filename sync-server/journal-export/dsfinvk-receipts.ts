// One entry of the journal as a receipt (Bon) of DSFinV-K: header, lines with their tax, price finding, references and
// payments. Amounts come from the entry as they are; nothing is computed anew but sums.

import { currencyOf } from '../../shared/domain/currency.ts';
import type { Transaction, TransactionLine } from '../../shared/domain/transaction.ts';
import type { RowBook, RowValues, VatAmounts } from './dsfinvk-rows.ts';
import type { ExportedShop } from './read-journals.ts';
import { added, addLineVat, addMoneyLine, addPayments, moneyLines } from './dsfinvk-money.ts';
import { rateOf, TAX_FREE, vatKeyOf } from './vat-keys.ts';

export type ReceiptHead = {
  readonly id: string;
  readonly sequence: number;
  readonly type: 'Beleg' | 'AVTraining' | 'AVBelegabbruch' | 'AVSonstige';
  readonly name: string;
  readonly at: string;
  readonly operatorId: string;
  readonly isVoid: boolean;
  readonly grossMinor: number;
  readonly customerId: string;
  readonly note: string;
};

type Digits = { readonly amount: number; readonly digits: number };
const whole = (amount: number): Digits => ({ amount, digits: 0 });
const UNITS: Readonly<Record<string, string>> = { piece: 'Stück', kilogram: 'kg', litre: 'l', metre: 'm' };
export function addHead(book: RowBook, shop: ExportedShop, head: ReceiptHead): void {
  book.add('transactions', {
    BON_ID: head.id,
    BON_NR: whole(head.sequence),
    BON_TYP: head.type,
    BON_NAME: head.name,
    BON_STORNO: head.isVoid ? '1' : '0',
    BON_ENDE: head.at,
    BEDIENER_ID: head.operatorId,
    BEDIENER_NAME: shop.operatorNames.get(head.operatorId) ?? '',
    UMS_BRUTTO: head.grossMinor,
    KUNDE_ID: head.customerId,
    BON_NOTIZ: head.note,
  });
}

/** Lines, taxes and payments of a transaction; practice is written and counted nowhere. */
export function addTransaction(book: RowBook, shop: ExportedShop, transaction: Transaction): void {
  const receiptId = transaction.receiptNumber;
  const isCounted = transaction.isTraining !== true;
  const byKey = new Map<number, VatAmounts>();
  const note = (vatKey: number, vat: VatAmounts): void =>
    void byKey.set(vatKey, added(byKey.get(vatKey), vat));
  for (const line of transaction.lines) {
    const vatKey =
      transaction.exemption === undefined
        ? vatKeyOf(rateOf(transaction.taxGroups[line.taxGroupId]))
        : TAX_FREE;
    addGoodsLine(book, { shop, transaction, line, vatKey, isCounted });
    note(vatKey, line);
  }
  let number = Math.max(0, ...transaction.lines.map(({ lineNumber }) => lineNumber));
  for (const { type, name, amounts } of moneyLines(transaction)) {
    number += 1;
    addMoneyLine(book, { receiptId, line: String(number), isCounted }, { type, name, amounts });
    for (const [vatKey, vat] of amounts) note(vatKey, vat);
  }
  for (const [vatKey, vat] of [...byKey].sort(([one], [other]) => one - other)) {
    book.add('transactions_vat', {
      BON_ID: receiptId,
      UST_SCHLUESSEL: whole(vatKey),
      BON_BRUTTO: vat.grossMinor,
      BON_NETTO: vat.netMinor,
      BON_UST: vat.taxMinor,
    });
  }
  addPayments(book, transaction, isCounted);
  if (transaction.voids === undefined) return;
  book.add('references', {
    BON_ID: receiptId,
    REF_TYP: 'Transaktion',
    REF_BON_ID: transaction.voids.receiptNumber,
  });
}

function addGoodsLine(
  book: RowBook,
  given: {
    readonly shop: ExportedShop;
    readonly transaction: Transaction;
    readonly line: TransactionLine;
    readonly vatKey: number;
    readonly isCounted: boolean;
  },
): void {
  const { shop, transaction, line, vatKey } = given;
  const at = { receiptId: transaction.receiptNumber, line: String(line.lineNumber) };
  const type =
    line.parentLineNumber === undefined ? 'Umsatz' : line.grossMinor < 0 ? 'PfandRueckzahlung' : 'Pfand';
  const category = shop.categories.get(line.categoryId ?? '');
  const sign = line.direction === 'return' ? -1 : 1;
  const language = shop.store.defaultLanguage;
  book.add('lines', {
    BON_ID: at.receiptId,
    POS_ZEILE: at.line,
    ARTIKELTEXT: line.name[language] ?? line.name.en,
    GV_TYP: type,
    P_STORNO: '0',
    ART_NR: line.sku,
    GTIN: gtinOf(line.scannedCode ?? ''),
    WARENGR_ID: line.categoryId ?? '',
    WARENGR: category?.name[language] ?? category?.name.en ?? '',
    MENGE: {
      amount: sign * line.quantityMilli,
      digits: 3,
    },
    FAKTOR: {
      amount: 1e3,
      digits: 3,
    },
    EINHEIT: UNITS[line.unit] ?? line.unit,
    ...unitPrice(line, transaction.currency),
  });
  addLineVat(book, at, vatKey, line);
  if (given.isCounted) book.addCase(type, '', vatKey, line);
  addPriceFinding(book, { ...at, vatKey, line, isGross: isTaxIncluded(transaction, line) });
  if (line.original === undefined) return;
  book.add('references', {
    BON_ID: at.receiptId,
    POS_ZEILE: at.line,
    REF_TYP: 'Transaktion',
    REF_BON_ID: line.original.receiptNumber,
  });
}

/** What the line would have come to, and what changed it. Gross or net is known as the shop's prices are. */
function addPriceFinding(
  book: RowBook,
  given: {
    readonly receiptId: string;
    readonly line: TransactionLine;
    readonly vatKey: number;
    readonly isGross: boolean;
  },
): void {
  const { receiptId, line, vatKey, isGross } = given;
  const { modifiers = [] } = line;
  if (modifiers.length === 0) return;
  const put = (type: string, amountMinor: number): void =>
    book.add('itemamounts', {
      BON_ID: receiptId,
      POS_ZEILE: String(line.lineNumber),
      TYP: type,
      UST_SCHLUESSEL: whole(vatKey),
      ...(isGross ? { PF_BRUTTO: amountMinor } : { PF_NETTO: amountMinor }),
    });
  put('base_amount', line.extendedMinor);
  for (const { amountMinor } of modifiers) put(amountMinor < 0 ? 'discount' : 'extra_amount', amountMinor);
}

/** Gross of one unit, rounded half up to a thousandth of a minor unit. */
function unitPrice({ grossMinor, quantityMilli, direction }: TransactionLine, currency: string): RowValues {
  if (quantityMilli === 0) return {};
  const gross = BigInt(direction === 'return' ? -grossMinor : grossMinor) * 1_000_000n;
  const quantity = BigInt(quantityMilli);
  const half = gross < 0n ? -quantity / 2n : quantity / 2n;
  const digits = currencyOf(currency).digits + 3;
  return { STK_BR: { amount: Number((gross + half) / quantity), digits } };
}

const gtinOf = (code: string): string => (/^(?:\d{8}|\d{12,14})$/u.test(code) ? code : '');

function isTaxIncluded({ taxGroups }: Transaction, line: TransactionLine): boolean {
  return (taxGroups[line.taxGroupId]?.components ?? []).every(({ isIncludedInPrice }) => isIncludedInPrice);
}
