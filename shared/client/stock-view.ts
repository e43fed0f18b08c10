// On hand as this till shows it: the server's view of the store plus own facts that the server had not folded
// in when it wrote the page. So a till sees its own sales at once, with or without a network, and nothing
// jumps when the server answers.

import type { Fact, JournalPosition } from '../domain/fact.ts';
import { compareJournalPositions } from '../domain/journal.ts';
import type { StockMovement } from '../domain/transaction.ts';
import { createRightsView, type RightsView } from './rights-view.ts';

const SLOTS = 256;

export type StockPageContent = {
  readonly page: number;
  readonly onHandMilli: readonly number[];
  readonly through: readonly (JournalPosition & { readonly workstationId: string })[];
};

export type StockView = {
  /** Who holds the units: the counter, the channels, orders. */
  readonly rights: RightsView;
  /** Milli units, or null while no page with this place has come. */
  onHand(ordinal: number): number | null;
  takePage(page: StockPageContent): void;
  dropPage(page: number): void;
  /** An own entry; what the page already contains is left out. */
  addOwn(fact: Fact): void;
  /** Pages as the server wrote them, for comparing replicas. */
  pages(): readonly StockPageContent[];
};

type OwnMovement = JournalPosition & { readonly slot: number; readonly quantityMilli: number };

/** An empty view for one workstation. */
export function createStockView(workstationId: () => string | null): StockView {
  const pages = new Map<number, StockPageContent>();
  const own = new Map<number, readonly OwnMovement[]>();
  const rights = createRightsView(workstationId);

  const foldedIn = (page: number): JournalPosition => {
    const id = workstationId();
    const through = pages.get(page)?.through.find((one) => one.workstationId === id);
    return through ?? { epoch: 0, sequence: 0 };
  };
  return {
    rights,
    onHand(ordinal) {
      const page = Math.floor(ordinal / SLOTS);
      const slot = ordinal % SLOTS;
      const base = pages.get(page)?.onHandMilli[slot];
      if (base === undefined) return null;
      return (own.get(page) ?? []).reduce(
        (sum, movement) => (movement.slot === slot ? sum + movement.quantityMilli : sum),
        base,
      );
    },
    takePage(content) {
      pages.set(content.page, content);
      const mark = foldedIn(content.page);
      const newer = (own.get(content.page) ?? []).filter((one) => compareJournalPositions(one, mark) > 0);
      if (newer.length === 0) own.delete(content.page);
      else own.set(content.page, newer);
    },
    dropPage(page) {
      pages.delete(page);
    },
    addOwn(fact) {
      rights.addOwn(fact);
      for (const movement of movementsOf(fact)) {
        const page = Math.floor(movement.ordinal / SLOTS);
        if (compareJournalPositions(fact, foldedIn(page)) <= 0) continue;
        const entry: OwnMovement = {
          epoch: fact.epoch,
          sequence: fact.sequence,
          slot: movement.ordinal % SLOTS,
          quantityMilli: movement.quantityMilli,
        };
        own.set(page, [...(own.get(page) ?? []), entry]);
      }
    },
    pages: () => [...pages.values()].sort((left, right) => left.page - right.page),
  };
}

/** The stock movements that a fact carries. */
export function movementsOf(fact: Fact): readonly StockMovement[] {
  if (fact.kind === 'transaction-completed') return fact.body.transaction.stockMovements;
  if (fact.kind === 'channel-order-moved') return fact.body.movements ?? [];
  return fact.kind === 'stock-received' ? fact.body.movements : [];
}
