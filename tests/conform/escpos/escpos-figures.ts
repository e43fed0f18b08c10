// Published pairs of printing operations and bytes: does our encoder make a printer do the same? Bytes differ between encoders
// without a difference on paper (line ends, order of styles, a reset at the start), so both are read by the strict virtual
// printer and what stands on paper is compared. Operations that our receipts do not have are unsupported, each by name.

import { Buffer } from 'node:buffer';
import {
  columnImage,
  drawerPulse,
  feedAndCut,
  feedAndCutThrough,
  joinBytes,
  rasterImage,
} from '../../../shared/devices/escpos/commands.ts';
import { encodeReceipt } from '../../../shared/devices/escpos/encode-receipt.ts';
import { paperOfColumns } from '../../../shared/devices/escpos/printer-profiles.ts';
import type { ReceiptBlock } from '../../../shared/domain/receipt-blocks.ts';
import { EscPosDecoder } from '../../../shared/devices/paper/decode-escpos.ts';
import type { Figures } from '../judge.ts';
import { readList, readObject, readText, type Fields } from '../read-fields.ts';
import { UnsupportedCase } from '../unsupported-case.ts';
import { effectsOf } from './paper-effects.ts';

/** The cases of a file, each with what its own bytes do on paper as the expectation. */
export function escposCases(file: Fields): readonly Fields[] {
  return readList(file, 'cases').map((each, at) => {
    const one = readObject(each, 'a case');
    const read = decoded(Buffer.from(readText(one, 'bytes_hex'), 'hex'));
    return { ...one, id: idOf(one, at), fault: read.fault, expected: { effects: read.effects } };
  });
}

/** What our bytes for the same operations do. */
export async function escposFigures(one: Fields): Promise<Figures> {
  if (readText(one, 'language') !== 'esc-pos') throw new UnsupportedCase('our printers speak ESC/POS only');
  const job = jobOf(readList(one, 'steps'), readText(one, 'options'));
  const bytes = await bytesOf(job);
  if (typeof one['fault'] === 'string') throw new UnsupportedCase(`its bytes: ${one['fault']}`);
  const { effects, fault } = decoded(bytes);
  if (fault !== null) throw new Error(fault);
  return { effects };
}

function idOf(one: Fields, at: number): string {
  const steps = readList(one, 'steps').map((step) => (Array.isArray(step) ? String(step[0]) : ''));
  return `${String(at + 1)}-${readText(one, 'language')}-${steps.join('-')}`;
}

/** The canvas of the cases: a single dot in its corner. */
const DOT_IN_CORNER = { width: 8, height: 8, rows: Uint8Array.of(0x80, 0, 0, 0, 0, 0, 0, 0) };

type Job = { readonly blocks: readonly ReceiptBlock[]; readonly after: readonly Uint8Array[] };

/** Steps of one text, or one other thing, in the words of our receipt. */
function jobOf(steps: readonly unknown[], options: string): Job {
  const blocks: ReceiptBlock[] = [];
  const after: Uint8Array[] = [];
  let isBold = false;
  const size = { width: 1, height: 1 };
  if (/width:/.test(options)) throw new UnsupportedCase('paper of 10 columns: a receipt needs at least 24');
  for (const step of steps) {
    const [name, args] = stepOf(step);
    switch (name) {
      case 'text':
      case 'line': {
        if (size.width !== size.height)
          throw new UnsupportedCase('our large letters are twice as wide and high');
        const isLarge = size.width === 2;
        blocks.push({ kind: 'text', text: args[0] ?? '', isBold, size: isLarge ? 'large' : 'normal' });
        break;
      }
      case 'newline':
        // The end of a line that stands already is not one more.
        for (let line = Number(args[0] ?? 1); line > 0; line -= 1) blocks.push({ kind: 'blank' });
        break;
      case 'bold':
        isBold = args[0] !== 'false' && !isBold;
        break;
      case 'width':
      case 'height':
        size[name] = Number(args[0]);
        break;
      case 'codepage':
        if (!['cp437', 'windows1252', 'auto'].includes(args[0] ?? ''))
          throw new UnsupportedCase(`the code page ${args[0] ?? ''} is not one that receipts need`);
        break;
      case 'qrcode':
        if (args.length > 1) throw new UnsupportedCase('the size of a QR code follows from the paper');
        blocks.push({ kind: 'qr', text: args[0] ?? '' });
        break;
      case 'barcode': {
        const symbology = args[1];
        if (symbology !== 'ean13' && symbology !== 'code128') throw new UnsupportedCase('bars of that kind');
        blocks.push({ kind: 'barcode', symbology, code: args[0] ?? '' });
        break;
      }
      case 'image':
        after.push((options.includes('raster') ? rasterImage : columnImage)(DOT_IN_CORNER));
        break;
      case 'pulse':
        after.push(drawerPulse({ pin: 0, onMs: 100, offMs: 500 }));
        break;
      case 'cut':
        // Which of them a printer gets follows from its profile.
        after.push(args[0] === 'partial' ? feedAndCut(0) : feedAndCutThrough(0));
        break;
      default:
        throw new UnsupportedCase(`receipts have no operation ${name}`);
    }
  }
  return { blocks, after };
}

async function bytesOf({ blocks, after }: Job): Promise<Uint8Array> {
  if (blocks.length === 0) return joinBytes(after);
  const encoded = await encodeReceipt({ language: 'en', blocks }, paperOfColumns(48), null);
  if (!encoded.ok)
    throw new UnsupportedCase('no code page has these letters: the line is drawn as a picture');
  // The cut at the end of every receipt is no operation of the case.
  return joinBytes([encoded.value.slice(0, -feedAndCut(0).length), ...after]);
}

function decoded(bytes: Uint8Array): { readonly effects: Figures; readonly fault: string | null } {
  const decoder = new EscPosDecoder();
  const operations = decoder.push(bytes);
  decoder.end();
  return { effects: effectsOf(operations), fault: decoder.faults[0]?.what ?? null };
}

/** `["barcode", "'3130630574613', 'ean13', 60"]` → name and arguments. */
function stepOf(step: unknown): readonly [name: string, args: readonly string[]] {
  if (!Array.isArray(step) || typeof step[0] !== 'string' || typeof step[1] !== 'string')
    throw new UnsupportedCase('a step that is not understood');
  const args = step[1] === '' ? [] : step[1].split(/,\s*(?=(?:[^']*'[^']*')*[^']*$)/);
  return [step[0], args.map((argument) => argument.replace(/^'(.*)'$/, '$1'))];
}
