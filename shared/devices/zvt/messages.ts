// The messages between a till (ECR) and a terminal (PT) that we speak, each with its bytes. Both directions stand here, so that
// a terminal can be simulated with the same code and every message is proved to survive the way there and back.
//
//   till  ── 06 01 authorisation ──►  terminal        each message is answered by 80 00 (or refused by 84 xx)
//   till  ◄── 04 FF intermediate ──   terminal        "insert card", "enter PIN"
//   till  ◄── 04 0F status ────────   terminal        what became of it
//   till  ◄── 06 D1 / 06 D3 ───────   terminal        lines of its slip
//   till  ◄── 06 0F completion or 06 1E abort         the end

import { accept, refuse, type Outcome } from '../../domain/refusal.ts';
import type { Apdu } from './apdu.ts';
import { digitsToBytes, fromBcd, toBcd } from './bcd.ts';
import { FIELD, readFields, writeFields } from './fields.ts';
import { readSlip, writeSlip, type Slip } from './slip.ts';
import { readStatus, writeStatus, type ZvtStatus } from './status.ts';
import { terminalBytes, terminalText } from './text.ts';

/** What a till asks. Passwords are six digits. */
export type ZvtCommand =
  | {
      readonly kind: 'registration';
      readonly password: string;
      readonly config: number;
      readonly currency: number;
    }
  | { readonly kind: 'authorisation'; readonly amount: number; readonly currency: number }
  | { readonly kind: 'reversal'; readonly password: string; readonly receiptNumber: number }
  | { readonly kind: 'refund'; readonly password: string; readonly amount: number; readonly currency: number }
  | { readonly kind: 'repeat-receipt'; readonly password: string }
  | { readonly kind: 'end-of-day'; readonly password: string }
  | { readonly kind: 'cancel' };

/** What a terminal says; the first two go both ways. */
export type ZvtAnswer =
  | { readonly kind: 'ack' }
  | { readonly kind: 'nack'; readonly code: number }
  | { readonly kind: 'intermediate'; readonly code: number }
  | { readonly kind: 'status'; readonly status: ZvtStatus }
  | { readonly kind: 'completion'; readonly status: ZvtStatus }
  | { readonly kind: 'abort'; readonly code: number }
  | { readonly kind: 'print-line'; readonly isLast: boolean; readonly line: string }
  | { readonly kind: 'print-slip'; readonly slip: Slip }
  /** Something that we need not understand; it is acknowledged and read over. */
  | { readonly kind: 'other'; readonly control: number };

export type ZvtMessage = ZvtCommand | ZvtAnswer;
export type ZvtRefusal = 'message-not-understood';

const CONTROL = {
  registration: 0x0600,
  authorisation: 0x0601,
  'repeat-receipt': 0x0620,
  reversal: 0x0630,
  refund: 0x0631,
  'end-of-day': 0x0650,
  cancel: 0x06b0,
  status: 0x040f,
  intermediate: 0x04ff,
  completion: 0x060f,
  abort: 0x061e,
  'print-line': 0x06d1,
  'print-slip': 0x06d3,
  ack: 0x8000,
} as const;
const NACK_CLASS = 0x84;
const LAST_LINE = 0x80;
const PASSWORD_BYTES = 3;
const NOT_UNDERSTOOD = refuse('message-not-understood');
// The commands that print a slip as one message: with it a terminal knows that we take 06 D3.
const TAKES_SLIPS = Uint8Array.of(0x26, 0x04, 0x0a, 0x02, 0x06, 0xd3);

/** A message as its frame. */
export function encodeMessage(message: ZvtMessage): Apdu {
  if (message.kind === 'nack') {
    return { control: (NACK_CLASS << 8) | message.code, data: new Uint8Array(0) };
  }
  if (message.kind === 'other') return { control: message.control, data: new Uint8Array(0) };
  return { control: CONTROL[message.kind], data: dataOf(message) };
}

/** What a frame says. Refused where its bytes cannot be what its control field says. */
export function decodeMessage({ control, data }: Apdu): Outcome<ZvtMessage, ZvtRefusal> {
  if (control >> 8 === NACK_CLASS) return accept({ kind: 'nack', code: control & 0xff });
  switch (control) {
    case CONTROL.ack:
      return accept({ kind: 'ack' });
    case CONTROL.cancel:
      return accept({ kind: 'cancel' });
    case CONTROL.intermediate:
      return data[0] === undefined ? NOT_UNDERSTOOD : accept({ kind: 'intermediate', code: data[0] });
    case CONTROL.abort:
      return data[0] === undefined ? NOT_UNDERSTOOD : accept({ kind: 'abort', code: data[0] });
    case CONTROL.status:
      return withStatus('status', data);
    case CONTROL.completion:
      // What a completion adds differs from maker to maker; that it came is what counts.
      return accept({ kind: 'completion', status: statusOr(data) });
    case CONTROL['print-line']:
      return data[0] === undefined
        ? NOT_UNDERSTOOD
        : accept({
            kind: 'print-line',
            isLast: (data[0] & LAST_LINE) !== 0,
            line: terminalText(data.slice(1)),
          });
    case CONTROL['print-slip']: {
      const slip = readSlip(data);
      return slip.ok ? accept({ kind: 'print-slip', slip: slip.value }) : NOT_UNDERSTOOD;
    }
    default:
      return decodeCommand(control, data);
  }
}

