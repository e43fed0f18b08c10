// A card terminal that speaks ZVT over TCP. Each question: connect, register, ask what the terminal did last (its trace number
// is the mark), write that down, and only then ask for money. When the line is lost after that, the last transaction tells:
// the same trace as before means that nothing was taken; the next one is ours; anything else means that nobody knows.
//
//   connect ─ 06 00 ─ 06 20 (mark) ─ written down ─ 06 01 / 06 31 / 06 30 ─ 04 FF … 04 0F … 06 D3 … 06 0F | 06 1E
//                                                    └─ line lost ──► find: connect ─ 06 00 ─ 06 20 ─ compare with the mark

import { accept, refuse, type Outcome } from '../../shared/domain/refusal.ts';
import type { ZvtStatus } from '../../shared/devices/zvt/status.ts';
import type { ZvtCommand } from '../../shared/devices/zvt/messages.ts';
import { currencyNumber, fromNetwork, toNetwork } from './card-currency.ts';
import type { SendPermit } from './send-permit.ts';
import {
  declined,
  NOT_SENT_IN_TIME,
  unknown,
  type AskedOfTerminal,
  type Prompt,
  type TerminalDriver,
  type Told,
  type Watch,
} from './terminal-driver.ts';
import { openZvtLine, ZVT_LIMITS, type ZvtLimits, type ZvtLine } from './zvt-line.ts';

export type ZvtAddress = {
  readonly host: string;
  readonly port: number;
  /** Six digits. */
  readonly password: string;
};

/** The till prints slips, gets them as one message, and hears what the terminal shows. */
const CONFIG = 0x02 | 0x04 | 0x08 | 0x80;
const TRACES = 1_000_000;
const NEVER_ASKED_MARK = '';
const EURO = 978;

/** What came of one command, with the slip that came along. */
type Ended = {
  readonly how: 'completed' | 'aborted' | 'refused' | 'lost' | 'too-late';
  readonly status: ZvtStatus | null;
  readonly slip: readonly string[];
};

export function createZvtTerminal(address: ZvtAddress, limits: ZvtLimits = ZVT_LIMITS): TerminalDriver {
  const { password } = address;

  /** A registered line; `busy` while the terminal serves somebody else. */
  const open = async (currency: number): Promise<ZvtLine | 'unreachable' | 'busy'> => {
    const line = await openZvtLine(address, limits);
    if (line === null) return 'unreachable';
    const ended = await run(line, { kind: 'registration', password, config: CONFIG, currency });
    if (ended.how === 'completed') return line;
    line.close();
    return ended.how === 'refused' ? 'busy' : 'unreachable';
  };
  const lastOf = (line: ZvtLine): Promise<Ended> => run(line, { kind: 'repeat-receipt', password });

  return {
    async ask(asked, watch) {
      const currency = currencyNumber(asked.currency);
      const command = currency === null ? null : commandOf(asked, currency, password);
      if (currency === null) return declined('currency-not-at-terminal');
      if (command === null) return declined('terminal-cannot-reverse');
      watch.onPrompt('connecting');
      const line = await open(currency);
      if (typeof line === 'string') return declined(`terminal-${line}`);
      const cancel = (): void => line.cancel();
      try {
        const last = await lastOf(line);
        if (last.how === 'lost') return declined('terminal-unreachable');
        if (watch.cancelled.aborted) return declined('cancelled');
        const mark = last.status?.trace;
        const permit = await watch.aboutToAsk(mark === undefined ? NEVER_ASKED_MARK : String(mark));
        if (permit === null) return declined('not-written-down');
        watch.cancelled.addEventListener('abort', cancel);
        const ended = await run(line, command, { watch, permit });
        return toldOf(ended, asked);
      } finally {
        watch.cancelled.removeEventListener('abort', cancel);
        line.close();
      }
    },
    async find(asked, mark) {
      const line = await open(currencyNumber(asked.currency) ?? EURO);
      if (typeof line === 'string') return unknown(`terminal-${line}`);
      try {
        return sinceMark(await lastOf(line), asked, mark);
      } finally {
        line.close();
      }
    },
    async endOfDay(currency) {
      const line = await open(currencyNumber(currency) ?? EURO);
      if (typeof line === 'string') return refuse(`terminal-${line}`);
      try {
        return totalsOf(await run(line, { kind: 'end-of-day', password }), currency);
      } finally {
        line.close();
      }
    },
  };
}

