// What may reach paper at all. Names come from many hands, and a control byte inside one would be a command:
// `ESC p` in a product name opens the cash drawer. So every text loses its control characters here, before any
// width is measured or any byte is written; nothing downstream has to think of it again.

/** C0, DEL, C1 controls, soft hyphen, byte order marks, interlinear and tag characters, noncharacters. */
const NEVER_ON_PAPER =
  // oxlint-disable-next-line no-control-regex -- control characters are what this rule is about
  /[\u0000-\u001f\u007f-\u009f\u00ad\u180e\u200b\u2060-\u2064\ufeff\ufff9-\uffff\u{e0000}-\u{e0fff}]/gu;
/** Direction marks and overrides. A receipt sets its own direction; a name must not turn the line around. */
const DIRECTION_CONTROLS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
const LINE_BREAKS = /[\t\n\v\f\r\u0085\u2028\u2029]+/gu;
const SPACES = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/gu;
const LONE_SURROGATES = /\p{Cs}/gu;

/** Signs that the printers' code pages often lack, and the plain sign that says the same. Letters are never here. */
const PLAIN_SIGNS: ReadonlyMap<string, string> = new Map([
  ['\u2010', '-'],
  ['\u2011', '-'],
  ['\u2012', '-'],
  ['\u2013', '-'],
  ['\u2014', '-'],
  ['\u2212', '-'],
  ['\u2018', "'"],
  ['\u2019', "'"],
  ['\u201a', "'"],
  ['\u201c', '"'],
  ['\u201d', '"'],
  ['\u201e', '"'],
  ['\u2026', '...'],
  ['\u2022', '*'],
  ['\u00d7', 'x'],
]);

/**
 * The text as it may be printed: composed (NFC), one line, no controls, no direction marks, plain spaces.
 * Joiners (ZWNJ, ZWJ) stay, because Persian words need them.
 */
export function printableText(text: string): string {
  return text
    .normalize('NFC')
    .replace(LINE_BREAKS, ' ')
    .replace(SPACES, ' ')
    .replace(LONE_SURROGATES, '')
    .replace(NEVER_ON_PAPER, '')
    .replace(DIRECTION_CONTROLS, '');
}

/** The plain sign for a typographic one (dash, quotation mark, ellipsis), or null for everything else. */
export function plainSign(character: string): string | null {
  return PLAIN_SIGNS.get(character) ?? null;
}

/** Does the line need joined letters or a right-to-left run, which no code page of a printer can show? */
export function needsShaping(text: string): boolean {
  return /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\u06f0-\u06f9\u0660-\u0669]/u.test(
    text,
  );
}
