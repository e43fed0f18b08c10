// What stands on paper after some operations: lines of styled text, bars, QR codes, pictures, cuts and drawer pulses. The size
// of symbols is left out: it follows from the paper, not from the operation.

import type { Operation } from '../../support/virtual-printer/decode.ts';
import type { Figures } from '../judge.ts';

type Look = { readonly isBold: boolean; readonly width: number; readonly height: number };

export function effectsOf(operations: readonly Operation[]): Figures {
  const effects: Figures[] = [];
  let look: Look = { isBold: false, width: 1, height: 1 };
  let line: (Look & { readonly text: string }) | null = null;
  for (const operation of operations) {
    switch (operation.kind) {
      case 'text':
        line =
          line === null ? { text: operation.text, ...look } : { ...line, text: line.text + operation.text };
        break;
      case 'line-feed':
        effects.push(lineEffect(line));
        line = null;
        break;
      case 'bold':
        look = { ...look, isBold: operation.isOn };
        break;
      case 'size':
        look = { ...look, width: operation.width, height: operation.height };
        break;
      case 'barcode':
        effects.push({ symbology: operation.symbology, code: operation.code });
        break;
      case 'qr':
        effects.push({ qr: operation.text });
        break;
      case 'raster':
        effects.push({ picture: Buffer.from(operation.rows).toString('hex') });
        break;
      case 'cut':
        effects.push({ cut: operation.isFull ? 'full' : 'partial' });
        break;
      case 'drawer-pulse':
        effects.push({
          pulse: `${String(operation.pin)} ${String(operation.onMs)} ${String(operation.offMs)}`,
        });
        break;
      case 'initialise':
      case 'feed':
      case 'align':
      case 'code-page':
      case 'status-request':
        break;
    }
  }
  if (line !== null) effects.push(lineEffect(line));
  return withoutEmptyEnd(effects);
}

function lineEffect(line: (Look & { readonly text: string }) | null): Figures {
  if (line === null) return { line: '' };
  const style = `${line.isBold ? 'bold ' : ''}${String(line.width)}x${String(line.height)}`;
  return { line: line.text.trimEnd(), style };
}

/** Encoders end a job with one line feed more or less. */
function withoutEmptyEnd(effects: readonly Figures[]): Figures {
  let end = effects.length;
  while (end > 0 && JSON.stringify(effects[end - 1]) === '{"line":""}') end -= 1;
  return effects.slice(0, end);
}
