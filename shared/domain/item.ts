// What a shop sells, as every workstation knows it. No costs here: they never leave the server.
// Stock on hand is not here either: it changes with every sale and lives in its own documents.

import type { CategoryId, ItemId, TaxGroupId } from './ids.ts';
import type { LocalizedText } from './localized-text.ts';

/** Pieces are counted in whole units; the other units are sold by thousandths (quantityMilli). */
export type UnitOfMeasure = 'piece' | 'kilogram' | 'litre' | 'metre';

export type Item = {
  readonly id: ItemId;
  /** Fixed place in the catalogue, from 0: page = floor(ordinal / 256), slot = ordinal % 256. Never reused. */
  readonly ordinal: number;
  readonly sku: string;
  readonly name: LocalizedText;
  readonly categoryId: CategoryId;
  readonly unit: UnitOfMeasure;
  /** Price of one unit, in minor units of the store's currency, with or without tax as the store says. */
  readonly priceMinor: number;
  readonly taxGroupId: TaxGroupId;
  /** GTIN-8/12/13/14 normalised to 14 digits, or other codes as printed. */
  readonly barcodes: readonly string[];
  /** Path of the picture below the server's address, or absent. */
  readonly picture?: string;
  /** Variant axes such as { size: 'M', colour: 'green' }; variants of one style share styleId. */
  readonly variant?: { readonly styleId: string; readonly size?: string; readonly colour?: string };
  readonly favourite?: boolean;
  /** The price is typed at the till, between these limits. */
  readonly openPrice?: { readonly minMinor: number; readonly maxMinor: number };
  /** Full years that the customer must have. */
  readonly ageMinimum?: number;
  /** A serial number for each piece, or one lot for the line, is taken down before tender. */
  readonly trackBy?: 'serial' | 'lot';
  /** Sold and taken back together with this item: the deposit of its container. */
  readonly depositItemId?: ItemId;
  /** Usual weight of its packing in thousandths of the unit: what the screen proposes as tare. */
  readonly tareMilli?: number;
  /** Goods that are sold together: for the bundle's own price, or for what its parts cost. */
  readonly bundle?: Bundle;
  /** No discount takes a unit below this price. */
  readonly minimumPriceMinor?: number;
  /** Where it lies in the shop, as the shop writes it on its shelves. */
  readonly shelf?: string;
  /** Work, not goods: nothing leaves the stock. */
  readonly isService?: boolean;
  /** How often the server has changed it; absent: never. */
  readonly revision?: number;
};

export type Bundle = {
  readonly components: readonly { readonly itemId: ItemId; readonly quantityMilli: number }[];
  readonly pricing: 'own' | 'sum';
};

export type Category = {
  readonly id: CategoryId;
  readonly name: LocalizedText;
  /** Design-token name of the tile colour. */
  readonly tone: 'leaf' | 'sun' | 'berry' | 'sky' | 'clay' | 'stone';
  readonly position: number;
};
