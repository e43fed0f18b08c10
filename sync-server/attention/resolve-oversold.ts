// A promise lost its units to a sale at the counter; a person chose what its customer is offered. The order goes on at another store
// that has all of it, waits for new goods, gets a substitute proposed, or ends with an apology; or the goods were found. The customer is
// told by the messages of the order's own moves. An order that a till works on is that till's to pass on first.

import { asStoreId } from '../../shared/domain/ids.ts';
import type { Item } from '../../shared/domain/item.ts';
import { moveOrder } from '../../shared/domain/order/move-order.ts';
import type { OrderMove } from '../../shared/domain/order/order-move.ts';
import {
  CHANNELS,
  isEnded,
  type Order,
  type OrderedItem,
  type OrderPlacement,
} from '../../shared/domain/order/order.ts';
import type { Refusal } from '../../shared/domain/refusal.ts';
import type { ResolveAttentionResponse } from '../../shared/protocol/attention-messages.ts';
import { RequestRefused } from '../db/request-refused.ts';
import type { AttentionGiven } from './attention-given.ts';
import { journaled, settle, type Deciding } from './settle-decision.ts';

/** An order may be put off by so much. */
const LATER_MAX_MS = 180 * 24 * 3_600_000;
const SOLD_IN_STORE = 'sold-in-store';
const MOVED_TO_STORE = 'moved-to-other-store';

export async function resolveOversold(
  given: AttentionGiven,
  deciding: Deciding,
): Promise<ResolveAttentionResponse> {
  const orderId = String(deciding.attention.values['orderId']);
  const { choice } = deciding.request;
  switch (choice) {
    case 'other-store':
      return toOtherStore(given, deciding, orderId);
    case 'later':
      return moveAndSettle(given, deciding, { orderId, move: laterMove(given, deciding) });
    case 'substitute':
      return moveAndSettle(given, deciding, { orderId, move: await substituteMove(given, deciding) });
    case 'cancel':
      return moveAndSettle(given, deciding, {
        orderId,
        move: { kind: 'release', reasonCode: SOLD_IN_STORE },
      });
    case 'found':
    case 'seen':
    case 'replay':
    case 'resend':
      return moveAndSettle(given, deciding, { orderId, move: null });
  }
}

/** The move and the decision in one transaction of the desk. */
async function moveAndSettle(
  given: AttentionGiven,
  deciding: Deciding,
  asked: { readonly orderId: string; readonly move: OrderMove | null; readonly code?: string },
): Promise<ResolveAttentionResponse> {
  const { orderId, move, code } = asked;
  const { storeId, request } = deciding;
  await given.decide({ storeId, orderId }, async (desk, order) => {
    if (order === null || isEnded(order)) throw orderOver();
    await settle(desk.transaction, deciding, given.now());
    if (move !== null) {
      const at = new Date(given.now()).toISOString();
      const moved = moveOrder(order, move, { by: CHANNELS, at, isAdmitted: true });
      if (!moved.ok) throw notPossible(moved);
      desk.write({ kind: 'channel-order-moved', body: { orderId, move } });
    }
    const values = { orderId, code: order.code, ...(code === undefined ? {} : { newCode: code }) };
    desk.write({ kind: 'attention-resolved', body: journaled(deciding, values) });
  });
  return { choice: request.choice, ...(code === undefined ? {} : { code }) };
}

/** Promised at the other store first, so that it is never promised nowhere; given back there if it cannot end here. */
async function toOtherStore(
  given: AttentionGiven,
  deciding: Deciding,
  orderId: string,
): Promise<ResolveAttentionResponse> {
  const storeId = deciding.request.storeId ?? '';
  // At the desk, so that what the store has just written is known.
  const order = await given.decide({ storeId: deciding.storeId, orderId }, (_desk, present) =>
    Promise.resolve(present),
  );
  if (order === null || isEnded(order)) throw orderOver();
  if (order.holder !== CHANNELS) throw notPossible({ reason: 'order-held-elsewhere', details: {} });
  if (storeId === '' || storeId === order.storeId) throw badChoice();
  const nowMs = given.now();
  const holdMs = Date.parse(order.dueAt) - Date.parse(order.placedAt);
  const placement: OrderPlacement = {
    id: `${order.id}:${storeId}`.slice(0, 64),
    code: await given.newCode(),
    storeId: asStoreId(storeId),
    channel: order.channel,
    kind: order.kind,
    currency: order.currency,
    language: order.language,
    payment: order.payment,
    lines: order.lines.map((line) => ({ lineNumber: line.lineNumber, ...boughtOf(line) })),
    placedAt: new Date(nowMs).toISOString(),
    dueAt: new Date(nowMs + holdMs).toISOString(),
    continues: order.code,
  };
  const known = await readOrder(given, placement.id);
  const code = known?.code ?? placement.code;
  if (known === null) {
    const placed = await given.placeOrder(placement, await contactOf(given, order.id));
    if (!placed.ok) throw notPossible(placed);
  }
  try {
    const move = { kind: 'release', reasonCode: MOVED_TO_STORE } as const;
    return await moveAndSettle(given, deciding, { orderId, move, code });
  } catch (error) {
    await given.moveOrder(
      { storeId: placement.storeId, orderId: placement.id },
      { kind: 'release', reasonCode: MOVED_TO_STORE },
    );
    throw error;
  }
}

