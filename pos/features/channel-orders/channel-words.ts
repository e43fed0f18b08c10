// What the board says about an order of a channel: in which column it stands, how urgent it is, and by which words it is found.

import type { ChannelOrder } from '../../../shared/client/channel-order-commands.ts';
import { foldForSearch } from '../../../shared/domain/fold-for-search.ts';
import { boughtOf, isPaidHere } from '../../../shared/domain/order/collect-order.ts';
import { isEnded, orderTotalMinor, type Order, type OrderState } from '../../../shared/domain/order/order.ts';
import { textIn } from '../../../shared/domain/localized-text.ts';
import type { Tone } from '../../../shared/ui/notices.tsx';
import type { Speech } from '../../../shared/ui/speech.ts';
import type { PosKey } from '../../shell/message-keys.ts';

type Words = Speech<PosKey>;

export const COLUMNS = ['new', 'work', 'ready', 'done'] as const;
export type Column = (typeof COLUMNS)[number];

const COLUMN_OF: Readonly<Record<OrderState, Column>> = {
  placed: 'new',
  accepted: 'work',
  picking: 'work',
  ready: 'ready',
  'handed-over': 'done',
  rejected: 'done',
  released: 'done',
  expired: 'done',
  returned: 'done',
};

export const columnOf = ({ state }: Pick<Order, 'state'>): Column => COLUMN_OF[state];

/** Orders of a column; those that have ended last stand first in theirs. */
export function inColumn(orders: readonly ChannelOrder[], column: Column): readonly ChannelOrder[] {
  const own = orders.filter(({ order }) => columnOf(order) === column);
  return column === 'done' ? [...own].sort((one, other) => (endedAt(one) > endedAt(other) ? -1 : 1)) : own;
}

const endedAt = ({ order }: ChannelOrder): string => order.history.at(-1)?.at ?? '';

const HOUR_MS = 3_600_000;

/** How urgent an order is: its time is over, nearly over, or there is time. */
export function urgencyOf(order: Order, nowMs: number): Tone {
  if (isEnded(order)) return 'plain';
  const leftMs = Date.parse(order.dueAt) - nowMs;
  if (order.timeCalledAt !== null || leftMs <= 0) return 'danger';
  return leftMs <= HOUR_MS ? 'warning' : 'plain';
}

/** What happened against the order, or an answer that only a person can give. */
export const needsLook = ({ order }: ChannelOrder): boolean =>
  order.incidents.some(({ move }) => move === 'hand-over' || move === 'return');

export function dueText(words: Words, order: Order, nowMs: number): string {
  const leftMs = Date.parse(order.dueAt) - nowMs;
  return leftMs <= 0
    ? words.t('channel.overdue', { ago: words.ago(-leftMs) })
    : words.t('channel.due', { at: words.dateTime(order.dueAt) });
}

/** Whoever collects it; the code where nobody is known any more. */
export const nameOf = ({ contact, order }: ChannelOrder): string => contact?.name ?? order.code;

export function goodsOf(words: Words, { lines }: Order): string {
  const [first, ...rest] = lines;
  const name = first === undefined ? '' : textIn(boughtOf(first).name, words.language);
  return rest.length === 0 ? name : words.t('order.and-more', { name, count: rest.length });
}

/** What the customer still pays here; 0 where the channel has taken all of it. */
export function leftMinor(order: Order): number {
  if (!isPaidHere(order)) return 0;
  const paidMinor = order.payment.kind === 'deposit' ? order.payment.amountMinor : 0;
  return Math.max(0, orderTotalMinor(order) - paidMinor);
}

/** Orders that the words are about: code, customer, telephone, goods. */
export function findChannelOrders(orders: readonly ChannelOrder[], text: string): readonly ChannelOrder[] {
  const wanted = foldForSearch(text).split(' ');
  return orders.filter(({ order, contact }) => {
    const goods = order.lines.flatMap(({ name, sku }) => [sku, ...Object.values(name)]);
    const code = order.code.replaceAll('-', '');
    const folded = foldForSearch(
      [order.code, code, contact?.name ?? '', contact?.phone ?? '', ...goods].join(' '),
    );
    return wanted.every((word) => folded.includes(word));
  });
}
