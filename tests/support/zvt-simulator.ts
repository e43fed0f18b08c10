// A card terminal that speaks ZVT over TCP and takes no money: it does with each card what its program says, keeps a ledger of
// what it "took", remembers its last transaction as real ones do, and can hang, cut the line or contradict itself.
// One till at a time: whoever comes while a customer is served is told that it is busy.

import { createServer, type Server, type Socket } from 'node:net';
import { createApduReader, encodeApdu } from '../../shared/devices/zvt/apdu.ts';
import {
  decodeMessage,
  encodeMessage,
  type ZvtCommand,
  type ZvtMessage,
} from '../../shared/devices/zvt/messages.ts';
import type { ZvtStatus } from '../../shared/devices/zvt/status.ts';

export const ZVT_STEPS = [
  'approve',
  'decline',
  /** It decides for yes, and says nothing more. */
  'hang-after-approval',
  /** The line is cut while the customer looks for the card: nothing is taken. */
  'cut-before-approval',
  /** The line is cut after it took the money and before it said so. */
  'cut-after-approval',
  /** Many prompts, each after a pause. */
  'slow',
  'approve-less',
  /** It takes and reports more than was asked for. */
  'approve-more',
  /** It says yes in its status and no at the end. The money is taken. */
  'contradict',
  /** It is not to be reached at all. */
  'refuse-connection',
] as const;
export type ZvtStep = (typeof ZVT_STEPS)[number];

export type LedgerEntry = {
  readonly trace: number;
  readonly receiptNumber: number;
  readonly action: 'payment' | 'refund' | 'reversal';
  readonly amount: number;
  isReversed: boolean;
};

export type ZvtSimulator = {
  readonly port: number;
  /** What it took, in order; a declined card is not in it. */
  readonly ledger: readonly LedgerEntry[];
  /** Cards that were presented, whatever came of it. */
  cards(): number;
  /** What lies in the merchant's favour now. */
  balance(): number;
  /** Steps for the next cards; after the last one it approves. */
  program(...steps: readonly ZvtStep[]): void;
  /** Steps that were not reached are not done later. */
  forgetProgram(): void;
  /** Nobody is served now. */
  isIdle(): boolean;
  /** A till asked it to stop. */
  cancels(): number;
  close(): Promise<void>;
};

export type ZvtSimulatorGiven = {
  readonly port?: number;
  /** Decides for a card where no step is programmed. */
  readonly stepFor?: (amount: number) => ZvtStep;
  readonly onCard?: (told: {
    readonly step: ZvtStep;
    readonly action: string;
    readonly amount: number;
  }) => void;
  /** A card number that a careless terminal puts wherever it can; it must be found nowhere afterwards. */
  readonly cardNumber?: string;
  readonly pauseMs?: number;
};

const PASSWORD_WRONG = 0xcd;
const ABORTED = 0x6c;
const NOT_POSSIBLE = 0xb5;
const BUSY = 0x9c;
const PROMPTS = [0x0a, 0x0b, 0x0e, 0x17];

