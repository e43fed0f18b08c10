// What the demo shops decide about prices: promotions, rules of the price book and the reasons that people state. One of
// each kind that a shop is likely to try first.

import { asCategoryId } from '../../shared/domain/ids.ts';
import type { PromotionDocument } from '../../shared/domain/promotion-document.ts';
import type { PriceRule } from '../../shared/domain/price-rule.ts';
import type { Promotion } from '../../shared/domain/promotions/promotion.ts';
import type { ReasonedAction } from '../../shared/domain/reason-code.ts';
import { specialId } from './special-goods.ts';

const PROMOTIONS: readonly Promotion[] = [
  {
    id: 'tea-towels-3-for-2',
    name: '3 for 2 on kitchen and table',
    priority: 10,
    scope: { categoryIds: ['tableware'] },
    conditions: [],
    groupSize: 3,
    usesUnits: true,
    reward: { kind: 'cheapest-percent', ratePpm: 1_000_000, units: 1 },
  },
  {
    id: 'afternoon-bakery',
    name: 'Bakery after four: 20 % off',
    priority: 10,
    scope: { categoryIds: ['bakery'] },
    conditions: [{ kind: 'hours', weekdays: [1, 2, 3, 4, 5, 6], fromMinute: 960, toMinute: 1440 }],
    reward: { kind: 'percent-off', ratePpm: 200_000, roundedOn: 'sum' },
  },
  {
    id: 'spritzer-2-for',
    name: '2 spritzers for 2.50',
    priority: 10,
    scope: { itemIds: [specialId('spritzer')] },
    conditions: [],
    groupSize: 2,
    usesUnits: true,
    reward: { kind: 'group-for-price', priceMinor: 2_50 },
  },
  {
    id: 'welcome',
    name: 'Coupon WELCOME: 5.00 off from 30.00',
    priority: 0,
    scope: {},
    conditions: [
      { kind: 'coupon', code: 'WELCOME' },
      { kind: 'spend-at-least', minMinor: 30_00 },
    ],
    reward: { kind: 'amount-off-sum', amountMinor: 5_00 },
  },
  {
    id: 'friend',
    name: 'Coupon FRIEND: 10 %, once for each customer',
    priority: 0,
    scope: {},
    conditions: [{ kind: 'coupon', code: 'FRIEND', limit: 'once-per-customer' }],
    reward: { kind: 'percent-off', ratePpm: 100_000, roundedOn: 'sum' },
  },
  {
    id: 'golden-ticket',
    name: 'Coupon GOLDEN: 20.00 off, for the first who brings it',
    priority: 0,
    scope: {},
    conditions: [
      { kind: 'coupon', code: 'GOLDEN', limit: 'once' },
      { kind: 'spend-at-least', minMinor: 40_00 },
    ],
    reward: { kind: 'amount-off-sum', amountMinor: 20_00 },
  },
  {
    id: 'double-points',
    name: 'Double points on textiles',
    priority: 0,
    scope: { categoryIds: ['textiles'] },
    conditions: [],
    reward: { kind: 'points-multiplier', timesMilli: 2_000 },
  },
  {
    id: 'home-tiers',
    name: 'Home textiles: the more, the less',
    priority: 5,
    scope: { categoryIds: ['textiles'], leavesOutReduced: true },
    conditions: [],
    reward: {
      kind: 'tiered-percent',
      by: 'quantity',
      tiers: [
        { from: 2, ratePpm: 50_000 },
        { from: 4, ratePpm: 100_000 },
      ],
    },
  },
];

const PRICE_RULES: readonly PriceRule[] = [
  {
    id: 'socks-pack-price',
    name: 'Accessories from 6 pieces: 10 % off',
    categoryIds: [asCategoryId('accessories')],
    minQuantityMilli: 6_000,
    priority: 10,
    ratePpm: 100_000,
  },
  {
    id: 'staff-price',
    name: 'Staff price',
    customerGroup: 'staff',
    priority: 20,
    ratePpm: 150_000,
  },
  {
    id: 'camera-next-spring',
    name: 'Spring price',
    itemIds: [specialId('scanner')],
    validFrom: '2027-03-01T00:00:00.000Z',
    priority: 10,
    priceMinor: 179_00,
  },
];

