import { describe, expect, test } from 'vitest';
import { asStoreId } from '../../shared/domain/ids.ts';
import { openOrder, type Order } from '../../shared/domain/order/order.ts';
import type { MessageEvent } from './message-events.ts';
import { renderMessage } from './templates.ts';

const EVENTS: readonly MessageEvent[] = [
  'placed',
  'ready',
  'reminder',
  'rejected',
  'released',
  'expired',
  'handed-over',
  'apology',
  'moved',
  'postponed',
  'substitute',
];
const SCRIPT = {
  en: /[A-Za-z]/u,
  fa: /\p{Script=Arabic}/u,
  ar: /\p{Script=Arabic}/u,
  ru: /\p{Script=Cyrillic}/u,
  pl: /[A-Za-z]/u,
};

const order = (language: Order['language']): Order =>
  openOrder({
    id: 'order-1',
    code: 'K7M2-QX',
    storeId: asStoreId('s1'),
    channel: 'web',
    kind: 'reservation',
    currency: 'EUR',
    language,
    payment: { kind: 'on-collection' },
    lines: [],
    placedAt: '2026-03-02T10:00:00.000Z',
    dueAt: '2026-03-04T10:00:00.000Z',
  });

describe.each(Object.keys(SCRIPT) as readonly Order['language'][])('messages in %s', (language) => {
  const told = EVENTS.map((event) =>
    renderMessage({
      event,
      order: order(language),
      name: 'Ada <b>Lovelace</b>',
      storeName: 'Corner & Sons',
      storeAddress: ['Street 1'],
      trackingUrl: 'https://shop.example/track/K7M2-QX',
      timeZone: 'Europe/Berlin',
    }),
  );

  test('say what happened in that language, each something of its own, with code, store and page', () => {
    expect(new Set(told.map(({ subject }) => subject)).size).toBe(EVENTS.length);
    for (const { subject, text, sms } of told) {
      expect(subject).toContain('K7M2-QX');
      expect(subject.replace('K7M2-QX', '')).toMatch(SCRIPT[language]);
      expect(text).toContain('Corner & Sons');
      expect(text).toContain('https://shop.example/track/K7M2-QX');
      expect(sms).toContain('K7M2-QX');
    }
  });

  test('go from right to left where the language does, and what people typed stays text', () => {
    const isRightToLeft = language === 'fa' || language === 'ar';
    for (const { html } of told) {
      expect(html).toContain(`lang="${language}" dir="${isRightToLeft ? 'rtl' : 'ltr'}"`);
      expect(html).toContain('Ada &lt;b&gt;Lovelace&lt;/b&gt;');
      expect(html).toContain('Corner &amp; Sons');
      expect(html).not.toContain('<b>');
    }
  });
});
