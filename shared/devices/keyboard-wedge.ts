// Tells a barcode scanner that types like a keyboard from a person who types. Pure: keys in, a new state and
// perhaps a code out, so that recorded traces can be replayed. Two things betray a scanner: no person types
// this fast, and no person types this evenly (slow scanners send a key every 80–100 ms, like a fast typist, but
// as even as a clock). A configured prefix settles it at once.
//
//   idle ──character──► burst ──suffix key──► scanner-like? ── yes ─► code
//     ▲                  │ gap too long, other key, too long a burst      └ no ─► idle (it was typing)
//     └──────────────────┘
//
// Keys are read by their place on the keyboard, as scanners send them for a US layout, so that a Persian or
// Russian layout on the computer does not matter; a digit is a digit wherever the layout has it.

import type { WedgeSetup } from './device-ports.ts';

export type WedgeKey = {
  /** `KeyboardEvent.code`: the place of the key. */
  readonly code: string;
  /** `KeyboardEvent.key`: what the layout makes of it. */
  readonly key: string;
  /** `KeyboardEvent.timeStamp`, milliseconds. */
  readonly timeStamp: number;
  readonly shiftKey: boolean;
  readonly ctrlKey?: boolean;
  readonly altKey?: boolean;
  readonly metaKey?: boolean;
  /** A key held down repeats as evenly as a scanner; it never is one. */
  readonly repeat?: boolean;
};

export type WedgeSettings = {
  /** Characters the scanner is set to send before each code; '' for none. Not part of the code. */
  readonly prefix: string;
  /** Keys (`KeyboardEvent.code`) that end a code. */
  readonly suffixCodes: readonly string[];
  /** A longer pause than this ends the burst. */
  readonly gapMaxMs: number;
  /** A burst whose mean gap is at most this is too fast for a person. */
  readonly fastMeanMs: number;
  /** A slower burst is a scanner's only if its gaps differ this little: standard deviation ÷ mean. */
  readonly evenDeviation: number;
  readonly minLength: number;
  /** Shortest code taken from a slow, even burst. */
  readonly slowMinLength: number;
  readonly maxLength: number;
};

export const USUAL_WEDGE_SETTINGS: WedgeSettings = {
  prefix: '',
  suffixCodes: ['Enter', 'NumpadEnter', 'Tab'],
  gapMaxMs: 150,
  fastMeanMs: 35,
  evenDeviation: 0.22,
  minLength: 3,
  slowMinLength: 8,
  // A signed pickup code has about 160 characters.
  maxLength: 256,
};

/** What a person chose in the settings, as the rules of this file. */
export function wedgeSettingsOf(setup: WedgeSetup): WedgeSettings {
  return {
    ...USUAL_WEDGE_SETTINGS,
    prefix: setup.prefix,
    suffixCodes: SUFFIX_CODES[setup.suffix],
    gapMaxMs: setup.gapMaxMs,
  };
}

const SUFFIX_CODES: Readonly<Record<WedgeSetup['suffix'], readonly string[]>> = {
  enter: ['Enter', 'NumpadEnter'],
  tab: ['Tab'],
  either: ['Enter', 'NumpadEnter', 'Tab'],
  none: [],
};

export type WedgeState = { readonly text: string; readonly times: readonly number[] };

export const WEDGE_IDLE: WedgeState = { text: '', times: [] };

export type WedgeStep = {
  readonly state: WedgeState;
  /** A finished code, and how many characters of it a focused field has received meanwhile. */
  readonly scan: { readonly code: string; readonly typedCharacters: number } | null;
};

/** What one key does. When it finishes a code, the caller swallows the key and takes the typed text back out. */
export function advanceWedge(state: WedgeState, key: WedgeKey, settings: WedgeSettings): WedgeStep {
  if (isModifier(key.code)) return { state, scan: null };
  if (key.repeat === true || key.altKey === true || key.metaKey === true)
    return { state: WEDGE_IDLE, scan: null };
  const fresh = isWithinGap(state, key.timeStamp, settings) ? state : WEDGE_IDLE;
  if (settings.suffixCodes.includes(key.code)) return finish(fresh, key.timeStamp, settings);
  const character = characterOf(key);
  if (character === null || fresh.text.length >= settings.maxLength + settings.prefix.length)
    return { state: WEDGE_IDLE, scan: null };
  return {
    state: { text: fresh.text + character, times: [...fresh.times, key.timeStamp] },
    scan: null,
  };
}

