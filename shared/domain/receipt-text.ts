// A receipt as plain text, for a QR code that a customer takes along: what it says, line by line, without the bars and
// pictures that only paper needs.

import type { Receipt, ReceiptBlock } from './receipt-blocks.ts';

/** All lines of the receipt. */
export function receiptText(receipt: Receipt): string {
  return receipt.blocks.flatMap(linesOf).join('\n').trim();
}

function linesOf(block: ReceiptBlock): readonly string[] {
  switch (block.kind) {
    case 'text':
      return [block.text];
    case 'pair':
      return [`${block.start}  ${block.end}`];
    case 'table':
      return block.rows.map((row) => row.join('  '));
    case 'rule':
      return ['---'];
    case 'barcode':
      return [block.code];
    case 'qr':
      return [block.text];
    case 'blank':
    case 'picture':
      return [];
  }
}
