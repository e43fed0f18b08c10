// A till session on paper: X while it is open, Z when it is closed. The same blocks as a receipt, so every printer that
// prints one prints the other.

import { addAmounts, negateAmount } from '../../../shared/domain/money.ts';
import type { Operator } from '../../../shared/domain/operator.ts';
import type { Receipt, ReceiptBlock } from '../../../shared/domain/receipt-blocks.ts';
import type { StoreSettings } from '../../../shared/domain/store.ts';
import { CASH_MOVE_SIGN, type TillFigures } from '../../../shared/domain/till-figures.ts';
import type { ForeignDrawer, OpenTill, ZReport } from '../../../shared/domain/z-report.ts';
import type { Speech } from '../../../shared/ui/speech.ts';
import type { PosKey } from '../../shell/message-keys.ts';

type ReportGiven = {
  readonly words: Speech<PosKey>;
  readonly settings: StoreSettings;
  readonly operators: readonly Operator[];
};

/** The session as it stands, without resetting anything. */
export function xReport(open: OpenTill, given: ReportGiven): Receipt {
  const { words } = given;
  return report(given, words.t('report.x'), [
    { kind: 'pair', start: words.t('report.opened'), end: words.dateTime(open.openedAt) },
    ...figureBlocks(open.figures, open.currency, given),
    pair(words, 'report.float', open.floatMinor, open.currency),
  ]);
}

/** The closing report with its cash, its perpetual totals and what the server had not confirmed. */
export function zReport(z: ZReport, given: ReportGiven): Receipt {
  const { words } = given;
  const { currency, cash, perpetual, pending } = z;
  const nameOf = (id: string) => given.operators.find((one) => one.id === id)?.name ?? '';
  return report(given, words.t('report.z', { number: z.number }), [
    {
      kind: 'pair',
      start: words.t('report.days'),
      end: z.businessDays.map((day) => words.date(day)).join(', '),
    },
    { kind: 'pair', start: words.t('report.opened'), end: words.dateTime(z.openedAt) },
    { kind: 'pair', start: words.t('report.closed'), end: words.dateTime(z.closedAt) },
    { kind: 'pair', start: words.t('report.closed-by'), end: nameOf(z.closedBy) },
    ...figureBlocks(z.figures, currency, given),
    { kind: 'text', text: words.t('report.cash'), isBold: true },
    pair(words, 'report.float', cash.floatMinor, currency),
    pair(words, 'report.expected', cash.expectedMinor, currency),
    pair(words, 'report.counted', cash.countedMinor, currency),
    { ...pair(words, 'report.difference', cash.differenceMinor, currency), isBold: true },
    ...z.foreignCash.flatMap((drawer) => foreignBlocks(words, drawer)),
    { kind: 'rule' },
    { kind: 'text', text: words.t('report.perpetual'), isBold: true },
    pair(words, 'report.sales', perpetual.salesMinor, currency),
    pair(words, 'report.returns', negateAmount(perpetual.returnsMinor), currency),
    pair(words, 'report.grand', perpetual.grandMinor, currency),
    { kind: 'rule' },
    {
      kind: 'text',
      text: words.t('report.pending', {
        count: pending.count,
        amount: words.money(pending.amountMinor, currency),
      }),
    },
  ]);
}

function report({ words, settings }: ReportGiven, title: string, blocks: readonly ReceiptBlock[]): Receipt {
  return {
    language: words.language,
    blocks: [
      { kind: 'text', text: settings.store.name, align: 'center', isBold: true },
      { kind: 'text', text: title, align: 'center', size: 'large', isBold: true },
      { kind: 'rule' },
      // A part without figures leaves no rule of its own.
      ...blocks.filter(({ kind }, place) => kind !== 'rule' || blocks[place - 1]?.kind !== 'rule'),
    ],
  };
}

