// One connection to a ZVT terminal: a command goes out and is acknowledged or refused, then messages come in and are
// acknowledged by us. Silence longer than its limit, a broken line and bytes that make no sense are all the same here: the
// line is lost, and only whoever sent the command knows what that means.

import { connect, type Socket } from 'node:net';
import { createApduReader, encodeApdu } from '../../shared/devices/zvt/apdu.ts';
import {
  decodeMessage,
  encodeMessage,
  type ZvtAnswer,
  type ZvtCommand,
  type ZvtMessage,
} from '../../shared/devices/zvt/messages.ts';
import type { SendPermit } from './send-permit.ts';

export type ZvtLimits = {
  readonly connectMs: number;
  /** T3: longest wait for an acknowledgement. */
  readonly acknowledgeMs: number;
  /** T4: longest silence while a command is carried out; a customer looks for a card. */
  readonly answerMs: number;
};

export const ZVT_LIMITS: ZvtLimits = { connectMs: 4_000, acknowledgeMs: 5_000, answerMs: 100_000 };

/** `too-late`: the permit had ended, and not a byte was sent. */
export type Sent = 'acknowledged' | 'refused' | 'lost' | 'too-late';

export type ZvtLine = {
  /** Sends a command, while its permit is open. After `lost` nobody knows whether the terminal got it. */
  send(command: ZvtCommand, permit?: SendPermit): Promise<Sent>;
  /** The next message of the terminal, acknowledged; null when the line is lost. */
  next(): Promise<ZvtAnswer | null>;
  /** Asks the terminal to stop what it is doing; its answer comes through `next`. */
  cancel(): void;
  close(): void;
};

/** Messages that wait to be read; a slip has hundreds of lines at most. */
const WAITING_MAX = 1_000;

/** Connects; null when nobody is there. */
export async function openZvtLine(
  address: { readonly host: string; readonly port: number },
  limits: ZvtLimits,
): Promise<ZvtLine | null> {
  const socket = await connectTo(address, limits.connectMs);
  return socket === null ? null : lineOver(socket, limits);
}

function lineOver(socket: Socket, limits: ZvtLimits): ZvtLine {
  const reader = createApduReader();
  const waiting: ZvtMessage[] = [];
  let wake = (): void => undefined;
  let isLost = false;
  const lose = (): void => {
    isLost = true;
    socket.destroy();
    wake();
  };
  socket.on('data', (bytes) => {
    const frames = reader.push(bytes);
    if (!frames.ok) return lose();
    for (const frame of frames.value) {
      const message = decodeMessage(frame);
      if (!message.ok || waiting.length >= WAITING_MAX) return lose();
      waiting.push(message.value);
    }
    wake();
  });
  socket.on('error', lose);
  socket.on('close', lose);
  socket.on('end', lose);

  const write = (message: ZvtMessage): void => {
    if (!isLost) socket.write(encodeApdu(encodeMessage(message)));
  };
  const take = async (limitMs: number): Promise<ZvtMessage | null> => {
    const deadline = performance.now() + limitMs;
    for (;;) {
      const message = waiting.shift();
      if (message !== undefined) return message;
      const leftMs = deadline - performance.now();
      if (isLost || leftMs <= 0) return null;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, leftMs);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  };

  return {
    async send(command, permit) {
      if (isLost) return 'lost';
      // Nothing is awaited between this look and the write.
      if (permit !== undefined && !permit.isOpen()) return 'too-late';
      write(command);
      const message = await take(limits.acknowledgeMs);
      if (message?.kind === 'ack') return 'acknowledged';
      if (message?.kind === 'nack') return 'refused';
      lose();
      return 'lost';
    },
    async next() {
      const limitEnd = performance.now() + limits.answerMs;
      for (;;) {
        const message = await take(limitEnd - performance.now());
        if (message === null) {
          lose();
          return null;
        }
        // The acknowledgement of a cancellation; what comes of it follows.
        if (message.kind === 'ack' || message.kind === 'nack') continue;
        write({ kind: 'ack' });
        if (!isCommand(message)) return message;
      }
    },
    cancel: () => write({ kind: 'cancel' }),
    close: lose,
  };
}

// A terminal never sends these; whoever does is not one.
const COMMANDS: ReadonlySet<ZvtMessage['kind']> = new Set<ZvtCommand['kind']>([
  'registration',
  'authorisation',
  'reversal',
  'refund',
  'repeat-receipt',
  'end-of-day',
  'cancel',
]);

function isCommand(message: ZvtMessage): message is ZvtCommand {
  return COMMANDS.has(message.kind);
}

function connectTo(
  { host, port }: { readonly host: string; readonly port: number },
  limitMs: number,
): Promise<Socket | null> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, noDelay: true });
    const timer = setTimeout(() => socket.destroy(new Error('no answer')), limitMs);
    socket.once('error', () => {
      clearTimeout(timer);
      resolve(null);
    });
    socket.once('connect', () => {
      clearTimeout(timer);
      socket.removeAllListeners('error');
      resolve(socket);
    });
  });
}
