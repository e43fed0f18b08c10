// Takes reference data in as it arrives: settings, operators and stock become what screens read.

import type { Operator } from '../domain/operator.ts';
import type { StoreSettings } from '../domain/store.ts';
import type { Attention } from '../protocol/documents.ts';
import type { Parts } from './parts.ts';
import { createPriceBookKeeper } from './price-book-keeper.ts';
import type { DocumentChange, ReferenceDocuments } from './replication/reference-documents.ts';
import type { RightsPageContent } from './rights-view.ts';
import type { StockPageContent } from './stock-view.ts';

/** Follows the collections that selling needs first, then the rest. */
export function followReference(parts: Parts, documents: ReferenceDocuments): void {
  const takeSettings = (changes: readonly DocumentChange[]) => {
    const content = changes.findLast((change) => change.id === 'store')?.content;
    if (content === undefined || content === null) return;
    parts.settings.value = content as unknown as StoreSettings; // The server checked it against settingsDocument.
  };
  const takeStaff = (changes: readonly DocumentChange[]) => {
    const byId = new Map(parts.operators.peek().map((operator) => [operator.id as string, operator]));
    for (const { id, content } of changes) {
      if (content === null) byId.delete(id);
      else byId.set(id, content as unknown as Operator); // The server checked it against operatorSchema.
    }
    parts.operators.value = [...byId.values()].sort((left, right) => left.number - right.number);
    keepOperatorCurrent(parts);
  };
  const takeBook = createPriceBookKeeper();
  const takePromotions = (changes: readonly DocumentChange[]) => {
    parts.priceBook.value = takeBook(changes);
    parts.catalogueRevision.value += 1;
  };
  const takeStock = (changes: readonly DocumentChange[]) => {
    for (const { id, content } of changes) {
      const view = id.startsWith('r') ? parts.stock.rights : parts.stock;
      if (content === null) view.dropPage(Number(id.slice(1)));
      // The server checked both: stockPage and rightsPage.
      else view.takePage(content as unknown as StockPageContent & RightsPageContent);
    }
    parts.catalogueRevision.value += 1;
  };
  const rows = new Map<string, Attention>();
  const takeAttention = (changes: readonly DocumentChange[]) => {
    for (const { id, content } of changes) {
      if (content === null) rows.delete(id);
      else rows.set(id, content as unknown as Attention); // Checked against attentionSchema by the server.
    }
    parts.attention.value = [...rows.values()].sort(openFirst);
  };
  void (async () => {
    // A kiosk may read neither staff nor stock; asking all the same would be refused again and again.
    if (parts.given.kind === 'kiosk') {
      await documents.follow('settings', takeSettings);
      await documents.follow('promotions', takePromotions);
      return;
    }
    await Promise.all([documents.follow('settings', takeSettings), documents.follow('staff', takeStaff)]);
    await documents.follow('promotions', takePromotions);
    await documents.follow('stock', takeStock);
    await documents.follow('orders', (changes) => {
      parts.orders.take(changes);
      parts.stock.rights.takeOrders(changes);
    });
    await documents.follow('customers', (changes) => parts.customerBook.take(changes));
    await documents.follow('attention', takeAttention);
  })().catch((error: unknown) => console.error('reference-data-not-followed', String(error)));
}

/** Whoever is signed on keeps only the permissions that they still have. */
function keepOperatorCurrent(parts: Parts): void {
  const signedOn = parts.operator.peek();
  if (signedOn === null) return;
  const current = parts.operators.peek().find((operator) => operator.id === signedOn.id);
  if (current !== undefined && JSON.stringify(current) !== JSON.stringify(signedOn))
    parts.operator.value = current;
}

function openFirst(one: Attention, other: Attention): number {
  const isOpen = Number(one.resolved !== undefined) - Number(other.resolved !== undefined);
  return isOpen === 0 ? (one.at > other.at ? -1 : 1) : isOpen;
}
