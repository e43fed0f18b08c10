// What customers are told when their order moves, in their language: a subject, plain text, and the same as HTML. Words of people are
// escaped; a language without templates of its own falls back to English.

import type { Order, OrderedItem } from '../../shared/domain/order/order.ts';
import { textIn } from '../../shared/domain/localized-text.ts';
import { formatQuantity, type MessageEvent } from './message-events.ts';

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

type Words = {
  readonly direction: 'ltr' | 'rtl';
  readonly locale: string;
  readonly greeting: (name: string) => string;
  readonly subject: Readonly<Record<MessageEvent, (code: string) => string>>;
  readonly body: Readonly<Record<MessageEvent, (store: string, until: string) => string>>;
  readonly code: string;
  readonly goods: string;
  readonly follow: string;
  readonly noReply: string;
};

const EN: Words = {
  direction: 'ltr',
  locale: 'en-GB',
  greeting: (name) => `Hello ${name},`,
  subject: {
    placed: (code) => `We have your order ${code}`,
    ready: (code) => `Your order ${code} is ready`,
    reminder: (code) => `Your order ${code} is still waiting`,
    rejected: (code) => `We cannot fill your order ${code}`,
    released: (code) => `Your order ${code} was cancelled`,
    expired: (code) => `The time for your order ${code} is over`,
    'handed-over': (code) => `Thank you for collecting ${code}`,
    apology: (code) => `We are sorry about your order ${code}`,
    moved: (code) => `Another store keeps your order, now ${code}`,
    postponed: (code) => `Your order ${code} comes later`,
    substitute: (code) => `We offer something else for your order ${code}`,
  },
  body: {
    placed: (store, until) =>
      `your goods are promised to you at ${store} until ${until}. We write again as soon as they are ready.`,
    ready: (store, until) =>
      `your order is ready at ${store}. Please collect it by ${until} and bring this code.`,
    reminder: (store, until) =>
      `your order still waits at ${store}. It is kept until ${until}; after that we put the goods back.`,
    rejected: (store) => `we are sorry: ${store} could not find what you ordered. Nothing is charged.`,
    released: (store) => `your order at ${store} was cancelled. If you did not ask for that, please call us.`,
    expired: (store) =>
      `your order at ${store} was not collected in time, so the goods are back on the shelf.`,
    apology: (store) =>
      `we are very sorry: what we had promised you at ${store} was sold in the store by mistake, and we have no other. Your order is cancelled and nothing is charged; what you have paid is given back.`,
    moved: (store, until) =>
      `the store that you had chosen has no more of what you ordered, and we are sorry for that. ${store} keeps it for you until ${until}, with the new code below.`,
    postponed: (store, until) =>
      `we are sorry: what we had promised you at ${store} is gone. We get it for you again and keep it until ${until}. If that is too late, please call us.`,
    substitute: (store) =>
      `we are sorry: ${store} has no more of what you ordered, and offers you something else instead. Please say yes or no on the page of your order, or call us.`,
    'handed-over': (store) =>
      `thank you for your visit at ${store}. Tell us how it was on the page of your order.`,
  },
  code: 'Code',
  goods: 'Goods',
  follow: 'Follow your order',
  noReply: 'This message was sent by itself.',
};

const FA: Words = {
  direction: 'rtl',
  locale: 'fa-IR',
  greeting: (name) => `${name} گرامی،`,
  subject: {
    placed: (code) => `سفارش ${code} ثبت شد`,
    ready: (code) => `سفارش ${code} آماده است`,
    reminder: (code) => `سفارش ${code} هنوز منتظر شماست`,
    rejected: (code) => `سفارش ${code} را نتوانستیم فراهم کنیم`,
    released: (code) => `سفارش ${code} لغو شد`,
    expired: (code) => `مهلت سفارش ${code} تمام شد`,
    'handed-over': (code) => `از دریافت سفارش ${code} سپاسگزاریم`,
    apology: (code) => `بابت سفارش ${code} پوزش می‌خواهیم`,
    moved: (code) => `فروشگاه دیگری سفارش شما را با کد ${code} نگه می‌دارد`,
    postponed: (code) => `سفارش ${code} دیرتر می‌رسد`,
    substitute: (code) => `برای سفارش ${code} کالای دیگری پیشنهاد می‌کنیم`,
  },
  body: {
    placed: (store, until) =>
      `کالای شما در ${store} تا ${until} برایتان نگه داشته می‌شود. همین‌که آماده شد، دوباره می‌نویسیم.`,
    ready: (store, until) =>
      `سفارش شما در ${store} آماده است. لطفاً تا ${until} با همین کد آن را تحویل بگیرید.`,
    reminder: (store, until) =>
      `سفارش شما هنوز در ${store} منتظر است. آن را تا ${until} نگه می‌داریم و پس از آن به قفسه برمی‌گردد.`,
    rejected: (store) => `متأسفیم؛ ${store} کالای سفارش شما را پیدا نکرد. مبلغی از شما گرفته نمی‌شود.`,
    released: (store) => `سفارش شما در ${store} لغو شد. اگر شما آن را نخواسته بودید، با ما تماس بگیرید.`,
    expired: (store) => `سفارش شما در ${store} به‌موقع دریافت نشد و کالا به قفسه برگشت.`,
    apology: (store) =>
      `بسیار پوزش می‌خواهیم؛ کالایی که در ${store} به شما وعده داده بودیم به اشتباه در فروشگاه فروخته شد و دیگر نداریم. سفارش شما لغو شد و مبلغی از شما گرفته نمی‌شود؛ آنچه پرداخته‌اید بازمی‌گردد.`,
    moved: (store, until) =>
      `متأسفیم؛ فروشگاهی که برگزیده بودید این کالا را دیگر ندارد. ${store} آن را با کد تازهٔ زیر تا ${until} برایتان نگه می‌دارد.`,
    postponed: (store, until) =>
      `متأسفیم؛ کالایی که در ${store} به شما وعده داده بودیم تمام شده است. دوباره آن را برایتان فراهم می‌کنیم و تا ${until} نگه می‌داریم. اگر دیر است، با ما تماس بگیرید.`,
    substitute: (store) =>
      `متأسفیم؛ ${store} کالای سفارش شما را دیگر ندارد و به جای آن کالای دیگری پیشنهاد می‌کند. لطفاً در صفحهٔ سفارش پاسخ دهید یا با ما تماس بگیرید.`,
    'handed-over': (store) => `از اینکه به ${store} آمدید سپاسگزاریم. نظرتان را در صفحهٔ سفارش بنویسید.`,
  },
  code: 'کد',
  goods: 'کالا',
  follow: 'پیگیری سفارش',
  noReply: 'این پیام خودکار فرستاده شده است.',
};

export function renderMessage(given: MessageGiven): RenderedMessage {
  const { event, order, storeName, trackingUrl } = given;
  const words = order.language === 'fa' ? FA : EN;
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
  readonly words: Words;
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
