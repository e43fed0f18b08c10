// What every page of the shop is given: the API, the words, the cart, the stores and the address.

import type { ReadonlySignal, Signal } from '@preact/signals';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Language, LocalizedText } from '../../shared/domain/localized-text.ts';
import { textIn } from '../../shared/domain/localized-text.ts';
import type { Api, ShopCategory, ShopStore } from './api.ts';
import type { CartKeeper } from './cart-keeper.ts';
import type { Place } from './near-stores.ts';
import type { Router } from './router.ts';
import type { Words } from './words.ts';

export type Shop = {
  readonly api: Api;
  readonly router: Router;
  readonly carts: CartKeeper;
  readonly words: ReadonlySignal<Words>;
  readonly speak: (language: Language) => Promise<void>;
  readonly stores: readonly ShopStore[];
  readonly categories: readonly ShopCategory[];
  /** Chosen by the visitor, kept on this device. */
  readonly storeId: Signal<string | null>;
  /** Known only after a tap, and only in this window. */
  readonly place: Signal<Place | null>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly newId: () => string;
};

export const ShopContext = createContext<Shop | null>(null);

export function useShop(): Shop {
  const shop = useContext(ShopContext);
  if (shop === null) throw new Error('a page of the shop was drawn outside of it');
  return shop;
}

/** The words of now, and a name in their language. */
export function useWords(): Words & { readonly name: (text: LocalizedText) => string } {
  const words = useShop().words.value;
  return { ...words, name: (text) => textIn(text, words.language) };
}
