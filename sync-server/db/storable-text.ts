// PostgreSQL text takes neither NUL nor half of a surrogate pair. Bodies are JSON text, where both are written as
// escapes; what is copied out of a body into a column of its own goes through here.

// With the u flag a surrogate range matches only a surrogate that has no partner.
const LONE_SURROGATE = /[\uD800-\uDFFF]/gu;

/** The text with U+FFFD in the place of what a text column cannot hold. */
export function storableText(text: string): string {
  return text.replaceAll('\0', '\uFFFD').replaceAll(LONE_SURROGATE, '\uFFFD');
}
