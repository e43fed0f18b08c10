// Code pages as a printer holds them, typed in from Epson's tables and not taken from the encoder under test.

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

/** Upper halves by the number after `ESC t`, as Epson numbers them. */
export const PRINTER_CODE_PAGES: ReadonlyMap<number, { readonly name: string; readonly upper: string }> =
  new Map([
    [0, { name: 'CP437', upper: CP437 }],
    [2, { name: 'CP850', upper: CP858.replace('€', 'ı') }],
    [16, { name: 'CP1252', upper: CP1252_START + standardTable('latin1').slice(32) }],
    [17, { name: 'CP866', upper: standardTable('ibm866') }],
    [18, { name: 'CP852', upper: CP852 }],
    [19, { name: 'CP858', upper: CP858 }],
  ]);
