// Rounding to a step, settling in cash, and what goes back with a part of a line.

import { addAmounts, roundToStep } from '../../../shared/domain/money.ts';
import { refundShare, remainingRefundable } from '../../../shared/domain/refund-share.ts';
import type { RoundingMode } from '../../../shared/domain/tax.ts';
import { checkTenders, dueInCash, exactTender, type CashRounding } from '../../../shared/domain/tender.ts';
import type { Tender } from '../../../shared/domain/transaction.ts';
import { digitsOf, textOfUnits, unitsOf } from '../decimal.ts';
import type { Figures } from '../judge.ts';
import { readDecimal, readDecimals, readFields, readFlag, readText, type Fields } from '../read-fields.ts';
import { UnsupportedCase } from '../unsupported-case.ts';

const MODES: Readonly<Record<string, RoundingMode>> = {
  nearest: 'half-up',
  'half-up': 'half-up',
  'half-even': 'half-even',
  up: 'up',
  down: 'down',
};

/** A value in steps. */
export function rounding(one: Fields): Figures {
  const input = readFields(one['input'], ['value'], 'the input');
  const convention = readFields(one['convention'], ['step', 'method'], 'the convention');
  const [value, step] = [readDecimal(input, 'value'), readDecimal(convention, 'step')];
  const digits = Math.max(digitsOf(value), digitsOf(step));
  const rounded = roundToStep(
    unitsOf(value, digits),
    stepOf(step, digits),
    modeOf(readText(convention, 'method')),
  );
  return { value: textOfUnits(rounded, digits) };
}

/** A total settled partly by bank, the rest in cash that is rounded; and its refund. */
export function cashRounding(one: Fields): Figures {
  const known = ['net', 'tax_percent', 'tax', 'total', 'scenario'];
  const input = readFields(one['input'], known, 'the input');
  const convention = readFields(one['convention'], ['step', 'method', 'only_cash_tender'], 'the convention');
  const total = readDecimal(input, 'total');
  const step = readDecimal(convention, 'step');
  const digits = Math.max(2, digitsOf(total), digitsOf(step));
  const cash = {
    stepMinor: stepOf(step, digits),
    mode: modeOf(readText(convention, 'method').toLowerCase()),
  };
  const bankMinor = bankPartOf(readText(input, 'scenario'), digits);
  if (convention['only_cash_tender'] !== undefined) readFlag(convention, 'only_cash_tender');
  const totalMinor = unitsOf(total, digits);
  const paid = settle(totalMinor, bankMinor, cash);
  const back = settle(-totalMinor, -bankMinor, cash);
  const netMinor = unitsOf(readDecimal(input, 'net'), digits);
  return {
    paid: textOfUnits(addAmounts(totalMinor, paid), digits),
    rounding_difference: textOfUnits(paid, digits),
    invoice_untaxed_after_rounding_line: textOfUnits(addAmounts(netMinor, paid), digits),
    refund_paid: textOfUnits(addAmounts(-totalMinor, back), digits),
  };
}

function bankPartOf(scenario: string, digits: number): number {
  const bank = /\bbank part (\d+(?:\.\d+)?)\b/.exec(scenario)?.[1];
  if (bank !== undefined) return unitsOf(bank, digits);
  if (/^(?:all|everything|whole amount|only)\b.*\bcash\b/.test(scenario)) return 0;
  throw new UnsupportedCase(`"${scenario}" does not say how much is paid in cash`);
}

/** What cash rounding adds when a part is settled by bank and the rest in cash. */
function settle(dueMinor: number, bankMinor: number, cash: CashRounding): number {
  const amountMinor = dueInCash(addAmounts(dueMinor, -bankMinor), cash);
  const inCash: Tender = {
    kind: 'cash',
    amountMinor,
    tenderedMinor: Math.max(0, amountMinor),
    changeMinor: 0,
  };
  const tenders = bankMinor === 0 ? [inCash] : [exactTender('card', bankMinor), inCash];
  const settled = checkTenders(dueMinor, tenders, cash);
  if (!settled.ok) throw new Error(`the tenders were refused: ${settled.reason}`);
  return settled.value.cashRoundingMinor;
}

/** A part of a line that comes back, or what is left to refund. */
export function refund(one: Fields): Figures {
  const input = readFields(
    one['input'],
    ['quantity', 'total', 'taxes', 'refund_quantity', 'decimals', 'refunds'],
    'the input',
  );
  const convention = readFields(one['convention'], ['rounding'], 'the convention');
  if (input['refunds'] !== undefined) return refundsLeft(input);
  if (readText(convention, 'rounding') !== 'half-up, per line') {
    throw new UnsupportedCase('refunds are rounded otherwise than half-up per line');
  }
  const digits = unitsOf(readDecimal(input, 'decimals'), 0);
  const quantity = {
    soldMilli: unitsOf(readDecimal(input, 'quantity'), 3),
    alreadyReturnedMilli: 0,
    returnedMilli: unitsOf(readDecimal(input, 'refund_quantity'), 3),
  };
  if (quantity.soldMilli <= 0) throw new UnsupportedCase('a line without quantity has nothing to come back');
  const share = (amount: string): string =>
    textOfUnits(refundShare(unitsOf(amount, digits), quantity), digits);
  return {
    refund_total: share(readDecimal(input, 'total')),
    refund_taxes: readDecimals(input, 'taxes').map(share),
  };
}

function refundsLeft(input: Fields): Figures {
  const total = readDecimal(input, 'total');
  const refunds = readDecimals(input, 'refunds');
  const digits = Math.max(digitsOf(total), ...refunds.map(digitsOf));
  // Refunds are written with the sign of the ledger (money out, negative) or as plain amounts.
  const amounts = refunds.map((amount) => Math.abs(unitsOf(amount, digits)));
  return { remaining: textOfUnits(remainingRefundable(unitsOf(total, digits), amounts), digits) };
}

function modeOf(method: string): RoundingMode {
  const mode = MODES[method];
  if (mode === undefined) throw new UnsupportedCase(`rounding "${method}" cannot be set`);
  return mode;
}

function stepOf(step: string, digits: number): number {
  const stepMinor = unitsOf(step, digits);
  if (stepMinor <= 0) throw new UnsupportedCase(`a step of ${step} cannot be set`);
  return stepMinor;
}
