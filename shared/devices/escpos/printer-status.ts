// What a printer says about itself, byte by byte: answers to DLE EOT n (asked at any time, also of a printer that has
// stopped), to GS r 1 (answered in its turn, so the answer proves that everything before it is on paper) and the four bytes
// that it sends by itself after GS a. The first byte of each kind has bits of its own, so they may come in any order:
//
//   0xx1 xx10  an answer to DLE EOT       0xx1 xx00  the first of four bytes of GS a       0xx0 xxxx  an answer to GS r

import type { PrinterStatus } from '../ports.ts';

export type StatusWord =
  | { readonly kind: 'real-time'; readonly byte: number }
  /** The paper sensor, and with it: everything sent before has been printed. */
  | { readonly kind: 'in-turn'; readonly isPaperOut: boolean }
  | { readonly kind: 'by-itself'; readonly status: PrinterStatus };

const DLE = 0x10;
const EOT = 0x04;
const GS = 0x1d;

/** `DLE EOT 1` to `4`: printer, cause of being offline, cause of an error, paper. */
export function statusQuestions(): Uint8Array {
  return Uint8Array.of(DLE, EOT, 1, DLE, EOT, 2, DLE, EOT, 3, DLE, EOT, 4);
}

/** How many bytes answer {@link statusQuestions}. */
export const STATUS_ANSWERS = 4;

/** `GS a 15`: say by yourself when the drawer, the cover, an error or the paper changes. */
export function sayStatusByItself(): Uint8Array {
  return Uint8Array.of(GS, 0x61, 0x0f);
}

/** `GS a 0`: be silent again. */
export function sayNothingByItself(): Uint8Array {
  return Uint8Array.of(GS, 0x61, 0);
}

/** `GS r 1`: answered when everything before it has been printed. */
export function endOfJobQuestion(): Uint8Array {
  return Uint8Array.of(GS, 0x72, 1);
}

/** The four answers to {@link statusQuestions}, in their order. */
export function statusOfAnswers([
  printer = 0,
  offline = 0,
  error = 0,
  paper = 0,
]: readonly number[]): PrinterStatus {
  return {
    paper:
      (paper & 0x60) !== 0 || (offline & 0x20) !== 0 ? 'out' : (paper & 0x0c) !== 0 ? 'near-end' : 'loaded',
    isCoverOpen: (offline & 0x04) !== 0,
    fault: faultOf({
      isUnrecoverable: (error & 0x20) !== 0,
      isOverheated: (error & 0x40) !== 0,
      isRecoverable: (error & 0x0c) !== 0 || (offline & 0x40) !== 0,
    }),
    isOffline: (printer & 0x08) !== 0,
    drawer: (printer & 0x04) !== 0 ? 'high' : 'low',
  };
}

/** Takes words out of what the printer says; the rest of a word that is not whole waits for more bytes. */
export function createStatusReader(): (bytes: Uint8Array) => readonly StatusWord[] {
  let own: number[] = [];
  return (bytes) => {
    const words: StatusWord[] = [];
    for (const byte of bytes) {
      if (own.length > 0) {
        own.push(byte);
        if (own.length === 4) {
          words.push({ kind: 'by-itself', status: statusOfOwnBytes(own) });
          own = [];
        }
      } else if ((byte & 0x93) === 0x10) own = [byte];
      else if ((byte & 0x93) === 0x12) words.push({ kind: 'real-time', byte });
      else if ((byte & 0x90) === 0) words.push({ kind: 'in-turn', isPaperOut: (byte & 0x0c) !== 0 });
      // XON, XOFF and noise on the line say nothing about the printer.
    }
    return words;
  };
}

function statusOfOwnBytes([first = 0, second = 0, third = 0]: readonly number[]): PrinterStatus {
  return {
    paper: (third & 0x0c) !== 0 ? 'out' : (third & 0x03) !== 0 ? 'near-end' : 'loaded',
    isCoverOpen: (first & 0x20) !== 0,
    fault: faultOf({
      isUnrecoverable: (second & 0x20) !== 0,
      isOverheated: (second & 0x40) !== 0,
      isRecoverable: (second & 0x0c) !== 0,
    }),
    isOffline: (first & 0x08) !== 0,
    drawer: (first & 0x04) !== 0 ? 'high' : 'low',
  };
}

function faultOf(given: {
  readonly isUnrecoverable: boolean;
  readonly isOverheated: boolean;
  readonly isRecoverable: boolean;
}): PrinterStatus['fault'] {
  if (given.isUnrecoverable) return 'unrecoverable';
  if (given.isOverheated) return 'overheated';
  return given.isRecoverable ? 'recoverable' : 'none';
}

/** Why this printer cannot print now, or null where it can. */
export type StatusTrouble =
  | 'printer-paper-out'
  | 'printer-cover-open'
  | 'printer-fault'
  | 'printer-overheated'
  | 'printer-broken'
  | 'printer-paused';

export function troubleOf(status: PrinterStatus): StatusTrouble | null {
  if (status.isCoverOpen) return 'printer-cover-open';
  if (status.paper === 'out') return 'printer-paper-out';
  switch (status.fault) {
    case 'recoverable':
      return 'printer-fault';
    case 'overheated':
      return 'printer-overheated';
    case 'unrecoverable':
      return 'printer-broken';
    case 'none':
      return status.isOffline ? 'printer-paused' : null;
  }
}
