// A customer as a till takes them down: who they are, how they are reached, and what they agreed to. The journal says that it
// happened, by whom and when, and carries a commitment instead of the person: SHA-256 over the details and a salt that lies with
// them. Whoever holds the details can prove them; once details and salt are erased, nobody can tell from the journal who it was.

import { canonicalJson } from './canonical-json.ts';
import { cleanNote } from './clean-note.ts';
import type { CustomerId } from './ids.ts';
import { toAsciiDigits } from './parse-decimal.ts';
import { accept, refuse, type Outcome } from './refusal.ts';

/** What a customer may agree to: messages about their own orders, and offers of the shop. */
export const CONSENT_PURPOSES = ['order-messages', 'offers'] as const;
export type ConsentPurpose = (typeof CONSENT_PURPOSES)[number];
export type Consent = { readonly purpose: ConsentPurpose; readonly isGiven: boolean };

export type CustomerDetails = { readonly name: string; readonly phone?: string; readonly email?: string };

/** The entry in the journal; its time is that of the consents. */
export type CustomerRecorded = {
  readonly customerId: CustomerId;
  readonly change: 'created' | 'edited';
  /** Lower-case hex SHA-256 of `customerPreimage`. */
  readonly commitment: string;
  /** One for each purpose that the customer was asked about. */
  readonly consents: readonly Consent[];
};

export type CustomerRefusal =
  | 'customer-name-missing'
  | 'customer-contact-missing'
  | 'phone-not-understood'
  | 'email-not-understood';

const NAME_MAX = 120;
const EMAIL_MAX = 120;
const PHONE_DIGITS_MIN = 5;
/** E.164 has at most fifteen; an access code in front of them makes it more. */
const PHONE_DIGITS_MAX = 20;
/** Numbers that agree in so many last digits are one, with or without the code of the country. */
const PHONE_DIGITS_COMPARED = 8;

/** The details without what breaks a screen or a printer; a telephone number or an e-mail address must be among them. */
export function cleanCustomer(typed: {
  readonly name: string;
  readonly phone: string;
  readonly email: string;
}): Outcome<CustomerDetails, CustomerRefusal> {
  const name = cleaned(typed.name).slice(0, NAME_MAX).trim();
  if (name === '') return refuse('customer-name-missing');
  const phone = toAsciiDigits(cleaned(typed.phone));
  const email = cleaned(typed.email);
  if (phone === '' && email === '') return refuse('customer-contact-missing');
  const digits = digitsOf(phone).length;
  const isPhone = /^\+?[\d ()./-]+$/.test(phone) && digits >= PHONE_DIGITS_MIN && digits <= PHONE_DIGITS_MAX;
  if (phone !== '' && !isPhone) return refuse('phone-not-understood');
  const isEmail = /^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(email) && email.length <= EMAIL_MAX;
  if (email !== '' && !isEmail) return refuse('email-not-understood');
  return accept({ name, ...(phone === '' ? {} : { phone }), ...(email === '' ? {} : { email }) });
}

/** Customers who are reached by the same telephone number or e-mail address; `but` is the one who is edited. */
export function sameContact<Known extends CustomerDetails & { readonly id: CustomerId }>(
  customers: readonly Known[],
  details: CustomerDetails,
  but: CustomerId | null,
): readonly Known[] {
  const phone = digitsOf(details.phone ?? '');
  const email = (details.email ?? '').toLowerCase();
  return customers.filter(
    (known) =>
      known.id !== but &&
      ((email !== '' && (known.email ?? '').toLowerCase() === email) ||
        isSamePhone(digitsOf(known.phone ?? ''), phone)),
  );
}

/** The text that the commitment is the SHA-256 of. */
export function customerPreimage(customerId: CustomerId, details: CustomerDetails, salt: string): string {
  const { name, phone, email } = details;
  return canonicalJson({
    customerId,
    name,
    salt,
    ...(phone === undefined ? {} : { phone }),
    ...(email === undefined ? {} : { email }),
  });
}

function isSamePhone(one: string, other: string): boolean {
  if (one === '' || other === '') return false;
  if (one === other) return true;
  const isLong = one.length >= PHONE_DIGITS_COMPARED && other.length >= PHONE_DIGITS_COMPARED;
  return isLong && one.slice(-PHONE_DIGITS_COMPARED) === other.slice(-PHONE_DIGITS_COMPARED);
}

const digitsOf = (phone: string): string => toAsciiDigits(phone).replaceAll(/\D/g, '');

// Fields of a screen hold less than a note; what is longer than one was never typed, and counts as nothing.
function cleaned(text: string): string {
  const note = cleanNote(text);
  return note.ok ? note.value : '';
}
