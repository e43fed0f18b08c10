// The visitor's cart: kept by the server, known here by its id only. Changes go one after the other, each with the lines it was made
// from, so that two windows (or a till that had it) never undo each other. What could not be sent is said and not shown as done.

import { signal, type ReadonlySignal } from '@preact/signals';
import type { Answer, Api, ShopCart, WantedLine } from './api.ts';

export type CartKeeper = {
  readonly cart: ReadonlySignal<ShopCart | null>;
  readonly add: (itemId: string, quantityMilli: number) => Promise<Answer<null>>;
  readonly setQuantity: (itemId: string, quantityMilli: number) => Promise<Answer<null>>;
  /** Asks the server how the cart is now. */
  readonly refresh: () => Promise<void>;
  /** Takes over the cart that a till gave away. */
  readonly claim: (code: string) => Promise<Answer<null>>;
  /** A new cart with the same lines. */
  readonly copy: () => Promise<Answer<null>>;
  /** Lets the cart go; the next thing that is put in starts a new one. */
  readonly leave: () => void;
};

const KEY = 'tillandsia.shop.cart';

export function createCartKeeper(given: {
  readonly api: Api;
  readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
}): CartKeeper {
  const { api, storage } = given;
  const cart = signal<ShopCart | null>(null);
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <Value>(work: () => Promise<Value>): Promise<Value> => {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  };

  const show = (answer: Answer<ShopCart>): Answer<null> => {
    if (!answer.ok) {
      if (answer.code === 'cart-unknown') leave();
      return answer;
    }
    cart.value = answer.value;
    storage.setItem(KEY, answer.value.id);
    return { ok: true, value: null };
  };
  const leave = (): void => {
    cart.value = null;
    storage.removeItem(KEY);
  };

  async function change(
    next: (lines: readonly WantedLine[]) => readonly WantedLine[],
  ): Promise<Answer<null>> {
    if (cart.value?.place.kind === 'bought') leave();
    const base = linesOf(cart.value);
    const lines = next(base).filter(({ quantityMilli }) => quantityMilli > 0);
    if (cart.value === null) return show(await api.newCart(lines));
    const answer = show(await api.changeCart(cart.value.id, { lines, base }));
    // Somebody else has it now, or it is gone: show that instead of what was wished for.
    if (!answer.ok && answer.code !== 'offline') await load();
    return answer;
  }

  async function load(): Promise<void> {
    const id = storage.getItem(KEY);
    if (id !== null) show(await api.cart(id));
  }

  return {
    cart,
    add: (itemId, quantityMilli) =>
      inTurn(() =>
        change((lines) => {
          const there = lines.find((line) => line.itemId === itemId)?.quantityMilli ?? 0;
          return withQuantity(lines, itemId, there + quantityMilli);
        }),
      ),
    setQuantity: (itemId, quantityMilli) =>
      inTurn(() => change((lines) => withQuantity(lines, itemId, quantityMilli))),
    refresh: () => inTurn(load),
    claim: (code) => inTurn(async () => show(await api.claim(code))),
    copy: () => inTurn(async () => show(await api.newCart(linesOf(cart.value)))),
    leave,
  };
}

export const linesOf = (cart: ShopCart | null): readonly WantedLine[] =>
  (cart?.lines ?? []).map(({ item, quantityMilli }) => ({ itemId: item.id, quantityMilli }));

function withQuantity(
  lines: readonly WantedLine[],
  itemId: string,
  quantityMilli: number,
): readonly WantedLine[] {
  if (!lines.some((line) => line.itemId === itemId)) return [...lines, { itemId, quantityMilli }];
  return lines.map((line) => (line.itemId === itemId ? { itemId, quantityMilli } : line));
}

/** What the lines come to, in minor units, each half up on the third decimal of its quantity, as the server computes it. */
export function totalOf(cart: Pick<ShopCart, 'lines'>): number {
  let total = 0n;
  for (const { item, quantityMilli } of cart.lines)
    total += (BigInt(item.priceMinor) * BigInt(quantityMilli) * 2n + 1000n) / 2000n;
  return Number(total);
}
