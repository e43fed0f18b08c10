// Code pages as a printer holds them, typed in from Epson's tables and not taken from the encoder, so that one checks
// the other.

const CP437 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0';
const CP852 =
  'ÇüéâäůćçłëŐőîŹÄĆÉĹĺôöĽľŚśÖÜŤťŁ×čáíóúĄąŽžĘę¬źČş«»░▒▓│┤ÁÂĚŞ╣║╗╝Żż┐└┴┬├─┼Ăă╚╔╩╦╠═╬¤đĐĎËďŇÍÎě┘┌█▄ŢŮ▀ÓßÔŃńňŠšŔÚŕŰýÝţ´\u00ad˝˛ˇ˘§÷¸°¨˙űŘř■\u00a0';
const CP858 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈ€ÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0';
// Node's own decoder of windows-1252 leaves 80h-9Fh as control characters, so this half is typed in too.
const CP1252_START = '€\ufffd‚ƒ„…†‡ˆ‰Š‹Œ\ufffdŽ\ufffd\ufffd‘’“”•–—˜™š›œ\ufffdžŸ';

function standardTable(label: string): string {
  return new TextDecoder(label).decode(Uint8Array.from({ length: 128 }, (_, index) => index + 128));
}

/** Code pages of one printer, by the number after `ESC t`: their names and the letters of bytes 80h to FFh. */
export type PrinterCodePages = ReadonlyMap<number, { readonly name: string; readonly upper: string }>;

const CODE_PAGE_LETTERS = {
  cp437: CP437,
  cp850: CP858.replace('€', 'ı'),
  cp852: CP852,
  cp858: CP858,
  cp866: standardTable('ibm866'),
  cp1252: CP1252_START + standardTable('latin1').slice(32),
} as const;

/** A printer that has these pages and no others. */
export function printerCodePages(
  numbers: Readonly<Partial<Record<keyof typeof CODE_PAGE_LETTERS, number>>>,
): PrinterCodePages {
  const pages = new Map<number, { readonly name: string; readonly upper: string }>();
  for (const [name, upper] of Object.entries(CODE_PAGE_LETTERS)) {
    const number = Object.entries(numbers).find(([each]) => each === name)?.[1];
    if (number !== undefined) pages.set(number, { name: name.toUpperCase(), upper });
  }
  return pages;
}

/** As Epson numbers them, and most others. */
export const EPSON_CODE_PAGES = printerCodePages({
  cp437: 0,
  cp850: 2,
  cp1252: 16,
  cp866: 17,
  cp852: 18,
  cp858: 19,
});
