// One print job over a link, from the question whether the printer can print to the proof that it has. The same for every
// cable, in the browser and in the server.
//
//   ask (DLE EOT) ─ trouble ──────────────────────────► refused, nothing printed
//     │ well, or a printer that never answers
//   send in pieces ─ gone, or takes nothing ──────────► refused, perhaps a part is on paper
//     │
//   fence (GS r 1) ─ answered with paper ─────────────► on paper
//     ├ no answer, and it says that it is well ───────► sent: this printer knows no fence
//     └ no answer, and trouble or silence ────────────► refused, perhaps a part is on paper
//
// Labels and others that are no ESC/POS get no question: a label printer would print it.

import { accept, refuse, type Outcome } from '../../domain/refusal.ts';
import {
  createStatusReader,
  endOfJobQuestion,
  sayNothingByItself,
  sayStatusByItself,
  STATUS_ANSWERS,
  statusOfAnswers,
  statusQuestions,
  troubleOf,
} from '../escpos/printer-status.ts';
import type { PrinterStatus, PrintProof } from '../ports.ts';
import type { ByteLink, LinkRefusal } from './byte-link.ts';
import { TOO_LATE, within, type Wait } from './within.ts';

/** What has been learnt of a printer: does it answer at all? Null before the first job. */
export type PrinterMemory = { answersStatus: boolean | null; answersFence: boolean | null };

export const newPrinterMemory = (): PrinterMemory => ({ answersStatus: null, answersFence: null });

export type TalkGiven = {
  readonly wait: Wait;
  readonly memory: PrinterMemory;
  /** Called with each status that the printer tells. */
  readonly onStatus?: (status: PrinterStatus) => void;
};

/** A printer that can answer does so in a few milliseconds; Bluetooth takes longest. */
const ANSWER_MS = 800;
/** Nobody waits long for one that has never answered. */
const SILENT_ANSWER_MS = 150;
/** A full buffer empties within seconds while paper moves; longer means that something stopped it. */
const CHUNK_MS = 8_000;
/** From the last byte to the end of a long receipt. */
const FENCE_MS = 10_000;

/** Sends one job and finds out what became of it. Every refusal says by its reason whether paper may show a part. */
export async function printOverLink(
  link: ByteLink,
  bytes: Uint8Array,
  given: TalkGiven,
): Promise<Outcome<PrintProof>> {
  if (!isEscPos(bytes)) {
    return sendWithoutProof(link, bytes, given.wait);
  }
  const ear = listen(link, given);
  try {
    const { memory } = given;
    const asked = await askStatus(link, ear, given);
    if (!asked.ok) return asked;
    const before = asked.value;
    const trouble = before === null ? null : troubleOf(before);
    if (trouble !== null) return refuse(trouble);
    const hasFence = before !== null && memory.answersFence !== false;
    if (!hasFence) return await sendWithoutProof(link, bytes, given.wait);
    const sent = await sendAll(link, withFence(bytes), given.wait);
    return sent.ok ? await proofOf(link, ear, given) : sent;
  } finally {
    ear.stop();
  }
}

/** Asks how the printer is; null where it has never answered. Moves no paper. */
export async function askPrinter(link: ByteLink, given: TalkGiven): Promise<Outcome<PrinterStatus | null>> {
  const ear = listen(link, given);
  try {
    return await askStatus(link, ear, given);
  } finally {
    ear.stop();
  }
}

const ESC = 0x1b;

/** Jobs of ours begin with ESC @ (a receipt) or ESC p (a drawer). */
function isEscPos(bytes: Uint8Array): boolean {
  return bytes[0] === ESC && (bytes[1] === 0x40 || bytes[1] === 0x70);
}

