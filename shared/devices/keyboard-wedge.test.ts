// Key traces of scanners and of people. Times are milliseconds as `KeyboardEvent.timeStamp` has them.

import { describe, expect, it } from 'vitest';
import {
  advanceWedge,
  expireWedge,
  USUAL_WEDGE_SETTINGS,
  WEDGE_IDLE,
  type WedgeKey,
  type WedgeSettings,
} from './keyboard-wedge.ts';

type Scan = { readonly code: string; readonly typedCharacters: number };

function replay(keys: readonly WedgeKey[], settings: WedgeSettings = USUAL_WEDGE_SETTINGS): Scan[] {
  const scans: Scan[] = [];
  let state = WEDGE_IDLE;
  for (const key of keys) {
    const step = advanceWedge(state, key, settings);
    state = step.state;
    if (step.scan !== null) scans.push(step.scan);
  }
  return scans;
}

/** Keys of a US layout for digits, capital letters and Enter ('⏎'), with these gaps between them. */
function typed(
  text: string,
  gaps: readonly number[],
  given: { start?: number; layout?: (letter: string) => string; isHeldDown?: boolean } = {},
): WedgeKey[] {
  let timeStamp = given.start ?? 1000;
  return [...text].map((character, index) => {
    if (index > 0) timeStamp += gaps[(index - 1) % gaps.length] ?? 0;
    if (character === '⏎') return { code: 'Enter', key: 'Enter', timeStamp, shiftKey: false };
    if (character === '-') return { code: 'Minus', key: '-', timeStamp, shiftKey: false };
    const isDigit = /\d/.test(character);
    const code = isDigit ? `Digit${character}` : `Key${character}`;
    const key = given.layout?.(character) ?? character;
    return { code, key, timeStamp, shiftKey: !isDigit, repeat: given.isHeldDown === true && index > 0 };
  });
}

describe('a scanner that types', () => {
  it('is recognised at 10 ms a key', () => {
    expect(replay(typed('4006381333931⏎', [9.8, 10.1, 10.4, 9.9]))).toEqual([
      { code: '4006381333931', typedCharacters: 13 },
    ]);
  });

  it('is recognised at 80 to 100 ms a key, by its evenness', () => {
    expect(replay(typed('4006381333931⏎', [88, 92, 85, 97, 90, 94]))).toEqual([
      { code: '4006381333931', typedCharacters: 13 },
    ]);
    expect(replay(typed('5901234123457⏎', [80, 81, 79, 82]))).toHaveLength(1);
    expect(replay(typed('5901234123457⏎', [100, 103, 98, 99]))).toHaveLength(1);
  });

  it('reads two codes in a row, and a short internal code', () => {
    const keys = [
      ...typed('4006381333931⏎', [10]),
      ...typed('5901234123457⏎', [10], { start: 1400 }),
      ...typed('A-17⏎', [8], { start: 2000 }),
    ];
    expect(replay(keys).map((scan) => scan.code)).toEqual(['4006381333931', '5901234123457', 'A-17']);
  });

  it('reads the same digits whatever layout the computer has', () => {
    const layouts: Record<string, (digit: string) => string> = {
      persian: (digit) => String.fromCodePoint(0x6f0 + Number(digit)),
      arabic: (digit) => String.fromCodePoint(0x660 + Number(digit)),
      french: (digit) => 'àéèçà&é"\'('[Number(digit)] ?? '&',
    };
    for (const layout of Object.values(layouts)) {
      const keys = typed('5901234123457⏎', [10], { layout });
      expect(replay(keys).map((scan) => scan.code)).toEqual(['5901234123457']);
    }
  });

  it('reads letters by their place, so that a Russian layout changes nothing', () => {
    const keys = typed('ABC123⏎', [10], { layout: () => 'Ф' });
    expect(replay(keys).map((scan) => scan.code)).toEqual(['ABC123']);
  });

  it('reads the group separator of GS1 codes', () => {
    const start = typed('1010', [10]);
    const separator: WedgeKey = {
      code: 'BracketRight',
      key: ']',
      timeStamp: 1040,
      shiftKey: false,
      ctrlKey: true,
    };
    expect(replay([...start, separator, ...typed('17⏎', [10], { start: 1050 })])[0]?.code).toBe(
      '1010\u001d17',
    );
  });

  it('is known by its prefix at any speed, and the prefix is not part of the code', () => {
    const settings = { ...USUAL_WEDGE_SETTINGS, prefix: 'Z-', gapMaxMs: 400 };
    expect(replay(typed('Z-123⏎', [300, 120, 250, 90]), settings)).toEqual([
      { code: '123', typedCharacters: 5 },
    ]);
  });

  it('without a suffix ends when no further key can come', () => {
    let state = WEDGE_IDLE;
    for (const key of typed('4006381333931', [10]))
      state = advanceWedge(state, key, USUAL_WEDGE_SETTINGS).state;
    expect(expireWedge(state, 1200, USUAL_WEDGE_SETTINGS).scan).toBeNull();
    expect(expireWedge(state, 1271, USUAL_WEDGE_SETTINGS).scan?.code).toBe('4006381333931');
  });
});

describe('a person who types', () => {
  it('is never taken for a scanner: traces of typing a number and Enter', () => {
    const people = [
      [182, 121, 96, 240, 133, 88, 175, 210, 99, 143, 126, 187, 310],
      [95, 61, 128, 74, 149, 83, 52, 117, 90, 141, 66, 103, 120],
      [110, 70, 135, 98, 60, 142, 85, 125, 75, 105, 148, 92, 101],
    ];
    for (const gaps of people) expect(replay(typed('4006381333931⏎', gaps))).toEqual([]);
  });

  it('is never taken for a scanner however even the rhythm, when the number is short', () => {
    expect(replay(typed('1250⏎', [90, 91, 89, 90]))).toEqual([]);
  });

  it('holding a key down is no scan, though it repeats evenly and fast', () => {
    const keys = typed('5555555555555⏎', [33], { isHeldDown: true });
    expect(replay(keys)).toEqual([]);
  });

  it('a digit typed just before a scan is not part of the code when there was a pause', () => {
    const keys = [...typed('3', [0]), ...typed('4006381333931⏎', [10], { start: 1400 })];
    expect(replay(keys).map((scan) => scan.code)).toEqual(['4006381333931']);
  });

  it('a shortcut ends a burst', () => {
    const middle: WedgeKey = { code: 'KeyC', key: 'c', timeStamp: 1065, shiftKey: false, metaKey: true };
    expect(
      replay([...typed('400638', [10]), middle, ...typed('31⏎', [10], { start: 1075 })]).map(
        (scan) => scan.code,
      ),
    ).toEqual([]);
  });
});
