// What stands on paper after some operations: lines of styled text, bars, QR codes, pictures, cuts and drawer pulses. The size
// of symbols is left out: it follows from the paper, not from the operation.

import type { Operation } from '../../../shared/devices/paper/escpos-operations.ts';
import type { Figures } from '../judge.ts';

export function effectsOf(operations: readonly Operation[]): Figures {
  const effects: Figures[] = [];
  let [isBold, size] = [false, '1x1'];
  let line: string | null = null;
  let style = '';
  for (const operation of operations) {
    switch (operation.kind) {
      case 'text':
        if (line === null) style = isBold ? `bold ${size}` : size;
        line = (line ?? '') + operation.text;
        break;
      case 'line-feed':
        effects.push(lineEffect(line, style));
        line = null;
        break;
      case 'bold':
        ({ isOn: isBold } = operation);
        break;
      case 'size':
        size = `${String(operation.width)}x${String(operation.height)}`;
        break;
      case 'barcode':
        effects.push({ symbology: operation.symbology, code: operation.code });
        break;
      case 'qr':
        effects.push({ qr: operation.text });
        break;
      case 'raster':
      case 'strip':
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
  if (line !== null) effects.push(lineEffect(line, style));
  return withoutEmptyEnd(effects);
}

function lineEffect(line: string | null, style: string): Figures {
  return line === null ? { line: '' } : { line: line.trimEnd(), style };
}

/** Encoders end a job with one line feed more or less. */
function withoutEmptyEnd(effects: readonly Figures[]): Figures {
  let end = effects.length;
  while (end > 0 && JSON.stringify(effects[end - 1]) === '{"line":""}') end -= 1;
  return effects.slice(0, end);
}
