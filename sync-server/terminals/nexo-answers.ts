// What an answer of an Adyen terminal says about money. Only the fields that may be kept are read: brand, last four digits, the
// approval code, the terminal's name of the transaction and the customer's slip. Anything that does not fit is no answer.

import { SLIP_LINE_MAX, SLIP_LINES_MAX, type AnsweredCard } from '../../shared/domain/card-details.ts';
import { currencyOf } from '../../shared/domain/currency.ts';
import { maskCardNumbers } from '../../shared/devices/zvt/text.ts';
import { fromNetwork, toNetwork } from './card-currency.ts';
import { declined, unknown, type AskedOfTerminal, type Told } from './terminal-driver.ts';

type Json = Readonly<Record<string, unknown>>;

/** What a reversal names: the terminal's transaction, and when it was. */
export type PoiTransaction = { readonly id: string; readonly at: string };

/** The amount as the terminal wants it: in whole units, with the digits of ISO 4217. */
export function requestedAmount(amountMinor: number, currency: string): number {
  const { isoDigits } = currencyOf(currency);
  return Number((toNetwork(amountMinor, currency) / 10 ** isoDigits).toFixed(isoDigits));
}

/** A payment, refund or reversal, as the terminal answered it now or told it later. */
export function toldByBody(body: Json, asked: AskedOfTerminal): Told {
  const answer = record(body['PaymentResponse']) ?? record(body['ReversalResponse']);
  const response = record(answer?.['Response']);
  if (answer === null || response === null) return unknown('terminal-said-nothing');
  if (response['Result'] === 'Failure') return failure(response);
  if (response['Result'] !== 'Success' && response['Result'] !== 'Partial') {
    return unknown('terminal-said-nothing');
  }
  const poi = record(record(answer['POIData'])?.['POITransactionID']);
  const [id, at] = [poi?.['TransactionID'], poi?.['TimeStamp']];
  if (typeof id !== 'string' || typeof at !== 'string') return unknown('terminal-said-nothing');
  const result = record(answer['PaymentResult']);
  const approvedMinor = asked.action === 'reversal' ? asked.amountMinor : amountOf(result, asked.currency);
  if (approvedMinor === null || approvedMinor <= 0 || approvedMinor > asked.amountMinor) {
    return unknown('amount-not-possible');
  }
  const slip = slipOf(answer['PaymentReceipt']);
  return {
    outcome: 'approved',
    approvedMinor,
    reference: JSON.stringify({ id, at } satisfies PoiTransaction),
    card: { ...cardOf(result), reference: id.split('.').at(-1) ?? id, ...(slip.length > 0 && { slip }) },
  };
}

/** What the terminal remembers of an attempt. */
export function toldByStatus(body: Json, asked: AskedOfTerminal): Told {
  const answer = record(body['TransactionStatusResponse']);
  const response = record(answer?.['Response']);
  if (answer === null || response === null) return unknown('terminal-cannot-tell');
  if (response['Result'] === 'Failure') {
    return response['ErrorCondition'] === 'NotFound'
      ? declined('never-arrived')
      : unknown('terminal-cannot-tell');
  }
  const repeated = record(record(answer['RepeatedMessageResponse'])?.['RepeatedResponseMessageBody']);
  return repeated === null ? unknown('terminal-cannot-tell') : toldByBody(repeated, asked);
}

export function parseReference(text: string | null): PoiTransaction | null {
  try {
    const value: unknown = JSON.parse(text ?? 'null');
    const [id, at] = [record(value)?.['id'], record(value)?.['at']];
    return typeof id === 'string' && typeof at === 'string' ? { id, at } : null;
  } catch {
    return null;
  }
}

/** A terminal that is busy with somebody else has not begun; every other failure is the end of it. */
function failure(response: Json): Told {
  const condition = response['ErrorCondition'];
  if (condition === 'Busy') return declined('terminal-busy');
  if (condition === 'InProgress') return unknown('terminal-busy');
  return declined(condition === 'Aborted' || condition === 'Cancel' ? 'cancelled' : 'declined');
}

function amountOf(result: Json | null, currency: string): number | null {
  const amounts = record(result?.['AmountsResp']);
  const authorized = amounts?.['AuthorizedAmount'];
  if (typeof authorized !== 'number' || amounts?.['Currency'] !== currency) return null;
  const steps = authorized * 10 ** currencyOf(currency).isoDigits;
  const whole = Math.round(steps);
  return Math.abs(steps - whole) < 1e-6 ? fromNetwork(whole, currency) : null;
}

function cardOf(result: Json | null): AnsweredCard {
  const card = record(record(result?.['PaymentInstrumentData'])?.['CardData']);
  const code = record(result?.['PaymentAcquirerData'])?.['ApprovalCode'];
  const [brand, masked] = [card?.['PaymentBrand'], card?.['MaskedPan']];
  const lastDigits = typeof masked === 'string' ? /\d{4}$/.exec(masked)?.[0] : undefined;
  return {
    ...(typeof brand === 'string' ? { scheme: brand } : {}),
    ...(lastDigits === undefined ? {} : { lastDigits }),
    ...(typeof code === 'string' ? { authorisationCode: code } : {}),
  };
}

// Each line is a query string with `name` and `value`.
function slipOf(receipts: unknown): readonly string[] {
  const all: readonly unknown[] = Array.isArray(receipts) ? receipts : [];
  const customer = all.map(record).find((each) => each?.['DocumentQualifier'] === 'CustomerReceipt');
  const texts = record(customer?.['OutputContent'])?.['OutputText'];
  const lines: readonly unknown[] = Array.isArray(texts) ? texts : [];
  return lines
    .slice(0, SLIP_LINES_MAX)
    .map((line) => {
      const text = record(line)?.['Text'];
      const fields = new URLSearchParams(typeof text === 'string' ? text : '');
      return [fields.get('name'), fields.get('value')]
        .filter((part) => part !== null && part !== '')
        .join(' ');
    })
    .map((line) => maskCardNumbers(line).slice(0, SLIP_LINE_MAX))
    .filter((line) => line !== '');
}

function record(value: unknown): Json | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : null;
}
