// Collects the rows of one closing: each under the key of that closing, with sums by business case, tax key and tender, so
// that the closing tables are the sums of the single records, and nothing is written twice by different rules.

import { currencyOf } from '../../shared/domain/currency.ts';
import type { Cell } from './csv-text.ts';
import { DSFINVK_TABLES, type DsfinvkTable } from './dsfinvk-tables.ts';

/** Values of a row by column; what is left out is empty. Numbers are minor units of the closing's currency. */
export type RowValues = Readonly<Record<string, string | number | { amount: number; digits: number }>>;

export type VatAmounts = {
  readonly grossMinor: number;
  readonly netMinor: number;
  readonly taxMinor: number;
};

export type ClosingRows = {
  readonly rows: readonly { readonly table: DsfinvkTable; readonly cells: readonly Cell[] }[];
  /** Everything that was paid or moved, and the cash of the shop's own currency in it. */
  readonly paidMinor: number;
  /** Gross of all business cases: what the payments are for. */
  readonly casesMinor: number;
  readonly ownCashMinor: number;
  readonly tenders: ReadonlyMap<string, number>;
};

export type RowBook = {
  readonly add: (table: DsfinvkTable, values: RowValues) => void;
  /** A line of a receipt: its business case and tax key are summed for the closing. */
  readonly addCase: (type: string, name: string, vatKey: number, amounts: VatAmounts) => void;
  readonly addPayment: (paid: {
    readonly type: string;
    readonly name: string;
    readonly amountMinor: number;
    readonly foreign?: { readonly currency: string; readonly amountMinor: number };
  }) => void;
  readonly finish: () => ClosingRows;
};

export function createRowBook(key: {
  readonly registerId: string;
  readonly closedAt: string;
  readonly number: number;
  readonly currency: string;
}): RowBook {
  const { digits } = currencyOf(key.currency);
  const rows: { table: DsfinvkTable; cells: readonly Cell[] }[] = [];
  const cases = new Map<string, { type: string; name: string; vatKey: number } & Mutable<VatAmounts>>();
  const payments = new Map<string, { type: string; name: string; amountMinor: number }>();
  const currencies = new Map<string, number>();
  let paidMinor = 0;
  let casesMinor = 0;

  const add = (table: DsfinvkTable, values: RowValues): void => {
    const all: RowValues = {
      Z_KASSE_ID: key.registerId,
      Z_ERSTELLUNG: key.closedAt,
      Z_NR: { amount: key.number, digits: 0 },
      ...values,
    };
    rows.push({ table, cells: DSFINVK_TABLES[table].columns.map((column) => cellOf(column, all, digits)) });
  };

  return {
    add,
    addCase(type, name, vatKey, { grossMinor, netMinor, taxMinor }) {
      const at = `${type}\n${name}\n${vatKey}`;
      const sum = cases.get(at) ?? { type, name, vatKey, grossMinor: 0, netMinor: 0, taxMinor: 0 };
      cases.set(at, sum);
      casesMinor += grossMinor;
      sum.grossMinor += grossMinor;
      sum.netMinor += netMinor;
      sum.taxMinor += taxMinor;
    },
    addPayment({ type, name, amountMinor, foreign }) {
      const at = `${type}\n${name}`;
      const sum = payments.get(at) ?? { type, name, amountMinor: 0 };
      payments.set(at, sum);
      sum.amountMinor += amountMinor;
      paidMinor += amountMinor;
      if (type !== 'Bar') return;
      const currency = foreign?.currency ?? key.currency;
      currencies.set(currency, (currencies.get(currency) ?? 0) + (foreign?.amountMinor ?? amountMinor));
    },
    finish() {
      for (const { type, name, vatKey, grossMinor, netMinor, taxMinor } of inOrder(cases)) {
        add('businesscases', {
          GV_TYP: type,
          GV_NAME: name,
          AGENTUR_ID: {
            amount: 0,
            digits: 0,
          },
          UST_SCHLUESSEL: {
            amount: vatKey,
            digits: 0,
          },
          Z_UMS_BRUTTO: grossMinor,
          Z_UMS_NETTO: netMinor,
          Z_UST: taxMinor,
        });
      }
      for (const { type, name, amountMinor } of inOrder(payments)) {
        add('payment', { ZAHLART_TYP: type, ZAHLART_NAME: name, Z_ZAHLART_BETRAG: amountMinor });
      }
      for (const [currency, amount] of [...currencies].sort(([one], [other]) => (one < other ? -1 : 1))) {
        const value = { amount, digits: currencyOf(currency).digits };
        add('cash_per_currency', { ZAHLART_WAEH: currency, ZAHLART_BETRAG_WAEH: value });
      }
      const tenders = new Map(
        [...payments.values()].map((each) => [`${each.type} ${each.name}`, each.amountMinor]),
      );
      return { rows, paidMinor, casesMinor, ownCashMinor: currencies.get(key.currency) ?? 0, tenders };
    },
  };
}

type Mutable<Value> = { -readonly [Name in keyof Value]: Value[Name] };

function inOrder<Row>(rows: ReadonlyMap<string, Row>): readonly Row[] {
  return [...rows].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, row]) => row);
}

function cellOf(column: string, values: RowValues, digits: number): Cell {
  const value = values[column.split(':')[0] ?? column];
  if (value === undefined) return '';
  return typeof value === 'number' ? { amount: value, digits } : value;
}
