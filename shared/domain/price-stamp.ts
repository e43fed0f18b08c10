// How the price of a line was asked for, so that anybody can ask again: which version of the price book and of the item, when,
// for how much and for whom. A cart keeps it with each line; a sale keeps of it what it does not say for all lines (stated-prices).

/** How the unit price of a line was asked for. What is absent is as the whole sale states it. */
export type PriceStamp = {
  /** Revision of the price book; 0 where the workstation did not have a whole one. */
  readonly book?: number;
  /** ISO instant by the corrected clock. */
  readonly at?: string;
  readonly quantityMilli?: number;
  readonly customerGroups?: readonly string[];
  /** Version of the item; 0 where absent. */
  readonly itemRevision?: number;
  /** The price came from the code of a label or was typed where the item's price is open. */
  readonly isTyped?: boolean;
};