const REASONS: readonly (readonly [id: string, actions: readonly ReasonedAction[], ...names: string[]])[] = [
  [
    'damaged',
    ['end-order', 'override-price', 'discount'],
    'Damaged',
    'آسیب‌دیده',
    'تالف',
    'Повреждено',
    'Uszkodzone',
  ],
  [
    'price-match',
    ['override-price'],
    'Price of a competitor',
    'قیمت رقیب',
    'سعر المنافس',
    'Цена конкурента',
    'Cena konkurencji',
  ],
  ['goodwill', ['discount'], 'Goodwill', 'دلجویی', 'حسن نية', 'Жест доброй воли', 'Gest handlowy'],
  [
    'diplomat',
    ['exempt-tax'],
    'Diplomatic mission',
    'مأموریت دیپلماتیک',
    'بعثة دبلوماسية',
    'Дипломатическая миссия',
    'Misja dyplomatyczna',
  ],
  [
    'charity',
    ['exempt-tax'],
    'Charity',
    'خیریه',
    'جمعية خيرية',
    'Благотворительность',
    'Organizacja charytatywna',
  ],
  [
    'wrong-size',
    ['return-goods'],
    'Does not fit',
    'اندازه نبود',
    'المقاس غير مناسب',
    'Не подошёл размер',
    'Zły rozmiar',
  ],
  [
    'changed-mind',
    ['return-goods', 'cancel-order'],
    'Changed their mind',
    'تغییر نظر',
    'غيّر رأيه',
    'Передумал',
    'Zmiana zdania',
  ],
  [
    'not-on-shelf',
    ['end-order'],
    'Not on the shelf',
    'در قفسه نیست',
    'غير موجود على الرف',
    'Нет на полке',
    'Brak na półce',
  ],
  [
    'customer-declined',
    ['end-order'],
    'Customer does not want it',
    'مشتری نمی‌خواهد',
    'العميل لا يريده',
    'Покупатель отказался',
    'Klient rezygnuje',
  ],
  [
    'not-collected',
    ['end-order'],
    'Not collected',
    'تحویل گرفته نشد',
    'لم يُستلم',
    'Не забрали',
    'Nie odebrano',
  ],
  ['faulty', ['return-goods'], 'Faulty', 'معیوب', 'معيب', 'Брак', 'Wadliwe'],
  ['mistake', ['void-transaction', 'remove-line'], 'Mistake', 'اشتباه', 'خطأ', 'Ошибка', 'Pomyłka'],
  ['change', ['move-cash', 'no-sale'], 'Change', 'پول خرد', 'فكة', 'Размен', 'Rozmienianie'],
  [
    'terminal-slip',
    ['decide-card'],
    'Slip of the terminal',
    'رسید کارت‌خوان',
    'إيصال جهاز البطاقات',
    'Чек терминала',
    'Wydruk terminala',
  ],
  [
    'bank-asked',
    ['decide-card'],
    'The bank was asked',
    'از بانک پرسیده شد',
    'تم سؤال البنك',
    'Спросили банк',
    'Zapytano bank',
  ],
  ['expenses', ['move-cash'], 'Expenses', 'هزینه‌ها', 'مصاريف', 'Расходы', 'Wydatki'],
];

/** The documents of the `promotions` collection. A kiosk gets those that tell a customer a price. */
export function demoPriceBook(): readonly PromotionDocument[] {
  return [
    ...PROMOTIONS.map((body): PromotionDocument => ({ id: body.id, type: 'promotion', body })),
    ...PRICE_RULES.map((body): PromotionDocument => ({ id: body.id, type: 'price-rule', body })),
    ...REASONS.map(([id, actions, en = id, fa, ar, ru, pl], position): PromotionDocument => {
      const name = {
        en,
        ...(fa === undefined ? {} : { fa }),
        ...(ar === undefined ? {} : { ar }),
        ...(ru === undefined ? {} : { ru }),
        ...(pl === undefined ? {} : { pl }),
      };
      return { id, type: 'reason-code', body: { id, name, actions, position } };
    }),
  ];
}
