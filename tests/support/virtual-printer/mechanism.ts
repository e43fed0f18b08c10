// What moves the paper of the virtual printer: takes bytes as a printer does, answers the questions in them, tells by itself
// how it is where it was asked to (GS a), and stops without paper or with its cover open: then it answers real-time questions
// and keeps everything else for later. One mechanism is one job: a connection, or a device that was opened.

import { EscPosDecoder } from '../../../shared/devices/paper/decode-escpos.ts';
import type { Operation } from '../../../shared/devices/paper/escpos-operations.ts';

/** What a person does to a printer. */
export type Condition = {
  readonly paper: 'loaded' | 'near-end' | 'out';
  readonly isCoverOpen: boolean;
  readonly fault: 'none' | 'recoverable' | 'overheated' | 'unrecoverable';
};

export const WELL: Condition = { paper: 'loaded', isCoverOpen: false, fault: 'none' };

/** After so many bytes of the job, something happens to the printer. */
export type Mishap = { readonly afterBytes: number; readonly happens: () => void };

const NO_BYTES: Uint8Array = new Uint8Array(0);
const NAME = new TextEncoder().encode('_Tillandsia virtual printer\0');

export class Mechanism {
  readonly operations: Operation[] = [];
  readonly decoder = new EscPosDecoder();
  readonly #given: {
    readonly condition: () => Condition;
    readonly say: (bytes: Uint8Array) => void;
    readonly mishap: Mishap | null;
  };
  #held = NO_BYTES;
  #received = 0;
  #isTelling = false;

  constructor(given: {
    readonly condition: () => Condition;
    readonly say: (bytes: Uint8Array) => void;
    readonly mishap?: Mishap | null;
  }) {
    this.#given = { mishap: null, ...given };
  }

  /** Bytes that wait for paper. */
  get held(): number {
    return this.#held.length;
  }

  receive(chunk: Uint8Array): void {
    const { mishap } = this.#given;
    const before = this.#received;
    this.#received += chunk.length;
    const until = mishap === null ? chunk.length : Math.max(0, mishap.afterBytes - before);
    if (mishap !== null && until < chunk.length && before <= mishap.afterBytes) {
      this.#take(chunk.subarray(0, until));
      mishap.happens();
      this.#take(chunk.subarray(until));
    } else this.#take(chunk);
  }

  /** The condition is another one now: goes on, or stops, and says so where it was asked to. */
  conditionChanged(): void {
    if (this.#isTelling) this.#given.say(ownStatus(this.#given.condition()));
    const held = this.#held;
    this.#held = NO_BYTES;
    this.#take(held);
  }

  #take(chunk: Uint8Array): void {
    if (!isStopped(this.#given.condition())) {
      for (const operation of this.decoder.push(chunk)) this.#do(operation);
      return;
    }
    const requests = realTimeRequests(chunk);
    for (const which of requests) this.#given.say(realTimeAnswer(which, this.#given.condition()));
    this.#held = joined(this.#held, chunk.subarray(requests.length * 3));
  }

  #do(operation: Operation): void {
    this.operations.push(operation);
    if (operation.kind !== 'status-request') return;
    const condition = this.#given.condition();
    switch (operation.command) {
      case 'DLE EOT':
        this.#given.say(realTimeAnswer(operation.which, condition));
        return;
      case 'GS I':
        this.#given.say(NAME);
        return;
      case 'GS r':
        this.#given.say(Uint8Array.of(condition.paper === 'near-end' ? 0x03 : 0));
        return;
      case 'GS a':
        this.#isTelling = operation.which !== 0;
        if (this.#isTelling) this.#given.say(ownStatus(condition));
    }
  }
}

/** Does it keep bytes instead of printing them? */
export function isStopped({ paper, isCoverOpen, fault }: Condition): boolean {
  return paper === 'out' || isCoverOpen || fault !== 'none';
}

/** Which status is asked for by `DLE EOT n` at the beginning of a chunk. */
function realTimeRequests(chunk: Uint8Array): number[] {
  const requests: number[] = [];
  for (let at = 0; chunk[at] === 0x10 && chunk[at + 1] === 4; at += 3) requests.push(chunk[at + 2] ?? 0);
  return requests;
}

/** Status bytes as Epson's TM printers send them. */
function realTimeAnswer(which: number, condition: Condition): Uint8Array {
  const { paper, isCoverOpen, fault } = condition;
  const fixed = 0x12;
  switch (which) {
    case 1:
      return Uint8Array.of(fixed | (isStopped(condition) ? 0x08 : 0) | 0x04);
    case 2:
      return Uint8Array.of(
        fixed | (isCoverOpen ? 0x04 : 0) | (paper === 'out' ? 0x20 : 0) | (fault === 'none' ? 0 : 0x40),
      );
    case 3:
      return Uint8Array.of(fixed | FAULT_BITS[fault]);
    default:
      return Uint8Array.of(fixed | (paper === 'out' ? 0x6c : paper === 'near-end' ? 0x0c : 0));
  }
}

const FAULT_BITS = { none: 0, recoverable: 0x08, unrecoverable: 0x20, overheated: 0x40 } as const;

/** The four bytes of `GS a`. */
function ownStatus(condition: Condition): Uint8Array {
  const { paper, isCoverOpen, fault } = condition;
  return Uint8Array.of(
    0x10 | 0x04 | (isStopped(condition) ? 0x08 : 0) | (isCoverOpen ? 0x20 : 0),
    FAULT_BITS[fault],
    paper === 'out' ? 0x0f : paper === 'near-end' ? 0x03 : 0,
    0,
  );
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
