// North American coupons: the coupon code of AI 8110 and the positive offer file of AI 8112. Both are chains of fields
// whose length stands in a digit before them. Source: GS1 US, "North American Coupon Application Guideline Using GS1 DataBar
// Expanded Symbols" and "GS1 AI (8112) Coupon Data Specification".

import { dayOfMonth } from './date-linters.ts';

/** Reads fields from left to right and remembers the first thing that is wrong. */
class Reader {
  problem: string | null = null;
  private readonly text: string;
  private at = 0;

  constructor(text: string) {
    this.text = text;
    if (/\D/.test(text)) this.problem = 'non-digit-character';
  }

  /** One digit out of `allowed`. */
  digit(allowed: RegExp, missing: string, invalid: string | null): string {
    if (this.problem !== null) return '';
    const digit = this.text.charAt(this.at);
    if (digit === '') this.fail(missing);
    else if (!allowed.test(digit)) this.fail(invalid ?? missing);
    this.at += 1;
    return digit;
  }

  /** So many digits. */
  digits(count: number, truncated: string): string {
    if (this.problem !== null) return '';
    const digits = this.text.slice(this.at, this.at + count);
    if (digits.length < count) this.fail(truncated);
    this.at += count;
    return digits;
  }

  /** A length digit out of `allowed` and as many digits, `more` added; `absent` says that nothing follows. */
  counted(name: string, { allowed, more = 0, absent }: Counted): void {
    const length = this.digit(allowed, `coupon-missing-${name}-vli`, `coupon-invalid-${name}-length`);
    if (length !== absent) this.digits(Number(length) + more, `coupon-truncated-${name}`);
  }

  /** Does an optional field with this number follow? Its number is read over. */
  optional(number: string): boolean {
    const isNext = this.problem === null && this.text.charAt(this.at) === number;
    if (isNext) this.at += 1;
    return isNext;
  }

  end(): string | null {
    if (this.problem === null && this.at < this.text.length) this.fail('coupon-excess-data');
    return this.problem;
  }

  fail(problem: string): void {
    this.problem ??= problem;
  }
}

type Counted = { readonly allowed: RegExp; readonly more?: number; readonly absent?: string };

const ANY = /\d/;
const REQUIREMENT_CODE = /[0-49]/;

/** AI 8110. */
export function couponCode(text: string): string | null {
  const reader = new Reader(text);
  reader.counted('gcp', { allowed: /[0-6]/, more: 6 });
  reader.digits(6, 'coupon-truncated-offer-code');
  reader.counted('save-value', { allowed: /[1-5]/ });
  readPurchase(reader, '1st');
  if (reader.optional('1')) {
    const rules = 'additional-purchase-rules-code';
    reader.digit(/[0-3]/, `coupon-missing-${rules}`, `coupon-invalid-${rules}`);
    readPurchase(reader, '2nd');
    reader.counted('2nd-purchase-gcp', { allowed: /[0-69]/, more: 6, absent: '9' });
  }
  if (reader.optional('2')) {
    readPurchase(reader, '3rd');
    reader.counted('3rd-purchase-gcp', { allowed: /[0-69]/, more: 6, absent: '9' });
  }
  readDates(reader);
  if (reader.optional('5')) reader.counted('serial-number', { allowed: ANY, more: 6 });
  if (reader.optional('6')) reader.counted('retailer-gcp-or-gln', { allowed: /[1-7]/, more: 6 });
  if (reader.optional('9')) {
    reader.digit(/[01256]/, 'coupon-missing-save-value-code', 'coupon-invalid-save-value-code');
    const applies = 'save-value-applies-to-item';
    reader.digit(/[0-2]/, `coupon-missing-${applies}`, `coupon-invalid-${applies}`);
    reader.digit(ANY, 'coupon-missing-store-coupon-flag', null);
    const multiply = 'dont-multiply-flag';
    reader.digit(/[01]/, `coupon-missing-${multiply}`, `coupon-invalid-${multiply}`);
  }
  return reader.end();
}

/** AI 8112. */
export function couponOffer(text: string): string | null {
  const reader = new Reader(text);
  reader.digit(/[01]/, 'coupon-missing-format-code', 'coupon-invalid-format-code');
  reader.counted('funder', { allowed: /[0-6]/, more: 6 });
  reader.digits(6, 'coupon-truncated-offer-code');
  reader.counted('serial-number', { allowed: ANY, more: 6 });
  return reader.end();
}

function readPurchase(reader: Reader, which: '1st' | '2nd' | '3rd'): void {
  reader.counted(`${which}-purchase-requirement`, { allowed: /[1-5]/ });
  const code = `${which}-purchase-requirement-code`;
  reader.digit(REQUIREMENT_CODE, `coupon-missing-${code}`, `coupon-invalid-${code}`);
  reader.digits(3, `coupon-truncated-${which}-purchase-family-code`);
}

function readDates(reader: Reader): void {
  let expiry: string | null = null;
  if (reader.optional('3')) {
    expiry = reader.digits(6, 'coupon-too-short-for-expiration-date');
    if (dayOfMonth(expiry) !== null) reader.fail('coupon-invalid-expiration-date');
  }
  if (!reader.optional('4')) return;
  const start = reader.digits(6, 'coupon-too-short-for-start-date');
  if (dayOfMonth(start) !== null) reader.fail('coupon-invalid-start-date');
  if (expiry !== null && start > expiry) reader.fail('coupon-expiration-before-start');
}
