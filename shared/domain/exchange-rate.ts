// At what the shop takes cash of another currency. Reference data of a store: set at head office, never at the till.

/** From an instant on. */
export type ExchangeRate = {
  readonly currency: string;
  /** Millionths of a unit of the shop's currency for `perUnits` units of the foreign one: 0.92 is 920,000. */
  readonly rateMicro: number;
  /** Weak currencies are quoted by the hundred or the thousand. */
  readonly perUnits: number;
  /** ISO instants; without an end it is good until the next one begins. */
  readonly validFrom: string;
  readonly validUntil?: string;
  /** Who set it, for the people who ask. */
  readonly setBy: string;
};
