// Whatever text people, suppliers and attackers have put into a receipt, the paper shows it and the printer is not
// commanded by it.

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeReceipt } from '../../shared/devices/escpos/encode-receipt.ts';
import { paperOfColumns } from '../../shared/devices/escpos/printer-profiles.ts';
import type { RasterText } from '../../shared/devices/escpos/raster-text.ts';
import { LANGUAGES } from '../../shared/domain/localized-text.ts';
import type { Receipt, ReceiptBlock } from '../../shared/domain/receipt-blocks.ts';
import { accept } from '../../shared/domain/refusal.ts';
import { decodeJob } from '../support/virtual-printer.ts';
import { holdsAsync } from './holds.ts';

/** Draws white lines of the asked size: the letters do not matter here, the bytes around them do. */
const blankPainter: RasterText = {
  draw: ({ width, height }) =>
    Promise.resolve(accept({ width, height, rows: new Uint8Array(Math.ceil(width / 8) * height) })),
};

const controlBytes = fc.constantFrom(
  '\x1bp\x00\x19\xfa',
  '\x1b@',
  '\x1dV\x00',
  '\x10\x14\x01\x00\x01',
  '\n',
  '\x00',
  '\x9b',
);
const foreign = fc.constantFrom(
  'Zażółć',
  'Спасибо',
  'فروشگاه ۱۲۳',
  'שלום',
  '緑茶',
  '€',
  '👩‍🌾',
  '\u202e',
  '\ufeff',
  '\ud800',
);
const text = fc
  .array(fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }), controlBytes, foreign), {
    maxLength: 8,
  })
  .map((parts) => parts.join(' '));
const align = fc.constantFrom('start', 'center', 'end');
const size = fc.constantFrom('normal', 'large');
const block: fc.Arbitrary<ReceiptBlock> = fc.oneof(
  fc.record({ kind: fc.constant('text'), text, align, size, isBold: fc.boolean() }),
  fc.record({
    kind: fc.constant('pair'),
    start: text,
    end: text,
    size,
    indent: fc.integer({ min: 0, max: 8 }),
  }),
  fc.record({
    kind: fc.constant('table'),
    rows: fc.array(fc.array(text, { maxLength: 4 }), { maxLength: 3 }),
    hasHeading: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('barcode'), symbology: fc.constantFrom('code128', 'ean13'), code: text }),
  fc.record({ kind: fc.constant('qr'), text: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 80 }) }),
);
const receipt: fc.Arbitrary<Receipt> = fc.record({
  language: fc.constantFrom(...LANGUAGES),
  blocks: fc.array(block, { maxLength: 6 }),
});

describe('a receipt of any text', () => {
  it('prints without a fault on any paper, cuts once and opens no drawer', async () => {
    await holdsAsync(
      fc.asyncProperty(receipt, fc.constantFrom(32, 42, 48), async (content, columns) => {
        const encoded = await encodeReceipt(content, paperOfColumns(columns), blankPainter);
        // An empty QR text is the only thing that may be refused when lines can be drawn.
        fc.pre(encoded.ok);
        const job = decodeJob(encoded.value, columns * 12);
        expect({ faults: job.faults, pulses: job.drawerPulses, cuts: job.cuts }).toEqual({
          faults: [],
          pulses: 0,
          cuts: 1,
        });
      }),
    );
  });

  it('never shows a question mark that nobody wrote', async () => {
    const withoutQuestion = text.map((value) => value.replaceAll('?', ''));
    await holdsAsync(
      fc.asyncProperty(withoutQuestion, async (value) => {
        const content: Receipt = { language: 'en', blocks: [{ kind: 'text', text: value }] };
        const encoded = await encodeReceipt(content, paperOfColumns(48), blankPainter);
        expect(encoded.ok && decodeJob(encoded.value, 576).text.includes('?')).toBe(false);
      }),
    );
  });
});
