// Labels → ZPL II. What a printer's own face shows for certain (the letters of Windows-1252) is sent as text, anything else as
// a picture (^GFA): Zebra's faces neither join Arabic letters nor turn them around. Field data is written in hexadecimal
// wherever a sign could be a command (^FH), so that a name can never print something else than itself.

import { accept, type Outcome } from '../../domain/refusal.ts';
import type { ShelfLabel } from '../../domain/shelf-label.ts';
import { joinBytes, type Bitmap } from '../escpos/commands.ts';
import { isolateCodes, type RasterText } from '../escpos/raster-text.ts';
import type { LabelSize, PrintRefusal } from '../ports.ts';
import { layoutLabel, type LabelElement, type LabelLayout } from './label-layout.ts';

export type ZplGiven = {
  readonly size: LabelSize;
  readonly dpi: 203 | 300;
  readonly rasterText: RasterText;
};

/** Letters of Windows-1252 above ASCII. */
const OWN_LETTERS = /^[ -~\u00a1-\u00ff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]*$/u;
const COPIES_MAX = 99;

/** One label, `copies` times. */
export async function encodeLabel(
  label: ShelfLabel,
  copies: number,
  given: ZplGiven,
): Promise<Outcome<Uint8Array, PrintRefusal>> {
  const layout = layoutLabel(label, given.size, given.dpi);
  const fields: string[] = [];
  for (const element of layout.elements) {
    const field = await fieldOf(element, layout, given.rasterText);
    if (!field.ok) return field;
    fields.push(field.value);
  }
  const count = Math.max(1, Math.min(COPIES_MAX, Math.floor(copies)));
  const text = [
    '^XA',
    // UTF-8 for field data; all of it is within Windows-1252.
    '^CI28',
    `^PW${layout.width}`,
    `^LL${layout.height}`,
    '^LH0,0',
    ...fields,
    `^PQ${count}`,
    '^XZ',
    '',
  ].join('\n');
  return accept(joinBytes([new TextEncoder().encode(text)]));
}

async function fieldOf(
  element: LabelElement,
  layout: LabelLayout,
  rasterText: RasterText,
): Promise<Outcome<string, PrintRefusal>> {
  const at = `^FO${element.left},${element.top}`;
  switch (element.kind) {
    case 'text':
      return textField(element, layout, rasterText);
    case 'bars': {
      const { symbology, text, height, moduleDots } = element;
      const bars = `^BY${moduleDots}`;
      if (symbology === 'ean13') return accept(`${at}${bars}^BEN,${height},N,N^FD${text.slice(0, 12)}^FS`);
      if (symbology === 'ean8') return accept(`${at}${bars}^B8N,${height},N,N^FD${text.slice(0, 7)}^FS`);
      // `>:` starts set B; a `>` of the text is written as `>0`.
      return accept(`${at}${bars}^BCN,${height},N,N,N${dataOf(`>:${text.replaceAll('>', '>0')}`)}`);
    }
    case 'qr':
      return accept(`${at}^BQN,2,${element.moduleDots}${dataOf(`MA,${element.text}`)}`);
  }
}

async function textField(
  element: Extract<LabelElement, { kind: 'text' }>,
  layout: LabelLayout,
  rasterText: RasterText,
): Promise<Outcome<string, PrintRefusal>> {
  const { text, left, top, width, height, align, isBold } = element;
  if (text === '') return accept('');
  if (OWN_LETTERS.test(text)) {
    // ^FB keeps the text in its box and stands it at its side; what is too long for one line is condensed before.
    const letters = Math.max(8, Math.min(height, Math.floor(width / (text.length * 0.55))));
    const side = { left: 'L', center: 'C', right: 'R' }[align];
    return accept(`^FO${left},${top}^A0N,${height},${letters}^FB${width},1,0,${side},0${dataOf(text)}`);
  }
  const drawn = await rasterText.draw({
    pieces: [{ text: isolateCodes(text, layout.direction), left: 0, width, align }],
    isBold,
    fontDots: Math.round(height * 0.82),
    width,
    height: Math.round(height * 1.2),
    direction: layout.direction,
  });
  if (!drawn.ok) return drawn;
  const picture = graphicField(drawn.value);
  // An empty picture is no field.
  return accept(picture === '' ? '' : `^FO${left},${Math.max(0, top - Math.round(height * 0.1))}${picture}`);
}

/** `^GFA`: bytes of the picture in hexadecimal. */
export function graphicField({ width, height, rows }: Bitmap): string {
  const bytesPerRow = Math.ceil(width / 8);
  if (height === 0 || !rows.some((byte) => byte !== 0)) return '';
  const data = Array.from(rows, (byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join('');
  return `^GFA,${rows.length},${rows.length},${bytesPerRow},${data}^FS`;
}

/** `^FH^FD…^FS` with everything that is not a plain letter, figure or sign in hexadecimal. */
function dataOf(text: string): string {
  let data = '';
  for (const byte of new TextEncoder().encode(text)) {
    const sign = String.fromCharCode(byte);
    data += /[A-Za-z0-9 .,:/>+-]/.test(sign) ? sign : `_${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return `^FH^FD${data}^FS`;
}
