// What may be kept of a card. Whoever answers, a terminal or a person at the keyboard, only these fields pass, each within its
// bounds, and nothing that could be a card number (12 digits and more with the check digit of one) ever does.

import { accept, refuse, type Outcome } from './refusal.ts';
import type { CardDetails } from './transaction.ts';

export type AnsweredCard = Omit<CardDetails, 'attemptId' | 'terminalId'>;

const AUTHORISATION_CODE = /^[A-Z0-9]{2,12}$/;
const LAST_DIGITS = /^\d{4}$/;
const SCHEME_MAX = 24;
const REFERENCE_MAX = 40;
const CARD_NUMBER_DIGITS_MIN = 12;
/** Lines of a terminal's slip that are kept, and characters of each. */
export const SLIP_LINES_MAX = 60;
export const SLIP_LINE_MAX = 48;

/** Could there be a card number in this text? Spaces and dashes between its digits do not hide it. */
export function hasCardNumber(text: string): boolean {
  const runs = text.replace(/(\d)[ -](?=\d)/g, '$1').match(/\d{12,}/g) ?? [];
  return runs.some((run) => run.length >= CARD_NUMBER_DIGITS_MIN && windowsOf(run).some(isLuhn));
}

/** The code that a separate terminal printed, as it is kept. Refuses `card-number-typed` and `authorisation-code-missing`. */
export function authorisationCode(
  typed: string,
): Outcome<string, 'card-number-typed' | 'authorisation-code-missing'> {
  const code = typed.normalize('NFKC').replace(/\s/g, '').toUpperCase();
  if (hasCardNumber(code)) return refuse('card-number-typed');
  return AUTHORISATION_CODE.test(code) ? accept(code) : refuse('authorisation-code-missing');
}

/** What of an answer may be kept; fields that are out of bounds, or might hold a card number, are left out. */
export function keptOfCard(answered: AnsweredCard): AnsweredCard {
  const scheme = textOf(answered.scheme, SCHEME_MAX);
  const code = authorisationCode(answered.authorisationCode ?? '');
  const reference = textOf(answered.reference, REFERENCE_MAX);
  const lastDigits = answered.lastDigits ?? '';
  const slip = slipOf(answered.slip ?? []);
  return {
    ...(scheme === null ? {} : { scheme }),
    ...(LAST_DIGITS.test(lastDigits) ? { lastDigits } : {}),
    ...(code.ok ? { authorisationCode: code.value } : {}),
    ...(reference === null ? {} : { reference }),
    ...(slip.length === 0 ? {} : { slip }),
  };
}

// A line in which a card number might stand is left out whole.
function slipOf(lines: readonly string[]): readonly string[] {
  return lines
    .slice(0, SLIP_LINES_MAX)
    .map((line) =>
      line
        .replace(/\p{Cc}/gu, '')
        .slice(0, SLIP_LINE_MAX)
        .trimEnd(),
    )
    .filter((line) => !hasCardNumber(line));
}

function textOf(text: string | undefined, max: number): string | null {
  const cleaned = (text ?? '').replace(/[^\p{L}\p{N} ._-]/gu, '').trim();
  return cleaned === '' || cleaned.length > max || hasCardNumber(cleaned) ? null : cleaned;
}

// Card numbers have 12 to 19 digits; a longer run of digits may hold one anywhere.
function windowsOf(run: string): readonly string[] {
  const windows: string[] = [];
  for (let size = CARD_NUMBER_DIGITS_MIN; size <= Math.min(19, run.length); size += 1) {
    for (let from = 0; from + size <= run.length; from += 1) windows.push(run.slice(from, from + size));
  }
  return windows;
}

function isLuhn(digits: string): boolean {
  let sum = 0;
  for (const [place, digit] of [...digits].reverse().entries()) {
    const doubled = Number(digit) * (place % 2 === 1 ? 2 : 1);
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
