// Requests to other stores. They wait in the text storage of this device, each with an id of its own, until the server has answered:
// sent twice, it is one order there. Personal data is in no journal; what has ended is forgotten with the oldest.

import { effect, signal } from '@preact/signals-core';
import { asStoreId } from '../../domain/ids.ts';
import { checkPermission } from '../../domain/permissions.ts';
import { accept, refuse, type Outcome } from '../../domain/refusal.ts';
import type { AisleAsked, AisleDesk, AisleOrder, AisleStock } from '../aisle-desk.ts';
import type { Parts } from '../parts.ts';
import { isRecord, type ServerAnswer } from '../server/server-answer.ts';

/** Requests kept, and those of them that may wait. */
const KEPT_MAX = 50;
const WAITING_MAX = 30;
/** Items whose stock elsewhere is remembered. */
const STOCK_KEPT_MAX = 200;
/** Until requests that got no answer are sent once more. */
const AGAIN_MS = 20_000;
const EMPTY: readonly AisleAsked[] = [];
const isWaiting = ({ state }: AisleAsked): boolean => state === 'waiting';

export function createAisle(parts: Parts): AisleDesk {
  const { given, connection } = parts;
  const askedKey = `tillandsia.aisle-asked${given.namespace}`;
  const stockKey = `tillandsia.aisle-stock${given.namespace}`;
  // Written by this file only.
  const read = <Kept>(key: string, none: Kept): Kept => {
    try {
      const kept: unknown = JSON.parse(given.textStore.getItem(key) ?? 'null');
      return Array.isArray(kept) ? (kept as Kept) : none;
    } catch {
      return none;
    }
  };
  const asked = signal<readonly AisleAsked[]>(read(askedKey, EMPTY));
  const keep = (next: readonly AisleAsked[]): void => {
    // What still waits is never the one that is forgotten.
    const [waiting, ended] = [next.filter(isWaiting), next.filter((one) => !isWaiting(one))];
    const kept = new Set([...waiting, ...ended.slice(0, Math.max(0, KEPT_MAX - waiting.length))]);
    asked.value = next.filter((one) => kept.has(one));
    given.textStore.setItem(askedKey, JSON.stringify(asked.value));
  };
  const change = (requestId: string, how: (one: AisleAsked) => AisleAsked): void =>
    keep(asked.peek().map((one) => (one.request.requestId === requestId ? how(one) : one)));
  const isConnected = (): boolean => {
    const state = connection.state.peek();
    return state === 'online' || state === 'hub';
  };

  /** The request after the server was asked; still waiting when there was no answer. */
  const send = async (one: AisleAsked): Promise<AisleAsked> => {
    const answer = await connection.request('/api/v1/aisle/orders', {
      method: 'POST',
      body: JSON.stringify(one.request),
    });
    if (answer.kind === 'unreachable') return one;
    if (answer.kind === 'refused') {
      // Asked too often, or a server that is starting: not an answer to what was asked.
      const isLater = answer.status === 429 || answer.status >= 500 || answer.status === 401;
      return isLater ? one : { ...one, state: 'refused', reason: answer.code };
    }
    const code = isRecord(answer.body) ? answer.body['code'] : null;
    return { ...one, state: 'placed', code: typeof code === 'string' ? code : null };
  };

  let isSending = false;
  const sendWaiting = async (): Promise<void> => {
    if (isSending) return;
    isSending = true;
    try {
      // Oldest first. One that gets no answer now does not hold those behind it back.
      for (const one of asked.peek().filter(isWaiting).toReversed()) {
        if (!isConnected()) return;
        const after = await send(one);
        if (after !== one) change(one.request.requestId, () => after);
      }
    } finally {
      isSending = false;
      // A server that is busy or starting is asked again; one that is gone tells of its return by the connection.
      if (asked.peek().some(isWaiting) && isConnected()) setTimeout(() => void sendWaiting(), AGAIN_MS);
    }
  };
  effect(() => {
    const state = connection.state.value;
    if ((state === 'online' || state === 'hub') && parts.identity.value !== null) void sendWaiting();
  });

  return {
    aisleAsked: asked,
    async stockElsewhere(itemId) {
      const kept = read<readonly AisleStock[]>(stockKey, []);
      const known = kept.find((one) => one.itemId === itemId);
      const answer = await connection.request(`/api/v1/aisle/stock?itemId=${encodeURIComponent(itemId)}`);
      if (answer.kind !== 'ok') {
        return known === undefined ? refuse('needs-server') : accept({ stock: known, isFresh: false });
      }
      const stock = answer.body as AisleStock; // The server checked it against aisleStock.
      const next = [stock, ...kept.filter((one) => one.itemId !== itemId)].slice(0, STOCK_KEPT_MAX);
      given.textStore.setItem(stockKey, JSON.stringify(next));
      return accept({ stock, isFresh: true });
    },
    async askStore({ channel, storeId, storeName, lines, customer, language }) {
      const operator = parts.operator.peek();
      const permitted = checkPermission(operator, channel === 'store' ? 'sell' : 'take-calls');
      if (!permitted.ok) return permitted;
      if (operator === null) return refuse('not-signed-on');
      const [first] = lines;
      if (first === undefined) return refuse('cart-empty');
      if (customer.name.trim() === '') return refuse('aisle-name-missing');
      if (channel === 'call-centre' && !isConnected()) return refuse('needs-server');
      if (asked.peek().filter(({ state }) => state === 'waiting').length >= WAITING_MAX) {
        return refuse('aisle-too-many-waiting', { max: WAITING_MAX });
      }
      const one: AisleAsked = {
        request: {
          requestId: given.newId(),
          operatorId: operator.id,
          channel,
          storeId: asStoreId(storeId),
          language,
          customer,
          lines: lines.map(({ itemId, quantityMilli }) => ({ itemId, quantityMilli })),
        },
        storeName,
        itemName: first.itemName,
        at: parts.desk.now(),
        state: 'waiting',
        code: null,
        reason: null,
        isTold: false,
      };
      // On the disk before it is sent: an answer that is lost is asked for again with the same id.
      keep([one, ...asked.peek()]);
      if (!isConnected()) return accept(one);
      const after = await send(one);
      change(one.request.requestId, () => ({ ...after, isTold: after.state !== 'waiting' }));
      return after.state === 'refused' ? refuse(after.reason ?? 'aisle-refused') : accept(after);
    },
    noticeAsked() {
      keep(asked.peek().map((one) => (one.state === 'waiting' ? one : { ...one, isTold: true })));
    },
    async findAnyOrder(words) {
      const operator = parts.operator.peek();
      const permitted = checkPermission(operator, 'take-calls');
      if (!permitted.ok) return permitted;
      const query = new URLSearchParams({ operatorId: operator?.id ?? '', words });
      return readOrders(await connection.request(`/api/v1/aisle/orders?${query.toString()}`));
    },
  };
}

function readOrders(answer: ServerAnswer): Outcome<readonly AisleOrder[]> {
  if (answer.kind === 'unreachable') return refuse('needs-server');
  if (answer.kind === 'refused') return refuse(answer.code);
  const orders = isRecord(answer.body) ? answer.body['orders'] : null;
  // The server checked it against aisleOrders.
  return accept(Array.isArray(orders) ? (orders as readonly AisleOrder[]) : []);
}