function dataOf(message: Exclude<ZvtMessage, { kind: 'nack' | 'other' }>): Uint8Array {
  switch (message.kind) {
    case 'registration':
      return Uint8Array.from([
        ...digitsToBytes(message.password),
        message.config,
        ...toBcd(message.currency, 4),
        ...writeFields([{ name: FIELD.tlv, value: TAKES_SLIPS }]),
      ]);
    case 'authorisation':
      return amountFields(message);
    case 'refund':
      return Uint8Array.from([...digitsToBytes(message.password), ...amountFields(message)]);
    case 'reversal':
      return Uint8Array.from([
        ...digitsToBytes(message.password),
        ...writeFields([{ name: FIELD.receiptNumber, value: toBcd(message.receiptNumber, 4) }]),
      ]);
    case 'repeat-receipt':
    case 'end-of-day':
      return digitsToBytes(message.password);
    case 'intermediate':
    case 'abort':
      return Uint8Array.of(message.code);
    case 'status':
    case 'completion':
      return writeStatus(message.status);
    case 'print-line':
      return Uint8Array.from([message.isLast ? LAST_LINE : 0, ...terminalBytes(message.line)]);
    case 'print-slip':
      return writeSlip(message.slip);
    case 'ack':
    case 'cancel':
      return new Uint8Array(0);
  }
}

const amountFields = ({
  amount,
  currency,
}: {
  readonly amount: number;
  readonly currency: number;
}): Uint8Array =>
  writeFields([
    { name: FIELD.amount, value: toBcd(amount, 12) },
    { name: FIELD.currency, value: toBcd(currency, 4) },
  ]);

function withStatus(kind: 'status', data: Uint8Array): Outcome<ZvtAnswer, ZvtRefusal> {
  const status = readStatus(data);
  return status.ok ? accept({ kind, status: status.value }) : NOT_UNDERSTOOD;
}

function statusOr(data: Uint8Array): ZvtStatus {
  const status = readStatus(data);
  return status.ok ? status.value : {};
}

/** Commands, as a terminal reads them. */
function decodeCommand(control: number, data: Uint8Array): Outcome<ZvtMessage, ZvtRefusal> {
  switch (control) {
    case CONTROL.registration: {
      const [password, config, currency] = [passwordOf(data), data[3], fromBcd(data.slice(4, 6))];
      return password === null || config === undefined || currency === null
        ? NOT_UNDERSTOOD
        : accept({ kind: 'registration', password, config, currency });
    }
    case CONTROL.authorisation: {
      const asked = amountOf(data);
      return asked === null ? NOT_UNDERSTOOD : accept({ kind: 'authorisation', ...asked });
    }
    case CONTROL.refund: {
      const [password, asked] = [passwordOf(data), amountOf(data.slice(PASSWORD_BYTES))];
      return password === null || asked === null
        ? NOT_UNDERSTOOD
        : accept({ kind: 'refund', password, ...asked });
    }
    case CONTROL.reversal: {
      const [password, status] = [passwordOf(data), statusOr(data.slice(PASSWORD_BYTES))];
      return password === null || status.receiptNumber === undefined
        ? NOT_UNDERSTOOD
        : accept({ kind: 'reversal', password, receiptNumber: status.receiptNumber });
    }
    case CONTROL['repeat-receipt']:
      return withPassword('repeat-receipt', data);
    case CONTROL['end-of-day']:
      return withPassword('end-of-day', data);
    default:
      return accept({ kind: 'other', control });
  }
}

function withPassword(
  kind: 'repeat-receipt' | 'end-of-day',
  data: Uint8Array,
): Outcome<ZvtCommand, ZvtRefusal> {
  const password = passwordOf(data);
  return password === null ? NOT_UNDERSTOOD : accept({ kind, password });
}

function passwordOf(data: Uint8Array): string | null {
  const number = data.length < PASSWORD_BYTES ? null : fromBcd(data.slice(0, PASSWORD_BYTES));
  return number === null ? null : String(number).padStart(6, '0');
}

function amountOf(data: Uint8Array): { readonly amount: number; readonly currency: number } | null {
  const fields = readFields(data);
  if (!fields.ok) return null;
  const { amount, currency } = statusOr(data);
  return amount === undefined || currency === undefined ? null : { amount, currency };
}
