// What parts the fields of a GS1 code whose length is not fixed.

/** FNC1 within a code, as scanners send it. */
export const GROUP_SEPARATOR = '\u001d';