/** Carries one command out to its end. */
async function run(
  line: ZvtLine,
  command: ZvtCommand,
  { watch, permit }: { readonly watch?: Watch; readonly permit?: SendPermit } = {},
): Promise<Ended> {
  let status: ZvtStatus | null = null;
  const [customer, other]: [string[], string[]] = [[], []];
  const end = (how: Ended['how']): Ended => ({
    how,
    status,
    slip: customer.length > 0 ? customer : other,
  });
  const sent = await line.send(command, permit);
  if (sent !== 'acknowledged') return end(sent);
  for (;;) {
    const message = await line.next();
    switch (message?.kind) {
      case undefined:
        return end('lost');
      case 'intermediate':
        watch?.onPrompt(promptOf(message.code));
        break;
      case 'status':
        status = message.status;
        break;
      case 'print-line':
        other.push(message.line);
        break;
      case 'print-slip':
        if (message.slip.of === 'customer') customer.push(...message.slip.lines);
        break;
      case 'completion':
        return end('completed');
      case 'abort':
        return end('aborted');
      case 'ack':
      case 'nack':
      case 'other':
        break;
    }
  }
}

function commandOf(asked: AskedOfTerminal, currency: number, password: string): ZvtCommand | null {
  const amount = toNetwork(asked.amountMinor, asked.currency);
  switch (asked.action) {
    case 'payment':
      return { kind: 'authorisation', amount, currency };
    case 'refund':
      return { kind: 'refund', password, amount, currency };
    case 'reversal': {
      const receiptNumber = Number(asked.reversesReference ?? Number.NaN);
      return Number.isSafeInteger(receiptNumber) ? { kind: 'reversal', password, receiptNumber } : null;
    }
  }
}

/** What an end says about money. Only a terminal that said so, and ended in the same way, is believed. */
function toldOf({ how, status, slip }: Ended, asked: AskedOfTerminal): Told {
  switch (how) {
    case 'refused':
      return declined('terminal-refused');
    case 'lost':
      return unknown('line-lost');
    case 'too-late':
      return declined(NOT_SENT_IN_TIME);
    case 'aborted':
      return status?.resultCode === 0 ? unknown('terminal-contradicts-itself') : declined('declined');
    case 'completed':
      return status === null ? unknown('terminal-said-nothing') : toldByStatus(status, slip, asked);
  }
}

function toldByStatus(status: ZvtStatus, slip: readonly string[], asked: AskedOfTerminal): Told {
  if (status.resultCode === undefined) return unknown('terminal-said-nothing');
  if (status.resultCode !== 0) return declined('declined');
  const approvedMinor = status.amount === undefined ? null : fromNetwork(status.amount, asked.currency);
  const isPossible = approvedMinor !== null && approvedMinor > 0 && approvedMinor <= asked.amountMinor;
  if (!isPossible || status.receiptNumber === undefined) return unknown('amount-not-possible');
  const { cardName, lastDigits, authorisation, trace } = status;
  return {
    outcome: 'approved',
    approvedMinor,
    reference: String(status.receiptNumber),
    card: {
      ...(cardName === undefined ? {} : { scheme: cardName }),
      ...(lastDigits === undefined ? {} : { lastDigits }),
      ...(authorisation === undefined ? {} : { authorisationCode: authorisation }),
      ...(trace === undefined ? {} : { reference: String(trace).padStart(6, '0') }),
      ...(slip.length === 0 ? {} : { slip }),
    },
  };
}

/** What the terminal's last transaction says of an attempt, given the one before the attempt. */
function sinceMark(last: Ended, asked: AskedOfTerminal, mark: string): Told {
  const trace = last.status?.trace;
  if (last.how !== 'completed' || last.status === null || trace === undefined) {
    return unknown('terminal-cannot-tell');
  }
  if (mark === NEVER_ASKED_MARK) return unknown('terminal-cannot-tell');
  const before = Number(mark);
  if (trace === before) return declined('never-arrived');
  const isNext = trace === (before + 1) % TRACES || (before === TRACES - 1 && trace === 1);
  if (!isNext) return unknown('terminal-did-more-since');
  return toldByStatus(last.status, last.slip, asked);
}

function totalsOf(
  { how, status }: Ended,
  currency: string,
): Outcome<{ readonly count: number; readonly amountMinor: number }> {
  if (how !== 'completed' || status === null) {
    return refuse(how === 'lost' ? 'terminal-unreachable' : 'terminal-no-totals');
  }
  const { totals } = status;
  const amountMinor = totals === undefined ? null : fromNetwork(totals.amount, currency);
  if (totals === undefined || amountMinor === null) return refuse('terminal-no-totals');
  return accept({ count: totals.count, amountMinor });
}

/** Intermediate status codes of ZVT, as far as they ask somebody for something. */
function promptOf(code: number): Prompt {
  switch (code) {
    case 0x0a:
    case 0x1c:
    case 0x4a:
      return 'present-card';
    case 0x05:
    case 0x0b:
    case 0x15:
      return 'enter-pin';
    case 0x0e:
    case 0x17:
    case 0x41:
      return 'please-wait';
    case 0x0d:
    case 0x14:
    case 0x4b:
      return 'remove-card';
    default:
      return 'look-at-terminal';
  }
}
