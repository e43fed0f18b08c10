// What a terminal says of a transaction (status information, completion, abort). Only what may be kept comes out of here: of
// a card its name and last four digits. Card numbers, tracks, expiry and check values are read over and exist nowhere after.

import { accept, type Outcome } from '../../domain/refusal.ts';
import { digitsToBytes, fromBcd, toBcd, toDigits } from './bcd.ts';
import { FIELD, readFields, writeFields, type Field, type FieldRefusal } from './fields.ts';
import { maskCardNumbers, terminalBytes, terminalText } from './text.ts';

export type ZvtStatus = {
  /** 0: it went through; otherwise why it did not. */
  readonly resultCode?: number;
  /** In the smallest unit of the currency, as card networks count. */
  readonly amount?: number;
  /** ISO 4217 number, such as 978. */
  readonly currency?: number;
  /** Counts the terminal's transactions; tells one from the next. */
  readonly trace?: number;
  /** What a reversal names. */
  readonly receiptNumber?: number;
  readonly terminalId?: string;
  readonly cardName?: string;
  readonly lastDigits?: string;
  readonly authorisation?: string;
  /** What an end of day adds up. */
  readonly totals?: { readonly count: number; readonly amount: number };
};

const CARD_DIGITS_SHOWN = 4;
const TOTALS_HEAD = 4;
const TOTALS_GROUP = 7;

export function readStatus(data: Uint8Array): Outcome<ZvtStatus, FieldRefusal> {
  const fields = readFields(data);
  if (!fields.ok) return fields;
  // Each part is a status with some of its fields, and so is all of them together.
  return accept(Object.assign({}, ...fields.value.map(readField)) as ZvtStatus);
}

/** For a terminal that answers (the simulator): the card number is written as a terminal writes it, masked but for four digits. */
export function writeStatus(status: ZvtStatus): Uint8Array {
  const fields: Field[] = [];
  const put = (name: number, value: Uint8Array | null): void => {
    if (value !== null) fields.push({ name, value });
  };
  const { resultCode, amount, currency, trace, receiptNumber, terminalId, totals } = status;
  put(FIELD.result, resultCode === undefined ? null : Uint8Array.of(resultCode));
  put(FIELD.amount, amount === undefined ? null : toBcd(amount, 12));
  put(FIELD.currency, currency === undefined ? null : toBcd(currency, 4));
  put(FIELD.trace, trace === undefined ? null : toBcd(trace, 6));
  put(FIELD.receiptNumber, receiptNumber === undefined ? null : toBcd(receiptNumber, 4));
  put(FIELD.terminalId, terminalId === undefined ? null : digitsToBytes(terminalId.padStart(8, '0')));
  const { authorisation, cardName, lastDigits } = status;
  put(FIELD.authorisation, authorisation === undefined ? null : terminalBytes(authorisation.padEnd(8)));
  put(FIELD.cardName, cardName === undefined ? null : Uint8Array.of(...terminalBytes(cardName), 0));
  put(FIELD.cardNumber, lastDigits === undefined ? null : digitsToBytes(`${'e'.repeat(12)}${lastDigits}`));
  put(FIELD.totals, totals === undefined ? null : totalsBytes(totals));
  return writeFields(fields);
}

function readField({ name, value }: Field): ZvtStatus {
  switch (name) {
    case FIELD.result:
      return { resultCode: value[0] ?? 0 };
    case FIELD.amount:
      return numbered('amount', value);
    case FIELD.currency:
      return numbered('currency', value);
    case FIELD.trace:
      return numbered('trace', value);
    case FIELD.receiptNumber:
      return numbered('receiptNumber', value);
    case FIELD.terminalId:
      return /^\d+$/.test(toDigits(value)) ? { terminalId: toDigits(value) } : {};
    case FIELD.authorisation:
      return texted('authorisation', value);
    case FIELD.cardName:
      return texted('cardName', value);
    case FIELD.cardNumber:
      return lastDigitsOf(value);
    case FIELD.totals:
      return totalsOf(value);
    default:
      return {};
  }
}

function numbered(
  name: 'amount' | 'currency' | 'trace' | 'receiptNumber',
  value: Uint8Array,
): Partial<ZvtStatus> {
  const number = fromBcd(value);
  return number === null ? {} : { [name]: number };
}

function texted(name: 'authorisation' | 'cardName', value: Uint8Array): Partial<ZvtStatus> {
  const text = maskCardNumbers(terminalText(value)).trim();
  return text === '' ? {} : { [name]: text };
}

/** The last four of what is not filled up; fewer, or hidden ones, are none. */
function lastDigitsOf(value: Uint8Array): Partial<ZvtStatus> {
  const shown = toDigits(value).replace(/f+$/, '').slice(-CARD_DIGITS_SHOWN);
  return /^\d{4}$/.test(shown) ? { lastDigits: shown } : {};
}

// Two receipt numbers, then for each kind of card how many and how much.
function totalsOf(value: Uint8Array): Partial<ZvtStatus> {
  let [count, amount] = [0, 0];
  for (let at = TOTALS_HEAD; at + TOTALS_GROUP <= value.length; at += TOTALS_GROUP) {
    const sum = fromBcd(value.slice(at + 1, at + TOTALS_GROUP));
    if (sum === null) return {};
    count += value[at] ?? 0;
    amount += sum;
  }
  return Number.isSafeInteger(amount) ? { totals: { count, amount } } : {};
}

function totalsBytes({ count, amount }: { readonly count: number; readonly amount: number }): Uint8Array {
  return Uint8Array.from([...toBcd(0, 4), ...toBcd(0, 4), Math.min(count, 0xff), ...toBcd(amount, 12)]);
}
