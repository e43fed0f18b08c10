// The frame of every ZVT message (ZVT 13, ECR interface over TCP): two bytes that say what it is, a length, and so many bytes.
//
//   06 01 07 …        control field, length in one byte below FF
//   06 D3 FF 2C 01 …  the same with a length in two bytes, the low one first
//
// Bytes arrive in any pieces. What cannot be a message is refused and never throws; nothing longer than the limit is kept.

import { accept, refuse, type Outcome } from '../../domain/refusal.ts';

export type Apdu = {
  /** Class and instruction as one number, such as 0x0601. */
  readonly control: number;
  readonly data: Uint8Array;
};

export type ApduReader = {
  /** The messages that are whole now. `apdu-too-long` ends the reading for good: the line is out of step. */
  push(bytes: Uint8Array): Outcome<readonly Apdu[], 'apdu-too-long'>;
  /** Bytes of a message that is not whole yet. */
  pendingBytes(): number;
};

/** Longest message that is read; a receipt of an end of day has a few thousand bytes. */
export const APDU_DATA_MAX = 16_384;
const LONG = 0xff;
const HEAD = 3;
const LONG_HEAD = 5;

/** The bytes of a message. More data than a message may hold is a bug of the caller. */
export function encodeApdu({ control, data }: Apdu): Uint8Array {
  if (data.length > APDU_DATA_MAX) throw new Error('a ZVT message is too long');
  const isLong = data.length >= LONG;
  const bytes = new Uint8Array((isLong ? LONG_HEAD : HEAD) + data.length);
  bytes.set([control >> 8, control & 0xff, isLong ? LONG : data.length]);
  if (isLong) bytes.set([data.length & 0xff, data.length >> 8], HEAD);
  bytes.set(data, isLong ? LONG_HEAD : HEAD);
  return bytes;
}

/** Puts messages together from what arrives. */
export function createApduReader(): ApduReader {
  let held = new Uint8Array(0);
  let isOutOfStep = false;
  return {
    pendingBytes: () => held.length,
    push(bytes) {
      if (isOutOfStep) return refuse('apdu-too-long');
      const all = new Uint8Array(held.length + bytes.length);
      all.set(held);
      all.set(bytes, held.length);
      held = all;
      const found: Apdu[] = [];
      for (let head = headOf(held); head !== null; head = headOf(held)) {
        if (head.length > APDU_DATA_MAX) {
          isOutOfStep = true;
          held = new Uint8Array(0);
          return refuse('apdu-too-long');
        }
        const end = head.from + head.length;
        if (held.length < end) break;
        found.push({ control: head.control, data: held.slice(head.from, end) });
        held = held.slice(end);
      }
      return accept(found);
    },
  };
}

function headOf(
  bytes: Uint8Array,
): { readonly control: number; readonly from: number; readonly length: number } | null {
  const [first = 0, second = 0, length = 0, low, high] = bytes;
  if (bytes.length < HEAD) return null;
  const control = (first << 8) | second;
  if (length !== LONG) return { control, from: HEAD, length };
  if (low === undefined || high === undefined) return null;
  return { control, from: LONG_HEAD, length: (high << 8) | low };
}
