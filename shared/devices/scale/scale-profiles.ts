// What scales say, and how they are asked. A profile is the settings of the serial line, the bytes that ask for a weight, and a
// reader for what comes back. A reader takes whole answers only, and a weight only as it was sent: nothing is rounded, and a
// weight that says it still moves is not one to sell by.
//
//   Toledo 8217   9600 7E1   W ──► STX 01.245 CR, or STX ? status CR while it moves, is overloaded or below zero
//   Adam          4800 8N1   P CR LF ──► +  1.245 kg CR LF
//   lines         9600 8N1   sends by itself: ST,GS,+  1.245kg CR LF (stable), US,… (moves), OL,… (overload)

import type { ScaleKind, ScaleReading } from '../ports.ts';

export type ScaleProfile = {
  readonly line: { readonly baudRate: number; readonly dataBits: 7 | 8; readonly parity: 'none' | 'even' };
  /** Asks for the weight; empty for a scale that sends by itself. */
  readonly ask: string;
  /** Sets the scale to zero; empty where only its own key does. */
  readonly zero: string;
  /** An answer ends with this. */
  readonly end: string;
  /** What an answer says; null when it says nothing about a weight. */
  readonly read: (answer: string) => ScaleReading | null;
};

export const SCALE_PROFILES: Readonly<Record<ScaleKind, ScaleProfile>> = {
  'toledo-8217': {
    line: { baudRate: 9600, dataBits: 7, parity: 'even' },
    ask: 'W',
    zero: 'Z',
    end: '\r',
    read: readToledo,
  },
  adam: {
    line: { baudRate: 4800, dataBits: 8, parity: 'none' },
    ask: 'P\r\n',
    zero: 'Z\r\n',
    end: '\n',
    read: createLineReader({ stable: [], moving: ['US', 'M'], over: ['OL', 'OVER'], under: ['UL', 'UNDER'] }),
  },
  lines: {
    line: { baudRate: 9600, dataBits: 8, parity: 'none' },
    ask: '',
    zero: '',
    end: '\n',
    read: createLineReader({ stable: ['ST'], moving: ['US'], over: ['OL'], under: ['UL'] }),
  },
};

/** Kilograms with up to three places, as thousandths; null for anything else. Longer fractions must end in zeros. */
export function weightMilli(text: string): number | null {
  const parts = /^([+-]?)\s*(\d{1,4})(?:\.(\d{1,6}))?$/.exec(text.trim());
  if (parts === null) return null;
  const [, sign = '', whole = '', fraction = ''] = parts;
  if (!/^\d{0,3}0*$/.test(fraction)) return null;
  const milli = Number(whole) * 1000 + Number(fraction.padEnd(3, '0').slice(0, 3));
  return sign === '-' ? 0 - milli : milli;
}

const STX = '\u0002';
const TOLEDO = { moving: 0x01, over: 0x02, under: 0x04 } as const;

/** Weights without a status are stable: a scale that moves sends its status instead. */
function readToledo(answer: string): ScaleReading | null {
  const from = answer.lastIndexOf(STX);
  if (from < 0) return null;
  const said = answer.slice(from + 1);
  if (said.startsWith('?')) {
    const status = said.charCodeAt(1);
    if (Number.isNaN(status)) return null;
    if ((status & TOLEDO.over) !== 0) return { kind: 'over' };
    if ((status & TOLEDO.under) !== 0) return { kind: 'under' };
    return { kind: 'moving' };
  }
  const milli = weightMilli(said.replace(/N$/, ''));
  return milli === null ? null : weighed(milli, true);
}

/** The words with which a line says how the weight is. Without words for a stable weight, all that are not said to move are. */
export type LineWords = {
  readonly stable: readonly string[];
  readonly moving: readonly string[];
  readonly over: readonly string[];
  readonly under: readonly string[];
};

/** A reader for scales that send lines such as `ST,GS,+  1.245kg`; grams and kilograms. */
export function createLineReader(words: LineWords): (line: string) => ScaleReading | null {
  const says = (fields: readonly string[], any: readonly string[]): boolean =>
    any.some((word) => fields.includes(word));
  return (line) => {
    const fields = line.trim().split(/[,\s]+/);
    if (says(fields, words.over)) return { kind: 'over' };
    if (says(fields, words.under)) return { kind: 'under' };
    const parts = /([+-]?)\s*(\d{1,7}(?:\.\d{1,6})?)\s*(kg|g)\b/i.exec(line);
    if (parts === null) return null;
    const [, sign = '', digits = '', unit = ''] = parts;
    const milli = unit.toLowerCase() === 'kg' ? weightMilli(sign + digits) : gramsMilli(sign, digits);
    if (milli === null) return null;
    const isStable = words.stable.length === 0 ? !says(fields, words.moving) : says(fields, words.stable);
    return weighed(milli, isStable);
  };
}

function weighed(milli: number, isStable: boolean): ScaleReading {
  if (milli < 0) return { kind: 'under' };
  return isStable ? { kind: 'weight', milli } : { kind: 'moving', milli };
}

function gramsMilli(sign: string, digits: string): number | null {
  if (!/^\d{1,7}(?:\.0+)?$/.test(digits)) return null;
  const grams = Number.parseInt(digits, 10);
  return sign === '-' ? 0 - grams : grams;
}
