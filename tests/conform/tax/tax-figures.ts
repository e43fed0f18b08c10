// Which reader understands which kind of tax case.

import type { Figures } from '../judge.ts';
import { readText, type Fields } from '../read-fields.ts';
import { UnsupportedCase } from '../unsupported-case.ts';
import { amountTaxes, grossToTax, priceMapping } from './amount-figures.ts';
import { cashRounding, refund, rounding } from './cash-figures.ts';
import { documentTaxes } from './document-figures.ts';
import { lineTaxes } from './line-figures.ts';
import { simpleLineTaxes } from './simple-line-figures.ts';
import { orderInMinorUnits, orderTaxes } from './order-figures.ts';

const KINDS: Readonly<Record<string, (one: Fields) => Figures>> = {
  line_taxes: lineTaxes,
  line_taxes_simple: simpleLineTaxes,
  document_taxes: documentTaxes,
  order_taxes: orderTaxes,
  order_minor_units: orderInMinorUnits,
  amount_taxes: amountTaxes,
  gross_to_tax: grossToTax,
  price_mapping: priceMapping,
  cash_rounding: cashRounding,
  rounding,
  refund,
};

/** Our figures for one tax case, in the shape of its expectation. */
export function taxFigures(one: Fields): Figures {
  const kind = readText(one, 'kind');
  const figures = KINDS[kind];
  if (figures === undefined) throw new UnsupportedCase(`cases of the kind ${kind} are not understood`);
  return figures(one);
}
