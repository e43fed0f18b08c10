// Does a code look as if it had GS1 fields? Asked at every scan, so it is apart from the reader of fields and its table of
// application identifiers, which a till fetches only when it has begun to sell.

import { GROUP_SEPARATOR } from './group-separator.ts';

/** An AIM prefix, a web address, fields in brackets, a separator, or a GTIN field with more behind it. */
export function mayHaveFields(code: string): boolean {
  return (
    /^\][A-Za-z]\d/.test(code) ||
    /^https?:\/\//i.test(code) ||
    /^\(\d{2,4}\)/.test(code) ||
    code.includes(GROUP_SEPARATOR) ||
    /^0[12]\d{14}(?:\D|\d{2})/.test(code)
  );
}