export async function startZvtSimulator(given: ZvtSimulatorGiven = {}): Promise<ZvtSimulator> {
  const ledger: LedgerEntry[] = [];
  const sockets = new Set<Socket>();
  const steps: ZvtStep[] = [];
  const pauseMs = given.pauseMs ?? 5;
  let [trace, receiptNumber, cards, cancels] = [1000, 500, 0, 0];
  let last: { readonly status: ZvtStatus; readonly lines: readonly string[] } = {
    status: { resultCode: 0, amount: 100, currency: 978, trace, receiptNumber },
    lines: ['EARLIER PAYMENT'],
  };
  let sinceClosing: LedgerEntry[] = [];
  let serving: Socket | null = null;

  const pause = (milliseconds: number): Promise<void> =>
    new Promise((resolve) => setTimeout(resolve, milliseconds));

  const server: Server = createServer((socket) => {
    sockets.add(socket);
    if (steps[0] === 'refuse-connection') {
      steps.shift();
      socket.destroy();
      return;
    }
    const reader = createApduReader();
    const inbox: ZvtMessage[] = [];
    let wake = (): void => undefined;
    socket.on('error', () => undefined);
    socket.on('close', () => {
      sockets.delete(socket);
      if (serving === socket) serving = null;
      wake();
    });
    const send = (message: ZvtMessage): void => {
      if (!socket.destroyed) socket.write(encodeApdu(encodeMessage(message)));
    };
    /** Waits for our message to be acknowledged. */
    const tell = async (message: ZvtMessage): Promise<void> => {
      send(message);
      while (!socket.destroyed && !inbox.some(({ kind }) => kind === 'ack')) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      const at = inbox.findIndex(({ kind }) => kind === 'ack');
      if (at >= 0) inbox.splice(at, 1);
    };
    socket.on('data', (bytes) => {
      const frames = reader.push(bytes);
      if (!frames.ok) return void socket.destroy();
      for (const frame of frames.value) {
        const message = decodeMessage(frame);
        if (!message.ok) return void socket.destroy();
        const { value } = message;
        if (value.kind === 'cancel') cancels += 1;
        if (value.kind === 'ack' || value.kind === 'cancel') {
          inbox.push(value);
          if (value.kind === 'cancel') send({ kind: 'ack' });
          wake();
        } else void serve(value as ZvtCommand);
      }
    });

    const serve = async (command: ZvtCommand): Promise<void> => {
      if (serving !== null && serving !== socket) return send({ kind: 'nack', code: BUSY });
      serving = socket;
      send({ kind: 'ack' });
      const password = 'password' in command ? command.password : '000000';
      if (password !== '000000') return tell({ kind: 'abort', code: PASSWORD_WRONG });
      switch (command.kind) {
        case 'registration':
          return tell({ kind: 'completion', status: { terminalId: '52500041', currency: command.currency } });
        case 'repeat-receipt':
          return sayLast();
        case 'end-of-day':
          return closeDay();
        case 'authorisation':
          return card('payment', command.amount, command.currency);
        case 'refund':
          return card('refund', command.amount, command.currency);
        case 'reversal':
          return reverse(command.receiptNumber);
        case 'cancel':
          return undefined;
      }
    };

    const sayLast = async (): Promise<void> => {
      await tell({ kind: 'status', status: last.status });
      await tell({ kind: 'print-slip', slip: { of: 'merchant', lines: last.lines } });
      await tell({ kind: 'print-slip', slip: { of: 'customer', lines: last.lines } });
      await tell({ kind: 'completion', status: {} });
    };
    const closeDay = async (): Promise<void> => {
      const amount = sinceClosing.reduce(
        (sum, entry) => sum + (entry.action === 'payment' ? entry.amount : -entry.amount),
        0,
      );
      trace += 1;
      await tell({
        kind: 'status',
        status: { resultCode: 0, trace, totals: { count: sinceClosing.length, amount: Math.max(0, amount) } },
      });
      sinceClosing = [];
      await tell({ kind: 'completion', status: {} });
    };
    const isCancelled = (): boolean => inbox.some(({ kind }) => kind === 'cancel');

    const card = async (action: 'payment' | 'refund', asked: number, currency: number): Promise<void> => {
      const step = steps.shift() ?? given.stepFor?.(asked) ?? 'approve';
      cards += 1;
      given.onCard?.({ step, action, amount: asked });
      for (const code of step === 'slow' ? [...PROMPTS, ...PROMPTS] : PROMPTS.slice(0, 1)) {
        await tell({ kind: 'intermediate', code });
        await pause(step === 'slow' ? pauseMs * 20 : pauseMs);
        if (isCancelled()) return decline(currency);
      }
      if (step === 'cut-before-approval') return void socket.destroy();
      if (step === 'decline') return decline(currency);
      const amount =
        step === 'approve-less' ? Math.ceil(asked / 2) : step === 'approve-more' ? asked + 100 : asked;
      await settle({ action, amount, currency }, step);
    };
    const decline = async (currency: number): Promise<void> => {
      trace += 1;
      last = { status: { resultCode: ABORTED, trace, currency }, lines: ['DECLINED'] };
      await tell({ kind: 'status', status: last.status });
      await tell({ kind: 'abort', code: ABORTED });
    };
    const reverse = async (number: number): Promise<void> => {
      const payment = ledger.find((entry) => entry.receiptNumber === number && !entry.isReversed);
      if (payment === undefined) return tell({ kind: 'abort', code: NOT_POSSIBLE });
      const step = steps.shift() ?? 'approve';
      given.onCard?.({ step, action: 'reversal', amount: payment.amount });
      if (step === 'cut-before-approval') return void socket.destroy();
      if (step === 'decline') return decline(978);
      payment.isReversed = true;
      await settle({ action: 'reversal', amount: payment.amount, currency: 978 }, step);
    };
    const settle = async (
      done: { readonly action: LedgerEntry['action']; readonly amount: number; readonly currency: number },
      step: ZvtStep,
    ): Promise<void> => {
      trace += 1;
      receiptNumber += 1;
      const { action, amount, currency } = done;
      const entry = { trace, receiptNumber, action, amount, isReversed: false };
      ledger.push(entry);
      sinceClosing.push(entry);
      const cardNumber = given.cardNumber ?? '';
      last = {
        status: {
          resultCode: 0,
          amount,
          currency,
          trace,
          receiptNumber,
          terminalId: '52500041',
          cardName: 'girocard',
          lastDigits: '4321',
          authorisation: String(100_000 + trace),
        },
        lines: [
          '** Customer receipt **',
          'Terminal 52500041',
          `Card ${cardNumber}`.trim(),
          'Payment approved',
        ],
      };
      if (step === 'cut-after-approval') return void socket.destroy();
      if (step === 'hang-after-approval') return;
      await tell({ kind: 'status', status: last.status });
      if (step === 'contradict') return tell({ kind: 'abort', code: ABORTED });
      await tell({ kind: 'print-slip', slip: { of: 'merchant', lines: last.lines } });
      await tell({ kind: 'print-slip', slip: { of: 'customer', lines: last.lines } });
      await tell({ kind: 'completion', status: {} });
    };
  });

  await new Promise<void>((resolve) => server.listen(given.port ?? 0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    ledger,
    cards: () => cards,
    balance: () =>
      ledger.reduce((sum, entry) => sum + (entry.action === 'payment' ? entry.amount : -entry.amount), 0),
    program: (...next) => void steps.push(...next),
    forgetProgram: () => void steps.splice(0),
    isIdle: () => serving === null,
    cancels: () => cancels,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
