// Many texts as one parameter: the driver escapes the texts of an array one by one, which costs more than anything
// else when they are long. Texts are joined by a control character that JSON never contains unescaped, and split by
// the database with string_to_array.

/** U+001E, the record separator of ASCII. */
export const SEPARATOR = '\u001e';

/** The texts as one; a separator inside a text becomes U+FFFD. */
export function joined(texts: readonly string[]): string {
  return texts
    .map((text) => (text.includes(SEPARATOR) ? text.replaceAll(SEPARATOR, '\uFFFD') : text))
    .join(SEPARATOR);
}