function figureBlocks(
  figures: TillFigures,
  currency: string,
  { words }: ReportGiven,
): readonly ReceiptBlock[] {
  const { counts } = figures;
  const count = (key: PosKey, value: number): readonly ReceiptBlock[] =>
    value === 0 ? [] : [{ kind: 'pair', start: words.t(key), end: words.number(value) }];
  return [
    { kind: 'rule' },
    pair(words, 'report.sales', figures.salesMinor, currency),
    pair(words, 'report.returns', negateAmount(figures.returnsMinor), currency),
    {
      ...pair(words, 'report.total', addAmounts(figures.salesMinor, -figures.returnsMinor), currency),
      isBold: true,
    },
    ...figures.taxes.map((tax): ReceiptBlock => ({
      kind: 'pair',
      start: tax.name,
      end: words.money(tax.taxMinor, currency),
      indent: 2,
    })),
    { kind: 'rule' },
    ...figures.tenders.map(({ kind, amountMinor }) =>
      pair(words, `receipt.tender.${kind}`, amountMinor, currency),
    ),
    ...figures.foreignCash.map(({ currency: foreign, foreignMinor, valueMinor }): ReceiptBlock => ({
      kind: 'pair',
      start: words.money(foreignMinor, foreign),
      end: words.money(valueMinor, currency),
      indent: 2,
    })),
    ...figures.cashMoves.map(({ kind, amountMinor }) =>
      pair(
        words,
        `till.move-${kind}`,
        CASH_MOVE_SIGN[kind] === 1 ? amountMinor : negateAmount(amountMinor),
        currency,
      ),
    ),
    { kind: 'rule' },
    ...depositBlocks(words, figures, currency),
    { kind: 'rule' },
    ...count('report.transactions', counts.transactions),
    ...count('report.voids', counts.voids),
    ...count('report.overrides', counts.overrides),
    ...count('report.discounts', counts.discounts),
    ...count('report.no-sales', counts.noSales),
    ...count('report.reprints', counts.reprints),
    ...count('report.removals', counts.removals),
    ...count('report.cancellations', counts.cancellations),
    ...count('report.suspensions', counts.suspensions),
    ...count('report.failed-pins', counts.failedPins),
    ...count('report.x-reports', counts.xReports),
    ...count('report.trainings', counts.trainings),
    { kind: 'rule' },
  ];
}

/** Money on the accounts of orders: beside the sales, never in them. */
function depositBlocks(
  words: Speech<PosKey>,
  { deposits }: TillFigures,
  currency: string,
): readonly ReceiptBlock[] {
  const { takenMinor, redeemedMinor, refundedMinor, forfeitedMinor } = deposits;
  const rows = [
    ['report.deposits-taken', takenMinor],
    ['report.deposits-redeemed', negateAmount(redeemedMinor)],
    ['report.deposits-refunded', negateAmount(refundedMinor)],
    ['report.deposits-forfeited', negateAmount(forfeitedMinor)],
  ] as const;
  if (rows.every(([, amountMinor]) => amountMinor === 0)) return [];
  return [
    { kind: 'text', text: words.t('report.deposits'), isBold: true },
    ...rows.flatMap(([key, amountMinor]) =>
      amountMinor === 0 ? [] : [pair(words, key, amountMinor, currency)],
    ),
  ];
}

/** Cash of one other currency, in its own digits. */
function foreignBlocks(
  words: Speech<PosKey>,
  { currency, expectedMinor, countedMinor, differenceMinor }: ForeignDrawer,
): readonly ReceiptBlock[] {
  return [
    { kind: 'text', text: words.t('report.cash-of', { currency }), isBold: true },
    pair(words, 'report.expected', expectedMinor, currency),
    pair(words, 'report.counted', countedMinor, currency),
    { ...pair(words, 'report.difference', differenceMinor, currency), isBold: true },
  ];
}

function pair(words: Speech<PosKey>, key: PosKey, amountMinor: number, currency: string) {
  return { kind: 'pair', start: words.t(key), end: words.money(amountMinor, currency) } as const;
}
