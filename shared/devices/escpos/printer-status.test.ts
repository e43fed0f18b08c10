import { describe, expect, it } from 'vitest';
import type { PrinterStatus } from '../ports.ts';
import { createStatusReader, statusOfAnswers, troubleOf } from './printer-status.ts';

const READY: PrinterStatus = {
  paper: 'loaded',
  isCoverOpen: false,
  fault: 'none',
  isOffline: false,
  drawer: 'high',
};

describe('what a printer says', () => {
  it('a printer that is well answers 16, 12, 12, 12', () => {
    expect(statusOfAnswers([0x16, 0x12, 0x12, 0x12])).toEqual(READY);
    expect(troubleOf(READY)).toBeNull();
  });

  it.each([
    ['printer-paper-out', [0x1e, 0x32, 0x12, 0x72]],
    ['printer-cover-open', [0x1e, 0x16, 0x12, 0x12]],
    ['printer-fault', [0x1e, 0x52, 0x1a, 0x12]],
    ['printer-overheated', [0x1e, 0x52, 0x52, 0x12]],
    ['printer-broken', [0x1e, 0x52, 0x32, 0x12]],
    ['printer-paused', [0x1e, 0x12, 0x12, 0x12]],
  ] as const)('%s is read from the four answers', (trouble, answers) => {
    expect(troubleOf(statusOfAnswers(answers))).toBe(trouble);
  });

  it('a roll that ends soon still prints', () => {
    const status = statusOfAnswers([0x16, 0x12, 0x12, 0x1e]);
    expect(status.paper).toBe('near-end');
    expect(troubleOf(status)).toBeNull();
  });

  it('answers, fences and what comes by itself are told apart, however the line cuts them', () => {
    // DLE EOT answer, XOFF, three of four bytes of GS a, then the fourth, a fence with paper and one without.
    const bytes = [0x12, 0x13, 0x3c, 0x00, 0x0c, 0x00, 0x00, 0x0f];
    const wanted = [
      { kind: 'real-time', byte: 0x12 },
      {
        kind: 'by-itself',
        status: { ...READY, paper: 'out', isCoverOpen: true, isOffline: true },
      },
      { kind: 'in-turn', isPaperOut: false },
      { kind: 'in-turn', isPaperOut: true },
    ];
    for (let cut = 0; cut <= bytes.length; cut += 1) {
      const read = createStatusReader();
      const words = [
        ...read(Uint8Array.from(bytes.slice(0, cut))),
        ...read(Uint8Array.from(bytes.slice(cut))),
      ];
      expect(words).toEqual(wanted);
    }
  });
});
