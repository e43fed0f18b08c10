// One of each paper of the shop, from model data: what the golden pictures show.

import { zReport } from '../../pos/features/till/till-report.ts';
import type { PosKey } from '../../pos/shell/message-keys.ts';
import { buildReceipt } from '../../shared/domain/build-receipt.ts';
import { buildTransaction } from '../../shared/domain/build-transaction.ts';
import type { CustomerOrder } from '../../shared/domain/customer-order.ts';
import { buildGiftReceipt } from '../../shared/domain/gift-receipt.ts';
import { asOperatorId, asOrderId, asWorkstationId } from '../../shared/domain/ids.ts';
import { LANGUAGES, type Language } from '../../shared/domain/localized-text.ts';
import { buildOrderReceipt } from '../../shared/domain/order-receipt.ts';
import { toPicture } from '../../shared/domain/picture.ts';
import { buildPickupTicket } from '../../shared/domain/pickup-ticket.ts';
import type { Receipt } from '../../shared/domain/receipt-blocks.ts';
import { DEFAULT_RECEIPT_LAYOUT, RECEIPT_PARTS } from '../../shared/domain/receipt-layout.ts';
import { buildShelfLabel, labelReceipt, type ShelfLabel } from '../../shared/domain/shelf-label.ts';
import type { StoreSettings } from '../../shared/domain/store.ts';
import { settleInCash } from '../../shared/domain/tender.ts';
import { NO_FIGURES } from '../../shared/domain/till-figures.ts';
import type { Transaction } from '../../shared/domain/transaction.ts';
import ar from '../../shared/ui/messages/receipt-ar.json' with { type: 'json' };
import pl from '../../shared/ui/messages/receipt-pl.json' with { type: 'json' };
import ru from '../../shared/ui/messages/receipt-ru.json' with { type: 'json' };
import en from '../../shared/ui/messages/en.json' with { type: 'json' };
import fa from '../../shared/ui/messages/fa.json' with { type: 'json' };
import posEn from '../../pos/messages/en.json' with { type: 'json' };
import posFa from '../../pos/messages/fa.json' with { type: 'json' };
import { createSpeech } from '../../shared/ui/speech.ts';
import { aCart, anItem, someSettings, transactionGiven, valueOf, type SomeLine } from './domain-builders.ts';

type Speaking = ReturnType<typeof createSpeech<PosKey>>;
type Paper = {
  readonly name: string;
  readonly languages: readonly Language[];
  readonly make: (language: Language) => Receipt;
  /** What a scanner must read from it. */
  readonly codes: readonly string[];
};

const MESSAGES = { en: { ...en, ...posEn }, fa: { ...fa, ...posFa }, ar, ru, pl } as const;
const HASH = '3f9a11c07be245d8a6e0914b7712cd50'.repeat(2);
const NUMBER = '01-02-A000017';
const ORDER = 'O01-02-A000016';
const speak = (language: Language): Speaking => createSpeech<PosKey>(language, MESSAGES[language]);

const TEA = anItem({
  sku: 'TEA-500',
  name: {
    en: 'Black tea, loose leaves, 500 g',
    fa: 'چای سیاه برگ ۵۰۰ گرم، بسته‌بندی هدیه',
    ar: 'شاي أسود أوراق كاملة 500 غ',
    ru: 'Чай чёрный листовой, 500 г',
    pl: 'Herbata czarna liściasta, 500 g',
  },
  priceMinor: 12_90,
  barcodes: ['05901234123457'],
});
const CHEESE = anItem({
  sku: 'CHEESE',
  unit: 'kilogram',
  priceMinor: 8_99,
  name: { en: 'Cheese', fa: 'پنیر گودا', ar: 'جبن غودا', ru: 'Сыр гауда', pl: 'Ser gouda żółty' },
});
const BREAD = anItem({
  sku: 'BREAD',
  priceMinor: 3_50,
  barcodes: ['00000096385074'],
  name: { en: 'Rye bread', fa: 'نان چاودار', ar: 'خبز الجاودار', ru: 'Хлеб ржаной', pl: 'Chleb żytni' },
});

/** A round mark with a bar across it, 96 × 64. */
function logo() {
  const rows = new Uint8Array(12 * 64);
  for (let y = 0; y < 64; y += 1) {
    for (let x = 0; x < 96; x += 1) {
      const isMark = (x - 48) ** 2 / 2100 + (y - 32) ** 2 / 950 < 1 && Math.abs(y - 32) > 3;
      if (isMark) rows[y * 12 + (x >> 3)] = (rows[y * 12 + (x >> 3)] ?? 0) | (0x80 >> (x & 7));
    }
  }
  return toPicture(96, 64, rows);
}

const settings: StoreSettings = someSettings({
  receiptLayout: {
    ...DEFAULT_RECEIPT_LAYOUT,
    version: 1,
    logo: logo(),
    header: {
      en: 'Open 8–20',
      fa: 'ساعت کار ۸ تا ۲۰',
      ar: 'مفتوح من ٨ إلى ٢٠',
      ru: 'Открыто 8–20',
      pl: 'Otwarte 8–20',
    },
    footer: {
      en: 'Thank you!\nReturns within 30 days, call +48 22 123-45-67',
      fa: 'سپاس از خرید شما!\nبازگشت تا ۳۰ روز، تلفن +98 21 1234-5678',
      ar: 'شكراً لكم!\nالإرجاع خلال 30 يوماً، هاتف +971 4 123-4567',
      ru: 'Спасибо!\nВозврат в течение 30 дней, тел. +7 495 123-45-67',
      pl: 'Dziękujemy!\nZwrot do 30 dni, tel. +48 22 123-45-67',
    },
    parts: RECEIPT_PARTS,
  },
});

