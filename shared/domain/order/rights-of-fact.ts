// What one fact of a till does to the rights of its store's items, as the desk of the store will book it when the fact arrives: the
// counter's share pays for what is sold, an order that ends gives its units to the counter, goods handed over leave the promise. A
// till adds these to the last thing it heard from the desk.

import { asItemId, type ItemId } from '../ids.ts';
import type { Fact } from '../fact.ts';
import type { StockMovement } from '../transaction.ts';
import { foldChannelOrder, movedBy } from './fold-channel-order.ts';
import { CHANNELS, promisedUnits, type Order } from './order.ts';
import { unitsMoved } from './promise-units.ts';

export type RightsDelta = {
  readonly itemId: ItemId;
  readonly storeMilli: number;
  readonly channelsMilli: number;
  readonly promisedMilli: number;
};

type Change = Omit<RightsDelta, 'itemId'>;

/** The deltas by item. `orderOf` gives an order as it was before the fact, null where the till does not know it. */
export function rightsOfFact(fact: Fact, orderOf: (id: string) => Order | null): readonly RightsDelta[] {
  const { kind } = fact;
  const moved = movedBy(fact);
  const before = moved === null ? null : orderOf(moved.orderId);
  const ofOrder = before === null ? [] : ofMove(before, fact);
  if (kind === 'channel-order-moved') return gather(ofOrder);
  if (kind === 'transaction-completed') {
    return gather([...ofOrder, ...ofCounter(fact.body.transaction.stockMovements)]);
  }
  if (kind === 'stock-received') return gather(ofCounter(fact.body.movements));
  if (kind === 'rights-moved') {
    const sign = fact.body.from === CHANNELS ? 1 : -1;
    return gather(
      fact.body.moves.map(({ itemId, quantityMilli }) => [
        itemId,
        { ...NOTHING, storeMilli: sign * quantityMilli, channelsMilli: -sign * quantityMilli },
      ]),
    );
  }
  return [];
}

/** Goods that came in or left at the counter. */
const ofCounter = (movements: readonly StockMovement[]): readonly (readonly [string, Change])[] =>
  movements.map(({ itemId, quantityMilli }) => [itemId, { ...NOTHING, storeMilli: quantityMilli }]);

/** As the desk settles it: what is freed goes to the counter, what was sold with the move is paid for by the sale's own movement. */
function ofMove(before: Order, fact: Fact): readonly (readonly [string, Change])[] {
  const after = foldChannelOrder(before, fact, { by: fact.workstationId, isAdmitted: true }) ?? before;
  const isSold = fact.kind === 'transaction-completed';
  const [kept, wanted] = [promisedUnits(before), promisedUnits(after)];
  const changes: [string, Change][] = [];
  for (const itemId of new Set([...kept.keys(), ...wanted.keys()])) {
    const freed = (kept.get(itemId) ?? 0) - (wanted.get(itemId) ?? 0);
    changes.push([itemId, { storeMilli: freed, channelsMilli: 0, promisedMilli: -freed }]);
  }
  for (const [itemId, left] of unitsMoved(before, after)) {
    if (!isSold) changes.push([itemId, { ...NOTHING, storeMilli: -left }]);
  }
  return changes;
}

const NOTHING: Change = { storeMilli: 0, channelsMilli: 0, promisedMilli: 0 };

function gather(changes: readonly (readonly [string, Change])[]): readonly RightsDelta[] {
  const sums = new Map<string, Change>();
  for (const [itemId, change] of changes) {
    const sum = sums.get(itemId) ?? NOTHING;
    sums.set(itemId, {
      storeMilli: sum.storeMilli + change.storeMilli,
      channelsMilli: sum.channelsMilli + change.channelsMilli,
      promisedMilli: sum.promisedMilli + change.promisedMilli,
    });
  }
  return [...sums].map(([itemId, sum]) => ({ itemId: asItemId(itemId), ...sum }));
}
