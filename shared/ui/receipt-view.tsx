// Shows a receipt's blocks as paper would: on the screen and in the browser's print. What it says is decided where
// the blocks are made; here is only how it looks.

import type { JSX } from 'preact';
import type { Receipt, ReceiptBlock } from '../domain/receipt-blocks.ts';
import { BarcodeBars } from './barcode-bars.tsx';
import { PictureView } from './picture-view.tsx';
import { QrCode } from './qr-code.tsx';
import { directionOf } from './speech.ts';

export function ReceiptView({ receipt }: { readonly receipt: Receipt }): JSX.Element {
  return (
    <article
      class="receipt"
      lang={receipt.language}
      dir={directionOf(receipt.language)}
      data-testid="receipt-view"
    >
      {receipt.blocks.map((block, place) => (
        <Block key={place} block={block} />
      ))}
    </article>
  );
}

function Block({ block }: { readonly block: ReceiptBlock }): JSX.Element {
  switch (block.kind) {
    case 'text':
      return (
        <p data-align={block.align ?? 'start'} data-size={block.size ?? 'normal'} data-bold={block.isBold}>
          {block.text}
        </p>
      );
    case 'pair':
      return (
        <p
          class="receipt-pair"
          data-size={block.size ?? 'normal'}
          data-bold={block.isBold}
          data-indent={block.indent !== undefined && block.indent > 0}
        >
          <span>{block.start}</span>
          <bdi>{block.end}</bdi>
        </p>
      );
    case 'table':
      return (
        <table>
          <tbody>
            {block.rows.map((row, place) => (
              <tr key={place} data-heading={block.hasHeading && place === 0}>
                {row.map((cell, column) => (
                  <td key={column}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      );
    case 'rule':
      return <hr />;
    case 'blank':
      return <div class="receipt-blank" />;
    case 'barcode':
      return <BarcodeBars code={block.code} symbology={block.symbology} />;
    case 'qr':
      return <QrCode text={block.text} label={block.text} />;
    case 'picture':
      return <PictureView picture={block.picture} label={block.label} />;
  }
}