function boughtOf(line: Order['lines'][number]): OrderedItem {
  const { itemId, ordinal, sku, name, unit, quantityMilli, unitPriceMinor } =
    line.substitute?.consent === 'given' ? line.substitute : line;
  return { itemId, ordinal, sku, name, unit, quantityMilli, unitPriceMinor };
}

function laterMove(given: AttentionGiven, { request }: Deciding): OrderMove {
  const dueMs = Date.parse(request.dueAt ?? '');
  const isPossible = dueMs > given.now() && dueMs <= given.now() + LATER_MAX_MS;
  if (!isPossible) throw badChoice();
  return { kind: 'postpone', dueAt: new Date(dueMs).toISOString() };
}

/** The substitute at the price of the line that it stands for, or its own where that is lower. */
async function substituteMove(
  given: AttentionGiven,
  { attention, request, storeId }: Deciding,
): Promise<OrderMove> {
  const order = await readOrder(given, String(attention.values['orderId']));
  const lineNumber = Number(attention.values['lineNumber']);
  const line = order?.lines.find((one) => one.lineNumber === lineNumber);
  if (line === undefined || request.itemId === undefined || request.itemId === line.itemId) throw badChoice();
  const [row] = await given.database.sql<{ body: string; available: number }[]>`
    select i.body, coalesce(r.channels_milli, 0) as available
    from item i left join stock_rights r on r.item_id = i.id and r.store_id = ${storeId}
    where i.id = ${request.itemId} and not i.is_deleted`;
  if (row === undefined) throw badChoice();
  if (row.available < line.quantityMilli) throw notPossible({ reason: 'order-units-short', details: {} });
  const { id, ordinal, sku, name, unit, priceMinor } = JSON.parse(row.body) as Item; // Written by the server only.
  return {
    kind: 'propose-substitute',
    lineNumber,
    substitute: {
      itemId: id,
      ordinal,
      sku,
      name,
      unit,
      quantityMilli: line.quantityMilli,
      unitPriceMinor: Math.min(priceMinor, line.unitPriceMinor),
    },
  };
}

/** An order as the desk last wrote it. */
export async function readOrder(
  { database }: Pick<AttentionGiven, 'database'>,
  orderId: string,
): Promise<Order | null> {
  const [row] = await database.sql<{ body: string }[]>`select body from channel_order where id = ${orderId}`;
  return row === undefined ? null : (JSON.parse(row.body) as Order); // Written by the order desk only.
}

type Contact = { readonly name: string; readonly phone?: string; readonly email?: string };

async function contactOf({ database }: AttentionGiven, orderId: string): Promise<Contact> {
  const [row] = await database.sql<{ name: string; phone: string | null; email: string | null }[]>`
    select name, phone, email from channel_order_contact where order_id = ${orderId}`;
  return {
    name: row?.name ?? '',
    ...(row?.phone === undefined || row.phone === null ? {} : { phone: row.phone }),
    ...(row?.email === undefined || row.email === null ? {} : { email: row.email }),
  };
}

const SENTENCES: Readonly<Record<string, string>> = {
  'order-units-short':
    'It is not there any more: somebody else was promised it meanwhile. Nothing was changed. Choose again.',
  'order-held-elsewhere':
    'A till of the store is working on this order. Nothing was changed. Decide it there, or pass the order on.',
  'order-move-not-allowed': 'The order has moved on, so this is not possible any more. Nothing was changed.',
};

function notPossible({ reason }: Pick<Refusal, 'reason' | 'details'>): RequestRefused {
  const detail = SENTENCES[reason] ?? 'This is not possible now. Nothing was changed.';
  return new RequestRefused({ status: 409, code: reason, detail });
}

const orderOver = (): RequestRefused =>
  new RequestRefused({
    status: 409,
    code: 'order-over',
    detail: 'The order has ended meanwhile, so there is nothing to decide any more.',
  });

const badChoice = (): RequestRefused =>
  new RequestRefused({
    status: 422,
    code: 'choice-incomplete',
    detail: 'Say which store, which day or which item. Nothing was changed.',
  });
