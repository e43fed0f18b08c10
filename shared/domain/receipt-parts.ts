// The parts that every paper of the shop has in common (its picture, name, words above and below), and how parts stand below
// each other: what counts (title, goods, payment, taxes) is parted from its neighbours by a rule, the rest is not.

import type { Receipt, ReceiptBlock } from './receipt-blocks.ts';
import { DEFAULT_RECEIPT_LAYOUT, ownWordsIn, type ReceiptPart } from './receipt-layout.ts';
import type { ReceiptSpeech } from './receipt-speech.ts';
import type { StoreSettings } from './store.ts';

/** What of the settings stands on every paper. */
export type PaperSettings = Pick<StoreSettings, 'store' | 'receiptLayout'>;

type StorePart = Extract<ReceiptPart, 'logo' | 'store' | 'header' | 'footer'>;

const RULE_AFTER: ReadonlySet<ReceiptPart> = new Set(['title', 'lines', 'payment', 'taxes']);
const RULE_BEFORE: ReadonlySet<ReceiptPart> = new Set(['lines', 'payment', 'taxes']);
/** An empty line keeps these apart from what stands above or below. */
const AIR_AFTER: ReadonlySet<ReceiptPart> = new Set(['logo', 'store', 'header']);

/** Blocks of all parts that have any, in that order, with rules and air between them. */
export function layoutParts(
  parts: readonly ReceiptPart[],
  blocksOf: (part: ReceiptPart) => readonly ReceiptBlock[],
): readonly ReceiptBlock[] {
  const blocks: ReceiptBlock[] = [];
  let above: ReceiptPart | null = null;
  for (const part of parts) {
    const own = blocksOf(part);
    if (own.length === 0) continue;
    if (above !== null) blocks.push(...between(above, part));
    blocks.push(...own);
    above = part;
  }
  return blocks;
}

function between(above: ReceiptPart, below: ReceiptPart): readonly ReceiptBlock[] {
  if (RULE_AFTER.has(above) || RULE_BEFORE.has(below)) return [{ kind: 'rule' }];
  if (below === 'footer' || (AIR_AFTER.has(above) && !AIR_AFTER.has(below))) return [{ kind: 'blank' }];
  return [];
}

/** One of the parts that say whose paper it is. */
export function storeBlocks(
  part: StorePart,
  { store, receiptLayout }: PaperSettings,
  speech: ReceiptSpeech,
): readonly ReceiptBlock[] {
  const layout = receiptLayout ?? DEFAULT_RECEIPT_LAYOUT;
  switch (part) {
    case 'logo':
      return layout.logo === undefined ? [] : [{ kind: 'picture', picture: layout.logo, label: store.name }];
    case 'store': {
      const taxNumber =
        store.taxNumber === '' ? [] : [speech.t('receipt.tax-number', { number: store.taxNumber })];
      return [
        { kind: 'text', text: store.name, align: 'center', size: 'large', isBold: true },
        ...[...store.addressLines, ...taxNumber].map(centred),
      ];
    }
    case 'header':
      return ownLines(ownWordsIn(layout.header, speech.language));
    case 'footer': {
      const own = ownWordsIn(layout.footer, speech.language);
      return ownLines(own === '' ? store.receiptFooter : own);
    }
  }
}

/**
 * A paper that is no receipt (a slip, a ticket): head and foot as on receipts where the layout shows them, and `body`
 * between them.
 */
export function paperOf(
  body: readonly ReceiptBlock[],
  settings: PaperSettings,
  speech: ReceiptSpeech,
): Receipt {
  const { parts } = settings.receiptLayout ?? DEFAULT_RECEIPT_LAYOUT;
  const shown = (wanted: readonly StorePart[]) =>
    layoutParts(
      wanted.filter((part) => parts.includes(part)),
      (part) => (isStorePart(part) ? storeBlocks(part, settings, speech) : []),
    );
  const head = shown(['logo', 'store', 'header']);
  const foot = shown(['footer']);
  const air: ReceiptBlock = { kind: 'blank' };
  return {
    language: speech.language,
    blocks: [
      ...(head.length === 0 ? [] : [...head, air]),
      ...body,
      ...(foot.length === 0 ? [] : [air, ...foot]),
    ],
  };
}

const isStorePart = (part: ReceiptPart): part is StorePart =>
  part === 'logo' || part === 'store' || part === 'header' || part === 'footer';

const centred = (text: string): ReceiptBlock => ({ kind: 'text', text, align: 'center' });

function ownLines(text: string): readonly ReceiptBlock[] {
  if (text.trim() === '') return [];
  return text.split('\n').map((line) => (line.trim() === '' ? { kind: 'blank' } : centred(line)));
}
