// What the counter may sell of an item without asking anybody, and what of a sale would take a unit from somebody it was promised to.
// While the store is connected, the channels' free units may be sold too: the desk hears of it at once. Cut off, the channels may
// have promised theirs meanwhile, so only the counter's own share is free.

import type { ItemId } from '../ids.ts';

/** Rights of one item of a store, in thousandths; `storeMilli` is below 0 where more was sold than the counter had. */
export type ItemRights = {
  readonly storeMilli: number;
  readonly channelsMilli: number;
  readonly promisedMilli: number;
};

/** The same as a person is told it; no part is below 0, and the parts never add up to more than is on hand. */
export type StockShown = {
  readonly onHandMilli: number;
  /** Kept for orders of channels and for customers of the store. */
  readonly reservedMilli: number;
  /** The counter's own share. */
  readonly storeMilli: number;
  /** What the channels may still promise. */
  readonly channelsMilli: number;
  /** What may be sold here now. */
  readonly availableMilli: number;
};

/** `asideMilli` lies aside for customers of the store itself (layaways, arrived orders): on hand and not for sale either. */
export function showStock(
  onHandMilli: number,
  rights: ItemRights | null,
  given: { readonly asideMilli: number },
): StockShown {
  const there = Math.max(0, onHandMilli);
  const reserved = Math.min(there, Math.max(0, rights?.promisedMilli ?? 0) + Math.max(0, given.asideMilli));
  const free = there - reserved;
  const channels = Math.min(free, Math.max(0, rights?.channelsMilli ?? 0));
  return {
    onHandMilli,
    reservedMilli: reserved,
    storeMilli: free - channels,
    channelsMilli: channels,
    availableMilli: free,
  };
}

export type ReservedUnits = { readonly itemId: ItemId; readonly quantityMilli: number };

/** Units of one item that selling `wantedMilli` would take from a promise; 0 where nothing promised is touched. */
export function takenFromPromises(
  wantedMilli: number,
  rights: ItemRights,
  given: { readonly isConnected: boolean },
): number {
  const channels = Math.max(0, rights.channelsMilli);
  const free = Math.max(0, rights.storeMilli + (given.isConnected ? channels : 0));
  const promised = Math.max(0, rights.promisedMilli) + (given.isConnected ? 0 : channels);
  return Math.min(promised, Math.max(0, wantedMilli - free));
}

/** Is everything that would be taken now agreed to already, with at least as many units of each item? */
export function isAgreedTo(taken: readonly ReservedUnits[], agreed: readonly ReservedUnits[]): boolean {
  return taken.every(({ itemId, quantityMilli }) =>
    agreed.some((one) => one.itemId === itemId && one.quantityMilli >= quantityMilli),
  );
}
