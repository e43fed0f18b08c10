// @vitest-environment happy-dom
// Keys as a scanner and as a person send them, with the times that tell them apart.

import { afterEach, expect, test } from 'vitest';
import { USUAL_WEDGE, type WedgeSetup } from './device-ports.ts';
import { wedgeSettingsOf } from './keyboard-wedge.ts';
import { createKeyboardScanner, type KeyboardScanner, type TypedKey } from './keyboard-scanner.ts';

const GTIN = '4006381333931';
const scanners: KeyboardScanner[] = [];
afterEach(() => {
  for (const scanner of scanners.splice(0)) scanner.stop();
  document.body.replaceChildren();
});

function listen(uses: (key: TypedKey) => boolean = () => true, setup: WedgeSetup = USUAL_WEDGE) {
  let due: { run: () => void; at: number }[] = [];
  let clock = 1000;
  const codes: string[] = [];
  const typed: string[] = [];
  const scanner = createKeyboardScanner({
    window,
    settings: () => wedgeSettingsOf(setup),
    setTimeout: (run, afterMs) => {
      due.push({ run, at: clock + afterMs });
      return due.length;
    },
    clearTimeout: () => {
      due = [];
    },
  });
  scanners.push(scanner);
  scanner.onScan((event) => codes.push(event.code));
  scanner.onTyped((key) => {
    typed.push(key.key);
    return uses(key);
  });
  const press = (key: string, code: string, gapMs: number, target: EventTarget = document.body) => {
    clock += gapMs;
    for (const one of due.splice(0)) if (one.at <= clock) one.run();
    const event = new KeyboardEvent('keydown', { key, code, bubbles: true, cancelable: true });
    Object.defineProperty(event, 'timeStamp', { value: clock });
    const isLeft = target.dispatchEvent(event);
    if (isLeft && key.length === 1 && target instanceof HTMLInputElement) {
      target.value += key;
      target.setSelectionRange(target.value.length, target.value.length);
    }
    return isLeft;
  };
  const type = (text: string, gapMs: number, target?: EventTarget) => {
    for (const sign of text) press(sign, `Digit${sign}`, gapMs, target);
  };
  const wait = (ms: number) => {
    clock += ms;
    for (const one of due.splice(0)) if (one.at <= clock) one.run();
  };
  return { codes, typed, press, type, wait };
}

function focusedField(value: string): HTMLInputElement {
  const field = document.createElement('input');
  field.value = value;
  document.body.append(field);
  field.focus();
  return field;
}

test('a burst with Enter is one scan and reaches no button and no shortcut', () => {
  const { codes, typed, type, press } = listen();
  type(GTIN, 5);
  expect(press('Enter', 'Enter', 5)).toBe(false);
  expect(codes).toEqual([GTIN]);
  expect(typed).toEqual([]);
});

test('digits typed by a person are handed on key by key', () => {
  const { codes, typed, type, press } = listen();
  type('12', 240);
  press('Enter', 'Enter', 300);
  expect(codes).toEqual([]);
  expect(typed).toEqual(['1', '2', 'Enter']);
});

test('a field holds after a scan what it held before', () => {
  const { codes, type, press } = listen();
  const field = focusedField('mil');
  type(GTIN, 5, field);
  press('Enter', 'Enter', 5, field);
  expect(codes).toEqual([GTIN]);
  expect(field.value).toBe('mil');
});

test('fast typing in a field that is no scan arrives in the field after all', () => {
  const { codes, type, wait } = listen();
  const field = focusedField('');
  type('12', 20, field);
  wait(400);
  expect(codes).toEqual([]);
  expect(field.value).toBe('12');
});

test('a Persian keyboard layout reads the same code', () => {
  const { codes, press } = listen();
  for (const sign of GTIN) press('۰۱۲۳۴۵۶۷۸۹'.charAt(Number(sign)), `Digit${sign}`, 5);
  press('Enter', 'Enter', 5);
  expect(codes).toEqual([GTIN]);
});

test('a space presses the focused button', () => {
  const { press } = listen();
  expect(press(' ', 'Space', 500)).toBe(true);
});

test('a quantity typed before a scan is handed on and does not become part of the code', () => {
  const { codes, typed, type, press, wait } = listen();
  type('3', 500);
  press('*', 'NumpadMultiply', 500);
  wait(300);
  type(GTIN, 4);
  press('Enter', 'Enter', 4);
  expect(typed.join('')).toBe('3*');
  expect(codes).toEqual([GTIN]);
});

test('a scanner that was told to end with nothing is heard after its pause', () => {
  const till = listen(() => true, { ...USUAL_WEDGE, suffix: 'none', gapMaxMs: 60 });
  till.type(GTIN, 10);
  expect(till.codes).toEqual([]);
  till.wait(100);
  expect(till.codes).toEqual([GTIN]);
  expect(till.typed).toEqual([]);
});

test('a prefix tells a slow and uneven scanner from a person, and is no part of the code', () => {
  const till = listen(() => true, { ...USUAL_WEDGE, prefix: '99', gapMaxMs: 400 });
  for (const [place, digit] of [...`99${GTIN}`].entries())
    till.press(digit, `Digit${digit}`, [90, 210, 130][place % 3] ?? 90);
  till.press('Enter', 'Enter', 120);
  expect(till.codes).toEqual([GTIN]);
});

test('a scanner that ends with Tab leaves Enter to people', () => {
  const till = listen(() => true, { ...USUAL_WEDGE, suffix: 'tab' });
  till.type(GTIN, 5);
  till.press('Enter', 'Enter', 5);
  expect(till.codes).toEqual([]);
  till.wait(500);
  till.type(GTIN, 5);
  till.press('Tab', 'Tab', 5);
  expect(till.codes).toEqual([GTIN]);
});

/** One line per key: its place, what the layout makes of it, and the milliseconds since the key before. */
const TRACES = {
  'a cable scanner on a Russian layout': {
    code: 'AB-4006',
    keys: 'KeyA Ф 0|KeyB И 3|Minus - 2|Digit4 4 3|Digit0 0 2|Digit0 0 3|Digit6 6 2|Enter Enter 4',
  },
  'a radio scanner that sends a key every 80 ms': {
    code: '40063813',
    keys: 'Digit4 4 0|Digit0 0 80|Digit0 0 82|Digit6 6 79|Digit3 3 80|Digit8 8 81|Digit1 1 80|Digit3 3 80|Enter Enter 81',
  },
} as const;

test.each(Object.entries(TRACES))('the trace of %s is replayed to its code', (_name, trace) => {
  const till = listen();
  for (const line of trace.keys.split('|')) {
    const [place = '', key = '', gap = '0'] = line.split(' ');
    till.press(key, place, Number(gap));
  }
  expect(till.codes.map((code) => code.toUpperCase())).toEqual([trace.code]);
});
