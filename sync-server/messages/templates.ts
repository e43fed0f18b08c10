// What customers are told when their order moves, in their language: a subject, plain text, and the same as HTML. Words of people are
// escaped.

import type { Order, OrderedItem } from '../../shared/domain/order/order.ts';
import { textIn } from '../../shared/domain/localized-text.ts';
import { formatQuantity, type MessageEvent } from './message-events.ts';
import type { MessageWords } from './message-words.ts';
import { AR } from './words-ar.ts';
import { EN } from './words-en.ts';
import { FA } from './words-fa.ts';
import { PL } from './words-pl.ts';
import { RU } from './words-ru.ts';

export type MessageGiven = {
  readonly event: MessageEvent;
  readonly order: Order;
  readonly name: string;
  readonly storeName: string;
  readonly storeAddress: readonly string[];
  /** Address of the page that shows the order, or null where the shop has none. */
  readonly trackingUrl: string | null;
  readonly timeZone: string;
};

export type RenderedMessage = {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly sms: string;
};

const WORDS: Readonly<Record<Order['language'], MessageWords>> = { en: EN, fa: FA, ar: AR, ru: RU, pl: PL };

export function renderMessage(given: MessageGiven): RenderedMessage {
  const { event, order, storeName, trackingUrl } = given;
  const words = WORDS[order.language];
  const until = new Intl.DateTimeFormat(words.locale, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: given.timeZone,
  }).format(new Date(order.dueAt));
  const sentence = words.body[event](storeName, until);
  const goods = order.lines.map((line) => {
    const told = (goods: OrderedItem): string =>
      `${formatQuantity(goods.quantityMilli, words.locale)} × ${textIn(goods.name, order.language)}`;
    const { substitute } = line;
    if (substitute?.consent === 'asked') return `${told(line)} → ${told(substitute)}`;
    return told(substitute?.consent === 'given' ? substitute : line);
  });
  const subject = words.subject[event](order.code);
  const text = [
    words.greeting(given.name),
    '',
    sentence,
    '',
    `${words.code}: ${order.code}`,
    `${words.goods}:`,
    ...goods.map((line) => `  ${line}`),
    '',
    [storeName, ...given.storeAddress].join(', '),
    ...(trackingUrl === null ? [] : [`${words.follow}: ${trackingUrl}`]),
    '',
    words.noReply,
  ].join('\n');
  const sms = [`${storeName}: ${subject}.`, ...(trackingUrl === null ? [] : [trackingUrl])].join(' ');
  return { subject, text, html: page(given, { words, sentence, goods, subject }), sms };
}

type Parts = {
  readonly words: MessageWords;
  readonly sentence: string;
  readonly goods: readonly string[];
  readonly subject: string;
};

function page({ order, name, storeName, storeAddress, trackingUrl }: MessageGiven, parts: Parts): string {
  const { words, sentence, goods, subject } = parts;
  const link =
    trackingUrl === null ? '' : `<p><a href="${escapeHtml(trackingUrl)}">${escapeHtml(words.follow)}</a></p>`;
  return [
    `<!doctype html><html lang="${order.language}" dir="${words.direction}"><head><meta charset="utf-8">`,
    `<title>${escapeHtml(subject)}</title></head><body style="font-family:sans-serif;line-height:1.6">`,
    `<p>${escapeHtml(words.greeting(name))}</p><p>${escapeHtml(sentence)}</p>`,
    `<p>${escapeHtml(words.code)}: <strong dir="ltr">${escapeHtml(order.code)}</strong></p>`,
    `<ul>${goods.map((line) => `<li>${escapeHtml(line)}</li>`).join('')}</ul>`,
    `<p>${[storeName, ...storeAddress].map(escapeHtml).join('<br>')}</p>${link}`,
    `<p><small>${escapeHtml(words.noReply)}</small></p></body></html>`,
  ].join('\n');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escapeHtml = (text: string): string =>
  text.replaceAll(/[&<>"']/gu, (found) => ENTITIES[found] ?? found);
