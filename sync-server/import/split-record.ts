// Fields of one record of separated values (RFC 4180): a field that begins with a quotation mark ends with one,
// and two of them inside stand for one; anything else is text as it is.

export type SplitRecord =
  | { readonly kind: 'fields'; readonly fields: readonly string[] }
  /** A quotation mark is still open at the end: the record may go on on the next line. */
  | { readonly kind: 'open' }
  /** Text follows a closing quotation mark. */
  | { readonly kind: 'misquoted' };

export type SeparatorOptions = { readonly delimiter: string; readonly hasQuotes: boolean };

export function splitRecord(text: string, options: SeparatorOptions): SplitRecord {
  const { delimiter } = options;
  if (!options.hasQuotes || !text.includes('"')) return { kind: 'fields', fields: text.split(delimiter) };
  const fields: string[] = [];
  for (let at = 0; ;) {
    if (text[at] !== '"') {
      const end = text.indexOf(delimiter, at);
      if (end < 0) {
        fields.push(text.slice(at));
        return { kind: 'fields', fields };
      }
      fields.push(text.slice(at, end));
      at = end + 1;
      continue;
    }
    const end = closingQuote(text, at + 1);
    if (end < 0) return { kind: 'open' };
    fields.push(text.slice(at + 1, end).replaceAll('""', '"'));
    if (end + 1 === text.length) return { kind: 'fields', fields };
    if (text[end + 1] !== delimiter) return { kind: 'misquoted' };
    at = end + 2;
  }
}

// The place of the quotation mark that closes a field, or -1. A doubled one does not close.
function closingQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 2)) {
    if (text[at + 1] !== '"') return at;
  }
  return -1;
}