function withFence(bytes: Uint8Array): Uint8Array {
  const parts = [sayStatusByItself(), bytes, endOfJobQuestion(), sayNothingByItself()];
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

type Ear = {
  /** The answers to DLE EOT since they were asked for. */
  answers(): Promise<readonly number[]>;
  forgetAnswers(): void;
  readonly fence: Promise<'paper' | 'no-paper'>;
  /** Resolves when the printer says by itself that it has stopped. */
  readonly trouble: Promise<'trouble'>;
  stop(): void;
};

function listen(link: ByteLink, given: TalkGiven): Ear {
  const read = createStatusReader();
  let answers: number[] = [];
  let enough = (): void => undefined;
  let enoughPromise = new Promise<void>((resolve) => {
    enough = resolve;
  });
  let fenced: (paper: 'paper' | 'no-paper') => void = () => undefined;
  let troubled: (trouble: 'trouble') => void = () => undefined;
  const fence = new Promise<'paper' | 'no-paper'>((resolve) => {
    fenced = resolve;
  });
  const trouble = new Promise<'trouble'>((resolve) => {
    troubled = resolve;
  });
  const stop = link.onBytes((bytes) => {
    for (const word of read(bytes)) {
      if (word.kind === 'real-time') {
        answers.push(word.byte);
        if (answers.length >= STATUS_ANSWERS) enough();
      } else if (word.kind === 'in-turn') fenced(word.isPaperOut ? 'no-paper' : 'paper');
      else {
        given.onStatus?.(word.status);
        if (troubleOf(word.status) !== null) troubled('trouble');
      }
    }
  });
  return {
    answers: () => enoughPromise.then(() => answers),
    forgetAnswers() {
      answers = [];
      enoughPromise = new Promise<void>((resolve) => {
        enough = resolve;
      });
    },
    fence,
    trouble,
    stop,
  };
}

async function askStatus(
  link: ByteLink,
  ear: Ear,
  given: TalkGiven,
): Promise<Outcome<PrinterStatus | null, LinkRefusal | 'printer-not-answering'>> {
  if (!link.canRead) return accept(null);
  const { memory, wait } = given;
  ear.forgetAnswers();
  const asked = await within(link.write(statusQuestions()), ANSWER_MS, wait);
  if (asked === TOO_LATE) return refuse('printer-not-answering');
  if (!asked.ok) return asked;
  const limitMs = memory.answersStatus === false ? SILENT_ANSWER_MS : ANSWER_MS;
  const answers = await within(ear.answers(), limitMs, wait);
  if (answers === TOO_LATE) {
    if (memory.answersStatus === true) return refuse('printer-not-answering');
    memory.answersStatus = false;
    return accept(null);
  }
  memory.answersStatus = true;
  const status = statusOfAnswers(answers);
  given.onStatus?.(status);
  return accept(status);
}

async function sendAll(link: ByteLink, bytes: Uint8Array, wait: Wait): Promise<Outcome<null>> {
  for (let from = 0; from < bytes.length; from += link.chunkBytes) {
    const taken = await within(link.write(bytes.subarray(from, from + link.chunkBytes)), CHUNK_MS, wait);
    if (taken === TOO_LATE) return refuse('printer-interrupted', { because: 'silent' });
    if (!taken.ok) return refuse('printer-interrupted', { because: taken.reason });
  }
  return accept(null);
}

async function sendWithoutProof(link: ByteLink, bytes: Uint8Array, wait: Wait): Promise<Outcome<PrintProof>> {
  const sent = await sendAll(link, bytes, wait);
  if (!sent.ok || link.finish === undefined) return sent.ok ? accept('sent') : sent;
  const finished = await within(link.finish(), CHUNK_MS, wait);
  if (finished === TOO_LATE) return refuse('printer-interrupted', { because: 'silent' });
  return finished.ok ? accept('sent') : refuse('printer-interrupted', { because: finished.reason });
}

async function proofOf(link: ByteLink, ear: Ear, given: TalkGiven): Promise<Outcome<PrintProof>> {
  const heard = await within(Promise.race([ear.fence, ear.trouble]), FENCE_MS, given.wait);
  if (heard === 'paper') {
    given.memory.answersFence = true;
    return accept('on-paper');
  }
  const after = await askStatus(link, ear, given);
  const trouble = after.ok && after.value !== null ? troubleOf(after.value) : 'silent';
  if (trouble !== null) return refuse('printer-interrupted', { because: trouble });
  if (heard === 'no-paper') return refuse('printer-interrupted', { because: 'printer-paper-out' });
  // It stopped and is well again (the cover was opened and closed): the fence may still come.
  const late = heard === TOO_LATE ? TOO_LATE : await within(ear.fence, FENCE_MS, given.wait);
  if (late === 'paper') return accept('on-paper');
  if (late === 'no-paper') return refuse('printer-interrupted', { because: 'printer-paper-out' });
  given.memory.answersFence ??= false;
  return given.memory.answersFence ? refuse('printer-interrupted', { because: 'silent' }) : accept('sent');
}
