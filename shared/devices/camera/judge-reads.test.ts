import { describe, expect, it } from 'vitest';
import type { CodeFormat, DecodedCode } from './decoded-code.ts';
import { judgeReads, NOTHING_SEEN, scannedText, type ReadsSeen } from './judge-reads.ts';

const read = (text: string, format: CodeFormat = 'EAN13'): DecodedCode => ({
  text,
  format,
  symbology: ']E0',
  isGs1: false,
});

/** What counts of a trace of pictures: [time, codes]. */
function counted(trace: readonly (readonly [number, ...DecodedCode[]])[]): string[] {
  let seen: ReadsSeen = NOTHING_SEEN;
  const texts: string[] = [];
  for (const [atMs, ...reads] of trace) {
    const judged = judgeReads(seen, reads, atMs);
    seen = judged.seen;
    texts.push(...judged.counted.map(({ text }) => text));
  }
  return texts;
}

const MILK = read('5901234123457');

describe('what a camera has read', () => {
  it('counts bars that were read twice shortly after each other', () => {
    expect(counted([[0, MILK]])).toEqual([]);
    expect(counted([[0, MILK], [100], [200, MILK]])).toEqual(['5901234123457']);
    expect(
      counted([
        [0, MILK],
        [1000, MILK],
      ]),
    ).toEqual([]);
  });

  it('counts a code that stays in view once, and again after it was away', () => {
    const stays = Array.from({ length: 40 }, (_, at) => [at * 100, MILK] as const);
    expect(counted(stays)).toEqual(['5901234123457']);
    expect(counted([...stays, [6000, MILK], [6100, MILK]])).toEqual(['5901234123457', '5901234123457']);
  });

  it('never counts a wrong check digit, two different reads, or bars too short to believe', () => {
    expect(
      counted([
        [0, read('5901234123456')],
        [100, read('5901234123456')],
      ]),
    ).toEqual([]);
    expect(
      counted([
        [0, MILK],
        [100, read('4006381333931')],
      ]),
    ).toEqual([]);
    expect(
      counted([
        [0, read('1234', 'ITF')],
        [100, read('1234', 'ITF')],
      ]),
    ).toEqual([]);
  });

  it('counts a code with error correction at once', () => {
    expect(counted([[0, read('https://id.gs1.org/01/09520123456788', 'QRCode')]])).toHaveLength(1);
  });

  it('hands GS1 fields on with the prefix that says so', () => {
    const fields = { text: '0109520123456788', format: 'DataMatrix', symbology: ']d2', isGs1: true } as const;
    expect(scannedText(fields)).toBe(']d20109520123456788');
    expect(scannedText(MILK)).toBe('5901234123457');
  });
});
