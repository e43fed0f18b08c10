// What the report says about a refused row, in a sentence each.

import type { Refusal } from '../../shared/domain/refusal.ts';
import type { PlanRefusal } from './plan-batch.ts';
import type { RowRefusal } from './read-row.ts';

export type RefusalReason = PlanRefusal | RowRefusal | 'record-unreadable';

type Details = Refusal['details'];

const SENTENCES: Readonly<Record<RefusalReason, (details: Details) => string>> = {
  'record-unreadable': ({ lastLine }) =>
    `A quotation mark is out of place; the record ends on line ${lastLine}.`,
  'too-few-columns': ({ field, columns }) => `There is no column for ${field}: the row has only ${columns}.`,
  'text-unreadable': ({ field }) => `The ${field} has characters that are not valid text.`,
  'control-character': ({ field }) => `The ${field} has a control character or a line break.`,
  'key-missing': ({ field }) => `The ${field} is empty, so the item cannot be told from others.`,
  'code-too-long': ({ field, max }) => `The ${field} is longer than ${max} characters.`,
  'wrong-check-digit': ({ barcode }) => `The check digit of the barcode ${barcode} is wrong.`,
  'name-missing': () => 'The name is empty.',
  'name-too-long': ({ language, max }) => `The name (${language}) is longer than ${max} characters.`,
  'price-not-understood': ({ price, digits }) =>
    `The price "${price}" is not a number with at most ${digits} decimals.`,
  'price-not-allowed': ({ price }) => `The price ${price} is below zero or too large.`,
  'price-missing': () => 'The item is new and has no price; give --default-price.',
  'tax-unknown': ({ tax }) => `There is no tax group "${tax}".`,
  'category-unknown': ({ category }) => `There is no category "${category}".`,
  'unit-unknown': ({ unit }) => `There is no unit "${unit}"; use piece, kg, l or m.`,
  'repeated-in-file': ({ line }) => `The same item stands on line ${line} already.`,
  'barcode-of-several-items': ({ items }) => `The barcode belongs to ${items} items of the catalogue.`,
  'sku-of-another-item': ({ sku }) => `The sku ${sku} belongs to another item of the catalogue.`,
  'too-many-barcodes': ({ max }) => `The item would have more than ${max} barcodes.`,
};

/** The sentence for a reason with its details. */
export function sentenceFor(reason: RefusalReason, details: Details): string {
  return SENTENCES[reason](details);
}