/** For scanners that send no suffix: what stands there when `now` is later than any further key could be. */
export function expireWedge(state: WedgeState, now: number, settings: WedgeSettings): WedgeStep {
  if (state.text === '' || isWithinGap(state, now, settings)) return { state, scan: null };
  return finish(state, null, settings);
}

function finish(state: WedgeState, suffixAt: number | null, settings: WedgeSettings): WedgeStep {
  const { text } = state;
  const hasPrefix = settings.prefix !== '' && text.startsWith(settings.prefix);
  const code = hasPrefix ? text.slice(settings.prefix.length) : text;
  if (code.length < settings.minLength || code.length > settings.maxLength)
    return { state: WEDGE_IDLE, scan: null };
  const times = suffixAt === null ? state.times : [...state.times, suffixAt];
  const isScan = hasPrefix || isScannerLike(times, code.length, settings);
  return { state: WEDGE_IDLE, scan: isScan ? { code, typedCharacters: text.length } : null };
}

function isScannerLike(times: readonly number[], length: number, settings: WedgeSettings): boolean {
  const gaps = times.slice(1).map((time, index) => time - (times[index] ?? time));
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
  if (mean <= settings.fastMeanMs) return true;
  if (length < settings.slowMinLength) return false;
  const variance = gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length;
  return Math.sqrt(variance) / mean <= settings.evenDeviation;
}

function isWithinGap(state: WedgeState, now: number, settings: WedgeSettings): boolean {
  const last = state.times.at(-1);
  return last === undefined || now - last <= settings.gapMaxMs;
}

function isModifier(code: string): boolean {
  return /^(Shift|Control|Alt|Meta|OS)(Left|Right)$|^(CapsLock|NumLock)$/.test(code);
}

/** The unshifted and shifted signs of a US keyboard, by the place of the key. */
const SIGNS: Readonly<Record<string, string>> = {
  Minus: '-_',
  Equal: '=+',
  BracketLeft: '[{',
  BracketRight: ']}',
  Backslash: '\\|',
  Semicolon: ';:',
  Quote: '\'"',
  Backquote: '`~',
  Comma: ',<',
  Period: '.>',
  Slash: '/?',
  Space: '  ',
  NumpadDecimal: '..',
  NumpadSubtract: '--',
  NumpadAdd: '++',
  NumpadDivide: '//',
  NumpadMultiply: '**',
};
const SHIFTED_DIGITS = ')!@#$%^&*(';
/** FNC1 of GS1 codes; scanners send it as Ctrl+]. */
const GROUP_SEPARATOR = '\u001d';

function characterOf(key: WedgeKey): string | null {
  if (key.ctrlKey === true) return key.code === 'BracketRight' ? GROUP_SEPARATOR : null;
  const digit = decimalDigit(key.key);
  if (digit !== null) return digit;
  const place = /^(Digit|Numpad|Key)([0-9A-Z])$/.exec(key.code);
  if (place !== null) {
    const [, kind = '', name = ''] = place;
    if (kind === 'Key') return key.shiftKey ? name : name.toLowerCase();
    return kind === 'Digit' && key.shiftKey ? (SHIFTED_DIGITS[Number(name)] ?? null) : name;
  }
  return SIGNS[key.code]?.[key.shiftKey ? 1 : 0] ?? null;
}

/** 0–9 for a digit of any script (۵, ٥, 5), else null. Unicode keeps each script's digits in blocks of ten. */
function decimalDigit(key: string): string | null {
  if (!/^\p{Nd}$/u.test(key)) return null;
  for (let digit = 0; digit <= 9; digit += 1) {
    const zero = (key.codePointAt(0) ?? 0) - digit;
    const isBlock =
      /^\p{Nd}$/u.test(String.fromCodePoint(zero)) && !/^\p{Nd}$/u.test(String.fromCodePoint(zero - 1));
    if (isBlock) return String(digit);
  }
  return null;
}
