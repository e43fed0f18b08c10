// The transaction while it is still being built. A cart is plain data: every change is a function that
// returns a new cart or a refusal, so that till, server and replay share one arithmetic.

import type { CartId, CustomerId, ItemId, OperatorId, StoreId, TaxGroupId, WorkstationId } from './ids.ts';
import type { LocalizedText } from './localized-text.ts';
import type { UnitOfMeasure } from './item.ts';

/** Goods going out (sale) or coming back (return). A cart may hold both: that is an exchange. */
export type LineDirection = 'sale' | 'return';

export type CartLine = {
  /** From 1, in the order of entry; never renumbered while the cart lives. */
  readonly lineNumber: number;
  readonly direction: LineDirection;
  readonly itemId: ItemId;
  readonly sku: string;
  readonly name: LocalizedText;
  readonly unit: UnitOfMeasure;
  /** Always positive; the direction carries the sign. Pieces are multiples of 1000. */
  readonly quantityMilli: number;
  readonly unitPriceMinor: number;
  readonly taxGroupId: TaxGroupId;
  readonly note?: string;
  /** Code as scanned, where the line came from a scan. */
  readonly scannedCode?: string;
  /** For a return: what it goes back on. Absent for a return without receipt. */
  readonly original?: { readonly receiptNumber: string; readonly lineNumber: number };
  readonly reasonCode?: string;
};

export type Cart = {
  readonly id: CartId;
  readonly storeId: StoreId;
  readonly workstationId: WorkstationId;
  readonly operatorId: OperatorId;
  readonly currency: string;
  readonly customerId?: CustomerId;
  readonly lines: readonly CartLine[];
  /** Highest line number ever used in this cart, so that a removed number does not come back. */
  readonly lastLineNumber: number;
  readonly note?: string;
};
