// The shop's only way to the server: the Channels API, with the published key that the server names. Every answer is a value: what the
// API gave, or its refusal, or that nobody could be reached.

import type { LocalizedText } from '../../shared/domain/localized-text.ts';
import type { Item } from '../../shared/domain/item.ts';
import type { OrderState } from '../../shared/domain/order/order.ts';
import type { Store } from '../../shared/domain/store.ts';

export type ShopStore = Pick<
  Store,
  'number' | 'name' | 'addressLines' | 'timeZone' | 'currency' | 'location' | 'hours'
> & { readonly id: string };

export type ShopItem = {
  readonly id: string;
  readonly sku: string;
  readonly name: LocalizedText;
  readonly categoryId: string;
  readonly unit: Item['unit'];
  readonly priceMinor: number;
  readonly picture: string | null;
};
export type ShopCategory = { readonly id: string; readonly name: LocalizedText; readonly tone: string };
export type Availability = {
  readonly itemId: string;
  readonly storeId: string;
  readonly promisableMilli: number;
  readonly asOf: string;
  readonly inStoreMilli: number;
  readonly inStoreAsOf: string | null;
};
export type WantedLine = { readonly itemId: string; readonly quantityMilli: number };
export type ShopCart = {
  readonly id: string;
  readonly storeId: string;
  readonly place:
    | { readonly kind: 'open' }
    | { readonly kind: 'at-till'; readonly storeId: string }
    | {
        readonly kind: 'bought';
        readonly bought:
          | { readonly by: 'order'; readonly code: string }
          | { readonly by: 'till'; readonly receiptNumber: string };
      };
  readonly lines: readonly {
    readonly item: ShopItem;
    readonly quantityMilli: number;
    readonly changeMinor: number;
  }[];
};
export type FeedbackStep = 'ordering' | 'collection';
export type ShopOrder = {
  readonly code: string;
  readonly storeId: string;
  readonly kind: 'reservation' | 'order';
  readonly state: OrderState;
  readonly isEnded: boolean;
  readonly currency: string;
  readonly totalMinor: number;
  readonly placedAt: string;
  readonly dueAt: string;
  readonly lines: readonly {
    readonly lineNumber: number;
    readonly itemId: string;
    readonly name: LocalizedText;
    readonly quantityMilli: number;
    readonly unitPriceMinor: number;
    readonly isShort: boolean;
    readonly substitute: { readonly name: LocalizedText } | null;
  }[];
  readonly history: readonly { readonly state: OrderState; readonly at: string }[];
  readonly pickupToken: string | null;
  readonly feedback: readonly {
    readonly step: FeedbackStep;
    readonly stars: number;
    readonly text: string | null;
  }[];
};

export type Answer<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly code: string };

export type PlaceRequest = {
  readonly storeId: string;
  readonly cartId: string;
  readonly customer: { readonly name: string; readonly email?: string; readonly phone?: string };
  readonly language: string;
  readonly expectedTotalMinor: number;
};

export type Api = ReturnType<typeof createApi>;

const BASE = '/channels/v1';

export function createApi(given: { readonly fetch: typeof fetch; readonly newId: () => string }) {
  let key: string | null = null;

  async function send<Value>(method: string, route: string, options: Options = {}): Promise<Answer<Value>> {
    try {
      const { body, idempotencyKey } = options;
      const response = await given.fetch(`${BASE}${route}`, {
        method,
        headers: {
          ...(key === null ? {} : { authorization: `Bearer ${key}` }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const answer: unknown = await response.json();
      // The API of this very server, which answers by the types above; a refusal has a code.
      if (response.ok) return { ok: true, value: answer as Value };
      return { ok: false, code: codeOf(answer) };
    } catch {
      return { ok: false, code: 'offline' };
    }
  }
  const ask = <Value>(route: string) => send<Value>('GET', route);

  return {
    /** Finds out whether the shop is open, and with which key. */
    async open(): Promise<Answer<null>> {
      const found = await ask<{ readonly key: string }>('/shop');
      if (!found.ok) return found;
      ({ key } = found.value);
      return { ok: true, value: null };
    },
    stores: () => ask<{ readonly stores: readonly ShopStore[] }>('/stores'),
    categories: () => ask<{ readonly categories: readonly ShopCategory[] }>('/categories'),
    items: (wanted: Readonly<Record<string, string>>) =>
      ask<{ readonly items: readonly ShopItem[]; readonly next: string | null }>(
        `/items?${new URLSearchParams(wanted).toString()}`,
      ),
    item: (id: string, storeId: string | null) =>
      ask<{ readonly item: ShopItem; readonly availability: readonly Availability[] }>(
        `/items/${encodeURIComponent(id)}${storeId === null ? '' : `?storeId=${encodeURIComponent(storeId)}`}`,
      ),
    availability: (itemIds: readonly string[]) =>
      ask<{ readonly availability: readonly Availability[] }>(
        `/availability?itemId=${encodeURIComponent(itemIds.join(','))}`,
      ),
    cart: (id: string) => ask<ShopCart>(`/carts/${encodeURIComponent(id)}`),
    newCart: (lines: readonly WantedLine[], idempotencyKey = given.newId()) =>
      send<ShopCart>('POST', '/carts', { body: { lines }, idempotencyKey }),
    changeCart: (
      id: string,
      change: { readonly lines: readonly WantedLine[]; readonly base: readonly WantedLine[] },
    ) => send<ShopCart>('PUT', `/carts/${encodeURIComponent(id)}`, { body: change }),
    passport: (id: string) =>
      send<{ readonly code: string; readonly expiresAt: string }>(
        'POST',
        `/carts/${encodeURIComponent(id)}/passport`,
      ),
    claim: (code: string) => send<ShopCart>('POST', `/passports/${encodeURIComponent(code)}/claim`),
    place: (kind: 'reservation' | 'order', body: PlaceRequest, idempotencyKey: string) =>
      send<ShopOrder>('POST', `/${kind}s`, { body, idempotencyKey }),
    track: (code: string) => ask<ShopOrder>(`/tracking/${encodeURIComponent(code)}`),
    cancel: (code: string) => send<ShopOrder>('POST', `/tracking/${encodeURIComponent(code)}/cancel`),
    sayFeedback: (
      code: string,
      said: { readonly step: FeedbackStep; readonly stars: number; readonly text?: string },
    ) => send<ShopOrder>('POST', `/tracking/${encodeURIComponent(code)}/feedback`, { body: said }),
  };
}

type Options = { readonly body?: unknown; readonly idempotencyKey?: string };

const codeOf = (answer: unknown): string =>
  typeof answer === 'object' && answer !== null && 'code' in answer && typeof answer.code === 'string'
    ? answer.code
    : 'other';