function transactionOf(lines: readonly SomeLine[], dueMinor: number, paidMinor: number): Transaction {
  const { tenders } = valueOf(settleInCash(dueMinor, paidMinor, { stepMinor: 1 }));
  return valueOf(buildTransaction(aCart(...lines), settings, transactionGiven({ tenders })));
}

const original = { receiptNumber: '01-01-A000003', lineNumber: 1 };
// 25.80, 0.485 kg for 8.99 a kilogram (4.36), and 3.50.
const sale = transactionOf(
  [{ item: TEA, quantityMilli: 2000 }, { item: CHEESE, quantityMilli: 485 }, { item: BREAD }],
  33_66,
  50_00,
);
const back = transactionOf([{ item: TEA, direction: 'return', original }], -12_90, 0);
const exchange = transactionOf([{ item: TEA, direction: 'return', original }, { item: BREAD }], -9_40, 0);

const order: CustomerOrder = {
  id: asOrderId('order-1'),
  kind: 'customer-order',
  number: ORDER,
  operatorId: asOperatorId('operator-1'),
  placedAt: '2026-03-02T10:00:00.000Z',
  businessDay: '2026-03-02',
  currency: 'EUR',
  taxRules: sale.taxRules,
  taxGroups: sale.taxGroups,
  lines: sale.lines,
  taxes: sale.taxes,
  totals: sale.totals,
  wantedOn: '2026-03-09',
  workstationId: asWorkstationId('till-1'),
  state: 'arrived',
  paidMinor: 10_00,
  forfeitedMinor: 0,
  depositTaxes: [],
  moves: [],
  problems: [],
  through: [],
};

const receipt = (transaction: Transaction) => (language: Language) =>
  buildReceipt(transaction, settings, speak(language), {
    copyNumber: 0,
    hash: HASH,
    operatorName: 'Anna Kowalska',
  });
const names = { customer: 'Maryam Rahimi', operator: 'Anna Kowalska' };

export const PAPERS: readonly Paper[] = [
  { name: 'sale', languages: LANGUAGES, make: receipt(sale), codes: [NUMBER, `${NUMBER} ${HASH}`] },
  { name: 'return', languages: LANGUAGES, make: receipt(back), codes: [NUMBER] },
  { name: 'exchange', languages: LANGUAGES, make: receipt(exchange), codes: [NUMBER] },
  {
    name: 'gift',
    languages: LANGUAGES,
    make: (language) => buildGiftReceipt(sale, settings, speak(language)),
    codes: [NUMBER],
  },
  {
    name: 'pickup',
    languages: LANGUAGES,
    make: (language) => buildPickupTicket(order, settings, speak(language), names),
    codes: [ORDER],
  },
  {
    name: 'order',
    languages: LANGUAGES,
    make: (language) => buildOrderReceipt(order, settings, speak(language), names),
    codes: [ORDER],
  },
  {
    name: 'strip',
    languages: LANGUAGES,
    make: (language) => labelReceipt(shelfLabel(TEA, 14_90)(language)),
    codes: ['5901234123457'],
  },
  {
    name: 'z-report',
    languages: ['en', 'fa'],
    make: (language) =>
      zReport(
        {
          number: 42,
          tillSessionId: 'session-1',
          sessionNumber: 42,
          currency: 'EUR',
          businessDays: ['2026-03-02'],
          openedAt: '2026-03-02T07:00:00.000Z',
          closedAt: '2026-03-02T19:30:00.000Z',
          openedBy: asOperatorId('operator-1'),
          closedBy: asOperatorId('operator-1'),
          figures: {
            ...NO_FIGURES,
            salesMinor: 33_66,
            returnsMinor: 12_90,
            tenders: [{ kind: 'cash', count: 2, amountMinor: 20_76 }],
            taxes: sale.taxes,
            counts: { ...NO_FIGURES.counts, transactions: 2, sales: 1, returns: 1 },
          },
          cash: {
            floatMinor: 100_00,
            expectedMinor: 120_76,
            countedMinor: 120_00,
            differenceMinor: -76,
            counted: { pieces: [], otherMinor: 120_00 },
          },
          foreignCash: [],
          perpetual: { salesMinor: 1_234_56, returnsMinor: 78_90, grandMinor: 1_155_66 },
          firstEpoch: 1,
          firstSequence: 2,
          lastEpoch: 1,
          lastSequence: 20,
          pending: { count: 0, amountMinor: 0 },
        },
        { words: speak(language), settings, operators: [] },
      ),
    codes: [],
  },
];

function shelfLabel(item: typeof TEA, beforeMinor?: number): (language: Language) => ShelfLabel {
  return (language) =>
    buildShelfLabel(item, speak(language), {
      currency: 'EUR',
      priceMinor: item.priceMinor,
      today: '2026-03-02',
      ...(beforeMinor !== undefined && { beforeMinor }),
    });
}

export const LABELS: readonly {
  readonly name: string;
  readonly make: (language: 'en' | 'fa') => ShelfLabel;
  readonly code: string;
}[] = [
  { name: 'ean13', make: shelfLabel(TEA, 14_90), code: '5901234123457' },
  { name: 'ean8', make: shelfLabel(BREAD), code: '96385074' },
  { name: 'weighed', make: shelfLabel(CHEESE), code: 'CHEESE' },
];
