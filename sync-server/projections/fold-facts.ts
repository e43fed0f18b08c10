// Folds a run of facts into changes of the views. Everything is a sum or a maximum, so the views do not depend on
// how the feed was cut into runs: folding it again from the start gives the same, byte for byte.

import type { JournalPosition } from '../../shared/domain/fact.ts';
import { compareJournalPositions, receiptNumber } from '../../shared/domain/journal.ts';
import { ITEMS_PER_PAGE } from '../../shared/protocol/limits.ts';
import { readEffects, type Sale, type StockMoved } from './read-effects.ts';

/** A fact as the feed of a store gives it. */
export type FeedFact = {
  readonly position: number;
  readonly workstationId: string;
  readonly workstationNumber: number;
  readonly epoch: number;
  readonly sequence: number;
  readonly id: string;
  readonly kind: string;
  readonly mark: string | null;
  /** JSON of the fact; null for kinds without effects. */
  readonly body: string | null;
};

export type TransactionRow = {
  readonly receiptNumber: string;
  readonly fact: FeedFact;
  readonly sale: Sale;
};

export type ItemSalesRow = {
  readonly businessDay: string;
  readonly itemId: string;
  readonly currency: string;
  quantityMilli: number;
  netMinor: number;
  taxMinor: number;
  grossMinor: number;
  lineCount: number;
};

export type ViewChanges = {
  /** Change of on hand by ordinal. */
  readonly stock: Map<number, number>;
  /** Newest fact that moved stock of a page, by page and workstation. */
  readonly through: Map<number, Map<string, JournalPosition>>;
  readonly transactions: TransactionRow[];
  readonly itemSales: Map<string, ItemSalesRow>;
};

const SAFE = Number.MAX_SAFE_INTEGER;
/** A hostile device can make sums of any size; a view stops at the largest whole number instead of failing. */
export const bounded = (value: number): number => Math.max(-SAFE, Math.min(SAFE, value));

export const pageOf = (ordinal: number): number => Math.floor(ordinal / ITEMS_PER_PAGE);

/** Changes that the facts make; the number of the store is part of the receipt numbers. */
export function foldFacts(facts: readonly FeedFact[], storeNumber: number): ViewChanges {
  const changes: ViewChanges = {
    stock: new Map(),
    through: new Map(),
    transactions: [],
    itemSales: new Map(),
  };
  for (const fact of facts) {
    if (fact.body === null) continue;
    const { sale, movements } = readEffects(fact.kind, fact.body);
    for (const movement of movements) moveStock(changes, movement, fact);
    if (sale !== null) addSale(changes, { sale, fact, storeNumber });
  }
  return changes;
}

function moveStock(changes: ViewChanges, movement: StockMoved, fact: FeedFact): void {
  const { ordinal, quantityMilli } = movement;
  changes.stock.set(ordinal, bounded((changes.stock.get(ordinal) ?? 0) + quantityMilli));
  const page = pageOf(ordinal);
  const through = changes.through.get(page) ?? new Map<string, JournalPosition>();
  changes.through.set(page, through);
  const known = through.get(fact.workstationId);
  if (known === undefined || compareJournalPositions(fact, known) > 0) {
    through.set(fact.workstationId, { epoch: fact.epoch, sequence: fact.sequence });
  }
}

function addSale(
  changes: ViewChanges,
  given: { readonly sale: Sale; readonly fact: FeedFact; readonly storeNumber: number },
): void {
  const { sale, fact, storeNumber } = given;
  const { workstationNumber, epoch, sequence } = fact;
  changes.transactions.push({
    receiptNumber: receiptNumber({ storeNumber, workstationNumber, epoch, sequence }),
    fact,
    sale,
  });
  for (const line of sale.lines) {
    const key = `${sale.businessDay}\n${line.itemId}\n${sale.currency}`;
    const row = changes.itemSales.get(key) ?? {
      businessDay: sale.businessDay,
      itemId: line.itemId,
      currency: sale.currency,
      quantityMilli: 0,
      netMinor: 0,
      taxMinor: 0,
      grossMinor: 0,
      lineCount: 0,
    };
    changes.itemSales.set(key, row);
    row.quantityMilli = bounded(
      row.quantityMilli + (line.direction === 'return' ? -line.quantityMilli : line.quantityMilli),
    );
    row.netMinor = bounded(row.netMinor + line.netMinor);
    row.taxMinor = bounded(row.taxMinor + line.taxMinor);
    row.grossMinor = bounded(row.grossMinor + line.grossMinor);
    row.lineCount += 1;
  }
}
