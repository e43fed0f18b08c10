// What the shelves hold when the demo store opens: goods received, delivery by delivery, with what they cost.
// Cheap things come in larger numbers; the second shop does not carry everything; a few shelves are empty.

import type { FactBodies } from '../../shared/domain/fact.ts';
import type { StoreId } from '../../shared/domain/ids.ts';
import type { StockMovement } from '../../shared/domain/transaction.ts';
import type { DemoItem } from './demo-items.ts';
import { createSeededRandom, type SeededRandom } from './seeded-random.ts';
import { BERLIN } from './stores.ts';

export type Receipt = FactBodies['stock-received'];

/** Movements of one delivery, as many as one fact should hold. */
export const MOVEMENTS_PER_RECEIPT_MAX = 200;

/** The deliveries of a shop, in order: the same items and seed give the same deliveries. */
export function* openingReceipts(
  items: Iterable<DemoItem>,
  given: { readonly storeId: StoreId; readonly seed: number },
): Generator<Receipt> {
  const random = createSeededRandom(given.seed + (given.storeId === BERLIN ? 1 : 2));
  let movements: StockMovement[] = [];
  let costsMinor: number[] = [];
  let number = 0;
  const delivery = (): Receipt => {
    number += 1;
    return {
      documentNumber: `OPEN-${given.storeId}-${String(number).padStart(4, '0')}`,
      movements,
      costsMinor,
    };
  };
  for (const { item, costMinor } of items) {
    const quantityMilli = openingQuantity(item.priceMinor, item.unit !== 'piece', random);
    const isCarried = given.storeId === BERLIN || random.below(100) < 85;
    // Nobody delivers a service, or a bundle besides its parts.
    const isGoods = item.isService !== true && item.bundle === undefined;
    if (quantityMilli === 0 || !isCarried || !isGoods) continue;
    movements.push({ itemId: item.id, ordinal: item.ordinal, quantityMilli, reason: 'receipt' });
    costsMinor.push(costMinor);
    if (movements.length < MOVEMENTS_PER_RECEIPT_MAX) continue;
    yield delivery();
    movements = [];
    costsMinor = [];
  }
  if (movements.length > 0) yield delivery();
}

// Pieces by price class, or 4 to 40 kilograms, litres and metres in steps of a tenth; one shelf in 25 is empty.
function openingQuantity(priceMinor: number, isMeasured: boolean, random: SeededRandom): number {
  if (random.below(25) === 0) return 0;
  if (isMeasured) return (40 + random.below(361)) * 100;
  const most = priceMinor < 500 ? 120 : priceMinor < 5_000 ? 30 : priceMinor < 30_000 ? 12 : 5;
  return (1 + random.below(most)) * 1000;
}
