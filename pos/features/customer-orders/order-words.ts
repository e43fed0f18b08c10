// What a screen says about an order: what it is, how it stands, and what is to be done about it.

import type { CustomerOrder } from '../../../shared/domain/customer-order.ts';
import { isExpired, isOpenOrder, leftToPay } from '../../../shared/domain/customer-order.ts';
import { standingOf, type PlanStanding } from '../../../shared/domain/instalment-plan.ts';
import { textIn } from '../../../shared/domain/localized-text.ts';
import type { Customer } from '../../../shared/client/order-commands.ts';
import type { Tone } from '../../../shared/ui/notices.tsx';
import type { Speech } from '../../../shared/ui/speech.ts';
import { foldForSearch } from '../../../shared/domain/fold-for-search.ts';
import type { PosKey } from '../../shell/message-keys.ts';

type Words = Speech<PosKey>;

/** One word for how an order stands, and how loudly it is said. */
export function standOf(
  words: Words,
  order: CustomerOrder,
  today: string,
): { readonly text: string; readonly tone: Tone } {
  if (order.problems.length > 0) return { text: words.t('order.state.problem'), tone: 'danger' };
  if (isExpired(order, today)) return { text: words.t('order.state.expired'), tone: 'plain' };
  const { overdueMinor } = planStanding(order, today);
  if (overdueMinor > 0) return { text: words.t('order.state.overdue'), tone: 'warning' };
  if (isOpenOrder(order) && order.kind !== 'quotation' && leftToPay(order) === 0)
    return { text: words.t('order.state.paid'), tone: 'good' };
  const tone = order.state === 'arrived' || order.state === 'open' ? 'notice' : 'plain';
  return { text: words.t(`order.state.${order.state}`), tone };
}

/** The plan of an order that is open; of any other nothing is due. */
export function planStanding(order: CustomerOrder, today: string): PlanStanding {
  return standingOf(isOpenOrder(order) ? (order.plan ?? []) : [], order.paidMinor, today);
}

export function customerOf(order: CustomerOrder, customers: readonly Customer[]): Customer | null {
  return customers.find(({ id }) => id === order.customerId) ?? null;
}

/** Orders that the words are about: number, customer, telephone, goods. Open ones alone unless all are asked for. */
export function findOrders(
  orders: readonly CustomerOrder[],
  customers: readonly Customer[],
  asked: { readonly text: string; readonly isOpenOnly: boolean; readonly today: string },
): readonly CustomerOrder[] {
  const wanted = foldForSearch(asked.text).split(' ');
  return orders.filter((order) => {
    if (asked.isOpenOnly && order.problems.length === 0) {
      if (!isOpenOrder(order) || isExpired(order, asked.today)) return false;
    }
    const customer = customerOf(order, customers);
    const goods = order.lines.flatMap(({ name }) => Object.values(name));
    const text = [order.number, customer?.name ?? '', customer?.phone ?? '', ...goods].join(' ');
    const folded = foldForSearch(text);
    return wanted.every((word) => folded.includes(word));
  });
}

/** What is in an order, in a few words. */
export function goodsOf(words: Words, order: CustomerOrder): string {
  const [first, ...rest] = order.lines;
  const name = first === undefined ? '' : textIn(first.name, words.language);
  return rest.length === 0 ? name : words.t('order.and-more', { name, count: rest.length });
}
